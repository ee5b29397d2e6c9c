"""Removing what the register knows about people, so that the history still holds together."""

from __future__ import annotations

import sqlite3

from sqlalchemy import select, update

from letters.errors import MachineError
from letters.model.history import CaseErased
from letters.register import queries, tables
from letters.register.store import Register, Writing
from letters.register.troubles import explained


def erase(writing: Writing, number: str, because: str) -> CaseErased:
    """Empty every entry about a case and those merged into it; say which, and of which letters.

    Raises UsageError where there is no such case.
    """
    queries.find(writing.connection, number)
    numbers = queries.numbers(writing.connection, number)
    entry = tables.entries
    about = entry.c.case_number.in_(numbers), entry.c.body.is_not(None)
    erased = list(writing.connection.scalars(select(entry.c.seq).where(*about).order_by(entry.c.seq)))
    letters = [one.letter for one in queries.letters(writing.connection, number)]
    writing.connection.execute(update(entry).where(*about).values(body=None, salt=None))
    event = CaseErased(numbers=numbers, entries=erased, letters=letters, because=because)
    # The entry stays readable, as it is about no case.
    writing.append(event)
    return event


def overwrite(register: Register) -> None:
    """Have the file forget what was erased: its log and its empty pages are written anew.

    A server does that by itself, in time.
    """
    if register.where.file is None:
        return
    with explained(register.where), register.engine.connect() as connection:
        # Neither can be done within a transaction, which a connection of the library's always is in.
        file = connection.connection.dbapi_connection
        assert isinstance(file, sqlite3.Connection)  # noqa: S101 - tells mypy
        file.execute("VACUUM")
        is_busy, *_ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise MachineError(
            f"What was erased from {register.where} is still in the log beside it, which others are reading.",
            "Have them end; the log goes when the last program that uses the register ends.",
        )
