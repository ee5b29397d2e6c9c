"""A practice at work: what its file says, where its register is, and who sits at the desk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from letters import clock, jurisdictions, workspace
from letters.errors import UsageError
from letters.findings import FoundError, Severity, errors, rule
from letters.model.jurisdiction import Jurisdiction
from letters.model.practice import Practice
from letters.sources import remembered
from letters.spelling import did_you_mean

if TYPE_CHECKING:
    from letters.register.location import Location
    from letters.register.store import Actor, Register

ADDRESS = "LETTERS_REGISTER"  # the environment's say on where the register is
PASSWORD = rule(
    "password-in-file",
    Severity.ERROR,
    "A practice file is copied and shown around; a password in it opens the register to whoever has one.",
)


@dataclass(frozen=True)
class Office:
    """A practice's file and what it says; `address` is where the register is, if not beside the file."""

    file: Path
    practice: Practice
    address: str | None = None

    @property
    def folder(self) -> Path:
        """The folder the practice works in."""
        return self.file.parent

    @property
    def own_kinds(self) -> Path:
        """The practice's folder of kinds, whether or not it is there."""
        return self.folder / workspace.KINDS

    def seen(self, path: Path) -> str:
        """A path as seen from the practice's folder where it is below that, else in full."""
        there, folder = path.absolute(), self.folder.absolute()
        return there.relative_to(folder).as_posix() if there.is_relative_to(folder) else str(there)

    def source(self, case: Path | None) -> str | None:
        """The file a case comes from, where it and the register are used at one desk."""
        register = self.where.file
        is_here = register is not None and register.absolute().parent == self.folder.absolute()
        return self.seen(case) if case is not None and is_here else None

    @property
    def where(self) -> Location:
        """Where the register is. Raises UsageError for an address nobody knows."""
        from letters.register.location import location

        address = self.address or os.environ.get(ADDRESS) or self._named()
        return location(address, self.folder)

    def _named(self) -> str | None:
        """What the practice file says; a file is meant as seen from there."""
        from letters.register.location import is_path

        named = self.practice.register_at
        return str(self.folder / named) if named and "://" not in named and is_path(named) else named

    def register(self, *, make: bool = True) -> Register:
        """Open the register. Raises as `open_register` does."""
        from letters.register.opening import open_register

        return open_register(self.where, make=make)

    def actor(self, by: str | None = None) -> Actor:
        """Who works here: the person named, else the one whose login is in use, else that login.

        Raises UsageError for somebody the practice does not have, or who has another login.
        """
        from letters.register.store import Actor, login

        people, here = self.practice.people, login()
        # Whoever reads the history later must know which moments are not of this machine's clock.
        told = f"{here}, with LETTERS_TODAY" if clock.is_set() else here
        if by is None:
            mine = [person for person, known in people.items() if known.login == here]
            return Actor(mine[0] if mine else here, told)
        if by not in people:
            raise UsageError(
                f"The practice has nobody with the id {by!r}.",
                did_you_mean(by, people, f"It has: {', '.join(people)}."),
            )
        theirs = people[by].login
        is_taken = any(known.login == here for person, known in people.items() if person != by)
        if is_taken or theirs not in (None, here):
            raise UsageError(
                f"{by} works under another login than {here}.", "Each person acts under their own login."
            )
        return Actor(by, told)

    def called(self, person: str) -> str:
        """What somebody is called; a login for whom the practice has no name stays as it is."""
        known = self.practice.people.get(person)
        return known.name if known else person

    def jurisdiction(self) -> Jurisdiction | None:
        """Whose rules apply, where that is known and without faults."""
        try:
            found = jurisdictions.find(self.practice.jurisdiction, self.folder / jurisdictions.OWN)
        except KeyError:
            return None
        return found.value


def open_office(practice: Path | None, address: str | None = None, near: Path | None = None) -> Office:
    """Find and read the practice file, as given, or beside a case file, or from here upward.

    Raises UsageError where there is none, FoundError where it has mistakes.
    """
    file = workspace.practice_file(practice, near)
    reading = remembered(file, Practice)
    found = errors(reading.findings)
    if reading.value is None or reading.document is None or found:
        raise FoundError(reading.findings)
    if _has_password(reading.value.register_at or ""):
        remedy = "Take it out; put it into PGPASSWORD or the file ~/.pgpass."
        raise FoundError(
            [PASSWORD.finding("The address holds a password.", remedy, reading.document.place("register_at"))]
        )
    return Office(file, reading.value, address)


def _has_password(address: str) -> bool:
    """Whether an address, or what was meant as one, has a password before the @ or among its options."""
    _, is_url, rest = address.partition("://")
    before, at, _ = (rest if is_url else address).partition("@")
    options = parse_qsl(address.partition("?")[2], keep_blank_values=True)
    has_login = bool(at) and ":" in before and not Path(address).is_absolute()
    return has_login or any("password" in name.casefold() for name, _ in options)
