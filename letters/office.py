"""A practice at work: what its file says, where its register is, and who sits at the desk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from letters import jurisdictions, workspace
from letters.errors import UsageError
from letters.findings import FoundError, Severity, errors, rule
from letters.model.jurisdiction import Jurisdiction
from letters.model.practice import Practice
from letters.sources import read
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
        return self.seen(case) if case is not None and self.where.file is not None else None

    @property
    def where(self) -> Location:
        """Where the register is. Raises UsageError for an address nobody knows."""
        from letters.register.location import location

        address = self.address or os.environ.get(ADDRESS) or self._named()
        return location(address, self.folder)

    def _named(self) -> str | None:
        """What the practice file says; a file is meant as seen from there."""
        named = self.practice.register_at
        return named if named is None or "://" in named else str(self.folder / named)

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
        if by is None:
            mine = [person for person, known in people.items() if known.login == here]
            return Actor(mine[0] if mine else here, here)
        if by not in people:
            raise UsageError(
                f"The practice has nobody with the id {by!r}.",
                did_you_mean(by, people, f"It has: {', '.join(people)}."),
            )
        theirs = people[by].login
        if theirs is not None and theirs != here:
            raise UsageError(
                f"{by} works under another login than {here}.", "Each person acts under their own login."
            )
        return Actor(by, here)

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
    reading = read(file, Practice)
    found = errors(reading.findings)
    if reading.value is None or reading.document is None or found:
        raise FoundError(reading.findings)
    named = reading.value.register_at or ""
    if "://" in named and ":" in named.partition("://")[2].partition("@")[0] and "@" in named:
        remedy = "Take it out; put it into PGPASSWORD or the file ~/.pgpass."
        raise FoundError(
            [PASSWORD.finding("The address holds a password.", remedy, reading.document.place("register_at"))]
        )
    return Office(file, reading.value, address)
