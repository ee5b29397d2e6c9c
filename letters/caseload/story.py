"""All that is known of one letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from letters.caseload.naming import named
from letters.caseload.proving import State, folders_of, parts_of, state_of
from letters.model.history import LetterAgain, LetterIssued, LetterReturned, LetterSent, LetterVoided
from letters.office import Office
from letters.register import correspondence, queries
from letters.register.chain import Entry
from letters.register.queries import LetterRow

_SAID = {
    State.WHOLE: "as issued",
    State.ALTERED: "not what was issued",
    State.MISSING: "not there",
    State.UNREADABLE: "no ordinary file, or it cannot be read",
}


@dataclass(frozen=True)
class Story:
    """A letter; who approved it; what happened to it, and when; its files, and how each is now."""

    letter: LetterRow
    approved: str
    happened: list[tuple[str, str]]
    files: list[tuple[str, str]]


def story(office: Office, name: str) -> Story:
    """Tell all of a letter, whose name may be shortened. Raises UsageError as `naming.named`."""
    with office.register(make=False).reading() as connection:
        row = named(connection, name)
        entry = row.data["approval"]
        given = correspondence.approval_of(connection, entry) if entry is not None else None
        numbers = queries.numbers(connection, row.case_number)
        happened = [
            (_local(one.at, office), _what(one)) for one in correspondence.about(connection, row, numbers)
        ]
        folders = folders_of(connection, office, [row])[row.letter]
    files = [
        (str(folder / part.name), _SAID[state_of(folder / part.name, part.digest)])
        for folder in folders
        for part in parts_of(row)
    ]
    approved = f"by {given.by} at {_local(given.at, office)}, as dated {given.data['dated']}" if given else ""
    return Story(row, approved, [one for one in happened if one[1]], files)


def _local(moment: str, office: Office) -> str:
    """A moment by the practice's clock, as in 2026-11-22T10:15-08:00."""
    zone = office.practice.time_zone
    at = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone) if zone else None)
    return at.isoformat(timespec="minutes")


def _what(entry: Entry) -> str:
    """What an entry tells of a letter; empty where another one tells it already."""
    told = entry.content
    match entry.event:
        case LetterIssued.name:
            what = "issued"
        case LetterAgain.name:
            what = f"made again: {told['because']}"
        case LetterSent.name:
            tracking = f", tracking number {told['tracking']}" if told["tracking"] else ""
            what = f"sent on {told['on']} by {told['how']}{tracking}"
        case LetterReturned.name:
            what = f"came back on {told['on']}" + (f": {told['why']}" if told["why"] else "")
        case LetterVoided.name:
            what = f"voided: {told['because']}"
        case _:
            return ""
    return f"{what} (entered by {entry.by}, login {entry.login})"
