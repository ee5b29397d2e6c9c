"""What can be asked of the register about the cases that wait for a step, without reading their histories."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from letters.lifecycle import Pace, State
from letters.register import tables
from letters.register.queries import CaseRow, TaskRow

_AT_ONCE = 500  # numbers in one question; databases limit how many there may be


@dataclass(frozen=True)
class Tally:
    """How many cases are open, how many of them have a step that is due, and how many one to wait for."""

    open: int
    due: int
    waiting: int


def pending(
    connection: Connection, today: date, pace: Pace, clinician: str | None = None, limit: int | None = None
) -> list[CaseRow]:
    """The open cases that have a next step, due or not, the longest silent first."""
    columns = [tables.cases.c[field.name] for field in fields(CaseRow)]
    query = select(*columns).where(_open(clinician), _has_step(today, pace))
    query = query.order_by(tables.cases.c.silent_since, tables.cases.c.number).limit(limit)
    return [CaseRow(*row) for row in connection.execute(query)]


def tally(connection: Connection, today: date, pace: Pace, clinician: str | None = None) -> Tally:
    """Count the open cases, in one go over them."""
    due, step = _is_due(today, pace), _has_step(today, pace)
    counts = func.count(), func.sum(case((due, 1), else_=0)), func.sum(case((step, 1), else_=0))
    every, is_due, pends = connection.execute(select(*counts).where(_open(clinician))).one()
    return Tally(every, is_due or 0, (pends or 0) - (is_due or 0))


def told(connection: Connection, numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What was entered about each of several cases, without their contacts."""
    found: dict[str, dict[str, Any]] = {}
    column = tables.cases.c
    for start in range(0, len(numbers), _AT_ONCE):
        some = column.number.in_(numbers[start : start + _AT_ONCE])
        rows = connection.execute(select(column.number, column.data).where(some))
        found.update((row.number, json.loads(row.data)) for row in rows if row.data)
    return found


def cases_of(connection: Connection, numbers: Sequence[str]) -> list[CaseRow]:
    """The cases of several numbers."""
    column = tables.cases.c
    columns = [column[field.name] for field in fields(CaseRow)]
    found: list[CaseRow] = []
    for start in range(0, len(numbers), _AT_ONCE):
        some = column.number.in_(numbers[start : start + _AT_ONCE])
        found += [CaseRow(*row) for row in connection.execute(select(*columns).where(some))]
    return found


def clinicians(connection: Connection) -> list[str]:
    """Those who have open cases."""
    column = tables.cases.c
    query = select(column.clinician).where(column.status == tables.OPEN, column.clinician.is_not(None))
    return list(connection.scalars(query.distinct()))


def task(connection: Connection, number: int) -> TaskRow | None:
    """The task of a number, open or closed."""
    columns = [tables.tasks.c[field.name] for field in fields(TaskRow)]
    row = connection.execute(select(*columns).where(tables.tasks.c.number == number)).one_or_none()
    return TaskRow(**{**row._mapping, "data": json.loads(row.data)}) if row else None


def _open(clinician: str | None) -> ColumnElement[bool]:
    column = tables.cases.c
    is_open = column.status == tables.OPEN
    return and_(is_open, column.clinician == clinician) if clinician else is_open


def _has_step(today: date, pace: Pace) -> ColumnElement[bool]:
    column = tables.cases.c
    return or_(column.state != State.ACTIVE.value, column.silent_since <= _before(today, pace.silence))


def _is_due(today: date, pace: Pace) -> ColumnElement[bool]:
    """The same as `lifecycle.due` and a day that has come, said to the database."""
    column = tables.cases.c
    stepped = func.coalesce(column.stepped_on, column.silent_since)
    ends = func.coalesce(column.ends_on, stepped)
    asked = column.state.in_([State.OUTREACH.value, State.OUTREACH_FINAL.value])
    return or_(
        and_(column.state == State.ACTIVE.value, column.silent_since <= _before(today, pace.silence)),
        and_(asked, stepped <= _before(today, pace.wait)),
        and_(column.state == State.CLOSING.value, ends <= today.isoformat()),
    )


def _before(today: date, days: int) -> str:
    # So long ago that a day so far back is none of the calendar: nobody has been silent that long.
    return (today - timedelta(min(days, today.toordinal() - 1))).isoformat()
