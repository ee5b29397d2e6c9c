"""Tables → cases, one for each row: csv, tsv, xlsx, xls and ods.

The first row names the columns. Capitals, spaces, underscores and hyphens make no difference to a
name, and each name leads to one value of a case:

- A name is the path of the value in a case file, in words: `ending on`, `handover consent signed`,
  `records sent tracking`, `words last day` (the section `last-day`).
- Lists are in the singular with the number of the entry behind them, which may be left out for the
  first: `referral name`, `referral 2 phone`, `support 1`, `authorization 2 cover 1`.
- What belongs to the first client needs no `client`: `address line 1`, `phone 2 safe`, `born`; but
  `client id`. For the others: `client 2 name`, `client 2 address line 1`.
- Left out as well may be: the word address before city, region, postcode and country; number and
  address after phone and email (`phone`, `email 2`); money before balance, currency and as of;
  confidential before its fields (`danger`).
- A text in another language has its tag behind a colon: `words acknowledgment:es`.

What is made up: an `id` that is not given (`client-1`, `representative-1`, `client-2-representative-1`,
`business-1`), and that one client alone is an individual. Where there are more clients, the table
says what they are. Entries nobody filled in are passed over.

Cells are read as people see them. Dates become 2026-12-31, true and false yes and no, whole numbers
lose `.0`; of a formula the value counts that the spreadsheet kept. A date and time of a spreadsheet
has no zone, so that is told. The apostrophe that keeps a cell from being run (`'=`, `'+`, `'-`, `'@`) is
taken off. Empty rows are passed over. Hidden rows and columns are read like any other; hidden rows of
an xlsx are told. Of merged cells the first has the value and the others are empty, which is told but
for ods. Of several sheets that are shown the first is read, and others with something in them are told.

In an xlsx a formula without a result is an error, and postcodes keep the zeros that only their format
shows. In xls and ods the library tells of neither: such a cell is empty, or has the bare number.
Text is read row by row; of a workbook the library holds the whole sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal

from letters.findings import Finding, Place, errors
from letters.sources.opening import FILE
from letters.sources.reading import STDIN
from letters.tables.cells import Cell, UnusableError, cell_text
from letters.tables.delimited import Delimited
from letters.tables.header import read_header
from letters.tables.names import paths_of, plain
from letters.tables.opening import content_of, is_table
from letters.tables.rows import Row, RowReader
from letters.tables.source import Source
from letters.tables.workbook import open_workbook

__all__ = ["Row", "Table", "is_table", "open_table"]


class Table:
    """A table: what is wrong with it as a whole, and its rows, read anew each time it is gone through.

    No row has a case where the table has an error of its own.
    """

    def __init__(self, name: str, findings: list[Finding], source: Source | None, reader: RowReader | None):
        self.name = name
        self.findings = findings
        self._source = source
        self._reader = reader

    def __iter__(self) -> Iterator[Row]:
        if self._source is None or self._reader is None:
            return
        for record in self._source.records():
            if record.trouble:
                yield Row(record.number, None, [record.trouble])
            elif row := self._reader.read(record.number, record.cells):
                yield row


def open_table(
    path: Path | Literal["-"],
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    ignore: Collection[str] | bool = (),
    columns: Mapping[str, str] | None = None,
) -> Table:
    """Open a table, or standard input for `-`, and read its first row. Raises nothing.

    `encoding` is of csv and tsv, `sheet` the name of one in a workbook. `ignore` are the names of
    columns to let be, or True for all unknown ones. `columns` are names of somebody's own, each with
    the name of the column it stands for.
    """
    name = STDIN if path == "-" else str(path)
    content = content_of(path, name)
    if isinstance(content, Finding):
        return Table(name, [content], None, None)
    own = {plain(one) for one in columns or ()}
    if content.is_spreadsheet:
        source: Source | Finding = open_workbook(content, sheet)
    else:
        source = Delimited(content, encoding, lambda one: plain(one) in own or bool(paths_of(one)))
    if isinstance(source, Finding):
        return Table(name, [source], None, None)
    return _table(name, source, ignore, columns)


def _table(
    name: str, source: Source, ignore: Collection[str] | bool, columns: Mapping[str, str] | None
) -> Table:
    first = source.header
    if first is None or first.trouble:
        return Table(name, [*source.findings, *([] if first else [_empty(name)])], None, None)
    names = [_name(cell) for cell in first.cells]
    header = read_header(names, name, first.number, ignore=ignore, columns=columns)
    findings = [*source.findings, *header.findings]
    if not header.columns:
        return Table(name, findings, None, None)
    if next(source.records(), None) is None:
        findings.append(_without_rows(name))
    return Table(name, findings, source, RowReader(header, is_sound=not errors(findings)))


def _name(cell: Cell) -> str:
    """What a cell of the first row says."""
    try:
        return cell_text(cell, object)
    except UnusableError:
        return "?"


def _empty(name: str) -> Finding:
    remedy = "Fill it in: the names of the columns in the first row, a case in each row below."
    return FILE.finding("This table is empty.", remedy, Place(name))


def _without_rows(name: str) -> Finding:
    message = "This table has no rows below the names of its columns."
    return FILE.finding(message, "Write one row for each case.", Place(name))
