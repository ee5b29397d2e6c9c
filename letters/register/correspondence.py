"""What can be asked of the register about letters, beyond those of one case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from letters.model.history import CaseErased, LetterAgain
from letters.register import tables
from letters.register.chain import Entry, Head
from letters.register.queries import ApprovalRow, LetterRow, TaskRow
from letters.register.store import history

_MOST_NAMED = 20


@dataclass(frozen=True)
class Wanted:
    """Which letters are wanted. `since` is a moment in UTC, as entries have it."""

    case: str | None = None
    kind: str | None = None
    status: str | None = None
    batch: str | None = None
    since: str | None = None


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
    task = tables.tasks
    query = select(*(task.c[field.name] for field in fields(TaskRow)))
    rows = connection.execute(query.where(task.c.task == "hold", task.c.outcome.is_(None)))
    found = [TaskRow(**_read(row)) for row in rows]
    return {one.data["letter"]: one for one in found}


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


def _read(row: Row[Any]) -> dict[str, Any]:
    return {**row._mapping, "data": json.loads(row.data)}


def approval_of(connection: Connection, entry: int) -> ApprovalRow | None:
    """The approval that an entry told of."""
    approval = tables.approvals.c
    query = select(*(approval[field.name] for field in fields(ApprovalRow))).where(approval.entry == entry)
    row = connection.execute(query).one_or_none()
    return ApprovalRow(**_read(row)) if row else None


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
