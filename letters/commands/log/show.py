"""`letters log show`: all that is known of a letter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from letters.commands import Session, pass_session

if TYPE_CHECKING:
    from letters.caseload.story import Story

_LABELS = 14  # columns for the labels


@click.command(short_help="Show all that is known of a letter.")
@click.argument("name", metavar="LETTER")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def command(session: Session, /, name: str, *, as_json: bool) -> None:
    """Show all that is known of a LETTER: what it is, who made and approved it, and what became of it."""
    from letters.caseload.story import story
    from letters.terminal import entries

    told = story(session.office(), name)
    if as_json:
        happened = [{"at": at, "what": what} for at, what in told.happened]
        files = [{"file": file, "state": state} for file, state in told.files]
        click.echo(json.dumps({**asdict(told), "happened": happened, "files": files}, indent=2))
        return
    pairs = [(label, text) for label, text in _lines(told) if text]
    entries(pairs, max(_LABELS, *(len(label) for label, _ in pairs)))


def _lines(told: Story) -> Iterator[tuple[str, str]]:
    from letters.caseload.naming import became

    row = told.letter
    data = row.data
    yield "letter", row.letter
    yield "kind", f"{row.kind} ({data['kind_digest'][:16]}), by letters {data['version']}"
    yield "case", row.case_number
    yield "to", row.addressee
    yield "route", data["route"] or "none: it stays with the practice"
    yield "language", data["language"]
    yield "dated", row.dated
    yield "ends", str(data["ends_on"] or "")
    yield "made from", data["input_digest"]
    yield "sha256", row.sha256
    yield "English copy", row.copy_sha256 or ""
    for code, reason in data["accepted"].items():
        yield "accepted", f"{code}: {reason}"
    yield "approved", told.approved
    yield "replaces", data["replaces"] or ""
    yield "replaced by", row.replaced_by or ""
    yield "now", became(row)
    yield from told.happened
    for file, state in told.files:
        yield "file", f"{file}: {state}"
