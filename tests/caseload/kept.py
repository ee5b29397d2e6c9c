"""A practice with a register that has cases and letters in it; the letters are no real PDFs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from letters.caseload.delivery import Desk
from letters.clock import now
from letters.entering import entering, told
from letters.files import letter_id, publish
from letters.lifecycle import Standing
from letters.model.case import Case
from letters.model.history import CaseEnded, Event, LetterIssued
from letters.office import Office, open_office
from letters.recovering import COPY
from letters.register import queries
from letters.register.store import Actor, Register
from letters.register.turns import standing_of
from letters.sources import read
from tests.support.desk import EXAMPLES

SAM = Actor("sam-rivera", "sam")
AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # half past ten in the morning at the practice
DIGEST = sha256(b"x").hexdigest()


@dataclass(frozen=True)
class Kept:
    """The practice and its register."""

    office: Office
    register: Register

    @property
    def desk(self) -> Desk:
        """Where Sam works today."""
        return Desk(self.office.practice, now(self.office.practice.time_zone), SAM.by)

    def tell(self, event: Event, number: str | None, at: datetime = AT) -> int:
        """Enter something that happened."""
        with self.register.writing(SAM, at) as writing:
            return writing.append(event, number).seq

    def enter(self, number: str) -> None:
        """Enter a case of the examples."""
        file = self.office.folder / "cases" / f"{number}.yaml"
        reading = read(file, Case)
        assert reading.value, reading.findings
        assert reading.document
        with self.register.writing(SAM, AT) as writing:
            new = entering(writing.connection, told(reading.value, reading.document.data, None))
            assert new.event
            writing.append(new.event, number)

    def issue(
        self, text: str, case: str = "C-1103", *, copy: str = "", at: datetime = AT, **changes: Any
    ) -> str:
        """Issue a letter whose file holds a text; return its name."""
        data = text.encode()
        name = letter_id(data)
        details = {
            **{"letter": name, "kind": "outreach", "kind_digest": DIGEST, "version": "0.1.0"},
            **{
                "addressee": "samira",
                "route": "Samira, 455 Belmont Street, Apt 9, Portland, OR 97214",
                "language": "en",
            },
            **{"dated": "2026-11-22", "input_digest": DIGEST, "sha256": sha256(data).hexdigest()},
            **{"folder": "issued", "step": "outreach", "for_silence": True, **changes},
        }
        publish(self.office.folder / details["folder"] / f"{name}.pdf", data)
        if copy:
            details["copy_sha256"] = sha256(copy.encode()).hexdigest()
            publish(self.office.folder / details["folder"] / f"{name}{COPY}", copy.encode())
        self.tell(LetterIssued.model_validate(details), case, at)
        return name

    def end(self, number: str, on: date) -> None:
        """Enter a case as ended."""
        self.tell(
            CaseEnded(reason="LOST_CONTACT", on=on, at=datetime(on.year, on.month, on.day, 18, tzinfo=UTC)),
            number,
        )

    def standing(self, number: str) -> Standing:
        """Where a case stands."""
        with self.register.reading() as connection:
            return standing_of(connection, number)

    def events(self) -> list[str]:
        """What the history has, in order."""
        from letters.register.store import history

        with self.register.reading() as connection:
            return [entry.event for entry in history(connection)]

    def letter(self, name: str) -> queries.LetterRow:
        """A letter as the register has it."""
        with self.register.reading() as connection:
            found = queries.letter(connection, name)
        assert found
        return found

    def ask(self, question: Any, *arguments: Any) -> Any:
        """Ask something of the register."""
        with self.register.reading() as connection:
            assert isinstance(connection, Connection)
            return question(connection, *arguments)


def keep(folder: Path, address: str | None = None, *cases: str) -> Kept:
    """A copy of the example practice, with a register of some of its cases."""
    shutil.copytree(EXAMPLES / "harbor", folder, dirs_exist_ok=True)
    office = open_office(folder / "practice.yaml", address)
    kept = Kept(office, office.register())
    for number in cases:
        kept.enter(number)
    return kept
