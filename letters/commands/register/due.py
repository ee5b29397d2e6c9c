"""`letters register due`: the cases that need not be kept any longer."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session

if TYPE_CHECKING:
    from letters.caseload.retention import Kept

_NAMED = 8  # cases


@click.command(short_help="List the cases that need not be kept any longer.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_session
def command(session: Session, /, *, as_json: bool) -> None:
    """List the ended cases whose time has passed, by the figures of the practice and of the law.

    Nothing is erased by itself: the law may ask for more than is known here, and a case in dispute is kept.
    """
    from letters.caseload.retention import due

    office = session.office()
    with office.register(make=False).reading() as connection:
        over, unknown = due(connection, office, now(office.practice.time_zone).date())
    if as_json:
        told = {"due": [_as_dict(one) for one in over], "unknown": [_as_dict(one) for one in unknown]}
        click.echo(json.dumps(told, indent=2))
        return
    _show(over)
    _warn(unknown)


def _show(over: list[Kept]) -> None:
    from letters.terminal import table

    if not over:
        click.echo("No case is due to be erased.", err=True)
        return
    rows = [
        (one.number, str(one.ended), str(one.keeping.until), f"{one.keeping.figure} ({one.keeping.source})")
        for one in over
    ]
    table(["case", "ended", "kept until", "by the figure"], rows)
    click.echo(f"To erase one: letters register erase {over[0].number} --because TEXT", err=True)


def _warn(unknown: list[Kept]) -> None:
    from letters.terminal import say

    figures: dict[str, list[str]] = {}
    for one in unknown:
        figures.setdefault(one.keeping.figure, []).append(one.number)
    for figure, numbers in figures.items():
        more = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
        say(f"Of {', '.join(numbers[:_NAMED])}{more} it cannot be told: {figure}.", stream=sys.stderr)


def _as_dict(one: Kept) -> dict[str, Any]:
    keeping = one.keeping
    until, last = (str(day) if day else None for day in (keeping.until, keeping.last))
    told = {"case": one.number, "ended": str(one.ended), "last": last, "kept_until": until}
    return {**told, "figure": keeping.figure, "source": keeping.source or None}
