"""Logging a contact: when it was, which way it went, and whether that way was safe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from letters import phrases
from letters.caseload.kept import case_of
from letters.caseload.naming import is_waiting
from letters.caseload.ways import NO_MESSAGE, has_ways, must_not_know, ways_used
from letters.checks import likeness
from letters.checks.named import outside_names
from letters.checks.overheard import APPOINTMENT, NATURE
from letters.errors import UsageError
from letters.findings import Finding, FoundError, Severity, rule
from letters.lifecycle import Standing
from letters.model.case import Case
from letters.model.history import ContactLogged, TaskOpened
from letters.model.practice import Practice
from letters.register import queries
from letters.register.queries import LetterRow, TaskRow
from letters.register.store import Writing
from letters.register.sums import contact_key
from letters.register.turns import standing_of
from letters.replies import cancel_queued

if TYPE_CHECKING:
    from letters.register.store import Connection

CLOCK_CHANGE = rule(
    "clock-change",
    Severity.ERROR,
    "When clocks are set back an hour comes twice, and when they are set forward one never comes. The log "
    "has to say which moment it was.",
)
IN_FUTURE = rule(
    "in-future",
    Severity.ERROR,
    "The log tells what took place. What has not taken place yet may turn out otherwise.",
)
BEFORE_OPENING = rule(
    "before-opening",
    Severity.WARNING,
    "A contact from before the case was opened is mostly a slip in the year or the month.",
)
UNSAFE_USED = rule(
    "unsafe-contact",
    Severity.WARNING,
    "A way that is not safe was used all the same. It is logged, because it happened, and somebody has to "
    "see whether harm was done.",
    "45 CFR 164.522(b), confidential communications",
)
UNKNOWN_WAY = rule(
    "unknown-way",
    Severity.NOTE,
    "Nobody has said of a number or an address that the case does not have whether it is safe.",
)
MESSAGE_LEFT = rule(
    "message-left",
    Severity.WARNING,
    "A message on a machine is heard by whoever lives there; it is left only where the client permitted it.",
    "HHS, HIPAA FAQ 198; 45 CFR 164.522(b)",
)
MESSAGE_TELLS = rule(
    "message-tells",
    Severity.WARNING,
    "Where no more than a request to call back may be left, a message that tells what the practice does was "
    "told to whoever heard or read it.",
    "HHS, HIPAA FAQ 198; 45 CFR 164.522(b)",
)

CHANNELS = ("phone", "letter", "email", "text", "portal", "in-person")
OUTCOMES = {
    "phone": ("voicemail", "no-answer", "spoke", "wrong-person", "received"),
    "letter": ("sent", "returned", "received", "wrong-person"),
    "email": ("sent", "returned", "received", "wrong-person"),
    "text": ("sent", "returned", "received", "wrong-person"),
    "portal": ("sent", "received"),
    "in-person": ("spoke", "no-answer", "wrong-person"),
}
_COMES_IN = ("received", "spoke", "voicemail")  # what may be the client's doing
_SEE_TO_IT = (
    "Tell the clinician of the case, and ask the client at the next safe contact whether it did harm."
)


@dataclass(frozen=True)
class Called:
    """What is told of a contact. `used` is the number or address, `said` the exact message."""

    channel: str
    outcome: str
    direction: Literal["in", "out"]
    at: datetime
    by: str
    to: str | None = None
    used: str | None = None
    safe_check: str | None = None
    said: str | None = None
    next: str | None = None
    next_on: date | None = None

    @property
    def tree(self) -> dict[str, Any]:
        """The contact as a case file gives it."""
        told = {
            **{"at": self.at.isoformat(), "by": self.by, "to": self.to, "channel": self.channel},
            # A file that leaves it out tells of the same contact.
            **{"direction": "in" if self.direction == "in" else None, "outcome": self.outcome},
            **{"used": self.used, "safe_check": self.safe_check, "said": self.said, "next": self.next},
            "next_on": self.next_on.isoformat() if self.next_on else None,
        }
        return {name: value for name, value in told.items() if value is not None}


def moment(told: datetime | time | None, now: datetime, zone: str | None) -> datetime:
    """The moment that is meant, by the practice's clock where it was told without an offset; by default now.

    Raises FoundError for a time that clocks show twice or never, and for one to come; UsageError where it
    is not known which time zone is meant.
    """
    if told is None:
        return now
    local = datetime.combine(now.date(), told) if isinstance(told, time) else told
    at = local if local.tzinfo else _zoned(local, zone)
    if at > now:
        message = f"{at:%Y-%m-%d %H:%M} has not come yet: it is {now:%Y-%m-%d %H:%M}."
        raise FoundError(
            [IN_FUTURE.finding(message, "Enter it when it has taken place, or correct the time.")]
        )
    return at.astimezone(ZoneInfo(zone)) if zone else at


def _zoned(local: datetime, zone: str | None) -> datetime:
    if zone is None:
        raise UsageError(
            "The practice file does not say in which time zone its clocks are.",
            "Write the offset, as in 2026-10-20T10:15-07:00, or enter `time_zone` in the practice file.",
        )
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    when = f"{local:%H:%M} on {local:%Y-%m-%d}"
    if first.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        message = f"{when} never came in {zone}: clocks were set forward."
        raise FoundError([CLOCK_CHANGE.finding(message, "Write what the clock showed, with its offset.")])
    written = [one.isoformat(timespec="minutes") for one in (first, second)]
    message = f"{when} came twice in {zone}: clocks were set back."
    remedy = f"Write the offset: {written[0]} for the first time, {written[1]} for the second."
    raise FoundError([CLOCK_CHANGE.finding(message, remedy)])


def expect_fit(channel: str, outcome: str, direction: str) -> None:
    """Raise UsageError for an outcome that a channel does not have, or that is the other side's doing."""
    if outcome not in OUTCOMES[channel]:
        raise UsageError(
            f"A contact by {channel} does not end with {outcome}.",
            f"By {channel} it is one of: {', '.join(OUTCOMES[channel])}.",
        )
    if direction == "in" and outcome not in _COMES_IN:
        raise UsageError(
            f"What comes from the client does not end with {outcome}.",
            "Leave out --in; or log what the client did, as `received` or `spoke`.",
        )
    if direction == "out" and outcome == "received":
        raise UsageError("What was received came from the client.", "Leave out --out.")


def person_meant(case: Case, called: Called) -> str | None:
    """Whom a contact was with, where the case has several people; None where that cannot be told."""
    if called.to is not None:
        return called.to
    used = {way.person for way in ways_used(case, called.channel, called.used, None)}
    return next(iter(used)) if len(used) == 1 else None


def has_several(case: Case) -> bool:
    """Whether it has to be said with whom of a case a contact was."""
    return len(list(case.everyone())) > 1


@dataclass(frozen=True)
class Logged:
    """What came of logging a contact.

    `before` says whether the register had it: in the same words, or in others, which were put right.
    `canceled` are the letters that must not leave any more, `waiting` those that were issued for silence and
    are not known to have left; `asks` whether there is a task now to ask the client of an ended case whether
    it goes on.
    """

    findings: list[Finding]
    standing: Standing
    before: Literal["same", "other"] | None = None
    canceled: list[TaskRow] = field(default_factory=list)
    waiting: list[LetterRow] = field(default_factory=list)
    asks: bool = False


def log(writing: Writing, number: str, called: Called, practice: Practice) -> Logged:
    """Log a contact, and do what follows from it. Raises as `case_of`."""
    case = case_of(writing.connection, number)
    findings = look(case, practice, called)
    known = {contact_key(one.data): one.data for one in queries.contacts(writing.connection, number)}
    before = known.get(contact_key(called.tree))
    if before == called.tree:
        return Logged(findings, standing_of(writing.connection, number), "same")
    entry = writing.append(ContactLogged(contact=called.tree), number)
    now = standing_of(writing.connection, number)
    # The register knows whose word is no answer of the client's: that of somebody whom an order bars.
    logged = (one for one in queries.contacts(writing.connection, number) if one.entry == entry.seq)
    is_answer = any(one.sort == "answer" for one in logged)
    asks = is_answer and not now.is_open and _ask(writing, number, called.at.date())
    # An answer from before the last session is no news.
    is_news = is_answer and now.is_open and now.silent_since <= called.at.date()
    canceled = cancel_queued(writing, number, called.at.date()) if is_news else []
    waiting = [*_waiting(writing.connection, number)] if is_news else []
    return Logged(findings, now, "other" if before else None, canceled, waiting, asks)


def _waiting(connection: Connection, number: str) -> Iterator[LetterRow]:
    for row in queries.letters(connection, number):
        if is_waiting(row) and row.data["for_silence"]:
            yield row


def _ask(writing: Writing, number: str, on: date) -> bool:
    """Open a task to ask whether an ended relationship goes on, unless there is one."""
    if any(task.task == "answer" for task in queries.tasks(writing.connection, number)):
        return False
    what = f"The client got in touch on {on}, after the end: ask whether the work goes on."
    writing.append(TaskOpened(task="answer", what=what), number)
    return True


def look(case: Case, practice: Practice, called: Called) -> list[Finding]:
    """What is to be said about a contact that took place."""
    found = list(_unsafe_use(case, called))
    if called.direction == "out":
        found += _message(case, practice, called)
    if called.at.date() < case.opened:
        message = f"The contact is logged for {called.at.date()}; the case was opened on {case.opened}."
        remedy = "If the day is wrong, log it again with the right one: nothing is taken out of the log."
        found.append(BEFORE_OPENING.finding(message, remedy))
    return found


def _unsafe_use(case: Case, called: Called) -> Iterator[Finding]:
    if called.direction == "in":
        return
    person = next((one for _, one in case.everyone() if one.id == called.to), None)
    if person is not None and must_not_know(person):
        yield UNSAFE_USED.finding(f"{person.id} was contacted, and must not be.", _SEE_TO_IT)
        return
    meant = ways_used(case, called.channel, called.used, called.to)
    what = "number" if called.channel in ("phone", "text") else "address"
    if why := next((way.unsafe for way in meant if way.unsafe), None):
        yield UNSAFE_USED.finding(f"The {what} that was used is not safe: {why}.", _SEE_TO_IT)
    elif called.used and has_ways(called.channel) and not meant:
        message = f"The case does not have the {what} that was used."
        remedy = "If it is theirs, ask whether it is safe, and enter it in the case with the answer."
        yield UNKNOWN_WAY.finding(message, remedy)


def _message(case: Case, practice: Practice, called: Called) -> Iterator[Finding]:
    """Whether a message may have been left at all, and whether it said too much."""
    if called.outcome not in ("voicemail", "sent") or called.channel not in ("phone", "text", "email"):
        return
    way = next(iter(ways_used(case, called.channel, called.used, called.to)), None)
    if way and called.outcome == "voicemail" and way.limit == NO_MESSAGE:
        message = f"A message was left for {way.person}, who has not permitted one on that number."
        yield MESSAGE_LEFT.finding(message, f"Next time hang up if nobody answers. {_SEE_TO_IT}")
    if not (way and way.is_open) and (told := telling_word(called.said or "", case, practice)):
        message = f"The message says {told!r}, which may tell others what the practice does."
        yield MESSAGE_TELLS.finding(message, "Say only a name, a number and a request to call back.")


def telling_word(said: str, case: Case, practice: Practice) -> str | None:
    """What in a message gives away what the practice does, if anything."""
    folded = likeness.folded(said)
    named = practice.name if practice.name != practice.discreet_name else ""
    if named and likeness.folded(named) in folded:
        return named
    clinician = practice.people.get(case.clinician)
    titles = [clinician.credentials, *clinician.role.values()] if clinician else []
    if title := next((one for one in titles if one and likeness.has_name(said, one)), None):
        return title
    people = [name for _, one in case.everyone() for name in (one.name, one.called)]
    hits = outside_names(said, frozenset(name for name in people if name in said), _listed())
    return hits[0].written if hits else None


def _listed() -> Iterable[str]:
    """The phrases that tell, in every language there is: who listens along may know another one."""
    for language in phrases.languages():
        for group in (NATURE, APPOINTMENT):
            known = phrases.groups(language).get(group)
            yield from known.listed if known else ()
