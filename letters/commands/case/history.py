"""`letters case history`: everything that happened in a case."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from letters.commands import Session, pass_session

if TYPE_CHECKING:
    from letters.caseload.telling import Told


@click.command(short_help="Tell everything that happened in a case.")
@click.argument("number", metavar="NUMBER")
@click.option("--json", "as_json", is_flag=True, help="Print the history as JSON.")
@pass_session
def command(session: Session, /, number: str, as_json: bool) -> None:
    """Tell everything that was entered about the case NUMBER, the oldest first.

    What happened in cases that were merged into it is told too; of what was erased, that it was.
    """
    from letters.caseload.telling import whole_history

    office = session.office()
    with office.register(make=False).reading() as connection:
        told = whole_history(connection, number, office.practice.time_zone)
    if as_json:
        click.echo(json.dumps([_as_dict(one) for one in told], indent=2, ensure_ascii=False))
    else:
        _show(told, number)


def _as_dict(one: Told) -> dict[str, Any]:
    return {**asdict(one), "at": one.at.isoformat()}


def _show(told: list[Told], number: str) -> None:
    from letters.caseload.telling import short_moment
    from letters.terminal import table

    rows = [(str(one.entry), short_moment(one.at), one.by, _text(one, number)) for one in told]
    table(("entry", "when", "who", "what"), rows)


def _text(one: Told, number: str) -> str:
    """What happened, and in which case where that was another one then."""
    return one.text if one.case in (number, None) else f"[{one.case}] {one.text}"
