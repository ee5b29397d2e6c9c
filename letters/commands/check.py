"""`letters check`: findings and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from letters.commands import Session, pass_session
from letters.commands.orders import case_path, kind_argument, order, order_options


@click.command(short_help="Say what is wrong, and make nothing.")
@kind_argument
@click.argument("cases", metavar="CASE…", nargs=-1, required=True, type=case_path)
@order_options
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@pass_session
def command(session: Session, /, kind: str, cases: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """Look at everything `issue` would look at, for the letter of that KIND about each CASE.

    CASE is a file, or - for standard input. Exits with 1 if there is anything that would stop a
    letter.
    """
    from letters.findings import Severity
    from letters.letter import make
    from letters.terminal import findings_json, show_findings

    findings = [
        found for case in cases for found in make(order(session, kind, case, draft=False, **options))[1]
    ]
    if as_json:
        click.echo(findings_json(findings))
    elif findings:
        show_findings(findings)
    else:
        click.echo(f"Nothing to mend in {len(cases)} {'letter' if len(cases) == 1 else 'letters'}.", err=True)
    return int(any(finding.severity is not Severity.NOTE for finding in findings))
