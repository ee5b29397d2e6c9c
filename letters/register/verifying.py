"""Proof that the register is what was entered: the chain holds, and the tables are its sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Table, create_engine, select, text

from letters.errors import MachineError, UsageError
from letters.findings import Finding, Place, Severity, rule
from letters.register import sums, tables
from letters.register.chain import BEGINNING, Head, faults
from letters.register.exporting import event_of
from letters.register.store import Register, head_of, history

SUMS = rule(
    "altered-register",
    Severity.ERROR,
    "Lists and reviews are read from tables that repeat what the history tells. A table that says something "
    "else was changed by another hand.",
)
CUT = rule(
    "cut-history",
    Severity.ERROR,
    "A history that was cut off at its end still holds together; only an earlier digest tells of it.",
)
_MEND = "Compare with a backup; `letters register export` and `import` make the tables anew from the history."
_MOST = 20
# The triggers on the history that work.
_GUARDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'",
    "postgresql": "SELECT tgname FROM pg_trigger "
    "WHERE tgrelid = CAST('entries' AS regclass) AND tgenabled IN ('O', 'A')",
}
_HEAD = re.compile(r"(\d{1,9}):([0-9a-f]{12,64})", re.ASCII | re.IGNORECASE)


def verify(register: Register, expected: Head | None = None) -> tuple[Head, list[Finding]]:
    """Look at the whole history; return the last entry, and all that is wrong.

    `expected` is an entry somebody wrote down earlier, which must be in it.
    """
    place = Place(str(register.where))
    with register.reading() as connection:
        _examine(connection, register)
        head = head_of(connection)
        found = list(faults(history(connection), head, place))
        if expected is not None and not _has(connection, expected):
            message = f"The history has no entry {expected.seq} with the digest {expected.digest[:12]}…"
            found.append(
                CUT.finding(message, "Compare with the backups since that digest was written down.", place)
            )
        if not found:
            found = list(_different(connection, place))
        found += _unguarded(connection, place)
    return head, found


def _examine(connection: Connection, register: Register) -> None:
    """Look at all of a file, also at what only serves to find things quickly.

    Raises MachineError where it is damaged.
    """
    if register.where.file is None:
        return
    if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one() != "ok":
        raise MachineError(f"The register {register.where} is damaged.", "Put the last backup in its place.")


def _has(connection: Connection, expected: Head) -> bool:
    if not expected.seq:
        return BEGINNING.startswith(expected.digest)
    entry = tables.entries.c
    digest = connection.execute(select(entry.digest).where(entry.seq == expected.seq)).scalar_one_or_none()
    return digest is not None and digest.startswith(expected.digest)


def _different(connection: Connection, place: Place) -> Iterator[Finding]:
    """Add the entries up anew, and compare."""
    engine = create_engine("sqlite://")
    with engine.begin() as anew:
        tables.metadata.create_all(anew)
        with closing(history(connection)) as entries:
            for entry in entries:
                with _known(f"Entry {entry.seq}"):
                    event = event_of(entry)
                    if event is not None:
                        sums.add(anew, entry, event, fold=False)
        with _known("What the entries add up to"):
            sums.settle(anew)
        for table in tables.SUMS:
            yield from _compared(table, _rows(connection, table), _rows(anew, table), place)
    engine.dispose()


@contextmanager
def _known(what: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, ValueError) as error:
        raise MachineError(
            f"{what} is of a sort that letters does not know.", "Install the newest version."
        ) from error


def _rows(connection: Connection, table: Table) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    keys = [column.name for column in table.primary_key]
    rows = connection.execute(select(table)).mappings()
    return {tuple(row[key] for key in keys): tuple(row.values()) for row in rows}


def _compared(table: Table, kept: dict[Any, Any], anew: dict[Any, Any], place: Place) -> Iterator[Finding]:
    wrong = sorted((key for key in kept.keys() | anew.keys() if kept.get(key) != anew.get(key)), key=_sorting)
    for key in wrong[:_MOST]:
        which = ", ".join(map(str, key))
        yield SUMS.finding(
            f"The table {table.name} does not say of {which} what the history says.", _MEND, place
        )
    if len(wrong) > _MOST:
        yield SUMS.finding(f"So it is with {len(wrong) - _MOST} more of {table.name}.", _MEND, place)


def _sorting(key: tuple[Any, ...]) -> list[tuple[str, Any]]:
    """By which keys are sorted that another hand may have made of any type."""
    return [(type(part).__name__, part) for part in key]


def _unguarded(connection: Connection, place: Place) -> Iterator[Finding]:
    """Look whether the database still refuses to alter the history."""
    dialect = connection.dialect.name
    there = set(connection.scalars(text(_GUARDING[dialect])))
    for name in tables.GUARDS[dialect]:
        if name not in there:
            message = (
                f"The trigger {name}, which has the database refuse to alter the history, is gone or off."
            )
            yield SUMS.finding(message, _MEND, place)


def head_from(text: str) -> Head:
    """Read an entry's number and digest, as `letters log verify` prints them: 1234:ab12….

    Raises UsageError where it is none.
    """
    told = _HEAD.fullmatch(text)
    if told is None:
        raise UsageError(
            "That is no entry of a history.",
            "Write it as `letters log verify` showed it, such as 1234:0a1b2c3d4e5f.",
        )
    return Head(int(told[1]), told[2].lower())
