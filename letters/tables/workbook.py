"""Workbooks: xlsx, xls and ods. Of several sheets one is read."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from zipfile import BadZipFile, ZipFile, ZipInfo

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from letters.findings import Finding, Place, Severity, rule
from letters.sources.opening import FILE, reason_of
from letters.spelling import did_you_mean
from letters.tables.cells import Cell
from letters.tables.header import column_letters
from letters.tables.numbers import shown
from letters.tables.opening import OLD, Content
from letters.tables.probe import can_be_read
from letters.tables.source import Record
from letters.tables.survey import WORKBOOK, Survey, UnusualError, sheet_sizes, survey

OTHER_SHEETS = rule(
    "other-sheets",
    Severity.WARNING,
    "One sheet of a workbook is read; whoever stands in another one would get no letter.",
)
HIDDEN_ROWS = rule(
    "hidden-rows",
    Severity.WARNING,
    "Rows that a filter hides are read like any other, and somebody nobody sees there would get a letter.",
)
HIDDEN_COLUMNS = rule(
    "hidden-columns",
    Severity.NOTE,
    "Columns that are hidden are read like any other, and nobody sees what they say.",
)
MERGED_CELLS = rule(
    "merged-cells",
    Severity.WARNING,
    "Of merged cells only the first holds the value: the rows beside it are without.",
)
MOST_NAMED = 30  # hidden columns
LARGEST_UNPACKED = 500 * 1024 * 1024
MOST_BLOWN_UP = 200  # times
MOST_CELLS = 10_000_000  # rows times columns: the library has memory for each
FAILED = "#N/A"
SAVE_AGAIN = "Open it in a spreadsheet program and save it again as .xlsx."
# The names of streams in an Office file are in UTF-16.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
T = TypeVar("T")


class _BrokenError(Exception):
    """A workbook that cannot be read, with the finding that says so."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def open_workbook(content: Content, sheet: str | None) -> Sheet | Finding:
    """Open a sheet of a workbook: the one that is asked for, or the first that is shown."""
    try:
        return _opened(content.name, content.whole(), sheet)
    except _BrokenError as error:
        return error.finding
    except OSError as error:
        message = f"This file cannot be read: {reason_of(error)}."
        return FILE.finding(message, "Check its disk.", Place(content.name))


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, name: str, sheet: CalamineSheet, seen: Survey, findings: list[Finding]) -> None:
        self.name = name
        self.findings = findings
        self._sheet = sheet
        self._seen = seen
        self._before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
        self.header = next(self._records(), None)

    def records(self) -> Iterator[Record]:
        """The rows below the header that are not empty."""
        records = self._records()
        next(records, None)
        return records

    def _records(self) -> Iterator[Record]:
        if self._sheet.start is None:
            return
        is_marked = bool(self._seen.failed or self._seen.formats)
        for number, row in enumerate(self._sheet.iter_rows(), 1):
            cells: list[Cell] = [*self._before, *row] if self._before else [*row]
            if is_marked:
                self._mark(number - 1, cells)
            if any(cell != "" for cell in cells):
                yield Record(number, cells)

    def _mark(self, row: int, cells: list[Cell]) -> None:
        """Put in what the library does not tell."""
        for column, cell in enumerate(cells):
            if (row, column) in self._seen.failed:
                cells[column] = FAILED
            elif isinstance(cell, int | float) and (code := self._seen.formats.get((row, column))):
                cells[column] = shown(cell, code) or cell


def _opened(name: str, content: bytes, wanted: str | None) -> Sheet:
    archive = None if content.startswith(OLD) else _archive(name, content)
    if archive is None and ENCRYPTED in content:
        raise _locked(name)
    if not can_be_read(content):
        raise _too_large(name, archive) or _broken(name)
    book = _called(name, lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    title = _chosen(name, book, wanted)
    seen = _surveyed(name, archive, title)
    sheet = _called(name, lambda: book.get_sheet_by_name(title))
    findings = [] if wanted else _others(name, book, title)
    return Sheet(name, sheet, seen, [*findings, *_doubts(name, sheet, seen)])


def _is_blown_up(part: ZipInfo) -> bool:
    """Whether a part unpacks to far more than a table does, which packs to a tenth or so."""
    return part.file_size > LARGEST_UNPACKED // 25 and part.file_size > MOST_BLOWN_UP * part.compress_size


def _archive(name: str, content: bytes) -> ZipFile:
    """The archive a workbook is, once it is known to be whole and not to be too much."""
    try:
        archive = ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(map(_is_blown_up, parts)):
            remedy = "Remove what does not belong to the table, or save it as .csv."
            raise _BrokenError(FILE.finding("This workbook is too large unpacked.", remedy, Place(name)))
        torn = archive.testzip()
    except (
        BadZipFile,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise _broken(name) from error
    if torn:
        raise _broken(name)
    return archive


def _surveyed(name: str, archive: ZipFile | None, sheet: str) -> Survey:
    """What is seen of a sheet beforehand; nothing where the workbook is no xlsx."""
    if archive is None or WORKBOOK not in archive.namelist():
        return Survey()
    try:
        seen = survey(archive, sheet)
    except UnusualError as error:
        raise _broken(name) from error
    if seen.rows * seen.columns > MOST_CELLS:
        raise _vast(name, seen)
    return seen


def _too_large(name: str, archive: ZipFile | None) -> _BrokenError | None:
    """Whether a sheet of a workbook that cannot be read is but too large."""
    for seen in sheet_sizes(archive) if archive else ():
        if seen.rows * seen.columns > MOST_CELLS:
            return _vast(name, seen)
    return None


def _vast(name: str, seen: Survey) -> _BrokenError:
    message = f"A sheet reaches to row {seen.rows:,} and has {seen.columns:,} columns."
    remedy = "Look for a lone cell far below or beside the table, and delete its row or column."
    return _BrokenError(FILE.finding(message, remedy, Place(name)))


def _chosen(name: str, book: CalamineWorkbook, wanted: str | None) -> str:
    sheets = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if wanted is not None:
        if wanted in [one.name for one in sheets]:
            return wanted
        names = [one.name for one in sheets]
        remedy = did_you_mean(wanted, names, f"Name one of: {', '.join(names[:20])}.")
        raise _BrokenError(FILE.finding(f"There is no sheet {wanted[:40]}.", remedy, Place(name)))
    for one in [*(one for one in sheets if one.visible is SheetVisibleEnum.Visible), *sheets]:
        return one.name
    raise _BrokenError(FILE.finding("This workbook has no sheet with cells.", SAVE_AGAIN, Place(name)))


def _others(name: str, book: CalamineWorkbook, chosen: str) -> list[Finding]:
    """Say which other sheets that are shown hold something."""
    shown_ones = [
        one.name
        for one in book.sheets_metadata
        if one.typ is SheetTypeEnum.WorkSheet
        and one.visible is SheetVisibleEnum.Visible
        and one.name != chosen
    ]
    filled = [title for title in shown_ones if _is_filled(name, book, title)]
    if not filled:
        return []
    message = f"Only the sheet {chosen} is read; there is something in {', '.join(filled[:10])} as well."
    return [OTHER_SHEETS.finding(message, "Name the sheet that is meant with --sheet.", Place(name))]


def _is_filled(name: str, book: CalamineWorkbook, title: str) -> bool:
    return _called(name, lambda: book.get_sheet_by_name(title)).start is not None


def _doubts(name: str, sheet: CalamineSheet, seen: Survey) -> Iterator[Finding]:
    if seen.hidden_rows:
        several = seen.hidden_rows > 1
        hidden = f"{seen.hidden_rows:,} rows of this sheet are" if several else "A row of this sheet is"
        message = f"{hidden} hidden, and read all the same."
        remedy = "Show all rows and look at them, or delete those that are not meant."
        yield HIDDEN_ROWS.finding(message, remedy, Place(name))
    if columns := list(islice(_hidden_columns(seen), MOST_NAMED)):
        several = len(columns) > 1
        hidden = f"Columns {', '.join(columns)} of this sheet are" if several else f"Column {columns[0]} is"
        remedy = "Show all columns and look at them, or delete those that are not meant."
        yield HIDDEN_COLUMNS.finding(f"{hidden} hidden, and read all the same.", remedy, Place(name))
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = sheet.merged_cell_ranges or ()
    if merged:
        first = min(start[0] for start, _ in merged) + 1
        message = (
            f"There are merged cells in this sheet, first in row {first}; only the first of them is read."
        )
        remedy = "Take them apart and fill in each."
        yield MERGED_CELLS.finding(message, remedy, Place(name, field=f"row {first}"))


def _hidden_columns(seen: Survey) -> Iterator[str]:
    """The letters of the hidden columns that lie within the table."""
    for first, last in seen.hidden_columns:
        for index in range(first, min(last + 1, seen.columns)):
            yield column_letters(index)


def _called(name: str, call: Callable[[], T]) -> T:
    """What the library gives, or the finding that it could not."""
    try:
        return call()
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _broken(name) from error
    except BaseException as error:
        # A fault within the library comes as an exception that no `except Exception` holds.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(name) from error


def _locked(name: str) -> _BrokenError:
    message = "This workbook is locked with a password."
    remedy = "Save a copy without one, and delete that copy when it has been read."
    return _BrokenError(FILE.finding(message, remedy, Place(name)))


def _broken(name: str) -> _BrokenError:
    return _BrokenError(FILE.finding("This workbook is damaged, or is none.", SAVE_AGAIN, Place(name)))
