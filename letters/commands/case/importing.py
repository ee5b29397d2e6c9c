"""`letters case import`: cases from files and tables, shown as a difference where they are known."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.case.end import show_called_off
from letters.commands.orders import by_option, case_path
from letters.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from letters.caseload.importing import Entered, Plan, Planned
    from letters.caseload.reported import Gathered
    from letters.entering import Change
    from letters.office import Office

_HEADERS = ("Case", "", "Field", "In the register", "In what you import")


@click.command(short_help="Enter cases from files or tables, or bring them up to date.")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=case_path)
@click.option("--yes", is_flag=True, help="Change what is known without being asked.")
@click.option("--dry-run", is_flag=True, help="Show what would be entered, and enter nothing.")
@click.option("--skip-faulty", is_flag=True, help="Enter the cases without errors, and name the others.")
@click.option("--encoding", metavar="NAME", help="The encoding of the files, if it is not UTF-8.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, if it is not the first.")
@click.option("--ignore-columns", is_flag=True, help="Let be the columns of a table that are not known.")
@by_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_session
def command(
    session: Session,
    /,
    files: tuple[Path, ...],
    yes: bool,
    dry_run: bool,
    skip_faulty: bool,
    by: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Enter the cases of each FILE: a case file, a folder of them, a table, or - for standard input.

    A table (.csv, .tsv, .xlsx, .xls, .ods, .jsonl) has a case in each row. All are read and checked first;
    where anything is wrong, nothing is entered. What differs from the register is shown, and changed
    once you agree. A file tells the whole case: what it no longer says is removed. A table tells
    what it has filled in, and the rest stays. Contacts are never removed.
    """
    from letters.caseload.importing import enter

    office = session.office(near=next((file for file in files if str(file) != "-"), None))
    actor = office.actor(by)
    columns, dates = office.practice.columns, office.practice.table_dates
    plan = _planned(office, _gathered(files, columns=columns, dates=dates, **options))
    _show(plan, as_json=as_json)
    if is_stopped := _is_stopped(plan, skip_faulty=skip_faulty):
        _tell("Nothing was entered." + (_SKIP if plan.of("new") or plan.of("changed") else ""))
    elif dry_run:
        _tell("Nothing was entered: this was a dry run.")
    elif not plan.of("new") and not plan.of("changed"):
        _tell(_nothing_new(plan))
    elif plan.needs_consent and not yes and not _agreed(plan):
        _tell("Nothing was entered.")
        is_stopped = True
    else:
        news = [*plan.of("new"), *plan.of("changed")]
        _tell_entered(plan, enter(news, office.register(), office, actor, now(office.practice.time_zone)))
    return int(is_stopped or plan.faulty > 0)


_SKIP = " Mend what is wrong, or enter the other cases alone with --skip-faulty."


def _gathered(files: Sequence[Path], *, ignore_columns: bool, **options: Any) -> Gathered:
    from letters.caseload.reported import FileOrStdin, gather

    given: list[FileOrStdin] = ["-" if str(file) == "-" else file for file in files]
    return gather(given, ignore=ignore_columns, **options)


def _planned(office: Office, gathered: Gathered) -> Plan:
    """Compare with the register; where there is none yet, all is new, and none is made for looking."""
    from letters.caseload.importing import plan
    from letters.register.opening import is_there

    today = now(office.practice.time_zone).date()
    if not is_there(office.where):
        return plan(gathered, office, None, today)
    with office.register(make=False).reading() as connection:
        return plan(gathered, office, connection, today)


def _is_stopped(plan: Plan, *, skip_faulty: bool) -> bool:
    from letters.findings import errors

    if skip_faulty and (plan.cases or not errors(plan.findings)):
        return False
    return bool(errors(plan.findings))


def _agreed(plan: Plan) -> bool:
    """Ask whether to go on; raises UsageError where nobody is there to answer."""
    from letters.findings import Severity

    changed, new = len(plan.of("changed")), len(plan.of("new"))
    if not sys.stdin.isatty():
        would = [f"{_cases(changed)} would be changed"] if changed else []
        would += [f"{_cases(new)} would be entered"] if new else []
        doubts = any(one.severity is Severity.WARNING for one in plan.findings)
        raise UsageError(
            f"{' and '.join(would)}{', and there are warnings' if doubts else ''}.",
            "Look at what is shown, and run the command again with --yes.",
        )
    asked = [f"change {_cases(changed)}"] if changed else []
    asked += [f"enter {_cases(new, 'new ')}"] if new else []
    return click.confirm(f"{' and '.join(asked).capitalize()}?", err=True)


def _cases(number: int, which: str = "") -> str:
    return f"{number:,} {which}case{'s' * (number != 1)}"


def _tell(text: str) -> None:
    from letters.terminal import say

    say(text, stream=sys.stderr)


def _nothing_new(plan: Plan) -> str:
    same = plan.of("same")
    if len(same) == 1:
        return f"Nothing new: the register has case {same[0].entering.number} as it is told here."
    return f"Nothing new: the register has {_cases(len(same))} as told here."


def _show(plan: Plan, *, as_json: bool) -> None:
    """Print the difference, and on stderr what was found and how many cases are what."""
    from letters.terminal import show_findings, table

    if as_json:
        click.echo(json.dumps(_as_dict(plan), indent=2, ensure_ascii=False))
    else:
        rows = [row for one in plan.of("changed") for row in _rows(one)]
        if rows:
            table(_HEADERS, rows)
        show_findings(plan.findings)
    for one in plan.of("changed"):
        if told := _contacts(one):
            _tell(f"{one.entering.number}: {told}")
    counts = [
        *((_cases(len(plan.of("new")), "new "),) if plan.of("new") else ()),
        *((f"{len(plan.of('changed')):,} changed",) if plan.of("changed") else ()),
        *((f"{len(plan.of('same')):,} with nothing new",) if plan.of("same") else ()),
        *((f"{plan.faulty:,} with errors",) if plan.faulty else ()),
    ]
    if len(counts) > 1 or plan.of("new"):
        _tell(f"{', '.join(counts)}.")


def _rows(one: Planned) -> Iterable[tuple[str, ...]]:
    """The rows of a case's difference; what can hurt somebody comes first, with a sign."""
    changes = sorted(one.entering.changes, key=lambda change: not change.is_weighty)
    for change in [*changes, *one.entering.mended]:
        before, after = _sides(change)
        yield one.entering.number, "!" if change.is_weighty else "", change.path, before, after


def _sides(change: Change) -> tuple[str, str]:
    before, after = ("(not shown)",) * 2 if change.is_secret else (change.before or "", change.after or "")
    if change.what == "new":
        before = "(nothing)"
    if change.what == "removed":
        after = "(removed)"
    return before, after


def _contacts(one: Planned) -> str:
    found = one.entering
    new = found.contacts - found.mended_contacts
    told = [f"{_counted(new)} new"] if new else []
    told += [f"{_counted(found.mended_contacts)} put right"] if found.mended_contacts else []
    stays = "stays" if found.kept == 1 else "stay"
    told += [f"{_counted(found.kept)} only in the register, and {stays} there"] if found.kept else []
    return f"{'; '.join(told)}." if told else ""


def _counted(contacts: int) -> str:
    return f"{contacts:,} contact is" if contacts == 1 else f"{contacts:,} contacts are"


def _tell_entered(plan: Plan, entered: list[Entered]) -> None:
    new, changed = len(plan.of("new")), len(plan.of("changed"))
    done = [f"Entered {_cases(new)}" if new else "", f"changed {_cases(changed)}" if changed else ""]
    text = " and ".join(filter(None, done))
    _tell(f"{text[0].upper()}{text[1:]}. `letters review` says what is due.")
    for one in entered:
        if one.canceled:
            _tell(f"{one.number}: the client got in touch.")
            show_called_off(one.canceled)
        for row in one.waiting:
            _tell(
                f"{row.letter} ({row.kind} to {row.addressee}) was issued before this, and is not entered as "
                "sent. If it is still here, see whether it may leave; if not, destroy it: letters log void "
                f"{row.letter} --because TEXT"
            )


def _as_dict(plan: Plan) -> dict[str, Any]:
    from letters.terminal import finding_dict

    return {
        "new": len(plan.of("new")),
        "changed": len(plan.of("changed")),
        "same": len(plan.of("same")),
        "faulty": plan.faulty,
        "cases": [_case(one) for one in plan.cases],
        "findings": [finding_dict(finding) for finding in plan.findings],
    }


def _case(one: Planned) -> dict[str, Any]:
    found = one.entering
    return {
        "case": found.number,
        "what": one.what,
        "changes": [_change(change) for change in found.changes],
        "contacts": {
            "new": found.contacts - found.mended_contacts,
            "put_right": found.mended_contacts,
            "only_in_register": found.kept,
            "changes": [_change(change) for change in found.mended],
        },
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "field": change.path,
        "what": change.what,
        "before": change.before,
        "after": change.after,
        "confidential": change.is_secret,
        "weighty": change.is_weighty,
    }
