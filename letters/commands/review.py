"""`letters review`: the silent cases, and the step that is due."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from letters.commands import Session, pass_session
from letters.commands.clinicians import expect_clinician
from letters.commands.orders import by_option
from letters.commands.sheet import write_sheet
from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.caseload.review import Pending, Review, Wanted
    from letters.office import Office
    from letters.register.queries import TaskRow
    from letters.register.store import Register

FOLDER = "drafts"
ON_SCREEN, TASKS_ON_SCREEN = 100, 20
_WIDE = 96  # columns; a narrower terminal has no room for the table
_COLUMNS = ("case", "client", "clinician", "last session", "silent since", "days", "attempts", "state",
            "step", "due on", "is due", "commands", "drafts", "note")  # fmt: skip
_COMMANDS = "Read each draft before you issue the letter. `letters review --draft-all` prepares them all."


@click.command(short_help="List the silent cases, and the step that is due.")
@click.option("--clinician", metavar="PERSON", help="Only the cases of that person.")
@click.option("--all", "every", is_flag=True, help="Also the open cases that have no step before them.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"No more than that many cases, the longest silent first. By default {ON_SCREEN} in the table, "
    "and all elsewhere.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the list as a table for a spreadsheet.")
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the list as pages to be printed for a meeting; - is standard output.",
)
@click.option("--draft-all", is_flag=True, help="Prepare a draft of every letter that is due; issue none.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"The folder for the drafts. By default {FOLDER} beside the practice file.",
)
@by_option
@pass_session
def command(
    session: Session,
    /,
    clinician: str | None,
    every: bool,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
    pdf: Path | None,
    draft_all: bool,
    out: Path | None,
    by: str | None,
) -> int:
    """List the open cases that have a step before them, the longest silent first, with the command for it.

    How long the practice waits, and how often it tries, stands in its file under `review`.
    """
    from letters.caseload.review import Wanted

    _expect_one_form(as_json=as_json, as_csv=as_csv, pdf=pdf, draft_all=draft_all, every=every)
    if out is not None and not draft_all:
        raise UsageError("--out is the folder for drafts, and none are asked for.", "Add --draft-all.")
    office = session.office()
    register = office.register(make=False)
    expect_clinician(office, register, clinician)
    if draft_all:
        from letters.commands.preparing import prepare_all

        where = out or office.folder / FOLDER
        return prepare_all(office, register, Wanted(clinician, limit=limit), where, by, as_json=as_json)
    on_screen = not (as_json or as_csv or pdf)
    wanted = Wanted(clinician, every, limit or (ON_SCREEN if on_screen else None))
    return _show(office, register, wanted, pdf, as_json=as_json, as_csv=as_csv)


def _expect_one_form(*, as_json: bool, as_csv: bool, pdf: Path | None, draft_all: bool, every: bool) -> None:
    if as_json + as_csv + (pdf is not None) > 1:
        raise UsageError("The list is made in one form at a time.", "Choose one of --json, --csv and --pdf.")
    if draft_all and (as_csv or pdf is not None or every):
        raise UsageError(
            "--draft-all prepares the letters that are due, and prints what became of them.",
            "Leave out --csv, --pdf and --all; --json goes with it.",
        )
    if pdf is not None and str(pdf) != "-" and pdf.suffix.lower() != ".pdf":
        raise UsageError(f"The name {visible(str(pdf))} does not say that it is PDF.", "End it with .pdf.")
    if str(pdf) == "-" and sys.stdout.isatty():
        raise UsageError("A PDF cannot be shown in a terminal.", "Name a file: --pdf list.pdf")


def _show(
    office: Office, register: Register, wanted: Wanted, pdf: Path | None, *, as_json: bool, as_csv: bool
) -> int:
    from letters.caseload.review import review
    from letters.clock import now

    found = review(office, register, wanted, now(office.practice.time_zone).date())
    if as_json:
        click.echo(json.dumps(_as_dict(found), indent=2, ensure_ascii=False))
        return 0
    if pdf is not None:
        return _print(office, found, pdf)
    if as_csv:
        write_sheet(_COLUMNS, (_case_dict(one).values() for one in found.cases))
        click.echo(_summary(found), err=True)
        return 0
    _tables(found)
    return 0


def _summary(found: Review) -> str:
    tally = found.tally
    cases = "1 case is open" if tally.open == 1 else f"{tally.open:,} cases are open"
    due = "none has a step that is due" if not tally.due else f"{tally.due:,} with a step that is due"
    waiting = f", {tally.waiting:,} waiting" if tally.waiting else ""
    return f"On {found.on}, {cases}: {due}{waiting}."


def _tables(found: Review) -> None:
    from letters.terminal import entries, say, table

    say(_summary(found))
    if found.cases:
        say("")
    if sys.stdout.isatty() and get_terminal_size().columns < _WIDE:
        width = max(len(one.case.number) for one in found.cases) if found.cases else 0
        entries([(one.case.number, _sentence(one)) for one in found.cases], width)
    elif found.cases:
        table(["case", "days", "tried", "state", "next", "client"], [_row(one) for one in found.cases])
    _more(found)
    _to_do(found.cases)
    _tasks(found.tasks)


def _row(one: Pending) -> list[str]:
    days, tried = str(one.days), str(one.case.attempts)
    return [one.case.number, days, tried, one.state.value, _next(one), _whose(one)]


def _sentence(one: Pending) -> str:
    """A row, where there is no room for one."""
    words = [f"{one.days} days", f"tried {one.case.attempts}", one.state.value, _next(one)]
    return f"{', '.join(word for word in words if word)}: {_whose(one)}"


def _whose(one: Pending) -> str:
    return f"{one.case.names} ({one.case.clinician})"


def _next(one: Pending) -> str:
    if one.step is None:
        return ""
    return f"{one.step.step} since {one.step.on}" if one.is_due else f"wait until {one.step.on}"


def _more(found: Review) -> None:
    """Say that there are more cases than the table shows."""
    listed = found.tally.due + found.tally.waiting
    if found.cases and len(found.cases) < listed:
        click.echo(f"… and {listed - len(found.cases):,} more: --limit {listed}", err=True)


def _to_do(cases: list[Pending]) -> None:
    from letters.terminal import say

    due = [one for one in cases if one.actions or one.note]
    if not due:
        return
    say("\nWhat to do, the longest silent first:")
    for one in due:
        # Lines that begin with # may be copied along, and commands are never cut.
        if one.note:
            click.echo(f"  # {one.case.number}: {visible(one.note)}")
        for action in one.actions:
            if action.draft:
                click.echo(f"  # {one.case.number}: read {visible(action.draft)}, then:")
            click.echo(f"  {visible(action.command)}")
    click.echo(f"\n{_COMMANDS}", err=True)


def _tasks(tasks: list[TaskRow]) -> None:
    from letters.terminal import say, table

    if not tasks:
        return
    say("\nOpen tasks:")
    shown = tasks[:TASKS_ON_SCREEN]
    table(["task", "case", "since", "what"], [_task(task) for task in shown])
    more = f"… and {len(tasks) - len(shown):,} more: letters task list\n" if len(shown) < len(tasks) else ""
    click.echo(f"{more}When one is done: letters task done NUMBER", err=True)


def _task(task: TaskRow) -> list[str]:
    return [str(task.number), task.case_number, task.opened_on, task.data["what"]]


def _as_dict(found: Review) -> dict[str, Any]:
    from letters.commands.task.list import task_dict

    tally = found.tally
    return {
        "date": found.on.isoformat(),
        "open": tally.open,
        "due": tally.due,
        "waiting": tally.waiting,
        "cases": [_case_dict(one) for one in found.cases],
        "tasks": [task_dict(task) for task in found.tasks],
    }


def _case_dict(one: Pending) -> dict[str, Any]:
    row, step = one.case, one.step
    return {
        "case": row.number,
        "client": row.names,
        "clinician": row.clinician,
        "last_session": row.last_session,
        "silent_since": row.silent_since,
        "days": one.days,
        "attempts": row.attempts,
        "state": one.state.value,
        "step": step.step if step else None,
        "due_on": step.on.isoformat() if step else None,
        "is_due": one.is_due,
        "commands": [action.command for action in one.actions],
        "drafts": [action.draft for action in one.actions if action.draft],
        "note": one.note or None,
    }


def _print(office: Office, found: Review, pdf: Path) -> int:
    from letters.caseload.meeting import MOST, meeting
    from letters.files import publish
    from letters.terminal import show_findings

    if len(found.cases) > MOST:
        message = f"The list has {len(found.cases):,} cases, and no meeting goes through more than {MOST:,}."
        raise UsageError(message, "Narrow it with --clinician or --limit; --csv has all.")
    if not found.cases:
        click.echo(f"{_summary(found)} There is nothing to print.", err=True)
        return 0
    pages = meeting(office.practice, found)
    show_findings(pages.findings)
    if not pages.pdf:
        return 1
    if str(pdf) == "-":
        sys.stdout.buffer.write(pages.pdf)
    else:
        publish(pdf, pages.pdf)
        click.echo(
            f"Wrote the list to {visible(str(pdf))}. It names clients: keep it in the practice.", err=True
        )
    click.echo(_summary(found), err=True)
    return 0
