"""`letters case end`: enter a relationship as ended."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.moments import Clock
from letters.commands.orders import Day, by_option
from letters.commands.told import said
from letters.errors import UsageError
from letters.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from letters.caseload.endings import Asked
    from letters.model.practice import Practice
    from letters.register.queries import TaskRow

_GROUPS = {
    "plan": "Planned",
    "client": "The client's choice",
    "contact": "Contact",
    "money": "Money",
    "provider": "The provider's choice",
    "movement": "Moved on",
    "circumstance": "Circumstances",
    "practice": "The practice",
    "firm": "The firm",
    "other": "Other",
}


def _list_reasons(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        show_reasons(is_asked_for=True)
        ctx.exit()


@click.command(short_help="Enter a relationship as ended.")
@click.argument("number", metavar="NUMBER")
@click.option("--reason", metavar="CODE", help="Why it ended; --reasons lists the codes.")
@click.option(
    "--on",
    type=Day(),
    metavar="DATE",
    help="The day it ended. By default that of the closing letter once it has come, else today.",
)
@click.option(
    "--at", type=Clock(), metavar="MOMENT", help="When it was entered as ended. By default this moment."
)
@click.option(
    "--without-letter", "without", metavar="REASON", help="Why there was neither a letter nor a call."
)
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option(
    "--reasons",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_reasons,
    help="List the reasons there are, and end nothing.",
)
@by_option
@pass_session
def command(
    session: Session,
    /,
    number: str,
    reason: str | None,
    on: date | None,
    at: datetime | time | None,
    without: str | None,
    yes: bool,
    by: str | None,
) -> int:
    """Enter the relationship of the case NUMBER as ended, with date and time.

    It leaves the list of open cases and keeps its history. Nothing is sent. It cannot end before its
    notice has run, while an appointment lies ahead, or without a letter, a call, or a reason for neither.
    """
    from letters.caseload import endings
    from letters.caseload.contacts import moment
    from letters.terminal import say, show_findings

    without = said("--without-letter", without) if without is not None else None
    office = session.office()
    zone = office.practice.time_zone
    present = now(zone)
    actor, register = office.actor(by), office.register(make=False)
    wanted = endings.Wanted(_reason(reason), moment(at, present, zone), on, without)
    silence = office.practice.review.silence
    with register.reading() as connection:
        asked = endings.ask(connection, number, wanted, present, silence)
    if not asked.findings:
        say(_preview(number, asked, office.practice), stream=sys.stderr)
        if not confirmed(f"End case {number}?", yes, f"Case {number} would be entered as ended."):
            return _nothing_done(number)
        with register.writing(actor, present) as writing:
            asked = endings.end(writing, number, wanted, present, silence)
    if asked.findings:
        show_findings(asked.findings)
        click.echo(f"Case {number} was not ended.", err=True)
        return 1
    _report(number, asked)
    return 0


def _reason(code: str | None) -> str:
    """A reason there is. Raises UsageError for another, and for none where nobody can be asked."""
    from letters import reasons

    if code is None:
        if not sys.stdin.isatty():
            raise UsageError(
                "Why it ended is not said.",
                "Say it with --reason CODE; `letters case end --reasons` lists them.",
            )
        show_reasons(is_asked_for=False)
        code = str(click.prompt("Reason", err=True))
    code = code.strip().upper().replace("-", "_")
    if reasons.find(code) is None:
        raise UsageError(
            f"There is no reason {code}.",
            did_you_mean(code, reasons.known(), "`letters case end --reasons` lists them."),
        )
    return code


def show_reasons(*, is_asked_for: bool) -> None:
    """List the reasons by whose doing they are: on stdout where that is what was asked for."""
    from letters import reasons
    from letters.model.texts import said as in_language
    from letters.terminal import entries, say

    stream = sys.stdout if is_asked_for else sys.stderr
    known = {code: reason for code in reasons.known() if (reason := reasons.find(code))}
    width = max(map(len, known)) + 2
    for group, title in _GROUPS.items():
        say(title, stream=stream)
        listed = [(code, in_language(one.label, "en")) for code, one in known.items() if one.by == group]
        entries(listed, width, "  ", stream=stream)


def _preview(number: str, asked: Asked, practice: Practice) -> str:
    """What will be entered, and what the client would see of it."""
    from letters.caseload.endings import client_sees
    from letters.caseload.telling import reason_label, short_moment
    from letters.lifecycle import DECEASED

    event = asked.event
    # Names are for people, not for the logs of programs.
    names = f", {asked.names}" if sys.stdin.isatty() else ""
    told = [
        f"Case {number}{names}: ended on {event.on}, entered {short_moment(event.at)}.",
        f"For the file only: {reason_label(event.reason)} ({event.reason}).",
    ]
    if event.reason != DECEASED:
        told.append(f"The client would see: “{client_sees(practice, event.at)}”")
    return "\n".join(told)


def confirmed(question: str, yes: bool, what: str) -> bool:
    """Whether it is to be done. Raises UsageError where nobody can be asked, saying what would happen."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(f"{what} Nothing was done.", "Add --yes to do it.")
    return click.confirm(question, err=True)


def _nothing_done(number: str) -> int:
    click.echo(f"Case {number} was left as it is.", err=True)
    return 1


def _report(number: str, asked: Asked) -> None:
    """Say what was done, and what the next command may be."""
    from letters.caseload.telling import reason_label
    from letters.lifecycle import DECEASED

    event = asked.event
    click.echo(f"{number} ended on {event.on}: {reason_label(event.reason)} ({event.reason}).")
    show_called_off(asked.tasks)
    if event.reason == DECEASED:
        click.echo("Nothing was sent.", err=True)
    else:
        click.echo(f"Nothing was sent. To tell the client: letters issue ended-notice {number}", err=True)
    click.echo(f"If the work goes on: letters case restart {number}", err=True)


def show_called_off(tasks: Sequence[TaskRow]) -> None:
    """Name the letters that were prepared and must not leave, and what was to do instead of one."""
    from letters.terminal import say

    for task in tasks:
        if task.task == "no-route":
            say(f"Not called for any more (task {task.number}): {task.data['what']}", stream=sys.stderr)
            continue
        file = task.data.get("file")
        kept = f" Its file was not deleted: {file}" if file else ""
        what = f"{task.data.get('kind') or 'A letter'} to {task.data.get('addressee') or 'the client'}"
        say(f"Called off: {what} must not leave (task {task.number}).{kept}", stream=sys.stderr)
