"""`letters issue`: the letter itself, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.commands import Session, pass_session
from letters.commands.accepting import accept_option, expect_reason, read_reasons
from letters.commands.orders import by_option, case_path, kind_argument, order, order_options
from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from letters.findings import Finding
    from letters.issuing import Issued
    from letters.office import Office
    from letters.order import Order

FOLDER = Path("issued")


@click.command(short_help="Make the letter itself, once.")
@kind_argument
@click.argument("cases", metavar="CASE…", nargs=-1, required=True, type=case_path)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=FOLDER,
    show_default=True,
    help="The folder for the letters.",
)
@accept_option
@click.option(
    "--again",
    metavar="REASON",
    help="Make the very same letter once more, with the reason, which is recorded.",
)
@order_options
@by_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_session
def command(
    session: Session,
    /,
    kind: str,
    cases: tuple[Path, ...],
    out: Path,
    accepted: tuple[str, ...],
    again: str | None,
    by: str | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Make the letter of that KIND about each CASE, and publish those that nothing stops.

    CASE is a file, - for standard input, or the number of a case in the register. Each letter gets a
    name that tells nothing, and is entered in the register. A warning stops a letter until it is
    mended or accepted with a reason; an error always does. The same letter is never issued twice.
    """
    from letters.caseload.approving import as_approved
    from letters.issuing import issue
    from letters.recording import Desk

    reasons = read_reasons(accepted)
    if again is not None:
        expect_reason("making it again", again, "--again")
    orders = [order(session, kind, case, draft=False, **options) for case in cases]
    office = _one_office(session, orders)
    if options["dated"] is None:
        orders = [as_approved(office, wanted) for wanted in orders]
    results = issue(orders, Desk(office, office.actor(by), out, reasons, again))
    if as_json:
        click.echo(json.dumps([_as_dict(result, reasons) for result in results], indent=2))
    else:
        _report(results, reasons)
    return int(any(result.file is None for result in results))


def _one_office(session: Session, orders: list[Order]) -> Office:
    """The practice that all cases belong to. Raises UsageError for cases of several."""
    from letters.workspace import practice_file

    files = {practice_file(session.practice, order.case_file).absolute() for order in orders}
    if len(files) > 1:
        raise UsageError(
            f"These cases belong to {len(files)} practices.", "Issue the letters of one practice at a time."
        )
    return session.office(near=orders[0].case_file)


def _report(results: list[Issued], accepted: Mapping[str, str]) -> None:
    """Print the names of the letters, and on stderr what was found and whose letter is which."""
    from letters.terminal import show_findings

    show_findings([finding for result in results for finding in result.findings], accepted)
    for result in results:
        case = visible(str(result.order.case))
        if result.file is None:
            click.echo(f"No letter for {case}.", err=True)
        else:
            click.echo(result.file)
            if result.taken_over:
                news = visible(", ".join(result.taken_over))
                click.echo(f"{case}: The register now has what was new in it: {news}.", err=True)
            click.echo(f"{case}, to {result.addressee}: {_advice(result)}", err=True)
            for file, pages in result.enclosed:
                click.echo(f"Put behind it: {file}, {pages} page{'s' * (pages != 1)}.", err=True)


def _as_dict(result: Issued, accepted: Mapping[str, str]) -> dict[str, Any]:
    return {
        "case": str(result.order.case),
        "addressee": result.addressee or None,
        "file": str(result.file) if result.file else None,
        "issued_before": result.before,
        "replaces": result.replaces,
        "taken_over": list(result.taken_over),
        "envelope": result.envelope,
        "sender": result.sender,
        "enclosed": [str(file) for file, _ in result.enclosed],
        "findings": [_finding(finding, accepted) for finding in result.findings],
    }


def _finding(finding: Finding, accepted: Mapping[str, str]) -> dict[str, Any]:
    from letters.terminal import finding_dict

    return {**finding_dict(finding), "accepted": accepted.get(finding.code)}


def _advice(result: Issued) -> str:
    """Say how to send it."""
    envelope = f"a {result.envelope} envelope" if result.envelope != "none" else "an envelope"
    sender = f"with {result.sender} as its sender" if result.sender else "without a sender"
    if result.before:
        told = "its file was missing or damaged and is back" if result.put_back else "nothing was written"
        return f"This very letter was issued before; {told}. It goes into {envelope} {sender}."
    if result.replaces:
        replaced = f"It replaces {result.replaces}, which must not leave: destroy that one."
        return f"{replaced} Send this in {envelope} {sender}."
    return f"Send it in {envelope} {sender}."
