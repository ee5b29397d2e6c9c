"""`letters case contact`: log a call, a message, a letter or a meeting."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.case.end import show_called_off
from letters.commands.moments import Clock
from letters.commands.orders import Day
from letters.commands.told import kept
from letters.errors import UsageError
from letters.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from letters.caseload.contacts import Called, Logged
    from letters.caseload.ways import Way
    from letters.model.case import Case
    from letters.office import Office
    from letters.register.store import Actor

CHANNELS = ("phone", "letter", "email", "text", "portal", "in-person")
OUTCOMES = ("voicemail", "no-answer", "spoke", "sent", "returned", "wrong-person", "received")
_LONGEST_CHOICE = 2  # digits; more of them are a number that was called
_MISSING = {
    "--channel": "which way the contact went",
    "--outcome": "how it ended",
    "--used": "which number or address was used",
    "--said": "the exact message that was left",
}


@click.command(short_help="Log a call, a message, a letter or a meeting.")
@click.argument("number", metavar="NUMBER")
@click.option("--channel", type=click.Choice(CHANNELS), help="Which way it went.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="How it ended.")
@click.option("--in/--out", "incoming", default=None, help="From the client or to them. By default to them.")
@click.option(
    "--at",
    type=Clock(),
    metavar="MOMENT",
    help="When: 2026-10-20T10:15-07:00, 2026-10-20 10:15, or 10:15 for today. By default now.",
)
@click.option("--to", metavar="ID", help="Who of the case it was with, where there are several.")
@click.option("--used", metavar="TEXT", help="The number or address that was used.")
@click.option("--safe-check", metavar="TEXT", help="How it was made sure that the contact was safe.")
@click.option("--said", metavar="TEXT", help="The exact message.")
@click.option("--next", "next_", metavar="TEXT", help="The next step agreed on or planned.")
@click.option("--next-on", type=Day(), metavar="DATE", help="The day of that step.")
@click.option(
    "--by", metavar="PERSON", help="Who made the contact: the id of a person of the practice. By default you."
)
@pass_session
def command(
    session: Session,
    /,
    number: str,
    channel: str | None,
    outcome: str | None,
    incoming: bool | None,
    at: datetime | time | None,
    to: str | None,
    used: str | None,
    safe_check: str | None,
    said: str | None,
    next_: str | None,
    next_on: date | None,
    by: str | None,
) -> None:
    """Log a contact in the case NUMBER: what took place, with whom, and how it ended.

    In a terminal, what is not said is asked for. What was used although it is not safe is logged too, and
    told. An answer calls off the letters that were prepared.
    """
    from letters.caseload import contacts
    from letters.caseload.kept import case_of

    office = session.office()
    zone = office.practice.time_zone
    present = now(zone)
    register = office.register(make=False)
    with register.reading() as connection:
        case = case_of(connection, number)
    actor = _actor(office, by)
    if not sys.stdin.isatty():
        _expect_all(channel, outcome, incoming, used, said)
    told = contacts.Called(
        channel=channel or _asked("Channel", CHANNELS),
        outcome="",
        direction="out",
        at=contacts.moment(at, present, zone),
        by=_person(office, by or actor.by, is_said=by is not None),
        to=_known(case, to),
        used=_kept("--used", used, is_line=True),
        safe_check=_kept("--safe-check", safe_check),
        said=_kept("--said", said),
        next=_kept("--next", next_),
        next_on=next_on,
    )
    told = _completed(case, _ended(told, outcome, incoming))
    with register.writing(actor, present) as writing:
        logged = contacts.log(writing, number, told, office.practice)
    _report(case, told, logged, office, present.date())


def _kept(option: str, text: str | None, *, is_line: bool = False) -> str | None:
    return None if text is None else kept(f"What stands after {option}", text, is_line=is_line)


def _expect_all(
    channel: str | None, outcome: str | None, incoming: bool | None, used: str | None, said: str | None
) -> None:
    """Raise UsageError for all that is needed and not said, where nobody can be asked."""
    from letters.caseload.ways import has_ways

    is_in = incoming or outcome == "received"
    missing = ["--channel"] if channel is None else []
    missing += ["--outcome"] if outcome is None else []
    missing += ["--used"] if used is None and not is_in and channel and has_ways(channel) else []
    missing += ["--said"] if said is None and not is_in and outcome == "voicemail" else []
    if missing:
        told = ", and ".join(f"{_MISSING[option]} ({option})" for option in missing)
        raise UsageError(
            f"The log needs to know {told}.", "`letters case contact --help` says what each may be."
        )


def _ended(told: Called, outcome: str | None, incoming: bool | None) -> Called:
    """How it ended, and whose doing it was. Raises UsageError for what does not go together."""
    from letters.caseload.contacts import OUTCOMES as OF_CHANNEL
    from letters.caseload.contacts import expect_fit

    outcome = outcome or _asked("Outcome", OF_CHANNEL[told.channel])
    is_in = incoming if incoming is not None else outcome == "received"
    expect_fit(told.channel, outcome, "in" if is_in else "out")
    return replace(told, outcome=outcome, direction="in" if is_in else "out")


def _completed(case: Case, told: Called) -> Called:
    """Ask for what is missing. Raises UsageError for what is needed where nobody can be asked."""
    from letters.caseload.contacts import has_several, person_meant
    from letters.caseload.ways import has_ways

    is_out = told.direction == "out"
    if is_out and has_ways(told.channel) and told.used is None:
        used, person = _used(case, told)
        told = replace(told, used=kept("What was used", used, is_line=True))
        told = replace(told, to=person) if has_several(case) else told
    # A file that tells of the same contact leaves it out as well, where there is only one person.
    if has_several(case):
        people = [one.id for _, one in case.everyone()]
        told = replace(told, to=person_meant(case, told) or _asked("With whom", people))
    if is_out and told.outcome == "voicemail" and told.said is None:
        told = replace(told, said=kept("The message", _typed("Exact message")))
    is_spoken = is_out and told.outcome in ("voicemail", "spoke")
    if is_spoken and told.safe_check is None and sys.stdin.isatty():
        how = _typed("How was it made sure that this was safe (Enter if it was not)", needed=False)
        told = replace(told, safe_check=kept("How it was made sure", how) if how else None)
    return told


def _used(case: Case, told: Called) -> tuple[str, str | None]:
    """Which number or address was used, chosen from the safe ones or typed, and whose, if that is known."""
    from letters.caseload.ways import reached_by

    every = [way for way in reached_by(case, told.channel) if told.to in (None, way.person)]
    safe = [way for way in every if way.unsafe is None]
    if sys.stdin.isatty():
        _offer(safe, (way for way in every if way.unsafe))
    while True:
        answer = _typed("Used (a number from the list, or what was used)" if safe else "Used")
        if not (answer.isdecimal() and len(answer) <= _LONGEST_CHOICE):
            return answer, told.to
        if 1 <= int(answer) <= len(safe):
            chosen = safe[int(answer) - 1]
            return chosen.text, chosen.person
        click.echo(f"There is no {answer} in the list. Type what was used.", err=True)


def _offer(safe: list[Way], unsafe: Iterable[Way]) -> None:
    from letters.terminal import say

    for way in unsafe:
        say(f"  NOT SAFE  {way.person}: {way.text} ({way.unsafe})", stream=sys.stderr)
    for position, way in enumerate(safe, 1):
        limit = f" ({way.limit})" if way.limit else ""
        say(f"  {position}  {way.person}: {way.text}{limit}", stream=sys.stderr)


def _asked(what: str, choices: Iterable[str]) -> str:
    """Have one of some words chosen. Raises UsageError where nobody can be asked."""
    listed = list(choices)
    if not sys.stdin.isatty():
        raise UsageError(
            "With whom of the case it was is not said.", f"Say it with --to: {', '.join(listed)}."
        )
    return str(click.prompt(what, type=click.Choice(listed), err=True))


def _typed(what: str, *, needed: bool = True) -> str:
    """Have something typed."""
    return str(click.prompt(what, default=None if needed else "", show_default=False, err=True)).strip()


def _actor(office: Office, by: str | None) -> Actor:
    """Who logs it: whose login it is. Where that is nobody's, whoever made the contact is taken to log it."""
    from letters.register import store

    here = store.login()
    is_mine = any(person.login == here for person in office.practice.people.values())
    return office.actor() if is_mine else office.actor(by)


def _person(office: Office, person: str, *, is_said: bool) -> str:
    """Who made the contact: somebody of the practice."""
    people = office.practice.people
    if person in people:
        return person
    if sys.stdin.isatty() and not is_said:
        usual = next(iter(people)) if len(people) == 1 else None
        return str(click.prompt("Made by", default=usual, type=click.Choice(list(people)), err=True))
    raise UsageError(
        f"The log says who made a contact, and {person} is nobody of the practice.",
        did_you_mean(person, people, f"Say it with --by: {', '.join(people)}."),
    )


def _known(case: Case, to: str | None) -> str | None:
    people = [one.id for _, one in case.everyone()]
    if to is not None and to not in people:
        raise UsageError(
            f"Case {case.case} has nobody with the id {to!r}.",
            did_you_mean(to, people, f"It has: {', '.join(people)}."),
        )
    return to


def _report(case: Case, told: Called, logged: Logged, office: Office, today: date) -> None:
    """Say what was logged, where the case stands now, and what to see to."""
    from letters.caseload.recipients import have_died
    from letters.caseload.review import pace_of
    from letters.caseload.steps import letters_of
    from letters.caseload.telling import contact_words, next_words, state_words
    from letters.terminal import say, show_findings

    show_findings(logged.findings)
    verb = {"same": "Logged before, and not again", "other": "Put right in the log"}
    say(f"{verb.get(logged.before or '', 'Logged')}: {contact_words(told.tree)}")
    pace, number = pace_of(office.practice), case.case
    died, kinds = have_died(case.clients), letters_of(office.own_kinds)
    say(f"{number}: {state_words(logged.standing, today, pace)}")
    say(next_words(logged.standing, today, pace, number, kinds=kinds, have_died=died))
    show_called_off(logged.canceled)
    for row in logged.waiting:
        say(
            f"{row.letter} ({row.kind} to {row.addressee}) was issued as nothing was heard, and is not "
            f"entered as sent. If it is still here, destroy it: letters log void {row.letter} "
            '--because "the client answered"',
            stream=sys.stderr,
        )
    if logged.asks:
        say(
            f"The case has ended. Ask whether the work goes on; if so: letters case restart {number}",
            stream=sys.stderr,
        )
