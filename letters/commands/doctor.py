"""`letters doctor`: what this machine lacks, and how to get it."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict

import click

from letters.errors import MachineError
from letters.machine import Part, examine, install_command
from letters.terminal import table


@click.command(short_help="Say what this machine lacks.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(as_json: bool) -> None:
    """Look for everything letters needs on this machine, make a test page, and say what is missing.

    Exits with 0 if all is there, with 4 if not; what is optional does not count.
    """
    parts = examine()
    missing = [part for part in parts if not part.is_there]
    install = install_command(missing, sys.platform, shutil.which)
    if as_json:
        report = {"parts": [asdict(part) for part in parts], "install": install}
        click.echo(json.dumps(report, indent=2))
    else:
        table(["part", "state", "found"], [_row(part) for part in parts])
    needed = [part for part in missing if not part.optional_for]
    if needed:
        names = ", ".join(part.name for part in needed)
        raise MachineError(f"Missing or not working: {names}.", _remedy(needed, install))
    if missing and not as_json:
        click.echo(_notes(missing, install), err=True)


def _notes(missing: list[Part], install: str) -> str:
    """Say what could be had as well."""
    notes = [f"{part.name} is only needed for {part.optional_for}." for part in missing]
    return "\n".join([*notes, *([f"To install it: {install}"] if install else [])])


def _row(part: Part) -> tuple[str, str, str]:
    missing = "optional" if part.optional_for else "missing"
    return part.name, "ok" if part.is_there else missing, part.found


def _remedy(missing: list[Part], install: str) -> str:
    steps = [
        step for step in (f"Run: {install}" if install else "", *(part.remedy for part in missing)) if step
    ]
    return (
        " ".join(dict.fromkeys(steps)) or "Mend the parts above in this order, then run letters doctor again."
    )
