"""`letters log sent`: a letter left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import Day, by_option
from letters.errors import UsageError

if TYPE_CHECKING:
    from letters.model.history import Delivery

WAYS = ("post", "tracked-post", "hand", "portal", "email")


@click.command(short_help="Enter that a letter left, and how.")
@click.argument("names", metavar="LETTER…", nargs=-1, required=True)
@click.option("--how", type=click.Choice(WAYS), required=True, help="The way it went.")
@click.option("--on", type=Day(), metavar="DATE", help="The day it left. By default today.")
@click.option("--tracking", metavar="NUMBER", help="The number under which the post tracks it.")
@click.option("--correct", is_flag=True, help="Put right what was entered before; the history keeps both.")
@by_option
@pass_session
def command(
    session: Session,
    /,
    names: tuple[str, ...],
    how: str,
    on: date | None,
    tracking: str | None,
    *,
    correct: bool,
    by: str | None,
) -> int:
    """Enter that each LETTER left the practice.

    A name may be shortened, as in L-4f2a, as long as only one letter begins so. A letter that tries to reach
    somebody is put into the log of contacts as well.
    """
    from letters.caseload.delivery import Desk, Entered, Sending, send
    from letters.findings import Finding
    from letters.terminal import show_findings

    number = _tracking(how, tracking, len(names))
    office = session.office()
    actor, moment = office.actor(by), now(office.practice.time_zone)
    sending = Sending(cast("Delivery", how), on or moment.date(), number, correct)
    with office.register(make=False).writing(actor, moment) as writing:
        told = send(writing, names, sending, Desk(office.practice, moment, actor.by))
    if findings := [one for one in told if isinstance(one, Finding)]:
        show_findings(findings)
        click.echo("Nothing was entered.", err=True)
        return 1
    for one in told:
        assert isinstance(one, Entered)  # noqa: S101 - tells mypy
        row, before = one.letter, " before; nothing was written" if one.before else ""
        what = f"{row.letter} (case {row.case_number}, to {row.addressee})"
        click.echo(f"{what}: entered as sent on {sending.on} by {how}{before}.", err=True)
    return 0


def _tracking(how: str, tracking: str | None, letters: int) -> str | None:
    """Read the number. Raises UsageError where it is missing, or does not belong to one tracked letter."""
    from letters.model.reading import UnfitError, read_text

    if tracking is None:
        if how == "tracked-post":
            raise UsageError("Tracked post has a number.", "Add it: --tracking NUMBER.")
        return None
    if how != "tracked-post":
        raise UsageError(f"What goes by {how} has no tracking number.", "Write --how tracked-post.")
    if letters > 1:
        raise UsageError(
            f"One tracking number is given for {letters} letters.", "Enter each one with its own number."
        )
    try:
        return read_text(tracking)
    except UnfitError as error:
        raise UsageError(f"The tracking number {error.trouble}.", error.remedy) from error
