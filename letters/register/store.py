"""The register: entries are added in transactions, and read as one consistent whole."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from getpass import getuser

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, insert, select, update

from letters.errors import MachineError
from letters.model.history import Event
from letters.register import sums, tables
from letters.register.chain import Entry, Head, canonical, link
from letters.register.location import Location
from letters.register.troubles import explained
from letters.version import VERSION

try:
    import pwd
except ImportError:  # a system that keeps its users elsewhere
    pwd = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Actor:
    """Who does something: the person of the practice, and the name they have on this machine."""

    by: str
    login: str


def login() -> str:
    """The name of the user on this machine, as the system knows it: not what the environment says it is."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name if pwd else getuser()
        return name.encode(errors="replace").decode()
    except (OSError, KeyError):  # a user without a name
        return f"user {os.getuid()}"


class Register:
    """What the practice knows and what it did.

    All methods raise MachineError where the database cannot be read or written.
    """

    def __init__(self, where: Location, engine: Engine) -> None:
        self.where = where
        self.engine = engine

    @contextmanager
    def writing(self, actor: Actor, at: datetime | None = None) -> Iterator[Writing]:
        """A transaction that adds entries: all of them or, after an exception, none."""
        with explained(self.where), self.engine.connect() as connection:
            server = {} if self.where.file else {"isolation_level": "READ COMMITTED"}
            writer = connection.execution_options(writing=True, **server)
            with writer.begin():
                writing = Writing(writer, actor, at or datetime.now(UTC))
                yield writing
                writing.settle()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the register as it was at one instant."""
        with explained(self.where), self.engine.connect() as connection:
            server = {} if self.where.file else {"isolation_level": "REPEATABLE READ"}
            reader = connection.execution_options(**server)
            with reader.begin():
                yield reader


class Writing:
    """A transaction under way."""

    def __init__(self, connection: Connection, actor: Actor, at: datetime) -> None:
        self.connection = connection
        self._actor = actor
        self._at = at.astimezone(UTC).isoformat(timespec="seconds")
        self._begun = self._head = head_of(connection, lock=True)

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return self._head.seq

    def settle(self) -> None:
        """Note down which entry is the last one, where there is a new one."""
        if self._head == self._begun:
            return
        values = {"seq": self._head.seq, "digest": self._head.digest, "written_by": VERSION}
        self.connection.execute(update(tables.head).values(**values))

    def append(self, event: Event, case: str | None = None) -> Entry:
        """Add one entry about a case, and keep what it adds up to."""
        body = canonical(event.model_dump(mode="json"))
        entry = link(self._head, self._at, self._actor.by, self._actor.login, event.name, case, body)
        self.restore(entry, event)
        return entry

    def restore(self, entry: Entry, event: Event | None, *, fold: bool = True) -> None:
        """Add an entry that was linked before; `event` is None where its content was erased.

        Without `fold`, `sums.settle` is to be called after the last one.
        """
        self.connection.execute(insert(tables.entries), asdict(entry))
        if event is not None:
            sums.add(self.connection, entry, event, fold=fold)
        self._head = Head(entry.seq, entry.digest)


def head_of(connection: Connection, *, lock: bool = False) -> Head:
    """The last entry; with `lock`, other writers wait until this transaction ends.

    Raises MachineError where the table that tells it is damaged.
    """
    query = select(tables.head.c.seq, tables.head.c.digest)
    rows = connection.execute(query.with_for_update() if lock else query).all()
    if len(rows) > 1 or any(not (isinstance(row.seq, int) and isinstance(row.digest, str)) for row in rows):
        raise MachineError(
            "The table head of the register does not tell one last entry: it is damaged, or was altered.",
            "Put the last backup in its place.",
        )
    return Head(*rows[0]) if rows else Head()


def history(connection: Connection, numbers: Iterable[str] | None = None) -> Generator[Entry, None, None]:
    """The entries in order, all of them or those about some cases."""
    query = select(tables.entries).order_by(tables.entries.c.seq)
    if numbers is not None:
        query = query.where(tables.entries.c.case_number.in_(list(numbers)))
    with connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            yield Entry(*row)
