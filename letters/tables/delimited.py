"""Tables as text: csv and tsv, with the separator that the first row has."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from letters.findings import Place, Severity, rule
from letters.sources.opening import FILE, reason_of
from letters.tables.encoded import text_of
from letters.tables.opening import Content
from letters.tables.source import Record

CSV_SYNTAX = rule(
    "csv-syntax",
    Severity.ERROR,
    "Where a quote is not closed, the cells and rows after it run into one another.",
)
RAGGED_ROW = rule(
    "ragged-row",
    Severity.ERROR,
    "A row with more or fewer cells than the first one has its values under the wrong names.",
)
SEPARATORS = ",;\t"
IN_QUOTES = "Put the whole cell in double quotes, and write a double quote within it twice."


class Delimited:
    """A table as text, read anew from its file each time."""

    def __init__(self, content: Content, encoding: str | None, is_known: Callable[[str], bool]) -> None:
        self.name = content.name
        self._open, self.findings = text_of(content, encoding)
        ending = Path(content.name).suffix.lower()
        signs = SEPARATORS[::-1] if ending == ".tsv" else SEPARATORS
        firsts = [(sign, self._first(sign)) for sign in signs]
        self.separator, self.header = max(firsts, key=lambda one: _fit(one[1], is_known))
        if self.header and self.header.trouble:
            self.findings.append(self.header.trouble)

    def records(self) -> Iterator[Record]:
        """The rows below the header; those that are ragged or torn come as trouble."""
        if not self.header or self.header.trouble:
            return
        width = len(self.header.cells)
        for record in self._records(self.separator):
            if record.number > self.header.number or not record.number:
                yield record if len(record.cells) == width or record.trouble else self._ragged(record, width)

    def _first(self, separator: str) -> Record | None:
        return next(self._records(separator), None)

    def _records(self, separator: str) -> Iterator[Record]:
        """All rows that are not empty."""
        try:
            with self._open("") as file:
                yield from self._rows(file, separator)
        except (OSError, UnicodeError) as error:
            message = f"This file cannot be read any more: {reason_of(error)}."
            yield Record(0, (), FILE.finding(message, "Try again.", Place(self.name)))

    def _rows(self, file: IO[str], separator: str) -> Iterator[Record]:
        reader = csv.reader(file, delimiter=separator, strict=True)
        number, line = 0, 0
        while True:
            number, line = number + 1, reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._torn(number, str(error))
                if reader.line_num - line > 1 or "end of data" in str(error):
                    return  # rows were taken for a part of one cell
                continue
            if number == 1:
                cells = [cells[0].removeprefix("\ufeff"), *cells[1:]] if cells else cells
            if any(map(str.strip, cells)):
                yield Record(number, cells)

    def _torn(self, number: int, error: str) -> Record:
        place = Place(self.name, field=f"row {number}")
        if "limit" in error:
            message = f"A cell of this row has more than {csv.field_size_limit():,} characters."
            remedy = "Look for a quote in it that is not closed."
        elif "end of data" in error:
            message = "A quote that opens in this row is never closed."
            remedy = IN_QUOTES
        else:
            message = "A quote in this row is closed in the midst of a cell, here or in a row below."
            remedy = IN_QUOTES
        return Record(number, (), CSV_SYNTAX.finding(message, remedy, place))

    def _ragged(self, record: Record, width: int) -> Record:
        cells: Sequence[object] = record.cells
        if not any(str(cell).strip() for cell in islice(cells, width, None)) and len(cells) > width:
            return Record(record.number, record.cells[:width])
        sign = {",": "comma", ";": "semicolon", "\t": "tab"}[self.separator]
        message = f"This row has {_counted(len(cells))}, and the first row has {width}."
        remedy = (
            f"Put a cell that has a {sign} or a line break in it in quotes; an empty cell needs its {sign}."
        )
        place = Place(self.name, field=f"row {record.number}")
        return Record(record.number, record.cells, RAGGED_ROW.finding(message, remedy, place))


def _counted(cells: int) -> str:
    return f"{cells} cell{'s' * (cells != 1)}"


def _fit(first: Record | None, is_known: Callable[[str], bool]) -> tuple[int, int]:
    """How well a first row is taken apart: by the names that are known, then by how many there are."""
    if first is None:  # with another separator there may be signs, and none of them a name
        return sys.maxsize, 0
    names = [str(cell) for cell in first.cells]
    return sum(is_known(name) for name in names[:500]), len(names)
