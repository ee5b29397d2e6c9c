"""`letters case merge`: one case of two that are the same relationship."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.case.end import show_called_off
from letters.commands.orders import by_option
from letters.commands.told import said
from letters.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from letters.caseload.merging import Merger
    from letters.entering import Change


@click.command(short_help="Make one case of two that are the same relationship.")
@click.argument("other", metavar="OTHER")
@click.option("--into", required=True, metavar="NUMBER", help="The number of the case that stays.")
@click.option("--because", metavar="REASON", help="How it came about, for the history.")
@click.option("--yes", is_flag=True, help="Merge without being asked.")
@by_option
@pass_session
def command(
    session: Session, /, other: str, into: str, because: str | None, yes: bool, by: str | None
) -> int:
    """Make the case OTHER a part of the case NUMBER, where one person was entered twice.

    The contacts and letters of both are kept, and the number OTHER leads to NUMBER from then on. Where
    the two differ, NUMBER holds, but for what is more cautious in OTHER: an address is safe only where
    both say so. It cannot be undone.
    """
    from letters.caseload.merging import merge, plan
    from letters.terminal import show_findings

    office = session.office()
    actor, reason = office.actor(by), said("--because", because) if because is not None else None
    register = office.register(make=False)
    with register.reading() as connection:
        merger, findings = plan(connection, other, into, office.own_kinds)
    if merger is None:
        show_findings(findings)
        click.echo("Nothing was merged.", err=True)
        return 1
    _show(merger)
    if not yes and not _agreed(merger):
        click.echo("Nothing was merged.", err=True)
        return 1
    done = merge(merger, reason, register, actor, now(office.practice.time_zone), office.own_kinds)
    click.echo(f"Merged {other} into {into}. `letters case show {into}` shows all of it.", err=True)
    if done.canceled:
        click.echo("The client had answered.", err=True)
        show_called_off(done.canceled)
    return 0


def _show(merger: Merger) -> None:
    """Print how the case changes, and what of the other one does not stay."""
    from letters.terminal import say, table

    if merger.changes:
        table(("", "Field", f"In {merger.into} now", "Merged"), _rows(merger.changes, "(not known)"))
    if merger.dropped:
        table(("", "Field", f"In {merger.other}", "Merged"), _rows(merger.dropped, "(not kept)"))
    if not merger.changes:
        say(f"{merger.into} says the same as before.", stream=sys.stderr)
    say(
        f"From {merger.other} come {_counted(merger.contacts, 'contact')} and "
        f"{_counted(merger.letters, 'letter')}. This cannot be undone.",
        stream=sys.stderr,
    )


def _rows(changes: Iterable[Change], without: str) -> Iterable[tuple[str, ...]]:
    for change in sorted(changes, key=lambda one: not one.is_weighty):
        before, after = change.before or "(nothing)", change.after or without
        if change.is_secret:
            before = after = "(not shown)"
        yield "!" if change.is_weighty else "", change.path, before, after


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _agreed(merger: Merger) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            f"{merger.other} would be merged into {merger.into}, for good.",
            "Look at what is shown, and run the command again with --yes.",
        )
    return click.confirm(f"Merge {merger.other} into {merger.into}?", err=True)
