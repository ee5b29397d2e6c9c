"""Tables → cases, one for each row: csv, tsv, xlsx, xls, ods and JSON Lines.

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

Beside the fields of a case, `to` is the id of the addressee; `row`, `problem` and `mend` are let be,
so that a report on problems can be mended and read again.

What is made up: an `id` that is not given (`client-1`, `representative-1`, `client-2-representative-1`,
`business-1`), and that one client alone is an individual. Where there are more clients, the table
says what they are. Entries nobody filled in are passed over.

Cells are read as people see them. Dates become 2026-12-31, true and false yes and no, whole numbers
lose `.0`; of a formula the value counts that the spreadsheet kept. Days written as 12/31/2026 are read
where it is said what comes first, and never guessed. A date and time of a spreadsheet has no zone, so
that is told. The apostrophe that keeps a cell from being run (`'=`, `'+`, `'-`, `'@`) is taken off.
Empty rows are passed over. Hidden rows and columns are read like any other; those of an xlsx are told.
Of merged cells the first has the value and the others are empty, which is told but for ods. Of several
sheets that are shown the first is read, and others with something in them are told.

In an xlsx a formula without a result is an error, and postcodes keep the zeros that only their format
shows. In xls and ods the library tells of neither: such a cell is empty, or has the bare number.
Text is read row by row; of a workbook the library holds the whole sheet.

A line of JSON Lines with a list or a group in it is a case as in a case file; one with plain values alone
is a row, under the names of columns. Each line may have names of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from letters.findings import Finding, Place, errors
from letters.model.practice import DayOrder
from letters.sources.opening import FILE
from letters.sources.reading import STDIN
from letters.tables.cells import Cell, UnusableError, cell_text
from letters.tables.delimited import Delimited
from letters.tables.encoded import text_of
from letters.tables.header import Header, is_report, read_header
from letters.tables.lines import Lines
from letters.tables.names import name_of, paths_of, plain
from letters.tables.opening import Content, content_of, is_table
from letters.tables.reserved import REPORT, TO
from letters.tables.rows import Row, RowReader
from letters.tables.source import Source
from letters.tables.workbook import open_workbook

__all__ = ["Row", "Table", "is_table", "open_table"]


class Rows(Protocol):
    """What a table gives, of whatever sort it is."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns as they are written."""

    @property
    def is_report(self) -> bool:
        """Whether it is a list of problems."""

    @property
    def places(self) -> dict[str, str]:
        """Where the column of each known name stands."""

    def rows(self) -> Iterator[Row]:
        """Its rows, from the first one."""


class Table:
    """A table: what is wrong with it as a whole, and its rows, read anew each time it is gone through.

    No row has a case where the table has an error of its own.
    """

    def __init__(self, name: str, findings: list[Finding], rows: Rows | None = None) -> None:
        self.name = name
        self.findings = findings
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return self._rows.rows() if self._rows else iter(())

    @property
    def is_report(self) -> bool:
        """Whether it is a list of problems, that was left to be mended."""
        return self._rows.is_report if self._rows else False

    @property
    def places(self) -> dict[str, str]:
        """Where the column of each known name stands, such as `column F (ending on)`; nothing for lines."""
        return self._rows.places if self._rows else {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns as they are written, in order, without those of a report on problems.

        Of JSON Lines they are the names in the lines that were gone through so far.
        """
        return self._rows.names if self._rows else ()


@dataclass(frozen=True)
class _Sheet:
    """The rows below a first row with names."""

    source: Source
    reader: RowReader

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.reader.header.kept.values())

    @property
    def is_report(self) -> bool:
        return sum(map(is_report, self.reader.header.names)) == len(REPORT)

    @property
    def places(self) -> dict[str, str]:
        return {name_of(column.path): str(column) for column in self.reader.header.columns}

    def rows(self) -> Iterator[Row]:
        for record in self.source.records():
            if record.trouble:
                yield self.reader.unread(record)
            elif row := self.reader.read(record.number, record.cells):
                yield row


@dataclass(frozen=True)
class _Wishes:
    """How the names of columns are to be understood."""

    ignore: Collection[str] | bool
    columns: Mapping[str, str]
    dates: DayOrder | None
    for_letters: bool

    def header(self, names: Sequence[str], file: str, row: int | None) -> Header:
        return read_header(
            names, file, row, ignore=self.ignore, columns=self.columns, for_letters=self.for_letters
        )

    def is_known(self, name: str) -> bool:
        own = {plain(one) for one in self.columns}
        return plain(name) in own or plain(name) == TO or is_report(name) or bool(paths_of(name))


def open_table(
    path: Path | Literal["-"],
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    ignore: Collection[str] | bool = (),
    columns: Mapping[str, str] | None = None,
    dates: DayOrder | None = None,
    for_letters: bool = False,
) -> Table:
    """Open a table, or standard input for `-`, and read its first row. Raises nothing.

    `encoding` is of texts, `sheet` the name of one in a workbook. `ignore` are the names of
    columns to let be, or True for all unknown ones. `columns` are names of somebody's own, each with
    the name of the column it stands for, or `ignore`. `dates` says what comes first in days as
    12/31/2026, which are not read otherwise. Only `for_letters` the column `to` is read.
    """
    name = STDIN if path == "-" else str(path)
    content = content_of(path, name)
    if isinstance(content, Finding):
        return Table(name, [content])
    wishes = _Wishes(ignore, columns or {}, dates, for_letters)
    if content.is_spreadsheet:
        source: Source | Finding = open_workbook(content, sheet)
    elif content.is_lines:
        return _lines(content, encoding, wishes)
    else:
        source = Delimited(content, encoding, wishes.is_known)
    if isinstance(source, Finding):
        return Table(name, [source])
    return _table(name, source, wishes)


def _table(name: str, source: Source, wishes: _Wishes) -> Table:
    first = source.header
    if first is None or first.trouble:
        return Table(name, [*source.findings, *([] if first else [_empty(name)])])
    header = wishes.header([_name(cell) for cell in first.cells], name, first.number)
    findings = [*source.findings, *header.findings]
    if not header.columns:
        return Table(name, findings)
    if next(source.records(), None) is None:
        findings.append(_without_rows(name))
    return Table(
        name, findings, _Sheet(source, RowReader(header, is_sound=not errors(findings), dates=wishes.dates))
    )


def _lines(content: Content, encoding: str | None, wishes: _Wishes) -> Table:
    begin, findings = text_of(content, encoding)

    def reader(names: tuple[str, ...]) -> RowReader:
        return RowReader(wishes.header(names, content.name, None), is_sound=True, dates=wishes.dates)

    lines = Lines(content.name, begin, reader, wishes.for_letters, is_sound=not errors(findings))
    if fault := lines.fault():
        return Table(content.name, [*findings, fault])
    return Table(content.name, findings, lines)


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
