"""Connecting to SQLite and PostgreSQL, so that nothing is lost.

SQLite as measured for exactly-once work: a write-ahead log, every commit on the disk before it
counts, and writers that take their turn at the beginning of a transaction. Eight of them at once
lost nothing that way; with a plain BEGIN most gave up.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from functools import lru_cache
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from letters.errors import MachineError
from letters.register.location import Location

WAIT = 30  # seconds a writer waits for its turn
_MOMENT = 0.02  # seconds


def engine_for(where: Location) -> Engine:
    """What speaks to a register. Raises MachineError where a package for that is missing."""
    if where.file is None:
        return _server_engine(where)
    # A path is meant as seen from where one stands now.
    return _file_engine(where.url.set(database=str(where.file.absolute())))


# Statements are made ready once for each engine, which takes longer than asking them. It holds no connection.
@lru_cache(maxsize=4)
def _file_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": WAIT}, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _server_engine(where: Location) -> Engine:
    try:
        import psycopg  # noqa: F401 - asked for here, so that its absence can be told
    except ImportError as error:
        raise MachineError(
            "A register on a server needs the Python package psycopg, which is not installed.",
            "Install letters with it: pip install 'letters[postgres]'.",
        ) from error
    arguments = {"connect_timeout": WAIT, "application_name": "letters", "client_encoding": "utf8"}
    return create_engine(where.url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says
    for pragma in (
        f"busy_timeout={WAIT * 1000}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def log_ahead(engine: Engine) -> None:
    """Have the file keep a write-ahead log, from now on and for everybody.

    SQLite does not wait for its turn here, as it does elsewhere: while another run looks at the file, the
    database counts as locked.
    """
    until = time.monotonic() + WAIT
    with contextlib.closing(engine.raw_connection()) as connection:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_MOMENT)
            else:
                return


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def make_private(file: Path) -> None:
    """Make the file before SQLite would, so that nobody else can ever read it."""
    for folder in reversed([one for one in file.parents if not one.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
