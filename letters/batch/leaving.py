"""What a batch leaves in its folder besides the letters: lists, and what goes to the printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from letters import labels
from letters.assemble.printing import Printed, Sheaf, print_job
from letters.batch import lists
from letters.batch.folder import LETTERS
from letters.batch.outcome import Outcome
from letters.checks.likeness import folded
from letters.files import publish

if TYPE_CHECKING:
    from letters.batch.planning import Plan
    from letters.batch.spool import Spool
    from letters.batch.wanted import Sort
    from letters.findings import Finding
    from letters.typeset import Typeface, Typeset

LABELS, ENVELOPES = "labels.pdf", "envelopes.pdf"


@dataclass(frozen=True)
class Paper:
    """What is to be printed, and in which order; of the first sheet of labels so many are used up."""

    sort: Sort = "row"
    duplex: bool = True
    most_pages: int | None = None
    labels: str | None = None
    skip: int = 0
    envelope: str | None = None
    return_address: tuple[str, ...] = ()
    typeface: Typeface = "sans"

    def digest(self, outcomes: Iterable[Outcome]) -> str:
        """What changes whenever something else would be printed."""
        told = [repr(self), *(repr((one.letter, one.route, one.sender, one.enclosed)) for one in outcomes)]
        return sha256("\n".join(told).encode("utf-8", "backslashreplace")).hexdigest()


@dataclass
class Left:
    """What was put into the folder for the printer, and what would not fit."""

    printed: list[Printed] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def write_lists(out: Path, plan: Plan, spool: Spool) -> None:
    """Write what became of every letter. Raises MachineError where a list cannot be written."""
    outcomes = [planned.outcome for planned in plan.letters]
    with_rows = (planned.with_cells(spool) for planned in plan.letters if planned.outcome.status == "problem")
    publish(out / "manifest.csv", lists.manifest_csv(outcomes))
    publish(out / "manifest.jsonl", lists.manifest_jsonl(outcomes))
    publish(out / "withheld.csv", lists.withheld_csv(outcomes))
    publish(out / "problems.csv", lists.problems_csv(with_rows, plan.columns))
    publish(out / "tracked-post.csv", lists.tracked_post_csv(outcomes))


def in_order(outcomes: Iterable[Outcome], sort: Sort) -> list[Outcome]:
    """The letters that were issued, as they are to lie on the pile."""
    issued = [one for one in outcomes if one.status == "issued"]
    keys = {
        "row": lambda one: (one.number,),
        "name": lambda one: (folded(one.name), one.number),
        "postcode": lambda one: (one.country, one.postcode, folded(one.name), one.number),
    }
    return sorted(issued, key=keys[sort])


def write_paper(out: Path, issued: list[Outcome], paper: Paper) -> Left:
    """Put the letters together for the printer, with labels and envelopes where they are asked for.

    Raises MachineError where a letter is missing or damaged, or nothing can be written.
    """
    left = Left(print_job(_sheaves(out, issued), out, duplex=paper.duplex, most_pages=paper.most_pages))
    if paper.labels:
        sheets = labels.labels(issued, paper.labels, paper.skip, typeface=paper.typeface)
        _keep(out / LABELS, sheets, left)
    if paper.envelope:
        sheets = labels.envelopes(issued, paper.envelope, paper.return_address, typeface=paper.typeface)
        _keep(out / ENVELOPES, sheets, left)
    return left


def _sheaves(out: Path, issued: Iterable[Outcome]) -> Iterator[Sheaf]:
    for one in issued:
        yield Sheaf((out / LETTERS / f"{one.letter}.pdf", *(out / each.file for each in one.enclosed)))


def _keep(file: Path, sheets: Typeset, left: Left) -> None:
    left.findings += sheets.findings
    if sheets.pdf:
        publish(file, sheets.pdf)
        left.files.append(file)
    else:
        with suppress(OSError):  # of an earlier run, with labels for others
            file.unlink(missing_ok=True)
