"""What can be asked of the register about letters, beyond those of one case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, not_, or_, select

from letters.model.history import CaseErased, LetterAgain, LetterSentBack
from letters.register import queries, tables
from letters.register.chain import Entry, Head
from letters.register.queries import ApprovalRow, LetterRow, TaskRow
from letters.register.store import history

_MOST_NAMED = 20
Key = tuple[str, str, str]  # a case, a kind and an addressee


@dataclass(frozen=True)
class Wanted:
    """Which letters are wanted. `since` is a moment in UTC, as entries have it."""

    case: str | None = None
    kind: str | None = None
    status: str | None = None
    batch: str | None = None
    since: str | None = None


@dataclass(frozen=True)
class SentBack:
    """A letter was sent back: by which entry, by whom and when, and why; `data` is the event."""

    entry: int
    by: str
    at: str
    remark: str
    data: dict[str, Any]


def letters_wanted(connection: Connection, wanted: Wanted) -> list[LetterRow]:
    """The letters that are wanted, the latest last."""
    letter = tables.letters.c
    asked = [
        *((letter.case_number, wanted.case), (letter.kind, wanted.kind)),
        *((letter.status, wanted.status), (letter.batch, wanted.batch)),
    ]
    conditions: list[ColumnElement[bool]] = [column == value for column, value in asked if value is not None]
    if wanted.since is not None:
        conditions.append(letter.issued_at >= wanted.since)
    return _letters(connection, *conditions)


def holds(connection: Connection) -> dict[str, TaskRow]:
    """The letters that were issued and must not leave any more, with the task to destroy each."""
    return {one.data["letter"]: one for one in open_tasks(connection, ["hold"])}


def open_tasks(connection: Connection, sorts: Iterable[str], clinician: str | None = None) -> list[TaskRow]:
    """What there is to do of some sorts, about everybody's cases or somebody's, the oldest first."""
    task, case = tables.tasks.c, tables.cases.c
    query = select(*(task[field.name] for field in fields(TaskRow))).order_by(task.number)
    query = query.where(task.task.in_(list(sorts)), task.outcome.is_(None))
    if clinician is not None:
        query = query.where(task.case_number.in_(select(case.number).where(case.clinician == clinician)))
    return [TaskRow(**_read(row)) for row in connection.execute(query)]


def changed_in(connection: Connection, batch: str) -> dict[str, int]:
    """The last entry about each case of which a letter belongs to a batch."""
    letter, case = tables.letters.c, tables.cases.c
    numbers = select(letter.case_number).where(letter.batch == batch)
    found = connection.execute(select(case.number, case.changed).where(case.number.in_(numbers)))
    return {row.number: row.changed for row in found}


def letters_named(connection: Connection, start: str) -> list[LetterRow]:
    """Some letters whose names begin so."""
    return _letters(connection, tables.letters.c.letter.startswith(start, autoescape=True), most=_MOST_NAMED)


def letters_with(connection: Connection, digest: str) -> list[LetterRow]:
    """The letters whose file, or whose English copy, has this digest."""
    letter = tables.letters.c
    return _letters(connection, or_(letter.sha256 == digest, letter.copy_sha256 == digest))


def _letters(connection: Connection, *conditions: Any, most: int | None = None) -> list[LetterRow]:
    columns = [tables.letters.c[field.name] for field in fields(LetterRow)]
    query = select(*columns).where(*conditions).order_by(tables.letters.c.entry).limit(most)
    return [LetterRow(**_read(row)) for row in connection.execute(query)]


def approvals_given(connection: Connection, number: str, kind: str) -> list[ApprovalRow]:
    """The approvals of letters of a kind about a case, whoever they are to, the latest first."""
    approval = tables.approvals.c
    query = select(*(approval[field.name] for field in fields(ApprovalRow)))
    query = query.where(approval.case_number == number, approval.kind == kind)
    return [ApprovalRow(**_read(row)) for row in connection.execute(query.order_by(approval.entry.desc()))]


def approvals_open(connection: Connection, clinician: str | None = None) -> list[ApprovalRow]:
    """The approvals in open cases that no letter followed and no restart, the latest last."""
    approval, case = tables.approvals.c, tables.cases.c
    letter, ending = tables.letters.c, tables.endings.c
    issued = select(letter.entry).where(
        letter.case_number == approval.case_number,
        letter.kind == approval.kind,
        letter.addressee == approval.addressee,
        letter.entry > approval.entry,
    )
    restarted = select(ending.entry).where(
        ending.case_number == approval.case_number, ending.restart > approval.entry
    )
    cases = select(case.number).where(case.status == tables.OPEN)
    cases = cases.where(case.clinician == clinician) if clinician else cases
    query = select(*(approval[field.name] for field in fields(ApprovalRow))).order_by(approval.entry)
    query = query.where(approval.case_number.in_(cases), not_(issued.exists()), not_(restarted.exists()))
    return [ApprovalRow(**_read(row)) for row in connection.execute(query)]


def _read(row: Row[Any]) -> dict[str, Any]:
    return {**row._mapping, "data": json.loads(row.data)}


def approval_of(connection: Connection, entry: int) -> ApprovalRow | None:
    """The approval that an entry told of."""
    approval = tables.approvals.c
    query = select(*(approval[field.name] for field in fields(ApprovalRow))).where(approval.entry == entry)
    row = connection.execute(query).one_or_none()
    return ApprovalRow(**_read(row)) if row else None


def sent_back(connection: Connection, number: str, kind: str, addressee: str) -> list[SentBack]:
    """Every time that a letter of a kind to somebody was sent back, the latest first."""
    entry = tables.entries.c
    is_told = entry.event == LetterSentBack.name, entry.body.is_not(None)
    query = select(entry.seq, entry.by, entry.at, entry.body).where(*is_told)
    query = query.where(entry.case_number.in_(queries.numbers(connection, number))).order_by(entry.seq.desc())
    found = [_sent_back(row) for row in connection.execute(query)]
    return [one for one in found if (one.data["kind"], one.data["addressee"]) == (kind, addressee)]


def last_sent_back(connection: Connection) -> dict[Key, SentBack]:
    """The last time that each letter was sent back, whatever the number of its case was then."""
    entry, case = tables.entries.c, tables.cases.c
    merged = select(case.number, case.merged_into).where(case.merged_into.is_not(None))
    into = {row.number: row.merged_into for row in connection.execute(merged)}
    columns = entry.seq, entry.by, entry.at, entry.body, entry.case_number
    query = select(*columns).where(entry.event == LetterSentBack.name, entry.body.is_not(None))
    found: dict[Key, SentBack] = {}
    for row in connection.execute(query.order_by(entry.seq)):
        one, number = _sent_back(row), row.case_number
        while number in into:
            number = into[number]
        found[number, one.data["kind"], one.data["addressee"]] = one
    return found


def _sent_back(row: Any) -> SentBack:
    told = json.loads(row.body)
    return SentBack(row.seq, row.by, row.at, told["remark"], told)


def made_again(connection: Connection) -> list[tuple[str, str]]:
    """The names of the letters that were made a second time, and the folders they were put into."""
    return [(told["letter"], told["folder"]) for told in _told(connection, LetterAgain.name)]


def erased_letters(connection: Connection) -> set[str]:
    """The names of the letters whose cases were erased."""
    return {letter for told in _told(connection, CaseErased.name) for letter in told["letters"]}


def _told(connection: Connection, event: str) -> Iterator[dict[str, Any]]:
    entry = tables.entries.c
    query = select(entry.body).where(entry.event == event, entry.body.is_not(None)).order_by(entry.seq)
    return (json.loads(body) for body in connection.scalars(query))


def about(connection: Connection, row: LetterRow, numbers: list[str]) -> Iterator[Entry]:
    """The entries that tell of a letter, in order; `numbers` are of its case and those merged into it."""
    for entry in history(connection, numbers):
        if entry.content.get("letter") == row.letter:
            yield entry


def has_entry(connection: Connection, head: Head) -> bool:
    """Whether an entry of another history is in this one as well; the beginning is in every one."""
    entry = tables.entries.c
    digest = connection.scalar(select(entry.digest).where(entry.seq == head.seq))
    return not head.seq or digest == head.digest
