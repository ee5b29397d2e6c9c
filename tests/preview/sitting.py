"""Somebody sits at the page: the desk is asked as the server asks it, and the engine is the real one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from letters.preview import desk
from letters.preview.views import Action, Asked, Ref, Seat, Started, View
from letters.register import queries
from tests.caseload.kept import Kept, keep
from tests.support.desk import TODAY

KIND = "closing-lost-contact"
CASE = "C-1001"


@dataclass(frozen=True)
class Sitting:
    """A practice whose register has the case of Jordan, and Sam before the page of its closing letter."""

    kept: Kept
    seat: Seat
    ref: Ref

    def ask(self, action: Action = "open", **fields: str) -> View:
        """Do something, with the letter as text; `words_ID` stands for the field of a section."""
        return desk.answer(Asked(self.seat, self.ref, action, {"text": "yes", **_named(fields)}))

    def decide(self, action: Action, read: View, **fields: str) -> View:
        """Do something about the letter that was read, with the fields of its page."""
        return self.ask(action, **{**fields_of(read), **fields})

    def start(self) -> Started:
        """The first view."""
        return desk.start(self.seat)

    def by(self, person: str) -> Sitting:
        """Somebody else sits there."""
        return replace(self, seat=replace(self.seat, by=person))

    def at(self, case: str | Path, kind: str = KIND, **how: Any) -> Sitting:
        """Another letter lies there."""
        return replace(self, ref=Ref(kind, case, **how))

    def file(self, number: str = CASE) -> Path:
        """The file of a case."""
        return self.kept.office.folder / "cases" / f"{number}.yaml"

    def words(self, number: str = CASE) -> Any:
        """The words of a case in the register."""
        return self.kept.ask(queries.data, number).get("words")

    def practice(self, text: str) -> None:
        """Write more into the practice file."""
        file = self.kept.office.file
        file.write_text(f"{file.read_text('utf-8')}\n{text}\n", "utf-8")


def sit(folder: Path, *cases: str) -> Sitting:
    """Have Sam sit at a copy of the example practice; its register has these cases."""
    kept = keep(folder, None, *cases)
    return Sitting(kept, Seat(kept.office.file, by="sam-rivera"), Ref(KIND, CASE))


def fields_of(view: View) -> dict[str, str]:
    """What the page of a letter sends along besides words."""
    return {
        "base": str(view.base),
        "digest": view.digest,
        "beside": view.beside,
        "complete": "yes" if view.is_complete else "no",
        "dated": (view.dated or TODAY).isoformat(),
    }


def codes(view: View) -> list[str]:
    """The codes of everything that is told."""
    return [one.finding.code for one in view.told]


def _named(fields: dict[str, str]) -> dict[str, str]:
    return {
        name.replace("_", ".", 1) if name.startswith("words_") else name: text
        for name, text in fields.items()
    }
