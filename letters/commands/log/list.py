"""`letters log list`: the letters that were issued."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import Day
from letters.commands.sheet import write_sheet

if TYPE_CHECKING:
    from letters.register.queries import LetterRow

STATUSES = ("issued", "sent", "returned", "void")
_COLUMNS = (
    *("letter", "case", "kind", "addressee", "dated", "issued_at", "by", "status"),
    *("sent_on", "how", "tracking", "returned_on", "replaced_by", "batch"),
)


@click.command(short_help="List the letters that were issued.")
@click.option("--case", "case", metavar="NUMBER", help="Only those about this case.")
@click.option("--kind", metavar="KIND", help="Only those of this kind.")
@click.option(
    "--status", type=click.Choice(STATUSES), help="Only those of which this is the last that is known."
)
@click.option("--batch", metavar="BATCH", help="Only those of this batch.")
@click.option("--since", type=Day(), metavar="DATE", help="Only those issued on this day or later.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the report as a table for a spreadsheet.")
@pass_session
def command(
    session: Session,
    /,
    case: str | None,
    kind: str | None,
    status: str | None,
    batch: str | None,
    since: date | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the letters that were issued, the latest last, and what became of each."""
    from letters.register import queries
    from letters.register.correspondence import Wanted, letters_wanted

    office = session.office()
    moment = _beginning(since, office.practice.time_zone) if since else None
    with office.register(make=False).reading() as connection:
        if case is not None:
            queries.find(connection, case)
        rows = letters_wanted(connection, Wanted(case, kind, status, batch, moment))
    if as_json:
        click.echo(json.dumps([as_dict(row) for row in rows], indent=2))
    elif as_csv:
        columns = [name.replace("_", " ") for name in _COLUMNS]
        write_sheet(columns, (as_dict(row).values() for row in rows))
    elif rows:
        _show(rows)
    else:
        asked = any(one is not None for one in (case, kind, status, batch, since))
        click.echo("No letter is like that." if asked else "No letter was issued yet.", err=True)


def _beginning(day: date, zone: str | None) -> str:
    """When a day began at the practice, in UTC as entries have it."""
    begun = datetime.combine(day, time(), now(zone).tzinfo)
    return begun.astimezone(UTC).isoformat(timespec="seconds")


def as_dict(row: LetterRow) -> dict[str, Any]:
    """A letter as reports have it."""
    named = {"case": row.case_number}
    return {name: named.get(name) or getattr(row, name) for name in _COLUMNS}


def _show(rows: list[LetterRow]) -> None:
    from letters.caseload.naming import became, is_waiting
    from letters.terminal import table

    cells = [(row.letter, row.case_number, row.kind, row.addressee, row.dated, became(row)) for row in rows]
    table(["letter", "case", "kind", "to", "dated", "what became of it"], cells)
    if waiting := [row for row in rows if is_waiting(row)]:
        many = f"{len(waiting)} letters are" if len(waiting) > 1 else "One letter is"
        click.echo(
            f"{many} not entered as sent. Enter it when it leaves: letters log sent "
            f"{waiting[-1].letter} --how post",
            err=True,
        )
