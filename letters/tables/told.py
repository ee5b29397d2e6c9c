"""A row that was taken from its table → a case and its places, wherever the letter is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from letters.findings import Place
from letters.model.case import Case
from letters.model.validation import validate
from letters.sources import Document, Reading
from letters.sources.document import steps
from letters.sources.reading import RULE_FOR
from letters.sources.text import SourceText
from letters.tables.names import name_of

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class RowDocument(Document):
    """What a row tells of a case; a place in it is the row and the name of the column."""

    row: str = ""

    def place(self, path: str | Path) -> Place:
        """The place of a value, as the spreadsheet shows it."""
        return place_in_row(self.source.name, self.row, path)

    def key_place(self, path: str | Path) -> Place:
        """The place of the column, which is the same."""
        return self.place(path)


def read_row(data: Mapping[str, Any], table: str, row: str) -> Reading[Case]:
    """Make a case of the tree of texts of a row, such as `row 17`. Raises nothing."""
    value, faults = validate(Case, data)
    document = RowDocument(SourceText(table, "", is_at_hand=False), dict(data), {}, {}, row)
    findings = [
        RULE_FOR[fault.code].finding(fault.message, fault.remedy, document.place(fault.path))
        for fault in faults
    ]
    return Reading(value, findings, document)


def place_in_row(table: str, row: str, path: str | Path) -> Place:
    """The place of a value by the name its column has; of the row where no column leads to it."""
    if path:
        try:
            return Place(table, field=f"{row}, column {name_of(steps(path))}")
        except (KeyError, ValueError):
            pass
    return Place(table, field=row)
