"""What a batch leaves in its folder besides the letters: lists, and what goes to the printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from letters import labels
from letters.assemble.printing import Printed, Sheaf, print_job, remove_job
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

PRINT, LABELS, ENVELOPES = "print", "labels", "envelopes"


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

    @property
    def digest(self) -> str:
        """What changes whenever it is to look otherwise."""
        return sha256(repr(self).encode("utf-8", "backslashreplace")).hexdigest()


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
    issued = [one for one in outcomes if one.status == "issued" and not one.is_held]
    keys = {
        "row": lambda one: (one.number,),
        "name": lambda one: (folded(one.name), one.number),
        "postcode": lambda one: (one.country, one.postcode, folded(one.name), one.number),
    }
    return sorted(issued, key=keys[sort])


def write_job(out: Path, issued: list[Outcome], paper: Paper, ending: str = "") -> Left:
    """Put letters together for the printer, with labels and envelopes where they are asked for.

    `ending` is what the names of the files end in, before `.pdf`. Raises MachineError where a letter is
    missing or damaged, or nothing can be written.
    """
    sheaves, name = _sheaves(out, issued), f"{PRINT}{ending}"
    left = Left(print_job(sheaves, out, duplex=paper.duplex, most_pages=paper.most_pages, name=name))
    if paper.labels:
        sheets = labels.labels(issued, paper.labels, paper.skip, typeface=paper.typeface)
        _keep(out / f"{LABELS}{ending}.pdf", sheets, left)
    if paper.envelope:
        sheets = labels.envelopes(issued, paper.envelope, paper.return_address, typeface=paper.typeface)
        _keep(out / f"{ENVELOPES}{ending}.pdf", sheets, left)
    return left


def remove_paper(out: Path, ending: str) -> None:
    """Remove the files of a job. Raises MachineError where one cannot be removed."""
    remove_job(out, f"{PRINT}{ending}")
    for name in (LABELS, ENVELOPES):
        with suppress(OSError):
            (out / f"{name}{ending}.pdf").unlink(missing_ok=True)


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
