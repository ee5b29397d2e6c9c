"""`letters log sent`: a letter left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import Day, by_option
from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.caseload.delivery import Desk, Sending
    from letters.model.history import Delivery
    from letters.register.store import Connection, Writing

WAYS = ("post", "tracked-post", "hand", "portal", "email")


@click.command(short_help="Enter that a letter left, and how.")
@click.argument("names", metavar="LETTER…", nargs=-1)
@click.option("--how", type=click.Choice(WAYS), required=True, help="The way it went.")
@click.option("--on", type=Day(), metavar="DATE", help="The day it left. By default today.")
@click.option("--tracking", metavar="NUMBER", help="The number under which the post tracks it.")
@click.option("--batch", metavar="BATCH", help="All letters of that batch that have not been sent.")
@click.option(
    "--list",
    "listed",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The letters of a list with their tracking numbers, as in tracked-post.csv.",
)
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
    batch: str | None,
    listed: Path | None,
    *,
    correct: bool,
    by: str | None,
) -> int:
    """Enter that each LETTER left the practice.

    A name may be shortened, as in L-4f2a, as long as only one letter begins so. A letter that tries to reach
    somebody is put into the log of contacts as well. All are entered, or none where something speaks
    against one.
    """
    from letters.caseload.delivery import Desk, Sending

    _expect_one_way(names, batch, listed)
    office = session.office()
    actor, moment = office.actor(by), now(office.practice.time_zone)
    day = on or moment.date()
    desk = Desk(office.practice, moment, actor.by)
    with office.register(make=False).writing(actor, moment) as writing:
        if listed is not None:
            sent = _numbered(how, tracking, listed)
        else:
            names = _of_batch(writing.connection, batch) if batch else names
            number = _tracking(how, tracking, len(names))
            sent = [(name, number) for name in names]
        sendings = [(name, Sending(cast("Delivery", how), day, number, correct)) for name, number in sent]
        return _enter(writing, sendings, desk)


def _enter(writing: Writing, sendings: Sequence[tuple[str, Sending]], desk: Desk) -> int:
    from letters.caseload.delivery import Entered, send_each
    from letters.findings import Finding
    from letters.terminal import show_findings

    told = send_each(writing, sendings, desk)
    if findings := [one for one in told if isinstance(one, Finding)]:
        show_findings(findings)
        click.echo("Nothing was entered.", err=True)
        return 1
    _, sending = sendings[0]
    for one in told:
        assert isinstance(one, Entered)  # noqa: S101 - tells mypy
        row, before = one.letter, " before; nothing was written" if one.before else ""
        what = f"{row.letter} (case {row.case_number}, to {row.addressee})"
        click.echo(f"{what}: entered as sent on {sending.on} by {sending.how}{before}.", err=True)
    return 0


def _expect_one_way(names: tuple[str, ...], batch: str | None, listed: Path | None) -> None:
    """Raise UsageError unless the letters are told in one way."""
    given = sum(map(bool, (names, batch, listed)))
    if given == 0:
        raise UsageError("No letter is named.", "Name letters, or a batch with --batch, or a --list.")
    if given > 1:
        raise UsageError("Letters are named in several ways.", "Name them, or give --batch, or --list.")


def _of_batch(connection: Connection, batch: str) -> tuple[str, ...]:
    """The letters of a batch that wait to be sent. Raises UsageError where there is none."""
    from letters.caseload.naming import is_waiting
    from letters.register.correspondence import Wanted, letters_wanted

    rows = letters_wanted(connection, Wanted(batch=batch))
    if not rows:
        raise UsageError(f"There is no batch {visible(batch)}.", "Its name stands in the file batch.json.")
    waiting = tuple(row.letter for row in rows if is_waiting(row))
    if not waiting:
        raise UsageError(f"No letter of {batch} waits to be sent.", f"See letters log list --batch {batch}.")
    return waiting


def _numbered(how: str, tracking: str | None, listed: Path) -> list[tuple[str, str | None]]:
    from letters.caseload.tracked import read_tracked

    if tracking is not None or how != "tracked-post":
        raise UsageError("A list tells the numbers of tracked post.", "Write --how tracked-post --list FILE.")
    return [(name, number) for name, number in read_tracked(listed)]


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
