"""`letters task done`: something is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from letters.commands import Session, pass_session
from letters.commands.orders import by_option
from letters.commands.told import said

if TYPE_CHECKING:
    from letters.register.queries import TaskRow

_LAST = 2**31 - 1  # beyond this no database has numbers


@click.command(short_help="Enter that something is done.")
@click.argument("number", type=click.IntRange(1, _LAST))
@click.option("--because", metavar="TEXT", help="How it was done, which is recorded.")
@by_option
@pass_session
def command(session: Session, number: int, because: str | None, by: str | None) -> int:
    """Enter that the task of that NUMBER is done.

    A letter is done once it is issued, without this command; if it was done in another way, say how.
    """
    from letters.caseload.tasks import done
    from letters.clock import now

    told = said("--because", because) if because is not None else None
    office = session.office()
    at = now(office.practice.time_zone)
    closed = done(office.register(make=False), office.actor(by), at, number, told)
    click.echo(_said(closed.task, before=closed.before), err=True)
    return 0


def _said(task: TaskRow, *, before: bool) -> str:
    if before:
        return f"Task {task.number} was {task.outcome} already; nothing was entered."
    file = task.data.get("file")
    draft = f" Throw its draft away: {file}" if file else ""
    return f"Task {task.number} about {task.case_number} is done.{draft}"
