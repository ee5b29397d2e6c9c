"""A practice with a register, and cases that have been silent for so many days; all people are made up."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from letters.model.history import CaseEntered, Event, LetterIssued
from letters.office import Office, open_office
from letters.register.store import Actor
from tests.register import telling
from tests.support.desk import EXAMPLES, TODAY

SAM = Actor("sam-rivera", "sam")
AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
HOME = {
    **{"lines": ["1 Alder Street"], "city": "Portland", "region": "OR", "postcode": "97202"},
    **{"country": "US", "safe": "yes", "discreet": "no", "confirmed": "2026-10-06"},
}
STEPS = {"outreach": "outreach", "outreach-final": "outreach-final", "closing-lost-contact": "closing"}


def practice(folder: Path, address: str | None = None, review: str = "") -> Office:
    """A copy of the example practice; `review` is what its file says of that."""
    shutil.copytree(EXAMPLES / "harbor", folder)
    file = folder / "practice.yaml"
    if review:
        file.write_text(f"{file.read_text('utf-8')}\nreview: {review}\n", "utf-8")
    return open_office(file, address)


def ago(days: int) -> str:
    """A day, so many before today."""
    return (TODAY - timedelta(days)).isoformat()


def client(id_: str = "kim", name: str = "Kim Lee", **changes: Any) -> dict[str, Any]:
    """A client who may be written to at home."""
    return {"id": id_, "name": name, "addresses": [HOME], **changes}


def entered(
    number: str = "C-1", silent: int = 100, *clients: dict[str, Any], reachable: bool = True, **changes: Any
) -> tuple[Event, str]:
    """A case came into the register whose last session was so many days ago."""
    data = {
        **{"case": number, "relationship": "individual", "opened": "2025-01-10", "last_session": ago(silent)},
        **{"clinician": "sam-rivera", "clients": list(clients) or [client()], **changes},
    }
    return CaseEntered(data=data, reachable=reachable), number


def wrote(
    kind: str, days: int, number: str = "C-1", ends_on: date | None = None, **changes: Any
) -> tuple[LetterIssued, str]:
    """A letter of a step was issued so many days ago."""
    told = {"kind": kind, "dated": ago(days), "step": STEPS[kind], "ends_on": ends_on, "addressee": "kim"}
    return telling.issued(f"L-{kind}-{number}-{days}", **{**told, **changes}), number


def tell(office: Office, *story: tuple[Event, str]) -> None:
    """Enter a story."""
    with office.register().writing(SAM, AT) as writing:
        for event, number in story:
            writing.append(event, number)
