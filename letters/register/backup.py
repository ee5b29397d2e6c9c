"""A copy of the register, consistent while others go on writing."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from letters.errors import MachineError
from letters.files import FileTakenError, new_file
from letters.register.exporting import write_history
from letters.register.location import Location
from letters.register.store import head_of
from letters.register.troubles import explained

_PAGES = 4096  # copied at a time, so that writers get their turn


def back_up(engine: Engine, where: Location, stem: Path) -> Path:
    """Make a copy under a name with the moment in it; return its path. Raises as `copy_to` does."""
    ending = ".sqlite" if where.file else ".jsonl"
    moment = f"{stem.name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for number in itertools.count(1):
        copy = stem.with_name(f"{moment}{f'-{number}' if number > 1 else ''}{ending}")
        # Another run may make one in the same second.
        with contextlib.suppress(FileTakenError):
            copy_to(engine, where, copy)
            break
    return copy


def copy_to(engine: Engine, where: Location, copy: Path) -> None:
    """Make a copy: of a register in a file another such file, of one on a server its history.

    Raises UsageError where there is such a file already, MachineError where it cannot be written.
    """
    if where.file is None:
        write_history(engine, where, copy)
        return
    with new_file(copy) as temporary, explained(where), engine.connect() as connection:
        # Within a transaction, or the copy would begin again whenever somebody else writes.
        head_of(connection)
        source = connection.connection.dbapi_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101 - tells mypy
        with closing(sqlite3.connect(temporary)) as target:
            _copy(source, target, copy)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, copy: Path) -> None:
    try:
        source.backup(target, pages=_PAGES)
        # One file, without a log beside it.
        target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise MachineError(
            f"The backup {copy} cannot be written: {error}.", "Make room, or choose another folder."
        ) from error
