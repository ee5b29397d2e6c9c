"""What is known of a case, and what happened in it, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from letters import reasons
from letters.caseload.steps import BROUGHT
from letters.entering import changed
from letters.lifecycle import DECEASED, Due, Pace, Standing, State, due, state_on
from letters.model.history import (
    CaseChanged,
    CaseEnded,
    CaseEntered,
    CaseErased,
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
    TaskClosed,
    TaskOpened,
    Tree,
)
from letters.model.texts import said
from letters.register import queries
from letters.register.chain import Entry
from letters.register.exporting import event_of
from letters.register.store import history
from letters.register.tables import ERASED

if TYPE_CHECKING:
    from letters.register.store import Connection

_MOST_NAMED = 4
HOW = {
    "post": "by post",
    "tracked-post": "by tracked post",
    "hand": "by hand",
    "portal": "through the portal",
    "email": "by email",
}
_CHANNELS = {
    "phone": "a call",
    "letter": "a letter",
    "email": "an email",
    "text": "a text message",
    "portal": "a message through the portal",
    "in-person": "a meeting",
}
_OUTCOMES = {
    "voicemail": "left on voicemail",
    "no-answer": "no answer",
    "spoke": "they spoke",
    "sent": "sent",
    "returned": "came back",
    "wrong-person": "somebody else answered",
    "received": "received",
}


@dataclass(frozen=True)
class Told:
    """One entry of the history in words; `at` is by the practice's clock, `case` whose entry it is."""

    entry: int
    at: datetime
    by: str
    login: str
    event: str
    case: str | None
    erased: bool
    text: str


def whole_history(connection: Connection, number: str, zone: str | None) -> list[Told]:
    """Everything that happened in a case and in those merged into it, the oldest first.

    A case that was erased still has its entries, without their contents. Raises UsageError where there is
    no case of that number, or where it was merged into another.
    """
    row = queries.known(connection, number)
    if row is None or row.status != ERASED:
        queries.find(connection, number)
    # Nothing is entered any more under a number that was erased; to look for it takes the whole history.
    erasures = queries.erasures(connection, number) if row and row.status == ERASED else []
    numbers = erasures[-1].content["numbers"] if erasures else queries.numbers(connection, number)
    found = [*history(connection, numbers), *erasures]
    return list(_told(sorted(found, key=lambda entry: entry.seq), ZoneInfo(zone) if zone else UTC))


def _told(entries: list[Entry], zone: Any) -> Iterator[Told]:
    data: dict[str | None, Tree] = {}
    for entry in entries:
        event = event_of(entry)
        text = (
            "What this entry told was erased."
            if event is None
            else sentence(event, data.get(entry.case_number))
        )
        if isinstance(event, CaseEntered | CaseChanged | CaseMerged):
            data[entry.case_number] = event.data
        at = datetime.fromisoformat(entry.at).astimezone(zone)
        yield Told(entry.seq, at, entry.by, entry.login, entry.event, entry.case_number, event is None, text)


def sentence(event: Event, before: Tree | None = None) -> str:
    """One event in words; `before` is what was known of the case until then."""
    if isinstance(event, CaseChanged):
        return _changed(event, before)
    return SENTENCES[type(event)](event)


def _entered(event: CaseEntered) -> str:
    parts = [_number(len(event.contacts), "contact")] if event.contacts else []
    parts += [_number(len(event.data["letters"]), "earlier letter")] if event.data.get("letters") else []
    return f"The case was entered{', with ' if parts else ''}{' and '.join(parts)}."


def _changed(event: CaseChanged, before: Tree | None) -> str:
    names = [one.path for one in changed(before, event.data)] if before is not None else []
    told = [f"The data of the case was changed: {_some(names)}."] if names else []
    if event.contacts:
        told.append(f"{_number(len(event.contacts), 'contact')} came in or was put right.")
    return " ".join(told) or "The data of the case was entered again."


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def contact_words(contact: Tree) -> str:
    """A contact in words: when, with whom, how it ended, and what was said."""
    is_in = contact.get("direction") == "in"
    who = contact.get("to")
    person = f" {'from' if is_in else 'to'} {who}" if who else " from the client" if is_in else ""
    what = _CHANNELS.get(contact["channel"], contact["channel"])
    used = f" ({contact['used']})" if contact.get("used") else ""
    outcome = _OUTCOMES.get(contact["outcome"], contact["outcome"])
    told = [f"{short_moment(contact['at'])}, {contact['by']}: {what}{person}{used}; {outcome}."]
    told += [f"Said: “{contact['said']}”"] if contact.get("said") else []
    told += [f"Safe, because: {contact['safe_check']}"] if contact.get("safe_check") else []
    if contact.get("next") or contact.get("next_on"):
        on = f" on {contact['next_on']}" if contact.get("next_on") else ""
        told.append(f"Next{on}: {contact.get('next', 'not said')}")
    return " ".join(told)


def short_moment(at: str | datetime) -> str:
    """A moment as reports write it: 2026-10-20 10:15 -07:00."""
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    offset = moment.isoformat()[-6:] if moment.utcoffset() is not None else ""
    return f"{moment:%Y-%m-%d %H:%M} {'+00:00' if offset.endswith('Z') else offset}".rstrip()


def reason_label(code: str) -> str:
    """A reason as people say it; the code itself where nobody knows it."""
    reason = reasons.find(code)
    return said(reason.label, "en") if reason else code


def _ended(event: CaseEnded) -> str:
    told = f"The relationship was entered as ended on {event.on}, at {short_moment(event.at)}."
    told += f" Reason: {reason_label(event.reason)} ({event.reason})."
    return told + (f" Without letter or call, because: {event.without}" if event.without else "")


def _restarted(event: CaseRestarted) -> str:
    because = f": {event.because}" if event.because else "."
    return f"The relationship goes on from {event.on}{because}"


def _issued(event: LetterIssued) -> str:
    told = f"Letter {event.letter} was issued: {event.kind} to {event.addressee}, dated {event.dated}."
    told += f" It ends the relationship on {event.ends_on}." if event.ends_on else ""
    told += f" It replaces {event.replaces}." if event.replaces else ""
    accepted = "; ".join(f"{code}: {reason}" for code, reason in event.accepted.items())
    return told + (f" Accepted: {accepted}." if accepted else "")


def _sent(event: LetterSent) -> str:
    tracking = f", tracking number {event.tracking}" if event.tracking else ""
    return f"Letter {event.letter} was sent {HOW[event.how]} on {event.on}{tracking}."


def _returned(event: LetterReturned) -> str:
    return f"Letter {event.letter} came back on {event.on}{f': {event.why}' if event.why else '.'}"


def _approved(event: LetterApproved) -> str:
    return f"The letter {event.kind} to {event.addressee}, dated {event.dated}, was approved."


def _sent_back(event: LetterSentBack) -> str:
    what = f"The letter {event.kind} to {event.addressee}, dated {event.dated}"
    return f"{what}, was sent back: {event.remark}"


def _task_closed(event: TaskClosed) -> str:
    because = f": {event.because}" if event.because else ""
    return (
        f"Task {event.number} is {'done' if event.outcome == 'done' else 'not called for any more'}{because}."
    )


def _erased(event: CaseErased) -> str:
    entries = "entry" if len(event.entries) == 1 else "entries"
    return f"The personal data was erased, {len(event.entries)} {entries}: {event.because}"


_Saying = Callable[[Any], str]
SENTENCES: dict[type[Event], _Saying] = {
    CaseEntered: _entered,
    CaseChanged: lambda event: _changed(event, None),
    ContactLogged: lambda event: f"Contact: {contact_words(event.contact)}",
    CaseEnded: _ended,
    CaseRestarted: _restarted,
    CaseMerged: lambda event: f"Case {event.other} turned out to be the same and was merged into this one.",
    LetterIssued: _issued,
    LetterAgain: lambda event: f"Letter {event.letter} was made once more: {event.because}",
    LetterSent: _sent,
    LetterReturned: _returned,
    LetterVoided: lambda event: f"Letter {event.letter} was voided, as it never left: {event.because}",
    LetterApproved: _approved,
    LetterSentBack: _sent_back,
    TaskOpened: lambda event: f"To do: {event.what}",
    TaskClosed: _task_closed,
    CaseErased: _erased,
}


def state_words(now: Standing, today: date, pace: Pace) -> str:
    """Where a case stands on a day, and since when."""
    silent = _number((today - now.silent_since).days, "day")
    heard = f"last heard of on {now.silent_since}, {silent} ago"
    tried = f"{_number(now.attempts, 'attempt')} since" if now.attempts else "no attempt since"
    match state_on(now, today, pace):
        case State.ACTIVE:
            return f"Active; {heard}."
        case State.REVIEW_DUE:
            return f"Due for review; {heard}, {tried}."
        case State.OUTREACH:
            return f"Outreach since {now.stepped_on}; {heard}, {tried}."
        case State.OUTREACH_FINAL:
            return f"Last outreach since {now.stepped_on}; {heard}, {tried}."
        case State.CLOSING:
            until = f", to end on {now.ends_on}" if now.ends_on else ""
            return f"Closing since {now.stepped_on}{until}; {heard}."
    last = now.endings[-1]
    return (
        f"Ended on {last.on}, entered {short_moment(last.at)}: {reason_label(last.reason)} ({last.reason})."
    )


def next_words(
    now: Standing,
    today: date,
    pace: Pace,
    number: str,
    *,
    kinds: Mapping[str, str] = BROUGHT,
    have_died: bool = False,
) -> str:
    """What comes next in a case, from when, and the command that does it; nothing is written to the dead."""
    if not now.is_open:
        return f"Nothing is due. If the work goes on: letters case restart {number}"
    if have_died:
        return f"The client has died, and no letter goes out: letters case end {number} --reason {DECEASED}"
    step = due(now, today, pace)
    if step is None:
        return f"Nothing is due before {review_day(now, pace)}, when a review is."
    when = (
        f"due since {step.on}"
        if step.on < today
        else "due today"
        if step.on == today
        else f"due from {step.on}"
    )
    return f"Next: {_STEPS[step.step]}, {when}: {_command(step, number, kinds)}"


def review_day(now: Standing, pace: Pace) -> date:
    """The day from which an active case is due for review."""
    return date.fromordinal(now.silent_since.toordinal() + pace.silence)


_STEPS = {
    "outreach": "an outreach letter",
    "outreach-final": "the last outreach letter",
    "closing": "the closing letter",
    "end": "entering the end",
}


def _command(step: Due, number: str, kinds: Mapping[str, str]) -> str:
    kind = kinds.get(step.step)
    return f"letters draft {kind} {number}" if kind else f"letters case end {number}"
