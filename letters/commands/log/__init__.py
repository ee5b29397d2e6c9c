"""`letters log`: the letters that were issued, and proof of them."""

from __future__ import annotations

import click

from letters.commands.group import Group

LINES = {
    "list": "List the letters that were issued.",
    "show": "Show all that is known of a letter.",
    "sent": "Enter that a letter left, and how.",
    "returned": "Enter that a letter came back.",
    "void": "Enter that a letter never left, and must not.",
    "export": "Copy a letter for e-mail or a portal, with a password if you like.",
    "verify": "Prove that history and files are what was entered and issued.",
}


@click.group(
    cls=Group,
    package=__name__,
    lines=LINES,
    name="log",
    short_help="Say what became of the letters, and prove it.",
)
def command() -> None:
    """Say what became of each letter, and prove that nothing was changed since."""
