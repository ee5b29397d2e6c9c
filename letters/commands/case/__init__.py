"""`letters case`: the cases of the register."""

from __future__ import annotations

import click

from letters.commands.group import Group

LINES = {
    "import": "Enter cases from files or tables, or bring them up to date.",
    "add": "Enter one case, asking for what it needs.",
    "list": "List the open cases.",
    "show": "Show all that is known of a case.",
    "contact": "Log a call, a message, a letter or a meeting.",
    "end": "Enter a relationship as ended.",
    "restart": "Let an ended relationship go on.",
    "history": "Tell everything that happened in a case.",
    "merge": "Make one case of two that are the same relationship.",
}


@click.group(
    cls=Group,
    package=__name__,
    lines=LINES,
    name="case",
    short_help="Enter, list, end and restart cases; log contacts.",
)
def command() -> None:
    """Enter cases, log contacts, end and restart relationships."""
