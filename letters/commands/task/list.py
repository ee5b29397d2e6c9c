"""`letters task list`: what there is to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from letters.commands import Session, pass_session

if TYPE_CHECKING:
    from letters.register.queries import TaskRow


@click.command(short_help="List what there is to do.")
@click.option("--case", "number", metavar="NUMBER", help="Only about that case.")
@click.option("--all", "every", is_flag=True, help="Also what is done, or no longer called for.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@pass_session
def command(session: Session, number: str | None, every: bool, as_json: bool) -> int:
    """List what there is to do, the oldest first."""
    from letters.caseload.tasks import listed

    tasks = listed(session.office().register(make=False), number, closed=every)
    if as_json:
        click.echo(json.dumps([task_dict(task) for task in tasks], indent=2, ensure_ascii=False))
    elif tasks:
        _table(tasks, every=every)
    else:
        click.echo(_nothing(number, every=every), err=True)
    return 0


def task_dict(task: TaskRow) -> dict[str, Any]:
    """A task as JSON has it."""
    about = {name: task.data.get(name) for name in ("what", "kind", "addressee", "letter", "file")}
    named = {"task": task.number, "case": task.case_number, "sort": task.task}
    return {**named, "opened_on": task.opened_on, "outcome": task.outcome or "open", **about}


def _table(tasks: list[TaskRow], *, every: bool) -> None:
    from letters.terminal import table

    headers = ["task", "case", "since", *(["outcome"] if every else []), "draft or letter", "what"]
    table(headers, [_row(task, every=every) for task in tasks])
    if any(task.outcome is None for task in tasks):
        click.echo("When one is done: letters task done NUMBER", err=True)


def _row(task: TaskRow, *, every: bool) -> list[str]:
    outcome = [task.outcome or "open"] if every else []
    about = task.data.get("file") or task.data.get("letter") or ""
    return [str(task.number), task.case_number, task.opened_on, *outcome, about, task.data["what"]]


def _nothing(number: str | None, *, every: bool) -> str:
    about = f" about {number}" if number else ""
    if every:
        return f"There never was a task{about}."
    return f"There is nothing to do{about}. `letters review` shows which cases have a step that is due."
