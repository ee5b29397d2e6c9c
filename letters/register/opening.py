"""Opening a register: whether it is ours and of this version, and making or migrating it."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from letters.errors import MachineError, UsageError
from letters.register.backup import back_up
from letters.register.database import engine_for, log_ahead, make_private
from letters.register.location import Location
from letters.register.store import Register
from letters.register.tables import REVISIONS
from letters.register.troubles import explained
from letters.version import VERSION

OLDEST_SERVER = 15
_MIGRATING = 0x6C657474657273  # what runs that migrate wait for; any number that is nobody else's
_OURS = {"entries", "head", "alembic_version"}  # tables that a register has had from the beginning


def is_there(where: Location) -> bool:
    """Whether there is a register: a file is looked for, and a server is expected to have one."""
    with explained(where):
        return where.file is None or where.file.exists()


def open_register(where: Location, *, make: bool = True) -> Register:
    """Open the register; where there is none, make it, or say how one begins.

    Raises UsageError where there is none and none is to be made, MachineError as `connect` does.
    """
    if not make and not is_there(where):
        raise UsageError(
            f"There is no register yet: no file {where}.",
            "`letters case import FILE…` begins one, and so does the first letter that is issued.",
        )
    return Register(where, connect(where))


def connect(where: Location) -> Engine:
    """Open a register, making or migrating it where that is needed.

    Raises MachineError where it cannot be reached, read or written, or is of a newer version.
    """
    with explained(where):
        if where.file is not None:
            make_private(where.file)
        engine = engine_for(where)
        with engine.connect() as connection:
            _look_at_server(connection, where)
            found = _revision(connection, where)
        if where.file is not None:
            # Only now, as it changes a file, and it might have been another program's.
            log_ahead(engine)
        if found != REVISIONS[-1]:
            _migrate(engine, where, found)
        return engine


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
