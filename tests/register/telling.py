"""Things that happen in a practice, to be entered into a register; all people are made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from letters.model.history import (
    CaseChanged,
    CaseEnded,
    CaseEntered,
    CaseMerged,
    CaseRestarted,
    ContactLogged,
    Event,
    LetterAgain,
    LetterApproved,
    LetterIssued,
    LetterReturned,
    LetterSent,
    LetterSentBack,
    LetterVoided,
    Move,
    TaskClosed,
    TaskOpened,
)
from letters.register.chain import Entry, Head, canonical, link
from letters.register.erasing import erase
from letters.register.location import location
from letters.register.opening import connect
from letters.register.store import Actor, Register, history

ANNA = Actor("anna", "anna.k")
AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DIGEST = sha256(b"x").hexdigest()


def opened(where: str | None, folder: Path) -> Register:
    """A register at an address, or in a file in a folder."""
    place = location(where, folder)
    return Register(place, connect(place))


def data(number: str, **changes: Any) -> dict[str, Any]:
    """What a case file says."""
    return {
        **{
            "case": number,
            "relationship": "individual",
            "opened": "2026-01-10",
            "last_session": "2026-07-01",
        },
        **{"clinician": "anna", "clients": [{"id": "c", "name": f"Zenobia {number}", "safe": ["letter"]}]},
        **changes,
    }


def contact(at: str = "2026-08-01T10:00-07:00", **changes: Any) -> dict[str, Any]:
    """A call that reached nobody."""
    return {"at": at, "by": "anna", "channel": "phone", "outcome": "voicemail", "to": "c", **changes}


def entered(number: str, contacts: int = 0, **changes: Any) -> CaseEntered:
    """A case came into the register."""
    told = [contact(f"2026-08-{day + 1:02}T10:00-07:00") for day in range(contacts)]
    moves = {"outreach": Move(step="outreach", for_silence=True)}
    return CaseEntered(data=data(number, **changes), contacts=told, moves=moves)


def issued(letter: str, **changes: Any) -> LetterIssued:
    """A letter was issued."""
    told = {
        **{"letter": letter, "kind": "outreach", "kind_digest": DIGEST, "version": "0.1.0", "addressee": "c"},
        **{"route": "letter", "language": "en", "dated": "2026-09-01", "input_digest": DIGEST},
        **{"sha256": sha256(letter.encode()).hexdigest(), "folder": "letters", "step": "outreach"},
    }
    return LetterIssued.model_validate({**told, "for_silence": True, **changes})


def approved(**changes: Any) -> LetterApproved:
    """A letter was approved."""
    told = {
        "kind": "outreach",
        "addressee": "c",
        "language": "en",
        "large_print": False,
        "dated": "2026-09-01",
    }
    return LetterApproved.model_validate({**told, "salt": "00", "content": DIGEST, "parts": {}, **changes})


def sent_back(**changes: Any) -> LetterSentBack:
    """A letter was sent back."""
    told = {
        **{"kind": "outreach", "addressee": "c", "language": "en", "large_print": False},
        **{"dated": "2026-09-01", "content": DIGEST, "is_draft": False, "remark": "The second line is rude."},
    }
    return LetterSentBack.model_validate({**told, **changes})


def ended(on: str = "2026-11-20", reason: str = "NO_RESPONSE") -> CaseEnded:
    """A relationship was entered as ended."""
    return CaseEnded.model_validate({"reason": reason, "on": on, "at": f"{on}T09:00-07:00"})


# Every sort of event, about three cases that stay and one that is merged.
STORY: list[tuple[Event, str]] = [
    (entered("C-1", contacts=2), "C-1"),
    (entered("C-2", relationship="couple", clinician="bert"), "C-2"),
    (entered("C-3"), "C-3"),
    (entered("C-4", contacts=1), "C-4"),
    (ContactLogged(contact=contact("2026-08-20T11:00-07:00")), "C-1"),
    (ContactLogged(contact=contact("2026-08-20T11:00-07:00", outcome="no-answer")), "C-1"),
    (CaseChanged(data=data("C-2", clinician="anna"), contacts=[contact()]), "C-2"),
    (approved(), "C-1"),
    (issued("L-1", approval=8), "C-1"),
    (LetterSent(letter="L-1", on=TODAY, how="tracked-post", tracking="RR 1"), "C-1"),
    (LetterReturned(letter="L-1", on=TODAY, why="moved"), "C-1"),
    (TaskOpened(task="returned", what="L-1 came back", letter="L-1"), "C-1"),
    (TaskClosed(number=12, outcome="done"), "C-1"),
    (issued("L-2"), "C-2"),
    (issued("L-3", replaces="L-2", kind="closing", step="closing", ends_on="2026-10-01"), "C-2"),
    (LetterVoided(letter="L-3", because="a wrong address"), "C-2"),
    (LetterAgain(letter="L-2", because="it was lost", folder="letters"), "C-2"),
    (CaseMerged(other="C-4", data=data("C-3")), "C-3"),
    (ended(), "C-3"),
    (CaseRestarted(on=TODAY), "C-3"),
    (ended("2026-11-22"), "C-3"),
    (sent_back(), "C-1"),
    (TaskOpened(task="letter", what="write"), "C-2"),
]


def erasure(head: Head, numbers: list[str], seqs: list[int]) -> Entry:
    """An erasure as anybody might link it, whatever was emptied."""
    return link(head, "t", "b", "l", "case-erased", None, canonical({"numbers": numbers, "entries": seqs}))


def tell(register: Register, story: Iterable[tuple[Event, str]] = STORY) -> None:
    """Enter a story."""
    with register.writing(ANNA, AT) as writing:
        for event, number in story:
            writing.append(event, number)


def erased(register: Register, number: str) -> None:
    """Erase a case."""
    with register.writing(ANNA, AT) as writing:
        erase(writing, number, "ten years have passed")


def entries(register: Register) -> list[Entry]:
    """The whole history."""
    with register.reading() as connection:
        return list(history(connection))


@contextmanager
def by_hand(register: Register) -> Iterator[Connection]:
    """A transaction of somebody who has the right to everything, and takes the guards away meanwhile."""
    with register.engine.connect().execution_options(writing=True) as connection, connection.begin():
        if register.where.file:
            named = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = connection.execute(named).all()
            for name, _ in guards:
                connection.execute(text(f"DROP TRIGGER {name}"))
            yield connection
            for _, guard in guards:
                connection.exec_driver_sql(guard)
        else:
            connection.execute(text("ALTER TABLE entries DISABLE TRIGGER USER"))
            yield connection
            connection.execute(text("ALTER TABLE entries ENABLE TRIGGER USER"))
