"""`letters log void`: a letter never left."""

from __future__ import annotations

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import by_option
from letters.commands.told import said


@click.command(short_help="Enter that a letter never left, and must not.")
@click.argument("name", metavar="LETTER")
@click.option("--because", metavar="TEXT", required=True, help="Why; it is kept with the letter.")
@by_option
@pass_session
def command(session: Session, /, name: str, because: str, by: str | None) -> int:
    """Enter that a LETTER never left the practice, and that it must not any more.

    Its case goes back to where it was before the letter.
    """
    from letters.caseload.delivery import Entered, void
    from letters.register import queries
    from letters.terminal import show_findings

    reason = said("--because", because)
    office = session.office()
    with office.register(make=False).writing(office.actor(by), now(office.practice.time_zone)) as writing:
        told = void(writing, name, reason)
        if isinstance(told, Entered):
            case = queries.find(writing.connection, told.letter.case_number)
    if not isinstance(told, Entered):
        show_findings(told)
        return 1
    if told.before:
        click.echo(f"{told.letter.letter} was voided before; nothing was written.", err=True)
        return 0
    click.echo(
        f"{told.letter.letter} is void: destroy its paper, and its file {told.letter.folder}/"
        f"{told.letter.letter}.pdf may go as well. Case {case.number} is {case.state} now.",
        err=True,
    )
    return 0
