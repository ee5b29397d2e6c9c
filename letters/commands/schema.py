"""`letters schema`: JSON Schema for editors, of the files people write."""

from __future__ import annotations

import json

import click

FILES = ("practice", "case", "kind")


@click.command(short_help="Print the JSON Schema of a file you write.")
@click.argument("file", metavar="FILE", type=click.Choice(FILES))
def command(file: str) -> None:
    """Print the JSON Schema of a practice file, a case file or a kind.yaml.

    An editor that knows it names the fields and marks mistakes while you type.
    """
    click.echo(schema_text(file), nl=False)


def schema_text(file: str) -> str:
    """The JSON Schema of one of FILES, as text."""
    from letters.model.case import Case
    from letters.model.kind import KindSpec
    from letters.model.practice import Practice
    from letters.model.schema import json_schema
    from letters.model.strict import Model

    models: dict[str, type[Model]] = {"practice": Practice, "case": Case, "kind": KindSpec}
    return json.dumps(json_schema(models[file]), indent=2, ensure_ascii=False) + "\n"
