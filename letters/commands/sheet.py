"""A report as csv, for a spreadsheet."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence

import click


def write_sheet(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Print csv on stdout: names of columns are words with spaces between, as in a table that is imported."""
    from letters.register.exporting import defused

    # With a mark at the beginning, by which a spreadsheet knows the encoding.
    click.echo("\ufeff", nl=False)
    sheet = csv.writer(sys.stdout, lineterminator="\n")
    sheet.writerow(columns)
    sheet.writerows([defused(_cell(value)) for value in row] for row in rows)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else value
