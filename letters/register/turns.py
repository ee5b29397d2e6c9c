"""Where a case stands, from the rows that tell what happened in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, select

from letters.lifecycle import (
    Answered,
    Attempted,
    Ended,
    Event,
    Opened,
    Restarted,
    Seen,
    Standing,
    State,
    Voided,
    Wrote,
    standing,
)
from letters.register import tables


def turned(connection: Connection, number: str) -> dict[str, Any]:
    """The columns that say where a case stands, from all that happened in it."""
    now = standing(turns(connection, number))
    last = now.endings[-1] if now.state is State.ENDED else None
    return {
        "status": tables.ENDED if last else tables.OPEN,
        "state": now.state.value,
        "silent_since": now.silent_since.isoformat(),
        "attempts": now.attempts,
        "stepped_on": now.stepped_on.isoformat() if now.stepped_on else None,
        "ends_on": now.ends_on.isoformat() if now.ends_on else None,
        "ended_on": last.on.isoformat() if last else None,
        "reason": last.reason if last else None,
    }


def standing_of(connection: Connection, number: str) -> Standing:
    """Where a case stands."""
    return standing(turns(connection, number))


def turns(connection: Connection, number: str) -> list[Event]:
    """What happened in a case that moves it, in the order in which it was entered."""
    case = tables.cases
    row = connection.execute(
        select(case.c.data, case.c.moves, case.c.entered).where(case.c.number == number)
    ).one()
    data, moves = json.loads(row.data), json.loads(row.moves)
    opened = date.fromisoformat(data["opened"])
    seen = _day(data.get("last_session"))
    told: list[tuple[int, Event]] = [(0, Opened(opened, seen))]
    told += [(row.entered, turn) for turn in _earlier(data, moves)]
    for query, tell in _TELLING:
        for found in connection.execute(query, {"this": number}):
            told += tell(found)
    return [turn for _, turn in sorted(told, key=lambda one: one[0])]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _earlier(data: dict[str, Any], moves: dict[str, Any]) -> Iterator[Event]:
    """The letters that the case itself lists, from before it was in the register."""
    if last := _day(data.get("last_session")):
        yield Seen(last)
    ends_on = _day(data.get("ending", {}).get("on"))
    for one in data.get("letters", []):
        move = moves.get(one["kind"], {"step": None, "for_silence": False})
        on = date.fromisoformat(one["on"])
        letter = one.get("reference") or f"{one['kind']} {on}"
        ends = ends_on if move["step"] == "closing" else None
        yield Wrote(on, letter, move["step"], ends, for_silence=move["for_silence"])


def _contact(row: Any) -> Iterator[tuple[int, Event]]:
    on = date.fromisoformat(row.on)
    if row.sort == "answer":
        yield row.entry, Answered(on)
    elif row.sort == "attempt":
        yield row.entry, Attempted(on)


def _letter(row: Any) -> Iterator[tuple[int, Event]]:
    data = json.loads(row.data)
    on = date.fromisoformat(row.dated)
    yield (
        row.entry,
        Wrote(on, row.letter, data["step"], _day(data["ends_on"]), for_silence=data["for_silence"]),
    )
    if row.status == "void":
        yield row.entry, Voided(on, row.letter)


def _ending(row: Any) -> Iterator[tuple[int, Event]]:
    on = date.fromisoformat(row.on)
    yield row.entry, Ended(on, row.reason, datetime.fromisoformat(row.at), without=row.without)
    if row.restarted_on:
        yield row.restart, Restarted(date.fromisoformat(row.restarted_on))


def _of_case(table: Table, *names: str) -> Select[Any]:
    """Some columns of the rows about a case."""
    return select(*(table.c[name] for name in names)).where(table.c.case_number == bindparam("this"))


_TELLING = (
    (_of_case(tables.contacts, "entry", "on", "sort"), _contact),
    (_of_case(tables.letters, "entry", "letter", "dated", "status", "data"), _letter),
    (_of_case(tables.endings, "entry", "on", "reason", "at", "without", "restart", "restarted_on"), _ending),
)
