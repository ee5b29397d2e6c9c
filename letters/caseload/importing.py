"""Cases come into the register: all are read and compared first, shown, and entered in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from letters import reasons
from letters.caseload import doubles
from letters.caseload.completing import completed, gone
from letters.caseload.doubts import divided, odd_postcodes
from letters.caseload.loosening import made_safe
from letters.caseload.naming import is_waiting
from letters.caseload.reported import Gathered, Reported, laid_over
from letters.checks.dates import DATES_DISAGREE
from letters.checks.issued import STALE
from letters.checks.references import DUPLICATE_ID, UNKNOWN_PERSON, UNKNOWN_REASON
from letters.entering import Change, Entering, Told, entering, told
from letters.facts import FILE, PROVIDER
from letters.findings import Finding, FoundError, Severity, errors, rule
from letters.model.history import Move
from letters.model.practice import Practice
from letters.office import Office
from letters.register import queries
from letters.register.queries import LetterRow, TaskRow
from letters.register.store import Actor, Register
from letters.replies import cancel_queued
from letters.spelling import did_you_mean

if TYPE_CHECKING:
    from letters.register.store import Connection

CASE_TWICE = rule(
    "case-twice",
    Severity.ERROR,
    "Two reports of one case in one import may say different things, and nobody would know which holds.",
)
TOLD_AS_ENDED = rule(
    "told-as-ended",
    Severity.WARNING,
    "A case comes into the register as an open one; if it is not ended there too, somebody whose work with "
    "you is over will be written to for being silent.",
)


@dataclass(frozen=True)
class Planned:
    """A case that can be entered: what was reported, what is told of it now, and what that would change."""

    reported: Reported
    told: Told
    entering: Entering

    @property
    def what(self) -> str:
        """Whether the case is new, changed, or as it was."""
        if self.entering.event is None:
            return "same"
        return "changed" if self.entering.is_known else "new"


@dataclass
class Plan:
    """What an import comes to: the cases that can be entered, and what is wrong with these and others."""

    cases: list[Planned] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faulty: int = 0

    def of(self, what: str) -> list[Planned]:
        """The cases that are new, changed or the same."""
        return [one for one in self.cases if one.what == what]

    @property
    def needs_consent(self) -> bool:
        """Whether somebody has to say yes: something known would change, or something is doubtful."""
        is_doubtful = any(finding.severity is Severity.WARNING for finding in self.findings)
        return bool(self.of("changed")) or (is_doubtful and bool(self.of("new")))


@dataclass(frozen=True)
class Entered:
    """A case that was entered or changed, and the prepared letters that this canceled.

    `waiting` are the letters that were issued on what held before, and may be on somebody's desk yet.
    """

    number: str
    canceled: list[TaskRow]
    waiting: list[LetterRow] = field(default_factory=list)


def plan(gathered: Gathered, office: Office, connection: Connection | None, today: date) -> Plan:
    """Compare what was read with the register, where there is one, and check all of it."""
    full = completed(gathered, connection)
    reported = [*gathered.reported, *full.reported]
    result = Plan(findings=[*gathered.findings, *full.findings], faulty=gathered.faulty + full.faulty)
    moves: dict[str, Move | None] = {}
    seen: dict[str, Reported] = {}
    reports = Counter(one.case.case for one in reported)
    for one in reported:
        planned, found = _planned(one, office, connection, moves, seen)
        if reports[one.case.case] > 1:  # nobody knows which of them holds, so none of them is entered
            planned = None
        if planned:
            found += _doubts(planned, today)
        result.findings += found
        if planned is None or errors(found):
            result.faulty += 1
        else:
            result.cases.append(planned)
    new = [one.reported for one in result.of("new")]
    result.findings += doubles.find(connection, new)
    return result


def _planned(
    one: Reported,
    office: Office,
    connection: Connection | None,
    moves: dict[str, Move | None],
    seen: dict[str, Reported],
) -> tuple[Planned | None, list[Finding]]:
    number = one.case.case
    before = seen.setdefault(number, one)
    found = [_twice(one, before)] if before is not one else []
    found += gone(number, one.place, connection)
    if found:
        return None, found
    whole, found = _whole(one, connection)
    if whole is None:
        return None, found
    found += problems(whole, office.practice)
    tells = told(whole.case, whole.data, office.own_kinds, moves)
    return Planned(whole, tells, entering(connection, tells)), found


def _twice(one: Reported, before: Reported) -> Finding:
    return CASE_TWICE.finding(
        f"Case {one.case.case} is here twice: also at {_where(before)}.",
        "Keep the one that holds.",
        one.place("case"),
    )


def _where(one: Reported) -> str:
    place = one.place("case")
    return str(place) if place.line else f"{place}, {place.field}"


def _whole(one: Reported, connection: Connection | None) -> tuple[Reported | None, list[Finding]]:
    """What a row says together with what is known; what a file says stands alone."""
    if not one.is_row or connection is None or queries.known(connection, one.case.case) is None:
        return one, []
    return laid_over(one.data, one.place, queries.data(connection, one.case.case))


def problems(one: Reported, practice: Practice) -> list[Finding]:
    """Check what a case refers to, as is done before a letter, and before the register relies on it."""
    return [*_strangers(one, practice), *_contacted(one), *_ids(one), *_reason(one)]


def _strangers(one: Reported, practice: Practice) -> Iterator[Finding]:
    case = one.case
    named = {"clinician": case.clinician}
    if case.handover:
        named["handover.to"] = case.handover.to
    named |= {f"contacts[{number}].by": contact.by for number, contact in enumerate(case.contacts)}
    for path, person in named.items():
        if person not in practice.people:
            message = f"The practice has nobody with the id {person}."
            yield UNKNOWN_PERSON.finding(message, _nearest(person, [*practice.people]), one.place(path))


def _contacted(one: Reported) -> Iterator[Finding]:
    known = [person.id for _, person in one.case.everyone()]
    for number, contact in enumerate(one.case.contacts):
        if contact.to and contact.to not in known:
            message = f"The case has nobody with the id {contact.to}."
            place = one.place(f"contacts[{number}].to")
            yield UNKNOWN_PERSON.finding(message, _nearest(contact.to, known), place)


def _nearest(name: str, known: list[str]) -> str:
    return did_you_mean(name, known, f"Known are: {', '.join(known)}.")


def _ids(one: Reported) -> Iterator[Finding]:
    people = [(path, person.id) for path, person in one.case.everyone()]
    people += [(f"business[{number}]", other.id) for number, other in enumerate(one.case.business)]
    seen = {PROVIDER, FILE}
    for path, name in people:
        if name in seen:
            is_kept = name in (PROVIDER, FILE)
            which = (
                f"The id {name} is kept for another use."
                if is_kept
                else f"Two people of the case have the id {name}."
            )
            yield DUPLICATE_ID.finding(which, "Give each an id of their own.", one.place(f"{path}.id"))
        seen.add(name)


def _reason(one: Reported) -> Iterator[Finding]:
    ending = one.case.ending
    if ending and ending.reason not in reasons.known():
        message = f"{ending.reason} is not a reason code."
        remedy = _nearest(ending.reason.upper(), [*reasons.known()])
        yield UNKNOWN_REASON.finding(message, remedy, one.place("ending.reason"))


def _doubts(one: Planned, today: date) -> list[Finding]:
    """What may be right, and should be looked at before it is entered."""
    found = [*_as_ended(one, today), *made_safe(one.reported, one.entering), *_to_come(one, today)]
    if one.what == "new" or any(map(_is_about_a_way, one.entering.changes)):
        found += [*odd_postcodes(one.reported), *divided(one.reported)]
    return found


def _is_about_a_way(change: Change) -> bool:
    return any(way in change.path for way in ("addresses", "phones", "emails"))


def _as_ended(one: Planned, today: date) -> Iterator[Finding]:
    ending, number = one.told.case.ending, one.entering.number
    is_news = one.what == "new" or any(change.path == "ending.at" for change in one.entering.changes)
    if ending and ending.at and ending.at.date() <= today and is_news:
        yield TOLD_AS_ENDED.finding(
            f"Case {number} was ended on {ending.on or ending.at.date()}, and is entered as an open one.",
            f"Once it is entered, enter its ending, too: letters case end {number}",
            one.reported.place("ending.at"),
        )


def _to_come(one: Planned, today: date) -> Iterator[Finding]:
    """Days that tell of the past and have not come: until then nobody would be missed."""
    case = one.told.case
    told = {"opened": case.opened, "last_session": case.last_session}
    told |= {f"contacts[{number}].at": contact.at.date() for number, contact in enumerate(case.contacts)}
    for path, day in told.items():
        if day and day > today:
            yield DATES_DISAGREE.finding(
                f"{day} has not come yet.",
                f"Give the day on which it was, up to {today}.",
                one.reported.place(path),
            )


def enter(
    planned: Sequence[Planned], register: Register, office: Office, actor: Actor, at: datetime
) -> list[Entered]:
    """Enter all that is news, in one transaction.

    Raises FoundError where the register was changed since it was looked at, and enters nothing then.
    """
    entered = []
    with register.writing(actor, at) as writing:
        for one in planned:
            now = entering(writing.connection, one.told)
            if now != one.entering:
                raise FoundError([_stale(one)])
            if now.event is None:
                continue
            writing.append(now.event.model_copy(update={"source": _source(one, office)}), now.number)
            canceled = cancel_queued(writing, now.number, *now.heard) if now.heard else []
            entered.append(Entered(now.number, canceled, _waiting(writing.connection, now)))
    return entered


def _waiting(connection: Connection, new: Entering) -> list[LetterRow]:
    """The letters not entered as sent that should not leave unseen: who is reached, and where, has changed.

    Or the client was heard of, and they say the contrary.
    """
    is_other = any(map(_is_about_reaching, new.changes))
    rows = [row for row in queries.letters(connection, new.number) if is_waiting(row)]
    return [row for row in rows if is_other or (new.heard and row.data["for_silence"])]


def _is_about_reaching(change: Change) -> bool:
    is_weighty = change.is_weighty and (change.what != "removed" or change.path.startswith("clients["))
    return is_weighty or "address" in change.path


def _stale(one: Planned) -> Finding:
    message = f"Case {one.entering.number} was changed in the register in the meantime."
    return STALE.finding(message, "Run the same command again, and look at the difference.")


def _source(one: Planned, office: Office) -> str | None:
    """The file a case comes from, where that and the register are used at one desk."""
    file = one.reported.file
    return office.seen(file) if file and office.where.file else None
