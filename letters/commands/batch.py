"""`letters batch`: a letter for everybody of a caseload."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.accepting import accept_option, read_reasons
from letters.commands.orders import Day, by_option, case_path, kind_argument
from letters.commands.outcomes import as_dict, report
from letters.commands.progress import progress
from letters.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from letters.batch.crew import Place
    from letters.batch.wanted import Given, Wanted
    from letters.office import Office

LABELS = {"letter": "avery-5160", "a4": "avery-l7160"}


@click.command(short_help="Write to a whole caseload.")
@kind_argument
@click.argument("files", metavar="[TABLE]…", nargs=-1, type=case_path)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder for the letters and lists. Run again with the same one, it goes on.",
)
@click.option("--dry-run", is_flag=True, help="Plan and check everything, and make nothing.")
@click.option("--open", "is_open", is_flag=True, help="Write to the open cases of the register.")
@click.option("--clinician", metavar="PERSON", help="Of these, only the cases of that person.")
@click.option(
    "--where",
    "conditions",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Only cases with that value, or COLUMN!=VALUE. May be given several times.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="No more than that many letters.")
@click.option(
    "--sort",
    type=click.Choice(["row", "name", "postcode"]),
    default="row",
    show_default=True,
    help="The order in which the letters are printed.",
)
@accept_option
@click.option("--dated", type=Day(), metavar="DATE", help="The letters' date. By default today.")
@click.option("--language", metavar="TAG", help="The language, such as en. By default each reader's own.")
@click.option("--large-print", is_flag=True, help="Set in 18 points.")
@click.option("--encoding", metavar="NAME", help="The encoding of the table, if it is not UTF-8.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, if it is not the first.")
@click.option("--ignore-columns", is_flag=True, help="Let be the columns of a table that are not known.")
@click.option("--simplex", is_flag=True, help="Print on one side: no blank pages between letters.")
@click.option("--most-pages", type=click.IntRange(min=1), metavar="N", help="Split what is printed there.")
@click.option("--labels", metavar="SHEET", help="The sheet of labels; none makes none.")
@click.option("--skip-labels", type=click.IntRange(min=0), default=0, metavar="N", help="Labels used up.")
@click.option("--envelopes", metavar="SIZE", help="Also print envelopes: us-10, dl, c5 or din.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes. By default one a core.")
@click.option("--dask", metavar="ADDRESS", help="The scheduler of a Dask cluster that makes the letters.")
@by_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_session
def command(
    session: Session,
    /,
    kind: str,
    files: tuple[Path, ...],
    out: Path | None,
    dry_run: bool,
    accepted: tuple[str, ...],
    by: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Write a letter of that KIND to everybody in a TABLE, or in the register.

    A TABLE (.csv, .tsv, .xlsx, .xls, .ods, .jsonl) has a case in each row; a folder of case files and - for
    standard input serve as well. With --open the cases are those of the register; a TABLE then
    adds to them what it says, such as who takes over. Everything is read and checked before the first letter
    is made. What cannot be sent is set aside, with the reason and what to do. Killed or run
    again, it goes on where it was: each letter is issued once.
    """
    from letters.batch.running import Bench, look, run

    if out is None and not dry_run:
        raise UsageError("There is no folder for the letters.", "Name one with --out DIR, or add --dry-run.")
    near = next((file for file in files if str(file) != "-"), None)
    office = session.office(near=near / "." if near and near.is_dir() else near)
    expect_kind(office, kind)
    wanted = _wanted(office, kind, files, read_reasons(accepted), **options)
    bench = Bench(office, office.actor(by), _place(**options), out, _paper(office, **options))
    with progress(is_quiet=as_json) as tell:
        result = look(wanted, bench, tell) if dry_run else run(wanted, bench, tell)
    if as_json:
        click.echo(json.dumps(as_dict(result), indent=2))
    else:
        report(result, bench, wanted, is_dry=dry_run)
    if result.trouble:
        raise result.trouble
    is_fine = result.outcomes and all(one.status in ("issued", "planned") for one in result.outcomes)
    return 0 if is_fine else 1


def expect_kind(office: Office, kind: str) -> None:
    """Raise UsageError where there is no such kind, FoundError where its description has errors."""
    from letters.findings import FoundError, errors
    from letters.kinds import find

    found = errors(find(kind, office.own_kinds).findings)
    if found:
        raise FoundError(found)


def _wanted(
    office: Office,
    kind: str,
    files: tuple[Path, ...],
    reasons: dict[str, str],
    *,
    dated: date | None,
    conditions: tuple[str, ...],
    **options: Any,
) -> Wanted:
    from letters.batch.wanted import Wanted, condition

    day = now(office.practice.time_zone).date()
    return Wanted(
        kind,
        _given(office, files, **options),
        dated or day,
        day,
        options["language"],
        options["large_print"],
        reasons,
        [condition(text, office.practice.columns) for text in conditions],
        options["limit"],
        options["sort"],
    )


def _given(
    office: Office,
    files: tuple[Path, ...],
    *,
    is_open: bool,
    clinician: str | None,
    encoding: str | None,
    sheet: str | None,
    ignore_columns: bool,
    **_: Any,
) -> Given:
    from letters.batch.wanted import Given
    from letters.commands.clinicians import expect_clinician
    from letters.register.queries import Filter

    if not files and not is_open:
        raise UsageError(
            "There is nobody to write to.",
            "Name a table, or add --open to write to the open cases of the register.",
        )
    if clinician is not None and not is_open:
        raise UsageError(
            "--clinician chooses among the cases of the register, and needs --open.",
            f"To choose among the rows of a table, write --where clinician={clinician}.",
        )
    if is_open:
        expect_clinician(office, office.register(make=False), clinician)
    cases = Filter(clinician) if is_open else None
    named = ["-" if str(file) == "-" else file for file in files]
    return Given(named, cases, encoding, sheet, ignore_columns)  # type: ignore[arg-type]


def _place(*, workers: int | None, dask: str | None, **_: Any) -> Place:
    """Where the letters are made: by a process for each core, or on a cluster."""
    from letters.batch.crew import Here

    if dask is not None:
        from letters.batch.cluster import Cluster

        if workers is not None:
            raise UsageError("A cluster has its own workers.", "Leave out --workers.")
        return Cluster(dask)
    return Here(workers or _cores())


def _cores() -> int:
    # Not all cores may be for this process, as in a container.
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _paper(office: Office, **options: Any) -> Any:
    from letters.batch.leaving import Paper
    from letters.labels import label_sheet_named
    from letters.paper import envelope_named

    style = office.practice.letter
    labels = options["labels"] or LABELS[style.paper]
    sheet = None if labels == "none" else labels
    if sheet:
        label_sheet_named(sheet)
    if options["envelopes"] and not envelope_named(options["envelopes"]).height:
        raise UsageError("Without an envelope there is nothing to print on.", "Name an envelope.")
    return Paper(
        options["sort"],
        not options["simplex"],
        options["most_pages"],
        sheet,
        options["skip_labels"],
        options["envelopes"],
        typeface=style.typeface,
    )
