"""`letters log returned`: a letter came back."""

from __future__ import annotations

import sys
from datetime import date

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import Day, by_option
from letters.commands.told import said


@click.command(short_help="Enter that a letter came back.")
@click.argument("name", metavar="LETTER")
@click.option("--on", type=Day(), metavar="DATE", help="The day it came back. By default today.")
@click.option("--why", metavar="TEXT", help="What the post wrote on it.")
@by_option
@pass_session
def command(session: Session, /, name: str, on: date | None, why: str | None, by: str | None) -> int:
    """Enter that a LETTER which was sent came back.

    The log of contacts tells it, and there is something to do: to find out another safe way. Until the
    address is confirmed anew, no letter of this case goes there.
    """
    from letters.caseload.delivery import Desk, Entered, give_back
    from letters.terminal import say, show_findings

    text = said("--why", why) if why is not None else None
    office = session.office()
    actor, moment = office.actor(by), now(office.practice.time_zone)
    day = on or moment.date()
    with office.register(make=False).writing(actor, moment) as writing:
        told = give_back(writing, name, day, text, Desk(office.practice, moment, actor.by))
    if not isinstance(told, Entered):
        show_findings(told)
        return 1
    row = told.letter
    before = " before; nothing was written" if told.before else ""
    click.echo(f"{row.letter} (case {row.case_number}): entered as back on {day}{before}.", err=True)
    if not told.before:
        say(
            f"There is a task now: find out another safe way to reach {row.addressee}. When you know it, put "
            f"it into the file of case {row.case_number} with the day it was confirmed, and mark the old "
            f"address `safe: no`; then `letters case import FILE`.",
            stream=sys.stderr,
        )
    return 0
