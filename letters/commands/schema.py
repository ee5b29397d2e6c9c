"""`letters schema`: JSON Schema for editors, of the files people write."""

from __future__ import annotations

import click

from letters.schemas import FILES, schema_text


@click.command(short_help="Print the JSON Schema of a file you write.")
@click.argument("file", metavar="FILE", type=click.Choice(FILES))
def command(file: str) -> None:
    """Print the JSON Schema of a practice file, a case file, a kind.yaml or a jurisdiction's file.

    An editor that knows it names the fields and marks mistakes while you type.
    """
    click.echo(schema_text(file), nl=False)
