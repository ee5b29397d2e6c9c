"""`letters approve`: somebody who may has read a letter, and it may leave as it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import by_option, case_path, kind_argument, order, order_options
from letters.errors import UsageError

if TYPE_CHECKING:
    from letters.caseload.approving import Approved
    from letters.findings import Finding
    from letters.letter import Letter
    from letters.order import Order


@click.command(short_help="Approve a letter before it is issued.")
@kind_argument
@click.argument("case", metavar="CASE", type=case_path)
@order_options
@by_option
@click.option("--yes", is_flag=True, help="Do not ask: it was read elsewhere.")
@pass_session
def command(session: Session, /, kind: str, case: Path, by: str | None, *, yes: bool, **options: Any) -> int:
    """Read the letter of that KIND about CASE as it would be issued, and approve it.

    The approval holds for exactly this letter. Whatever changes after it, in the case, the practice, the
    kind or in letters itself, makes it void, and `letters issue` says what changed.
    """
    from letters.caseload.approving import approve, may_approve
    from letters.findings import errors
    from letters.letter import make
    from letters.terminal import show_findings

    wanted = order(session, kind, case, draft=False, **options)
    office = session.office(near=wanted.case_file)
    actor = office.actor(by)
    letter, findings = make(wanted)
    if letter is None:
        return _stopped(findings)
    if stopping := may_approve(letter, actor):
        return _stopped(stopping)
    show_findings(findings)
    _ask(letter, yes=yes)
    with office.register().writing(actor, now(office.practice.time_zone)) as writing:
        approved = approve(writing, letter, wanted, office, actor)
    if errors(approved.findings):
        return _stopped(approved.findings)
    _report(letter, wanted, approved, findings, actor.by)
    return 0


def _stopped(findings: list[Finding]) -> int:
    from letters.terminal import show_findings

    show_findings(findings)
    click.echo("Nothing was approved.", err=True)
    return 1


def _ask(letter: Letter, *, yes: bool) -> None:
    """Show the letter and ask. Raises UsageError where nobody can be asked, Abort for a no."""
    facts = letter.written.facts
    what = f"{facts.kind} about case {facts.case.case} to {facts.addressee.id}, dated {facts.dated}"
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(
            f"This would approve {what}.", "Read it first (`letters draft` makes it), then add --yes."
        )
    _show(letter)
    click.confirm(f"Approve this {what}?", abort=True, err=True)


def _show(letter: Letter) -> None:
    from letters.markup import plain_text
    from letters.terminal import say

    written = letter.written
    say(plain_text(written.html), stream=sys.stderr)
    if written.copy:
        say("\nThe same in English, for the file:\n", stream=sys.stderr)
        say(plain_text(written.copy.html), stream=sys.stderr)
    click.echo(err=True)


def _report(letter: Letter, wanted: Order, approved: Approved, findings: list[Finding], by: str) -> None:
    from letters.findings import Severity

    facts = letter.written.facts
    state = "had approved it before; nothing was written" if approved.before else "approved it"
    command = f"letters issue {facts.kind} {facts.case.case}{_options(letter, wanted)}"
    click.echo(f"{by} {state}. Next: {command}", err=True)
    codes = dict.fromkeys(one.code for one in findings if one.severity is Severity.WARNING)
    if codes:
        accepted = " ".join(f"--accept {code}=REASON" for code in codes)
        click.echo(f"Its warnings have to be accepted when it is issued: {accepted}", err=True)


def _options(letter: Letter, wanted: Order) -> str:
    """What has to be said for the very letter that was approved."""
    facts = letter.written.facts
    options = f" --to {facts.addressee.id}" if facts.spec.to != "file" else ""
    options += f" --language {wanted.language}" if wanted.language else ""
    options += " --large-print" if wanted.large_print else ""
    return options + (f" --dated {facts.dated}" if facts.dated != wanted.asked_on else "")
