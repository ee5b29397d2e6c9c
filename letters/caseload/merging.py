"""A relationship that was entered twice becomes one case; several relationships of one person never do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from letters.caseload.completing import CASE_GONE
from letters.caseload.doubles import same_name
from letters.caseload.uniting import is_one, renamed, united
from letters.checks.issued import STALE
from letters.entering import Change, Told, Tree, changed, told
from letters.findings import Finding, FoundError, Severity, rule
from letters.model.case import Case
from letters.model.history import CaseChanged, CaseMerged
from letters.model.validation import validate
from letters.register import queries
from letters.register.queries import CaseRow, TaskRow
from letters.register.store import Actor, Register, Writing
from letters.register.tables import ERASED, MERGED
from letters.replies import cancel_queued

if TYPE_CHECKING:
    from letters.register.store import Connection

SEPARATE = rule(
    "separate-relationships",
    Severity.ERROR,
    "Several relationships of one person are separate: a couple's case and the individual one of its "
    "member end each on its own, and what is known in one is not for the other.",
)
OTHER_PEOPLE = rule(
    "other-people",
    Severity.ERROR,
    "What belongs to one person would be told to another.",
)
ITSELF = rule("merge-itself", Severity.ERROR, "A case is one with itself already.")
ONE_ENDED = rule(
    "one-ended",
    Severity.ERROR,
    "Whether a relationship goes on is decided by somebody, and not by putting two entries together.",
)
NAMED_OTHERWISE = rule(
    "named-otherwise",
    Severity.ERROR,
    "The log says whom each contact and letter was for by a short name, and a name that means nobody says "
    "nothing.",
)
UNFIT_TOGETHER = rule(
    "unfit-together", Severity.ERROR, "A case that no longer reads as one could not be written from."
)


@dataclass(frozen=True)
class Merger:
    """What would be entered: the case as it will be, and how that differs from the two there are."""

    into: str
    other: str
    told: Told
    changes: list[Change]
    dropped: list[Change]
    contacts: int
    letters: int


@dataclass(frozen=True)
class Merged:
    """What was entered, and the prepared letters that an answer in the other case canceled."""

    merger: Merger
    canceled: list[TaskRow]


def plan(
    connection: Connection, other: str, into: str, own_kinds: Path | None
) -> tuple[Merger | None, list[Finding]]:
    """What both cases say together, or why they are not one. Raises UsageError for a number nobody has."""
    if other == into:
        return None, [ITSELF.finding(f"Both numbers are {into}.", "Name two cases.")]
    rows = _row(connection, other), _row(connection, into)
    if gone := [finding for row in rows for finding in _gone(row)]:
        return None, gone
    trees = queries.data(connection, other), queries.data(connection, into)
    if found := [*_against(*rows), *_other_people(*rows, *trees)]:
        return None, found
    ids, found = _ids(connection, *rows, *trees)
    if found:
        return None, found
    others, its = renamed(trees[0], ids[0]), renamed(trees[1], ids[1])
    return _merger(connection, *rows, others, trees[1], united(its, others), own_kinds)


def _merger(
    connection: Connection,
    other: CaseRow,
    into: CaseRow,
    others: Tree,
    its: Tree,
    tree: Tree,
    own_kinds: Path | None,
) -> tuple[Merger | None, list[Finding]]:
    value, faults = validate(Case, tree)
    if value is None:
        return None, [UNFIT_TOGETHER.finding(fault.message, fault.remedy) for fault in faults]
    tells = told(value, tree, own_kinds)
    doubled = {one.id for _, one in value.everyone()}
    if len(doubled) < len([*value.everyone()]):
        message = f"People of {other.number} and {into.number} have the same short name."
        return None, [NAMED_OTHERWISE.finding(message, f"Give each their own in {other.number} first.")]
    merger = Merger(
        into.number,
        other.number,
        tells,
        [*changed(its, tells.data)],
        [change for change in changed(others, tells.data) if _is_dropped(change)],
        len(queries.contacts(connection, other.number)),
        len(queries.letters(connection, other.number)),
    )
    return merger, []


def _is_dropped(change: Change) -> bool:
    return change.what != "new" and change.path not in ("case", "opened", "last_session")


def _row(connection: Connection, number: str) -> CaseRow:
    row = queries.known(connection, number)
    return row or queries.find(connection, number)  # which says that there is none


def _gone(row: CaseRow) -> Iterator[Finding]:
    if row.status == MERGED:
        message = f"Case {row.number} was merged into {row.merged_into} already."
        yield CASE_GONE.finding(message, f"If it belongs to another one, name {row.merged_into} instead.")
    if row.status == ERASED:
        yield CASE_GONE.finding(f"The data of case {row.number} was erased.", "There is nothing to merge.")


def _against(other: CaseRow, into: CaseRow) -> Iterator[Finding]:
    if other.relationship != into.relationship:
        yield SEPARATE.finding(
            f"{other.number} is a case of the sort {other.relationship}, {into.number} one of the sort "
            f"{into.relationship}.",
            "Keep both: several relationships of one person are separate.",
        )
    if other.is_open != into.is_open:
        ended, going_on = (into, other) if other.is_open else (other, into)
        yield ONE_ENDED.finding(
            f"{ended.number} ended on {ended.ended_on}, and {going_on.number} is open.",
            f"Decide which is right: letters case restart {ended.number}, or letters case end "
            f"{going_on.number}. Then merge them.",
        )


def _other_people(other: CaseRow, into: CaseRow, others: Tree, its: Tree) -> Iterator[Finding]:
    """Say where the clients of two cases do not correspond. Names are not told."""
    left = list(others["clients"])
    for client in its["clients"]:
        twin = next((one for one in left if is_one(client, one)), None)
        if twin is not None:
            left.remove(twin)
        elif any(same_name(client["name"], one["name"]) for one in left):
            message = (
                f"A client of {into.number} and one of {other.number} have one name, and two birth dates."
            )
            yield OTHER_PEOPLE.finding(message, "Correct the date that is wrong, if it is one person.")
            return
        else:
            yield _no_twin(other, into)
            return
    if left:
        yield _no_twin(other, into)


def _no_twin(other: CaseRow, into: CaseRow) -> Finding:
    return OTHER_PEOPLE.finding(
        f"The clients of {other.number} and {into.number} do not have the same names.",
        "If it is a matter of spelling, correct one of them first: letters case import FILE",
    )


def _ids(
    connection: Connection, other: CaseRow, into: CaseRow, others: Tree, its: Tree
) -> tuple[tuple[dict[str, str], dict[str, str]], list[Finding]]:
    """Which ids become others, in either case: those of `into` stay, unless only the other log has them."""
    used = _used(connection, other.number), _used(connection, into.number)
    ids: tuple[dict[str, str], dict[str, str]] = {}, {}
    for one, twin in _twins(its["clients"], others["clients"]):
        here, there = one["id"], twin["id"]
        if here == there:
            continue
        if there not in used[0]:
            ids[0][there] = here
        elif here not in used[1]:
            ids[1][here] = there
        else:
            message = f"The logs of {into.number} and {other.number} call one person {here} and {there}."
            remedy = f"Keep both, and end the one that is not used: letters case end {other.number}"
            return ids, [NAMED_OTHERWISE.finding(message, remedy)]
    return ids, []


def _twins(its: list[Tree], others: list[Tree]) -> Iterator[tuple[Tree, Tree]]:
    left = list(others)
    for one in its:
        twin = next((two for two in left if is_one(one, two)), None)
        if twin is not None:
            left.remove(twin)
            yield one, twin
            yield from _twins(one.get("representatives", []), twin.get("representatives", []))


def _used(connection: Connection, number: str) -> set[str]:
    """The ids that the log of a case has."""
    to = {one.data.get("to") for one in queries.contacts(connection, number)}
    to |= {one.addressee for one in queries.letters(connection, number)}
    to |= {one.data.get("addressee") for one in queries.tasks(connection, number)}
    return {name for name in to if name}


def merge(
    merger: Merger, because: str | None, register: Register, actor: Actor, at: datetime, own: Path | None
) -> Merged:
    """Enter it, in one transaction. Raises FoundError where the register was changed since the plan."""
    with register.writing(actor, at) as writing:
        now, found = plan(writing.connection, merger.other, merger.into, own)
        if now != merger:
            remedy = "Run the same command again, and look at what is shown."
            stale = STALE.finding("The cases were changed in the register in the meantime.", remedy)
            raise FoundError(found or [stale])
        canceled = [
            *_cancel(writing, merger.into, merger.other),
            *_cancel(writing, merger.other, merger.into),
        ]
        data, reachable = merger.told.data, merger.told.is_reachable
        event = CaseMerged(other=merger.other, data=data, reachable=reachable, because=because)
        writing.append(event, merger.into)
        if merger.told.moves:  # of the letters that either case lists
            moves = dict(merger.told.moves)
            writing.append(CaseChanged(data=data, moves=moves, reachable=reachable), merger.into)
    return Merged(merger, canceled)


def _cancel(writing: Writing, number: str, by: str) -> list[TaskRow]:
    """Cancel what was prepared in one case where the other has a later answer."""
    row = queries.known(writing.connection, number)
    answers = [one.on for one in queries.contacts(writing.connection, by) if one.sort == "answer"]
    last = max(answers, default="")
    if row is None or last <= (row.silent_since or ""):
        return []
    return cancel_queued(writing, number, date.fromisoformat(last))
