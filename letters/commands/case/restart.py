"""`letters case restart`: let an ended relationship go on."""

from __future__ import annotations

import sys

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.case.end import confirmed
from letters.commands.orders import by_option
from letters.commands.told import said


@click.command(short_help="Let an ended relationship go on.")
@click.argument("number", metavar="NUMBER")
@click.option("--because", metavar="TEXT", help="Why it goes on, which is kept in the history.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@by_option
@pass_session
def command(session: Session, /, number: str, because: str | None, yes: bool, by: str | None) -> int:
    """Let the ended relationship of the case NUMBER go on, from today.

    It comes back to the list of open cases with its history whole: earlier endings and letters stay.
    """
    from letters.caseload import endings
    from letters.caseload.review import pace_of
    from letters.caseload.steps import letters_of
    from letters.caseload.telling import next_words, state_words
    from letters.register.turns import standing_of
    from letters.terminal import say, show_findings

    because = said("--because", because) if because is not None else None
    office = session.office()
    present, pace = now(office.practice.time_zone), pace_of(office.practice)
    today = present.date()
    actor, register = office.actor(by), office.register(make=False)
    with register.reading() as connection:
        asked = endings.ask_restart(connection, number, today)
    if not asked.findings:
        if sys.stdin.isatty():  # names are for people, not for the logs of programs
            say(f"Case {number}, {asked.names}, would go on from {today}.", stream=sys.stderr)
        if not confirmed(f"Restart case {number}?", yes, f"Case {number} would go on from {today}."):
            click.echo(f"Case {number} was left as it is.", err=True)
            return 1
        with register.writing(actor, present) as writing:
            asked = endings.restart(writing, number, today, because)
            now_stands = None if asked.findings else standing_of(writing.connection, number)
    if asked.findings or now_stands is None:
        show_findings(asked.findings)
        click.echo(f"Case {number} was not restarted.", err=True)
        return 1
    click.echo(f"{number} goes on from {today}.")
    following = next_words(now_stands, today, pace, number, kinds=letters_of(office.own_kinds))
    say(f"{state_words(now_stands, today, pace)}\n{following}")
    for task in asked.tasks:
        click.echo(f"Done by this: task {task.number}.", err=True)
    if asked.letters:
        click.echo(_kept(asked.letters), err=True)
    return 0


def _kept(letters: int) -> str:
    what = "The earlier letter stays" if letters == 1 else f"The {letters} earlier letters stay"
    return f"{what} in its history; the same kind may be written anew."
