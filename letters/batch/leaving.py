"""What a batch leaves in its folder besides the letters: lists, and what goes to the printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from letters import labels
from letters.assemble.printing import Printed, Sheaf, print_job, remove_job
from letters.batch import lists
from letters.batch.folder import LETTERS
from letters.batch.outcome import Outcome
from letters.checks.likeness import folded
from letters.errors import MachineError
from letters.files import publish, read_ordinary
from letters.recovering import LARGEST

if TYPE_CHECKING:
    from letters.batch.planning import Plan
    from letters.batch.spool import Spool
    from letters.batch.wanted import Sort
    from letters.findings import Finding
    from letters.typeset import Typeface, Typeset

PRINT, LABELS, ENVELOPES, TRACKED = "print", "labels", "envelopes", "tracked-post"


@dataclass(frozen=True)
class Paper:
    """What is to be printed, and in which order; of the first sheet of labels so many are used up."""

    sort: Sort = "row"
    duplex: bool = True
    most_pages: int | None = None
    labels: str | None = None
    skip: int = 0
    envelope: str | None = None
    typeface: Typeface = "sans"


@dataclass
class Left:
    """What was put into the folder for the printer, and what would not fit."""

    printed: list[Printed] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def write_lists(out: Path, plan: Plan, spool: Spool, *, is_done: bool = True) -> None:
    """Write what became of every letter. Raises MachineError where a list cannot be written.

    Until all is done, a mended row stays in the list of problems: it may be the only place it stands in.
    """
    outcomes = [planned.outcome for planned in plan.letters]
    kept = {"problem", "planned"} if plan.is_mending and not is_done else {"problem"}
    with_rows = (
        replace(planned.with_cells(spool), status="problem")
        for planned in plan.letters
        if planned.outcome.status in kept and not (planned.is_carried and planned.cells is None)
    )
    publish(out / "manifest.csv", lists.manifest_csv(outcomes))
    publish(out / "manifest.jsonl", lists.manifest_jsonl(outcomes))
    publish(out / "withheld.csv", lists.withheld_csv(outcomes))
    publish(out / "problems.csv", lists.problems_csv(with_rows, plan.columns))


def is_in_force(one: Outcome) -> bool:
    """Whether a letter was issued, and may leave or has left."""
    return one.status == "issued" and not one.is_held


def in_order(outcomes: Iterable[Outcome], sort: Sort) -> list[Outcome]:
    """The letters that are to leave, as they are to lie on the pile."""
    issued = [one for one in outcomes if is_in_force(one) and not one.is_sent]
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
    tracked = out / f"{TRACKED}{ending}.csv"
    publish(tracked, _tracked(tracked, issued))
    if paper.labels:
        sheets = labels.labels(issued, paper.labels, paper.skip, typeface=paper.typeface)
        _keep(out / f"{LABELS}{ending}.pdf", sheets, left)
    else:
        _remove(out / f"{LABELS}{ending}.pdf")
    if paper.envelope:
        sheets = labels.envelopes(issued, paper.envelope, typeface=paper.typeface)
        _keep(out / f"{ENVELOPES}{ending}.pdf", sheets, left)
    else:
        _remove(out / f"{ENVELOPES}{ending}.pdf")
    return left


def _tracked(file: Path, issued: list[Outcome]) -> bytes:
    """The list of what is posted; where there is one already, with the numbers that somebody put in."""
    try:
        numbers = lists.numbers_in(file.read_bytes())
    except (OSError, ValueError):
        numbers = {}
    return lists.tracked_post_csv(issued, numbers)


def remove_paper(out: Path, ending: str) -> None:
    """Remove the files of a job. Raises MachineError where one cannot be removed."""
    remove_job(out, f"{PRINT}{ending}")
    for name in (LABELS, ENVELOPES):
        _remove(out / f"{name}{ending}.pdf")


def _sheaves(out: Path, issued: Iterable[Outcome]) -> Iterator[Sheaf]:
    for one in issued:
        letter, enclosed = out / LETTERS / f"{one.letter}.pdf", [out / each.file for each in one.enclosed]
        _expect_whole(letter, one.sha256)
        for file in enclosed:
            _expect_whole(file, file.stem.rpartition("-")[2])
        yield Sheaf((letter, *enclosed))


def _expect_whole(file: Path, digest: str) -> None:
    """Raise MachineError where a file is not what was issued; `digest` may be the beginning of it."""
    try:
        if sha256(read_ordinary(file, LARGEST)).hexdigest().startswith(digest):
            return
        reason = "it is not what was issued"
    except OSError:
        reason = "it is not there, or cannot be read"
    raise MachineError(
        f"{file} cannot be printed: {reason}.",
        "Give the whole caseload to the batch again, which puts back what is missing or damaged.",
    )


def _keep(file: Path, sheets: Typeset, left: Left) -> None:
    left.findings += sheets.findings
    if sheets.pdf:
        publish(file, sheets.pdf)
        left.files.append(file)
    else:
        _remove(file)


def _remove(file: Path) -> None:
    """Remove what an earlier run left for others."""
    with suppress(OSError):
        file.unlink(missing_ok=True)
