"""`letters register`: keeping the register itself."""

from __future__ import annotations

import click

from letters.commands.group import Group

LINES = {
    "backup": "Make a copy of the register, while it is in use.",
    "export": "Write everything in the register into files.",
    "import": "Read an exported history into an empty register.",
    "due": "List the cases that need not be kept any longer.",
    "erase": "Remove the personal data of cases.",
}


@click.group(
    cls=Group, package=__name__, lines=LINES, name="register", short_help="Copy, move and clear the register."
)
def command() -> None:
    """Copy the register, move it, and remove what need not be kept."""
