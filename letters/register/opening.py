"""Opening a register: where it is, whether it is ours and of this version, and what to say if not.

SQLite as measured for exactly-once work: a write-ahead log, every commit on the disk before it
counts, and writers that take their turn at the beginning of a transaction. Eight of them at once
lost nothing that way; with a plain BEGIN most gave up.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from letters.errors import LettersError, MachineError, UsageError
from letters.version import VERSION

FILE_NAME = "register.sqlite"
REVISIONS = ("0001", "0002")  # the migrations, in order
WAIT = 30  # seconds a writer waits for its turn
OLDEST_SERVER = 15
_MOMENT = 0.02  # seconds
_MIGRATING = 0x6C657474657273  # what runs that migrate wait for; any number that is nobody else's

_SQLITE = "sqlite"
_MEMORY = ":memory:"  # which SQLite takes for no file at all
_SERVERS = ("postgresql", "postgres")  # both are in use
_OURS = {"entries", "head", "alembic_version"}  # tables that a register has had from the beginning
_NO_SERVER = (
    "Check its address, and that the server is running; `letters --help` says where the address comes from."
)
_SQLITE_TROUBLE = {
    "SQLITE_FULL": ("the disk is full", "Make room, then run the same command again."),
    "SQLITE_READONLY": ("it may only be read", "Ask the owner of its folder for the right to write there."),
    "SQLITE_CANTOPEN": ("it cannot be opened", "Check its folder, and your right to write there."),
    "SQLITE_PERM": ("you have no right to it", "Ask its owner for the right."),
    "SQLITE_BUSY": ("another program keeps it busy", "Close that program, then try again."),
    "SQLITE_LOCKED": ("another program keeps it busy", "Close that program, then try again."),
    "SQLITE_IOERR": ("the disk does not take it", "Check the disk; a network drive is none for a register."),
    "SQLITE_CORRUPT": ("it is damaged", "Put the last backup in its place."),
    "SQLITE_NOTADB": (
        "it is another sort of file",
        "Put the last backup in its place, or move that file away.",
    ),
}
_ASK = "Ask who runs the server."
# By the codes of PostgreSQL, or their first two signs.
_SERVER_TROUBLE = {
    "28": ("it does not let you in", "Check user and password (PGPASSWORD, or ~/.pgpass)."),
    "3D": ("there is no such database", "Make it with createdb, or ask who runs the server."),
    "42501": ("you have no right to it", _ASK),
    "25006": ("it may only be read", _ASK),
    "53": ("its server has no room left", _ASK),
    "55P03": ("another program keeps it busy", "Close that program, then try again."),
    "22": ("it does not take what is to be written", "Look for signs that are in no alphabet."),
    "23": ("it has that already", "Look at what is there, then try again."),
    "42": ("its tables are not as letters made them", "Put the last backup in its place."),
    "P0001": ("nothing is taken out of the history", "Add what is right; what was told before stays told."),
}


@dataclass(frozen=True)
class Location:
    """Where a register is: its address, and the practice's folder, where copies of it are put."""

    url: URL = field(repr=False)  # may hold a password
    folder: Path

    @property
    def file(self) -> Path | None:
        """The file, where it is one."""
        if self.url.get_backend_name() != _SQLITE or not self.url.database:
            return None
        return Path(self.url.database)

    def __str__(self) -> str:
        """What to call it in a message; never with a password."""
        return str(self.file) if self.file else self.url.set(query={}).render_as_string(hide_password=True)


def location(address: str | None, folder: Path) -> Location:
    """Where the register is: at an address, or in a file in the practice's folder.

    The address is an URL or the path of a file. Raises UsageError for one that is neither.
    """
    if not address:
        return Location(_file_url(folder / FILE_NAME), folder)
    if "://" not in address and str(Path(address)) != _MEMORY:
        return Location(_file_url(Path(address)), folder)
    try:
        url = make_url(address)
        name = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise _not_understood() from error
    if name in _SERVERS:
        return Location(url.set(drivername="postgresql+psycopg"), folder)
    if url.drivername != _SQLITE or url.query or not url.database or url.database == _MEMORY:
        raise _not_understood()
    return Location(_file_url(Path(url.database)), folder)


def _file_url(file: Path) -> URL:
    return URL.create(_SQLITE, database=str(file))


def _not_understood() -> UsageError:
    return UsageError(
        "The address of the register is none that letters knows.",
        "Write the path of a file, or postgresql://SERVER/DATABASE.",
    )


def is_there(where: Location) -> bool:
    """Whether there is a register: a file is looked for, and a server is expected to have one."""
    with explained(where):
        return where.file is None or where.file.exists()


def connect(where: Location) -> Engine:
    """Open a register, making or migrating it where that is needed.

    Raises MachineError where it cannot be reached, read or written, or is of a newer version.
    """
    with explained(where):
        if where.file is not None:
            _make_private(where.file)
        engine = _engine(where)
        with engine.connect() as connection:
            _look_at_server(connection, where)
            found = _revision(connection, where)
        if where.file is not None:
            # Only now, as it changes a file, and it might have been another program's.
            _log_ahead(engine)
        if found != REVISIONS[-1]:
            _migrate(engine, where, found)
        return engine


def _make_private(file: Path) -> None:
    """Make the file before SQLite would, so that nobody else can ever read it."""
    for folder in reversed([one for one in file.parents if not one.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _engine(where: Location) -> Engine:
    if where.file is None:
        return _server_engine(where)
    engine = create_engine(
        where.url, connect_args={"timeout": WAIT}, poolclass=NullPool, hide_parameters=True
    )
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


def _log_ahead(engine: Engine) -> None:
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


def _look_at_server(connection: Connection, where: Location) -> None:
    """Refuse a server that is too old, and a database that cannot hold every name."""
    if where.file is not None:
        return
    version = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    if version < OLDEST_SERVER:
        raise MachineError(
            f"The server of the register {where} is PostgreSQL {version}.",
            f"Letters needs version {OLDEST_SERVER} or later.",
        )
    if (encoding := connection.execute(text("SHOW server_encoding")).scalar_one()) != "UTF8":
        raise MachineError(
            f"The database {where} is encoded as {encoding}, which cannot hold every name.",
            "Make another one: createdb --encoding=UTF8 --template=template0.",
        )


def _revision(connection: Connection, where: Location) -> str | None:
    """The version of the register's tables; None for an empty database.

    Raises MachineError for one that is no register, or of a newer version of this program.
    """
    names = set(inspect(connection).get_table_names())
    if not names >= _OURS:
        if names:
            raise MachineError(
                f"{where} is a database, and not a register of letters.",
                "Name another one with --register, or make an empty one for it.",
            )
        return None
    found = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if found not in REVISIONS:
        by = connection.execute(text("SELECT written_by FROM head")).scalar_one_or_none() or "a newer version"
        raise MachineError(
            f"The register {where} was written by letters {by} (tables {found}), and this is letters "
            f"{VERSION} (tables {REVISIONS[-1]}).",
            "Install the newer version; the register stays as it is.",
        )
    return found


def _migrate(engine: Engine, where: Location, found: str | None) -> None:
    """Bring the tables up to this version in one transaction, after a backup of what there is."""
    from letters.register.backup import back_up
    from letters.register.migrating import upgrade

    if found is not None:
        back_up(engine, where, where.folder / f"register-before-{REVISIONS[-1]}")
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if where.file is None:
            # On a server, transactions that make tables do not wait for one another by themselves.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        # Another run may have been quicker.
        if _revision(connection, where) != REVISIONS[-1]:
            upgrade(connection)


@contextlib.contextmanager
def explained(where: Location) -> Iterator[None]:
    """Turn the troubles of a database into errors that say what to do, without what was being written."""
    try:
        yield
    except LettersError:  # of which one is an OSError as well
        raise
    except DBAPIError as error:
        raise _trouble(where, error.orig) from error
    except sqlite3.Error as error:
        raise _trouble(where, error) from error
    except SQLAlchemyError as error:
        raise MachineError(
            f"The register {where} cannot be used ({type(error).__name__}).", _NO_SERVER
        ) from error
    except OSError as error:
        raise MachineError(
            f"The register {where} cannot be opened: {error.strerror}.", "Check its folder."
        ) from error


def _trouble(where: Location, cause: Any) -> MachineError:
    if where.file is not None:
        name = str(getattr(cause, "sqlite_errorname", ""))
        reason, remedy = next(
            (told for code, told in _SQLITE_TROUBLE.items() if name.startswith(code)),
            (f"the database refuses ({name or type(cause).__name__})", "Put the last backup in its place."),
        )
        return MachineError(f"The register {where} cannot be used: {reason}.", remedy)
    state = _state_of(cause)
    told = next((told for code, told in _SERVER_TROUBLE.items() if state.startswith(code)), None)
    if told is None:
        return MachineError(f"The register {where} cannot be reached.", _NO_SERVER)
    reason, remedy = told
    return MachineError(f"The register {where} cannot be used: {reason}.", remedy)


def _state_of(cause: Any) -> str:
    """The code of a server's trouble; where it did not let us in it tells none, but says so in words."""
    state, words = getattr(cause, "sqlstate", None), str(cause)
    if state:
        return str(state)
    if "database" in words and "does not exist" in words:
        return "3D000"
    return "28000" if any(word in words for word in ("password", "authentication", "role", "pg_hba")) else ""
