"""`letters check`: findings and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.commands import Session, pass_session
from letters.commands.orders import case_path, kind_argument, order, order_options
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.findings import Finding
    from letters.order import Order


@click.command(short_help="Say what is wrong, and make nothing.")
@kind_argument
@click.argument("cases", metavar="CASE…", nargs=-1, required=True, type=case_path)
@order_options
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@pass_session
def command(session: Session, /, kind: str, cases: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """Look at everything `issue` would look at, for the letter of that KIND about each CASE.

    CASE is a file, - for standard input, or the number of a case in the register. Exits with 1 if
    there is anything that would stop a letter.
    """
    from letters.terminal import findings_json, show_findings

    found = [(case, _look(session, order(session, kind, case, draft=False, **options))) for case in cases]
    findings = [finding for _, some in found for finding in some]
    fine = [case for case, some in found if not _has_to_be_mended(some)]
    if as_json:
        click.echo(findings_json(findings))
    else:
        show_findings(findings)
        _name(fine, len(cases))
    return int(len(fine) < len(cases))


def _look(session: Session, wanted: Order) -> list[Finding]:
    """Look at a letter as `issue` would; faults of the practice file are told with those of the case."""
    from letters.findings import FoundError
    from letters.issuing import look
    from letters.letter import make

    try:
        office = session.office(near=wanted.case_file)
    except FoundError:
        return make(wanted)[1]
    return look(wanted, office)


def _has_to_be_mended(findings: list[Finding]) -> bool:
    from letters.findings import Severity

    return any(finding.severity is not Severity.NOTE for finding in findings)


def _name(fine: list[Path], number: int) -> None:
    """Say which cases there is nothing to mend in."""
    if len(fine) == number:
        click.echo(f"Nothing to mend in {number} {'letter' if number == 1 else 'letters'}.", err=True)
    else:
        for case in fine:
            click.echo(f"Nothing to mend in {visible(str(case))}.", err=True)
