"""What can be asked of the register about cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select, true

from letters.errors import UsageError
from letters.model.history import CaseChanged, CaseEntered, CaseErased, CaseMerged
from letters.register import tables
from letters.register.chain import Entry, canonical
from letters.register.tables import ENDED, ERASED, MERGED, OPEN
from letters.spelling import did_you_mean


@dataclass(frozen=True)
class CaseRow:
    """A case as lists show it. `state` is one of `lifecycle.State`; None for one merged or erased.

    Days are texts such as 2026-11-22, as the register keeps them.
    """

    number: str
    status: str
    state: str | None
    names: str | None
    clinician: str | None
    relationship: str | None
    opened: str | None
    last_session: str | None
    silent_since: str | None
    attempts: int | None
    stepped_on: str | None
    ends_on: str | None
    ended_on: str | None
    reason: str | None
    reachable: bool | None
    merged_into: str | None

    @property
    def is_open(self) -> bool:
        """Whether the relationship goes on."""
        return self.status == OPEN


@dataclass(frozen=True)
class Filter:
    """Which cases are wanted. `silent_by`: those not heard from since that day, or longer."""

    clinician: str | None = None
    states: Sequence[str] = ()
    silent_by: date | None = None
    ended: bool = False  # also those ended


@dataclass(frozen=True)
class ContactRow:
    """One contact: the entry that told of it, its day, whether it was an attempt, and what is known."""

    entry: int
    on: str
    sort: str
    data: dict[str, Any]


@dataclass(frozen=True)
class LetterRow:
    """One letter; `data` is the event that issued it."""

    letter: str
    entry: int
    case_number: str
    kind: str
    addressee: str
    dated: str
    status: str
    issued_at: str
    by: str
    sha256: str
    copy_sha256: str | None
    folder: str
    batch: str | None
    sent_on: str | None
    how: str | None
    tracking: str | None
    returned_on: str | None
    replaced_by: str | None
    data: dict[str, Any]


@dataclass(frozen=True)
class TaskRow:
    """Something to do about a case; `outcome` is None while it is open."""

    number: int
    case_number: str
    task: str
    opened_on: str
    outcome: str | None
    data: dict[str, Any]


@dataclass(frozen=True)
class ApprovalRow:
    """An approval; `data` is the event that tells what was approved."""

    entry: int
    case_number: str
    kind: str
    addressee: str
    by: str
    at: str
    data: dict[str, Any]


def _columns(table: Any, row: type) -> list[Any]:
    return [table.c[field.name] for field in fields(row)]


def cases(connection: Connection, wanted: Filter, limit: int | None = None) -> list[CaseRow]:
    """The cases that are wanted, the longest silent first."""
    case = tables.cases
    query = select(*_columns(case, CaseRow)).where(_condition(wanted))
    query = query.order_by(case.c.silent_since, case.c.number).limit(limit)
    return [CaseRow(*row) for row in connection.execute(query)]


def count(connection: Connection, wanted: Filter) -> int:
    """How many cases are wanted."""
    return connection.execute(
        select(func.count()).select_from(tables.cases).where(_condition(wanted))
    ).scalar_one()


def _condition(wanted: Filter) -> ColumnElement[bool]:
    case = tables.cases.c
    statuses = [OPEN, ENDED] if wanted.ended else [OPEN]
    conditions: list[ColumnElement[bool]] = [case.status.in_(statuses)]
    if wanted.clinician:
        conditions.append(case.clinician == wanted.clinician)
    if wanted.states:
        conditions.append(case.state.in_(wanted.states))
    if wanted.silent_by:
        conditions.append(case.silent_since <= wanted.silent_by.isoformat())
    return and_(*conditions)


def known(connection: Connection, number: str) -> CaseRow | None:
    """The case of a number, whatever became of it; None where there never was one."""
    query = select(*_columns(tables.cases, CaseRow)).where(tables.cases.c.number == number)
    row = connection.execute(query).one_or_none()
    return CaseRow(*row) if row else None


def find(connection: Connection, number: str) -> CaseRow:
    """The case of a number.

    Raises UsageError where there is none, or where it was merged into another or erased.
    """
    found = known(connection, number)
    if found is None:
        raise UsageError(f"There is no case {number} in the register.", _like(connection, number))
    if found.status == MERGED:
        raise UsageError(
            f"Case {number} was merged into {found.merged_into}.", f"Name {found.merged_into} instead."
        )
    if found.status == ERASED:
        raise UsageError(f"The data of case {number} was erased.", "Its history still tells when and why.")
    return found


def _like(connection: Connection, number: str) -> str:
    """Which number could be meant; a hundred thousand are not compared one by one."""
    column = tables.cases.c.number
    folded = func.lower(column)
    near = (
        select(column)
        .where(or_(folded == number.lower(), column.startswith(number[:3], autoescape=True)))
        .limit(2000)
    )
    return did_you_mean(number, connection.scalars(near), "`letters case list --include-inactive` shows all.")


def numbers(connection: Connection, number: str) -> list[str]:
    """The number of a case and of all that were merged into it, directly or in turn."""
    found = [number]
    for one in found:
        merged = select(tables.cases.c.number).where(tables.cases.c.merged_into == one)
        found += connection.scalars(merged)
    return found


def data(connection: Connection, number: str) -> dict[str, Any]:
    """What was entered about a case, without its contacts."""
    text = connection.execute(select(tables.cases.c.data).where(tables.cases.c.number == number)).scalar_one()
    entered: dict[str, Any] = json.loads(text)
    return entered


def digest(connection: Connection, number: str) -> str:
    """One digest of what is known of a case: what was entered, and its contacts."""
    told = [data(connection, number), [one.data for one in contacts(connection, number)]]
    return sha256(canonical(told).encode()).hexdigest()


def case_file(connection: Connection, number: str) -> str:
    """Everything about a case as the text of a JSON case file: with its contacts, letters and ending.

    Raises UsageError as `find` does.
    """
    row = find(connection, number)
    told = data(connection, number)
    told["contacts"] = [one.data for one in contacts(connection, number)]
    issued = [one for one in letters(connection, number) if one.status != "void"]
    told["letters"] = told.get("letters", []) + [
        {"kind": one.kind, "on": one.dated, "to": one.addressee, "reference": one.letter} for one in issued
    ]
    if row.status == ENDED:
        ending = endings(connection, number)[-1]
        told["ending"] = {"reason": ending["reason"], "on": ending["on"], "at": ending["at"]}
    return json.dumps(
        {name: value for name, value in told.items() if value != []}, ensure_ascii=False, indent=1
    )


def contacts(connection: Connection, number: str) -> list[ContactRow]:
    """The contacts of a case, the oldest first."""
    contact = tables.contacts.c
    query = select(contact.entry, contact.on, contact.sort, contact.data).where(contact.case_number == number)
    rows = connection.execute(query.order_by(contact.on, contact.entry, contact.position))
    found = [ContactRow(row.entry, row.on, row.sort, json.loads(row.data)) for row in rows]
    return sorted(found, key=lambda one: (one.on, one.data["at"]))


def endings(connection: Connection, number: str) -> list[dict[str, Any]]:
    """Every time a case was ended, the oldest first, and when it was restarted."""
    ending = tables.endings
    query = select(ending).where(ending.c.case_number == number).order_by(ending.c.entry)
    return [dict(row) for row in connection.execute(query).mappings()]


def letters(connection: Connection, number: str | None = None, status: str | None = None) -> list[LetterRow]:
    """The letters of a case, or of all; the oldest first."""
    letter = tables.letters
    query = select(*_columns(letter, LetterRow)).order_by(letter.c.entry)
    if number is not None:
        query = query.where(letter.c.case_number == number)
    if status is not None:
        query = query.where(letter.c.status == status)
    return [_letter(row) for row in connection.execute(query)]


def letter(connection: Connection, name: str) -> LetterRow | None:
    """The letter of a name, if it was issued."""
    query = select(*_columns(tables.letters, LetterRow)).where(tables.letters.c.letter == name)
    row = connection.execute(query).one_or_none()
    return _letter(row) if row else None


def _with_data(row: Any) -> dict[str, Any]:
    return {**row._mapping, "data": json.loads(row.data)}


def _letter(row: Any) -> LetterRow:
    return LetterRow(**_with_data(row))


def approvals(connection: Connection, number: str, kind: str, addressee: str) -> list[ApprovalRow]:
    """The approvals of a letter, the latest first."""
    approval = tables.approvals
    query = select(*_columns(approval, ApprovalRow)).where(
        approval.c.case_number == number, approval.c.kind == kind, approval.c.addressee == addressee
    )
    rows = connection.execute(query.order_by(approval.c.entry.desc()))
    return [ApprovalRow(**_with_data(row)) for row in rows]


def tasks(
    connection: Connection, number: str | None = None, *, clinician: str | None = None, closed: bool = False
) -> list[TaskRow]:
    """What there is to do, about one case, somebody's or all; with `closed` also what is done or canceled."""
    task, case = tables.tasks, tables.cases.c
    query = select(*_columns(task, TaskRow)).order_by(task.c.number)
    if number is not None:
        query = query.where(task.c.case_number == number)
    if clinician is not None:
        query = query.where(task.c.case_number.in_(select(case.number).where(case.clinician == clinician)))
    if not closed:
        query = query.where(task.c.outcome.is_(None))
    return [TaskRow(**_with_data(row)) for row in connection.execute(query)]


def source(connection: Connection, number: str) -> str | None:
    """The file that the data of a case last came from; None where it came from elsewhere."""
    entry = tables.entries.c
    told = entry.event.in_([CaseEntered.name, CaseChanged.name, CaseMerged.name])
    query = select(entry.body).where(entry.case_number == number, told).order_by(entry.seq.desc()).limit(1)
    body = connection.scalar(query)
    found: str | None = json.loads(body).get("source") if body else None
    return found


def called(connection: Connection) -> list[tuple[str, str, str]]:
    """The number, the relationship and the clients' names of every case, open or ended."""
    case = tables.cases.c
    query = select(case.number, case.relationship, case.names).where(case.status.in_([OPEN, ENDED]))
    return [(row.number, row.relationship, row.names) for row in connection.execute(query)]


def as_of(
    connection: Connection, wanted: Filter, due_by: date, limit: int | None = None
) -> tuple[list[CaseRow], int]:
    """The cases that are wanted, the longest silent first, and how many there are without the limit.

    States are those of a day: an active case not heard from since `due_by` is due for review.
    """
    case = tables.cases
    active, silent = case.c.state == "active", case.c.silent_since <= due_by.isoformat()
    on_the_day = {"active": and_(active, not_(silent)), "review-due": and_(active, silent)}
    states = [on_the_day.get(state, case.c.state == state) for state in wanted.states]
    condition = and_(_condition(replace(wanted, states=())), or_(*states) if states else true())
    query = select(*_columns(case, CaseRow)).where(condition)
    rows = connection.execute(query.order_by(case.c.silent_since, case.c.number).limit(limit))
    counted = select(func.count()).select_from(case).where(condition)
    return [CaseRow(*row) for row in rows], connection.execute(counted).scalar_one()


def erasures(connection: Connection, number: str) -> list[Entry]:
    """The entries that tell that a case was erased; those are about no case, and stay readable."""
    query = select(tables.entries).where(tables.entries.c.event == CaseErased.name)
    found = [Entry(*row) for row in connection.execute(query.order_by(tables.entries.c.seq))]
    return [entry for entry in found if number in entry.content["numbers"]]


def all_numbers(connection: Connection) -> list[str]:
    """Every number that is or was in use."""
    return list(connection.scalars(select(tables.cases.c.number)))
