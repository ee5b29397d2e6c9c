"""Ending a relationship, and letting an ended one go on: what speaks against it, and what it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from letters import reasons
from letters.caseload.contacts import IN_FUTURE
from letters.caseload.hearing import heard_on
from letters.caseload.kept import case_of
from letters.checks.people import DANGER
from letters.findings import Finding, Rule, Severity, rule
from letters.guards import Ahead, Refusal, refusals
from letters.lifecycle import DECEASED, Ended, Restarted, Standing, State
from letters.locale import dates
from letters.locale.languages import locale_for
from letters.locale.phones import phone
from letters.model.case import Case
from letters.model.history import CaseEnded, CaseRestarted, TaskClosed
from letters.model.practice import Practice
from letters.model.texts import said
from letters.register import queries
from letters.register.queries import LetterRow, TaskRow
from letters.register.store import Writing
from letters.register.turns import standing_of
from letters.replies import is_of_a_step

if TYPE_CHECKING:
    from letters.register.store import Connection

ALREADY_ENDED = rule(
    "already-ended",
    Severity.ERROR,
    "A relationship ends once, at one time. Another ending needs that it went on in between.",
)
BEFORE_START = rule(
    "ends-before-start",
    Severity.ERROR,
    "A relationship cannot end before anything is known of it, or before it was last restarted.",
)
ENDS_IN_FUTURE = rule(
    "ends-in-future",
    Severity.ERROR,
    "An ending is entered when it has come: until then the client may still answer.",
)
NOTICE_RUNNING = rule(
    "notice-running",
    Severity.ERROR,
    "The client was told a day, and counts on care until then.",
    "AMA Code of Medical Ethics 1.1.5; APA Ethics Code 10.10(c)",
    withholds=True,
)
NO_WORD = rule(
    "no-letter-or-call",
    Severity.ERROR,
    "Nobody is let go without a word. Where there could be none, the file says why.",
)
APPOINTMENT_AHEAD = rule(
    "appointment-ahead",
    Severity.ERROR,
    "A client with a time booked expects to be seen.",
    withholds=True,
)
BEFORE_SESSION = rule(
    "ends-before-session",
    Severity.ERROR,
    "Whoever was seen after that day was still a client on it.",
)
NO_DEATH = rule(
    "no-death-entered",
    Severity.ERROR,
    "Once a case says that a client died, nobody writes to them any more. Without the day in the case, "
    "letters would still go out to the home of the dead.",
)
NOT_TOLD = rule(
    "not-told",
    Severity.ERROR,
    "A letter that came back told nobody anything: whoever it was for still counts on being seen.",
    "APA Ethics Code 10.10(c)",
)
HEARD_OF = rule(
    "heard-of",
    Severity.ERROR,
    "Contact is lost when a client was tried to be reached and did not answer. Of somebody who was heard of, "
    "the file and the statistics would say what is not so.",
)
STILL_OPEN = rule(
    "still-open",
    Severity.ERROR,
    "Only what has ended can go on again.",
)
RESTART_BEFORE_END = rule(
    "restart-before-end",
    Severity.ERROR,
    "What goes on again does so after it ended, or the history makes no sense.",
)
# The rule for each refusal of the life of a case.
RULES: Mapping[str, Rule] = {
    "already-ended": ALREADY_ENDED,
    "ends-before-start": BEFORE_START,
    "ends-in-future": ENDS_IN_FUTURE,
    "notice-running": NOTICE_RUNNING,
    "no-letter-or-call": NO_WORD,
    "appointment-ahead": APPOINTMENT_AHEAD,
    "danger": DANGER,
    "not-ended": STILL_OPEN,
    "restart-before-end": RESTART_BEFORE_END,
    "in-future": IN_FUTURE,
}
# Who ends it where the provider does not.
_NOT_THE_PROVIDER = ("client", "plan", "circumstance")


@dataclass(frozen=True)
class Wanted:
    """An ending that is asked for; without `on` the day is that of the closing letter, or today."""

    reason: str
    at: datetime
    on: date | None = None
    without: str | None = None


@dataclass(frozen=True)
class Asked:
    """What would be entered, about whom, and what speaks against it."""

    event: CaseEnded
    names: str
    findings: list[Finding]
    tasks: list[TaskRow]


def ask(connection: Connection, number: str, wanted: Wanted, now: datetime, silence: int) -> Asked:
    """Look at an ending before it is entered; after so many days of `silence` a case is due for review.

    Raises UsageError as `queries.find`.
    """
    row, case = queries.find(connection, number), case_of(connection, number)
    stands, today = standing_of(connection, number), now.date()
    on = wanted.on or _day(stands, today)
    event = CaseEnded(reason=wanted.reason, on=on, at=wanted.at, without=wanted.without)
    ended = Ended(on, wanted.reason, wanted.at, without=wanted.without)
    booked = tuple(one.at for one in case.appointments if not one.missed)
    ahead = Ahead(today, booked, case.confidential.danger)
    refused = refusals(stands, ended, ahead, by_provider=is_by_provider(wanted.reason))
    findings = [_finding(one) for one in refused]
    if stands.is_open:
        findings += _of_case(case, wanted.reason, on)
        findings += _of_letters(_closings(connection, number, stands), stands, event, silence)
    return Asked(event, row.names or "", findings, _queued(connection, number))


def is_by_provider(reason: str) -> bool:
    """Whether it is the provider who ends it, as letters take it: also where contact was lost."""
    found = reasons.find(reason)
    return found is None or found.by not in _NOT_THE_PROVIDER


def _day(now: Standing, today: date) -> date:
    """The day the client was told, once it has come."""
    return now.ends_on if now.ends_on and now.ends_on <= today else today


def _finding(refused: Refusal) -> Finding:
    remedy = refused.remedy
    if refused.code == "no-letter-or-call":
        remedy = remedy.removesuffix(".") + ": --without-letter REASON."
    return RULES[refused.code].finding(refused.message, remedy)


def _of_case(case: Case, reason: str, on: date) -> Iterator[Finding]:
    """What the data of the case has against it."""
    if case.last_session and on < case.last_session:
        message = f"The ending is entered for {on}; the last session was on {case.last_session}."
        yield BEFORE_SESSION.finding(message, f"Give {case.last_session} or a later day.")
    if reason == DECEASED and not any(client.died for client in case.clients):
        who = " or ".join(client.id for client in case.clients)
        remedy = "Write the day at `died` in the case file, and bring it in: letters case import FILE."
        yield NO_DEATH.finding(f"The case does not say that {who} has died.", remedy)


def _closings(connection: Connection, number: str, stands: Standing) -> list[LetterRow]:
    """The letters that named the end since the work began, or began again, in the order of their days."""
    rows = [row for row in queries.letters(connection, number) if row.letter in stands.letters]
    closing = [row for row in rows if row.status != "void" and row.data["step"] == "closing"]
    return sorted(closing, key=lambda row: row.dated)


def _of_letters(
    closings: Sequence[LetterRow], stands: Standing, event: CaseEnded, silence: int
) -> Iterator[Finding]:
    """What became of the letters that named the end, and whether the client was heard of since."""
    valid = [row for row in closings if not row.replaced_by]
    is_told = event.without or event.reason == DECEASED or any(row.status != "returned" for row in valid)
    if valid and not is_told:
        letters = ", ".join(f"{row.letter} on {row.returned_on}" for row in valid)
        message = f"What named the end came back, so nobody was told: {letters}."
        remedy = "Tell them another safe way, and say how, or why not: --without-letter REASON."
        yield NOT_TOLD.finding(message, remedy)
    reason = reasons.find(event.reason)
    if reason and reason.by == "contact" and (day := heard_on(stands)):
        yield from _heard_of(day, closings, stands, event, silence)


def _heard_of(
    day: date, closings: Sequence[LetterRow], stands: Standing, event: CaseEnded, silence: int
) -> Iterator[Finding]:
    days = [date.fromisoformat(row.dated) for row in closings]
    days += [stands.stepped_on] if stands.state is State.CLOSING and stands.stepped_on else []
    last = max(days, default=None)
    if last and last <= day:
        message = f"The client was heard of on {day}, after the closing letter of {last}."
    elif last is None and stands.attempts == 0 and event.on - day < timedelta(silence):
        message = f"The client was heard of on {day}, and nobody has tried to reach them since."
    else:
        return
    remedy = f"Choose the reason that holds, not {event.reason}: letters case end --reasons"
    yield HEARD_OF.finding(message, remedy)


def _queued(connection: Connection, number: str) -> list[TaskRow]:
    """What was to do about a letter of a step: to read, mend or issue it, or to find a way without one."""
    return [task for task in queries.tasks(connection, number) if is_of_a_step(task)]


def end(writing: Writing, number: str, wanted: Wanted, now: datetime, silence: int) -> Asked:
    """Enter the ending, unless something speaks against it; letters that were queued are called off."""
    asked = ask(writing.connection, number, wanted, now, silence)
    if not asked.findings:
        writing.append(asked.event, number)
        for task in asked.tasks:
            because = "the relationship was entered as ended"
            writing.append(TaskClosed(number=task.number, outcome="canceled", because=because), number)
    return asked


def client_sees(practice: Practice, at: datetime) -> str:
    """What a client is told of an ending: that, when, and how to book again; never why."""
    country, zone = practice.address.country, practice.time_zone
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    booking = said(practice.booking, "en")
    again = f"{booking}, or by phone" if booking else "by phone"
    told = f"Ended: {dates.long_moment(local, locale_for('en', country))}. You can book again {again}: "
    return f"{told}{phone(practice.phone, country)}.".replace("\xa0", " ")


@dataclass(frozen=True)
class Restart:
    """A case that goes on: what speaks against it, the tasks that are done by it, and its letters."""

    findings: list[Finding]
    names: str
    tasks: list[TaskRow]
    letters: int


def ask_restart(connection: Connection, number: str, on: date) -> Restart:
    """Look at a restart before it is entered. Raises UsageError as `queries.find`."""
    row = queries.find(connection, number)
    refused = refusals(standing_of(connection, number), Restarted(on), Ahead(on))
    tasks = [task for task in queries.tasks(connection, number) if task.task == "answer"]
    kept = [one for one in queries.letters(connection, number) if one.status != "void"]
    return Restart([_finding(one) for one in refused], row.names or "", tasks, len(kept))


def restart(writing: Writing, number: str, on: date, because: str | None) -> Restart:
    """Let an ended relationship go on, unless something speaks against it."""
    asked = ask_restart(writing.connection, number, on)
    if not asked.findings:
        writing.append(CaseRestarted(on=on, because=because), number)
        for task in asked.tasks:
            writing.append(TaskClosed(number=task.number, outcome="done", because="the work goes on"), number)
    return asked
