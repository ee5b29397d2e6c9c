"""`letters case list`: the open cases, the longest silent first."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.clinicians import expect_clinician
from letters.commands.sheet import write_sheet
from letters.errors import UsageError
from letters.lifecycle import Pace, Standing, State, state_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from letters.office import Office
    from letters.register.queries import CaseRow, Filter

MOST = 100  # rows of the table, unless more are wanted
_COLUMNS = (
    *(("number", "number"), ("client", "client"), ("clinician", "clinician"), ("state", "state")),
    *(("last seen", "last_seen"), ("days silent", "days_silent")),
)
_ENDED = (("ended", "ended_on"), ("reason", "reason_label"))
_SHEET = (
    *(("case", "number"), ("client", "client"), ("clinician", "clinician"), ("state", "state")),
    *(("last session", "last_seen"), ("days silent", "days_silent"), ("ended on", "ended_on")),
    *(("reason", "reason"), ("reason label", "reason_label")),
)


@click.command(short_help="List the open cases.")
@click.option("--clinician", metavar="PERSON", help="Only the cases of one person of the practice.")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([str(state) for state in State]),
    help="Only cases in this state. May be given several times.",
)
@click.option(
    "--silent",
    type=click.IntRange(0, 100_000),
    metavar="DAYS",
    help="Only cases not heard from for so many days.",
)
@click.option("--include-inactive", is_flag=True, help="Also the ended ones, with reason and day.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    help=f"At most so many. The table has {MOST} by default, the rest all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the list as csv, for a spreadsheet.")
@pass_session
def command(
    session: Session,
    /,
    clinician: str | None,
    states: tuple[str, ...],
    silent: int | None,
    include_inactive: bool,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the open cases of the register, those that were silent longest first.

    The state is the one of today: an active case is review-due once it has been silent for as many days
    as the practice file says, 90 by default.
    """
    from letters.register.queries import Filter

    if as_json and as_csv:
        raise UsageError(
            "The list is printed either as JSON or as csv.", "Leave out one of --json and --csv."
        )
    office = session.office()
    today = now(office.practice.time_zone).date()
    with_ended = include_inactive or State.ENDED in states
    silent_by = today - timedelta(silent) if silent is not None else None
    wanted = Filter(clinician, states, silent_by, with_ended)
    most = limit if as_json or as_csv else limit or MOST
    rows, count = _found(office, wanted, today, most)
    if not rows:
        expect_clinician(office, office.register(make=False), clinician)
    listed = [_as_dict(row, office, today) for row in rows]
    if as_json:
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
    elif as_csv:
        _write_csv(listed)
    else:
        _show(listed, with_ended)
    _say_what_is_missing(wanted, len(rows), count)


def _found(office: Office, wanted: Filter, today: date, limit: int | None) -> tuple[list[CaseRow], int]:
    from letters.register import queries

    due_by = today - timedelta(office.practice.review.silence)
    with office.register(make=False).reading() as connection:
        return queries.as_of(connection, wanted, due_by, limit)


def _as_dict(row: CaseRow, office: Office, today: date) -> dict[str, Any]:
    # Every case that is open or ended has these two.
    silent_since = date.fromisoformat(row.silent_since or "")
    stands = Standing(State(row.state or ""), silent_since)
    return {
        **{"number": row.number, "client": row.names, "clinician": row.clinician},
        "state": str(state_on(stands, today, Pace(office.practice.review.silence))),
        **{"last_seen": row.last_session, "days_silent": (today - silent_since).days},
        **{"ended_on": row.ended_on, "reason": row.reason},
        "reason_label": _label(row.reason) if row.reason else None,
    }


def _label(reason: str) -> str:
    from letters.caseload.telling import reason_label

    return reason_label(reason)


def _write_csv(listed: Sequence[dict[str, Any]]) -> None:
    columns = [title for title, _ in _SHEET]
    write_sheet(columns, ([one[name] for _, name in _SHEET] for one in listed))


def _show(listed: Sequence[dict[str, Any]], with_ended: bool) -> None:
    from letters.terminal import table

    if not listed:
        return
    shown = (*_COLUMNS, *(_ENDED if with_ended else ()))
    table([title for title, _ in shown], [[_cell(one[name]) for _, name in shown] for one in listed])


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _say_what_is_missing(wanted: Filter, shown: int, count: int) -> None:
    """Say on stderr what is not in the list."""
    if count > shown:
        click.echo(f"… and {count - shown} more. --limit shows more of them, --csv and --json all.", err=True)
    if count:
        return
    is_narrow = wanted.clinician or wanted.states or wanted.silent_by
    empty = "No case is like that." if is_narrow else "There is no open case."
    hint = "" if wanted.ended else " --include-inactive looks among the ended ones as well."
    click.echo(f"{empty}{hint}", err=True)
