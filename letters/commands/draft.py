"""`letters draft`: a draft to read, marked as one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from letters.commands import Session, pass_session
from letters.commands.orders import case_path, kind_argument, order, order_options
from letters.errors import UsageError

FORMATS = {"pdf": ".pdf", "html": ".html", "text": ".txt", "png": ".png"}


@click.command(short_help="Make a draft, marked as one.")
@kind_argument
@click.argument("case", type=case_path)
@click.option(
    "-o",
    "--output",
    type=case_path,
    help="The file to write, or - for standard output. By default draft.pdf; text is shown.",
)
@order_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="What to make; png is all pages in one picture. By default what the file's name says, or pdf.",
)
@pass_session
def command(
    session: Session, /, kind: str, case: Path, output: Path | None, form: str | None, **options: Any
) -> int:
    """Make a draft of the letter of that KIND about CASE: marked on every page, and not signed.

    CASE is a file, or - for standard input.
    """
    from letters.terminal import show_findings

    form = form or _form_of(output)
    output = output or Path("-" if form == "text" else f"draft{FORMATS[form]}")
    if str(output) == "-" and form in ("pdf", "png") and sys.stdout.isatty():
        raise UsageError(
            f"A {form.upper()} cannot be shown in a terminal.", "Name a file with -o, or use --format text."
        )
    data, findings = _make(order(session, kind, case, draft=True, **options), form)
    if findings:
        show_findings(findings)
    if data is None:
        return 1
    _deliver(data, output)
    return 0


def _form_of(output: Path | None) -> str:
    suffix = output.suffix.lower() if output else ""
    return next((form for form, ending in FORMATS.items() if ending == suffix), "pdf")


def _make(wanted: Any, form: str) -> tuple[bytes | None, list[Any]]:
    """Make the draft in one format; only pages need to be set."""
    from letters import letter, markup, proof
    from letters.typeset import styled

    if form in ("pdf", "png"):
        made, findings = letter.make(wanted)
        if made is None:
            return None, findings
        return (made.pdf if form == "pdf" else proof.strip(made.pdf)), findings
    written, findings = letter.write(wanted)
    if written is None:
        return None, findings
    if form == "text":
        return f"{markup.plain_text(written.html)}\n".encode(), findings
    return styled(written.html, written.layout, written.frame.pictures).encode(), findings


def _deliver(data: bytes, output: Path) -> None:
    from letters.files import publish

    if str(output) == "-":
        sys.stdout.buffer.write(data)
    else:
        publish(output, data)
        click.echo(f"Wrote the draft to {output}.", err=True)
