"""`letters register erase`: the personal data of cases is removed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import by_option
from letters.commands.told import said
from letters.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from letters.caseload.clearing import Cleared
    from letters.findings import Finding
    from letters.office import Office


@click.command(short_help="Remove the personal data of cases.")
@click.argument("cases", metavar="CASE…", nargs=-1, required=True)
@click.option("--because", metavar="TEXT", required=True, help="Why; it stays in the register.")
@click.option("--early", is_flag=True, help="Also what must still be kept, for the reason given.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@by_option
@pass_session
def command(
    session: Session, /, cases: tuple[str, ...], because: str, by: str | None, *, early: bool, yes: bool
) -> int:
    """Remove all that is known of each CASE from the register, with the files of its letters.

    It cannot be undone. The history keeps that there was a case of this number, when something was entered
    about it, and why it was erased; it still holds together.
    """
    from letters.caseload.clearing import against_erasing, clear, expect_discreet
    from letters.register.erasing import overwrite

    reason, office = said("--because", because), session.office()
    moment, actor = now(office.practice.time_zone), office.actor(by)
    register = office.register(make=False)
    with register.reading() as connection:
        found = against_erasing(connection, cases, office, moment.date(), early=early)
        if not found:
            expect_discreet(connection, cases, reason)
    if found:
        return _stopped(found)
    if not yes:
        _confirm(cases)
    with register.writing(actor, moment) as writing:
        # Meanwhile somebody may have restarted one.
        found = against_erasing(writing.connection, cases, office, moment.date(), early=early)
        cleared = None if found else clear(writing, cases, reason, office)
    if cleared is None:
        return _stopped(found)
    _report(cleared, office)
    overwrite(register)
    return 0


def _stopped(findings: list[Finding]) -> int:
    from letters.terminal import show_findings

    show_findings(findings)
    click.echo("Nothing was erased.", err=True)
    return 1


def _confirm(cases: Iterable[str]) -> None:
    """Have each number typed. Raises UsageError where it is another, or nobody can be asked."""
    numbers = list(dict.fromkeys(cases))
    if not sys.stdin.isatty():
        raise UsageError(
            f"This would erase all that is known of {', '.join(numbers)}, and cannot be undone.",
            "Add --yes to do it.",
        )
    for number in numbers:
        typed = click.prompt(f"Type {number} to erase all that is known of it, for good", err=True)
        if typed.strip() != number:
            raise UsageError(f"That is not {number}.", "Nothing was erased.")


def _report(cleared: Cleared, office: Office) -> None:
    from letters.caseload.clearing import backups

    for one in cleared.erased:
        numbers = " with ".join(one.numbers)
        click.echo(
            f"Erased case {numbers}: the contents of {len(one.entries)} entries of the history.", err=True
        )
    _tell("Removed:", cleared.removed)
    _tell("Not found, so look for them where they may have been moved to:", cleared.missing)
    _tell("Left, as they are not what letters made; look at them yourself:", cleared.left)
    _tell("These copies of the register still hold it:", backups(office))
    click.echo(
        "Every backup and export made before still holds it, and so do case files, tables and paper.",
        err=True,
    )


def _tell(what: str, files: list[Path]) -> None:
    if files:
        click.echo("\n  ".join([what, *map(str, files)]), err=True)
