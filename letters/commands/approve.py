"""`letters approve`: somebody who may has read a letter, and it may leave as it is."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.clock import now
from letters.commands import Session, pass_session
from letters.commands.orders import by_option, case_path, kind_argument, order, order_options
from letters.commands.told import said
from letters.errors import UsageError

if TYPE_CHECKING:
    from letters.caseload.approving import Approved
    from letters.findings import Finding
    from letters.letter import Letter
    from letters.order import Order

_NOT_BACK = "Nothing was sent back."


@click.command(short_help="Approve a letter before it is issued.")
@kind_argument
@click.argument("case", metavar="CASE", type=case_path)
@order_options
@by_option
@click.option("--send-back", metavar="TEXT", help="Do not approve it: say what to mend.")
@click.option("--yes", is_flag=True, help="Do not ask: it was read elsewhere.")
@pass_session
def command(
    session: Session,
    /,
    kind: str,
    case: Path,
    by: str | None,
    send_back: str | None,
    *,
    yes: bool,
    **options: Any,
) -> int:
    """Read the letter of that KIND about CASE as it would be issued, and approve it.

    The approval holds for exactly this letter. Whatever changes after it, in the case, the practice, the
    kind or in letters itself, makes it void, and `letters issue` says what changed.

    With --send-back it is to be mended first. As it is, nobody can issue it then, and an earlier approval
    of it holds no more.
    """
    if send_back is not None:
        return _send_back(session, kind, case, by, send_back, yes=yes, **options)
    return _approve(session, kind, case, by, yes=yes, **options)


def _approve(session: Session, kind: str, case: Path, by: str | None, *, yes: bool, **options: Any) -> int:
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


def _send_back(
    session: Session, kind: str, case: Path, by: str | None, text: str, *, yes: bool, **options: Any
) -> int:
    """Send a letter back; where it has errors, nothing but its draft can have been read."""
    from letters.caseload.approving import may_approve
    from letters.caseload.sending_back import send_back
    from letters.letter import make

    remark = said("--send-back", text)
    wanted = order(session, kind, case, draft=False, **options)
    office = session.office(near=wanted.case_file)
    actor = office.actor(by)
    letter, findings = make(wanted)
    if letter is None and wanted.case != "-":
        wanted = replace(wanted, draft=True)
        letter, findings = make(wanted)
    if letter is None:
        return _stopped(findings, _NOT_BACK)
    if stopping := may_approve(letter, actor):
        return _stopped(stopping, _NOT_BACK)
    _ask(letter, "send back", yes=yes)
    with office.register().writing(actor, now(office.practice.time_zone)) as writing:
        done = send_back(writing, letter, wanted, office, actor, remark)
    if done.entry is None:
        return _stopped(done.findings, _NOT_BACK)
    click.echo(f"{actor.by} sent it back. To mend it is task {done.task}: letters task list", err=True)
    return 0


def _stopped(findings: list[Finding], told: str = "Nothing was approved.") -> int:
    from letters.terminal import show_findings

    show_findings(findings)
    click.echo(told, err=True)
    return 1


def _ask(letter: Letter, verb: str = "approve", *, yes: bool) -> None:
    """Show the letter and ask. Raises UsageError where nobody can be asked, Abort for a no."""
    facts = letter.written.facts
    what = f"{facts.kind} about case {facts.case.case} to {facts.addressee.id}, dated {facts.dated}"
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(
            f"This would {verb} {what}.", "Read it first (`letters draft` makes it), then add --yes."
        )
    _show(letter)
    click.confirm(f"{verb.capitalize()} this {what}?", abort=True, err=True)


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
    options += f" --envelope {wanted.envelope}" if wanted.envelope else ""
    return options + (f" --dated {facts.dated}" if facts.dated != wanted.asked_on else "")
