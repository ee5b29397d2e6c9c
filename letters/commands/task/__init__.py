"""`letters task`: what there is to do about the cases."""

from __future__ import annotations

import click

from letters.commands.group import Group

LINES = {
    "list": "List what there is to do.",
    "done": "Enter that something is done.",
}


@click.group(
    cls=Group,
    package=__name__,
    lines=LINES,
    name="task",
    short_help="List what is to do, and enter what is done.",
)
def command() -> None:
    """Keep in view what there is to do: drafts to read, post that came back, people nobody can reach."""
