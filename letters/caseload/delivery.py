"""What became of a letter: it was sent, it came back, or it never left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from letters.caseload.hearing import heard_on
from letters.caseload.naming import named
from letters.findings import Finding, Severity, rule
from letters.model.history import (
    ContactLogged,
    Delivery,
    LetterReturned,
    LetterSent,
    LetterVoided,
    TaskClosed,
    TaskOpened,
)
from letters.model.practice import Practice
from letters.register import correspondence, queries
from letters.register.queries import LetterRow
from letters.register.turns import standing_of

if TYPE_CHECKING:
    from letters.register.store import Connection, Writing

MUST_NOT_LEAVE = rule(
    "must-not-leave",
    Severity.ERROR,
    "A letter that was voided or replaced, or that asks for an answer which has come, says what no longer "
    "holds; it is destroyed, and never sent. A note for the file may hold what nobody else is to read.",
)
WRONG_DAY = rule(
    "wrong-day",
    Severity.ERROR,
    "The days on which a letter was issued, left and came back are what proves that somebody had notice.",
)
TOLD_OTHERWISE = rule(
    "told-otherwise",
    Severity.ERROR,
    "What was entered about a letter may have been relied on; it changes only when somebody means it to.",
)
NOT_SENT = rule(
    "not-sent",
    Severity.ERROR,
    "Only what left can come back.",
)
LEFT = rule(
    "has-left",
    Severity.ERROR,
    "What a client may have read cannot be taken back by an entry; it takes another letter or a talk.",
)
ATTEMPTS = ("outreach", "outreach-final")  # steps whose letters are attempts to reach somebody
_CHANNELS = {"email": "email", "portal": "portal"}
_NOON = time(12)


@dataclass(frozen=True)
class Sending:
    """How and when a letter left; `correct` puts right what was entered before."""

    how: Delivery
    on: date
    tracking: str | None = None
    correct: bool = False


@dataclass(frozen=True)
class Desk:
    """The practice, this moment with its zone, and by whom it is."""

    practice: Practice
    now: datetime
    by: str

    @property
    def today(self) -> date:
        """The day it is at the practice."""
        return self.now.date()

    def day_of(self, moment: str) -> date:
        """The day of a moment in UTC by the practice's clock."""
        zone = self.practice.time_zone
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone) if zone else self.now.tzinfo).date()


@dataclass(frozen=True)
class Entered:
    """A letter as it was before, and whether what was to be entered had been entered already."""

    letter: LetterRow
    before: bool = False


def send(
    writing: Writing, names: Sequence[str], sending: Sending, desk: Desk
) -> list[Entered] | list[Finding]:
    """Enter that letters left one way: all of them or, where something speaks against one, none."""
    return send_each(writing, [(name, sending) for name in names], desk)


def send_each(
    writing: Writing, sendings: Iterable[tuple[str, Sending]], desk: Desk
) -> list[Entered] | list[Finding]:
    """Enter that letters left, each in its way: all of them or, where something speaks against one, none."""
    found = ((named(writing.connection, name), sending) for name, sending in sendings)
    rows = {row.letter: (row, sending) for row, sending in found}.values()
    findings = [
        finding
        for row, sending in rows
        for finding in against_sending(writing.connection, row, sending, desk)
    ]
    return findings or [_send(writing, row, sending, desk) for row, sending in rows]


def against_sending(
    connection: Connection, row: LetterRow, sending: Sending, desk: Desk
) -> Iterator[Finding]:
    if row.status == "void":
        yield MUST_NOT_LEAVE.finding(
            f"{row.letter} was voided.", "Destroy it. If it has left after all, issue it again first."
        )
    elif not row.data["route"]:
        yield MUST_NOT_LEAVE.finding(
            f"{row.letter} is a {row.kind}, which stays with the practice.", "There is nothing to enter."
        )
    elif row.letter in correspondence.holds(connection):
        yield MUST_NOT_LEAVE.finding(
            f"{row.letter} must not leave: something is known by now that speaks against it.",
            f"Destroy it: letters log void {row.letter} --because TEXT. If it may leave after all, close its "
            "task first: `letters task list` shows it.",
        )
    elif row.replaced_by:
        yield MUST_NOT_LEAVE.finding(
            f"{row.letter} was replaced by {row.replaced_by}.", f"Destroy it, and send {row.replaced_by}."
        )
    elif row.status == "sent" and not _is_same(row, sending) and not _may_correct(connection, row, sending):
        tracking = f", tracking number {row.tracking}" if row.tracking else ""
        remedy = "If that was a slip, enter what is right with --correct; the history keeps both."
        if sending.correct:
            remedy = "The day and the way are in the log of contacts as well: note there which are right."
        yield TOLD_OTHERWISE.finding(
            f"{row.letter} was entered as sent on {row.sent_on} by {row.how}{tracking}.", remedy
        )
    elif row.status != "sent" and (day := _heard_before(connection, row, sending.on)):
        yield _no_longer_silent(row, day)
    else:
        yield from _days(row, sending, desk)


def _heard_before(connection: Connection, row: LetterRow, on: date) -> date | None:
    """The day a client was heard of after a letter for their silence was issued, and by the day it left."""
    day = heard_on(standing_of(connection, row.case_number)) if row.data["for_silence"] else None
    return day if day and date.fromisoformat(row.dated) <= day <= on else None


def _no_longer_silent(row: LetterRow, day: date) -> Finding:
    message = f"The client was heard of on {day}, and {row.letter} was issued as nothing was heard."
    void = f'Destroy it: letters log void {row.letter} --because "the client answered".'
    remedy = (
        f"{void if row.status == 'issued' else 'Destroy it.'} If it left before that day, give its own: --on "
        f"DATE. If it left since, log that: letters case contact {row.case_number} --channel letter "
        "--outcome sent"
    )
    return MUST_NOT_LEAVE.finding(message, remedy)


def _days(row: LetterRow, sending: Sending, desk: Desk) -> Iterator[Finding]:
    # Where the clock was wrong when it was issued, it can be sent today all the same.
    issued = min(desk.day_of(row.issued_at), desk.today)
    if sending.on < issued:
        message = f"{row.letter} was issued on {issued}, and {sending.on} lies before that."
        yield WRONG_DAY.finding(message, "Give the day it left: --on DATE.")
    if sending.on > desk.today:
        yield _not_come(row, sending.on)
    if row.status == "returned" and sending.on < date.fromisoformat(str(row.returned_on)):
        message = f"{row.letter} came back on {row.returned_on}, and {sending.on} lies before that."
        yield WRONG_DAY.finding(message, "Give the day it left once more: --on DATE.")


def _not_come(row: LetterRow, day: date) -> Finding:
    return WRONG_DAY.finding(
        f"{day} has not come yet, so nothing can have happened to {row.letter} then.",
        "Enter it on the day itself, or correct the day.",
    )


def _is_same(row: LetterRow, sending: Sending) -> bool:
    return (row.sent_on, row.how, row.tracking) == (sending.on.isoformat(), sending.how, sending.tracking)


def _may_correct(connection: Connection, row: LetterRow, sending: Sending) -> bool:
    """Whether another way can be entered: a contact that was logged stands by its day and its channel."""
    if not sending.correct:
        return False
    logged = _contact_of(connection, row)
    same = str(row.sent_on) == sending.on.isoformat() and _channel(str(row.how)) == _channel(sending.how)
    return logged is None or same


def _send(writing: Writing, row: LetterRow, sending: Sending, desk: Desk) -> Entered:
    if row.status == "sent" and _is_same(row, sending):
        return Entered(row, before=True)
    event = LetterSent(letter=row.letter, on=sending.on, how=sending.how, tracking=sending.tracking)
    writing.append(event, row.case_number)
    if row.data["step"] in ATTEMPTS and not (row.status == "sent" and _contact_of(writing.connection, row)):
        _log(writing, row, _contact(writing.connection, row, sending.how, sending.on, desk))
    return Entered(row)


def _contact(connection: Connection, row: LetterRow, how: str, on: date, desk: Desk) -> dict[str, Any]:
    """A letter as an entry of the log of contacts; of another day than today nobody knows the hour."""
    at = desk.now if on == desk.today else _noon(on, desk)
    # The log names people of the practice. Somebody at the desk who is none sends for the clinician.
    by = (
        desk.by if desk.by in desk.practice.people else queries.data(connection, row.case_number)["clinician"]
    )
    told = {"at": at.isoformat(timespec="seconds"), "by": by, "to": row.addressee, "letter": row.letter}
    told |= {"channel": _channel(how), "direction": "out", "outcome": "sent"}
    return told | ({"used": row.data["route"]} if row.data["route"] else {})


def _noon(on: date, desk: Desk) -> datetime:
    zone = ZoneInfo(desk.practice.time_zone) if desk.practice.time_zone else desk.now.tzinfo
    return datetime.combine(on, _NOON, zone)


def _channel(how: str) -> str:
    return _CHANNELS.get(how, "letter")


def _log(writing: Writing, row: LetterRow, contact: dict[str, Any]) -> None:
    writing.append(ContactLogged(contact=contact), row.case_number)


def _contact_of(connection: Connection, row: LetterRow) -> dict[str, Any] | None:
    """What the log of contacts has about a letter, the latest of it."""
    logged = [one.data for one in queries.contacts(connection, row.case_number)]
    return next((one for one in reversed(logged) if one.get("letter") == row.letter), None)


def give_back(writing: Writing, name: str, on: date, why: str | None, desk: Desk) -> Entered | list[Finding]:
    """Enter that a letter came back, which leaves something to do: to find out another safe way.

    The attempt it was stays one, as it was made; the log of contacts tells that it came back.
    """
    row = named(writing.connection, name)
    if row.status == "returned":
        if row.returned_on == on.isoformat():
            return Entered(row, before=True)
        message = f"{row.letter} was entered as having come back on {row.returned_on}."
        return [TOLD_OTHERWISE.finding(message, "If it was sent once more since, enter that first.")]
    if findings := list(_against_return(row, on, desk)):
        return findings
    writing.append(LetterReturned(letter=row.letter, on=on, why=why), row.case_number)
    if row.addressee in _people(writing.connection, row):
        _log(writing, row, _returned_contact(writing.connection, row, on, desk))
    _open_task(writing, row, on)
    return Entered(row)


def _against_return(row: LetterRow, on: date, desk: Desk) -> Iterator[Finding]:
    if row.status != "sent":
        is_void = row.status == "void"
        message = (
            f"{row.letter} was {'voided' if is_void else 'not entered as sent'}, so it cannot have come back."
        )
        remedy = f"Enter first how it left: letters log sent {row.letter} --how post --on DATE"
        yield NOT_SENT.finding(message, "Look at the name on the paper." if is_void else remedy)
        return
    if on < date.fromisoformat(str(row.sent_on)):
        message = f"{row.letter} was sent on {row.sent_on}, and {on} lies before that."
        yield WRONG_DAY.finding(message, "Give the day it came back: --on DATE.")
    if on > desk.today:
        yield _not_come(row, on)


def _returned_contact(connection: Connection, row: LetterRow, on: date, desk: Desk) -> dict[str, Any]:
    """The contact that the letter was, put right: counted once, with what came of it."""
    sent = _contact_of(connection, row)
    sent = sent or _contact(connection, row, str(row.how), date.fromisoformat(str(row.sent_on)), desk)
    told = f"It came back on {on}. Find out another safe way."
    return {**sent, "outcome": "returned", "came_back": on.isoformat(), "next": told}


def _people(connection: Connection, row: LetterRow) -> set[str]:
    """The ids of those of a case whose contacts are logged: its clients, and who acts for them."""
    clients = queries.data(connection, row.case_number)["clients"]
    return {one["id"] for client in clients for one in (client, *client.get("representatives", []))}


def _open_task(writing: Writing, row: LetterRow, on: date) -> None:
    what = f"{row.letter} to {row.addressee} came back on {on}: find out another safe way to reach them."
    task = TaskOpened(task="returned", what=what, kind=row.kind, addressee=row.addressee, letter=row.letter)
    known = queries.tasks(writing.connection, row.case_number)
    if not any(one.task == "returned" and one.data["letter"] == row.letter for one in known):
        writing.append(task, row.case_number)


def void(writing: Writing, name: str, because: str) -> Entered | list[Finding]:
    """Enter that a letter never left, and must not: its case goes back to where it was without it."""
    row = named(writing.connection, name)
    if row.status == "void":
        return Entered(row, before=True)
    if row.status != "issued":
        message = f"{row.letter} left on {row.sent_on}, so it cannot be voided."
        return [LEFT.finding(message, "Talk to whoever got it, or write what is right in another letter.")]
    writing.append(LetterVoided(letter=row.letter, because=because), row.case_number)
    if task := correspondence.holds(writing.connection).get(row.letter):
        writing.append(TaskClosed(number=task.number, outcome="done"), row.case_number)
    return Entered(row)
