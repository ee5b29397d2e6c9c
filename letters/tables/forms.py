"""Tables to fill in: a csv with its first row, or a workbook that helps to get every cell right."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from letters.model.reading import LARGEST_COUNT, YEARS
from letters.tables.blanks import Blank, Need
from letters.tables.header import column_letters

SHEET, LISTS = "Cases", "Lists"
LAST_ROW = 50_000  # to which cells are checked as they are filled in, counted from 0
LONGEST_LIST = 200  # characters of a drop-down list that stands in the cell's own rule; 255 is the most
NEEDS: Mapping[Need, str] = {
    "required": "Required.",
    "together": "Needed as soon as anything else of this entry is filled in.",
    "optional": "Optional.",
}
_LOOK: Mapping[Need, dict[str, object]] = {
    "required": {"bg_color": "#1F4E5F", "font_color": "#FFFFFF", "bold": True},
    "together": {"bg_color": "#CFE3EA", "font_color": "#1B2B33", "bold": True},
    "optional": {"bg_color": "#EEF1F3", "font_color": "#1B2B33"},
}
_LEGEND = "Dark columns are required. Light blue ones belong to an entry that may be left out whole."
_NARROW, _USUAL, _WIDE = 12, 20, 44  # characters
_PROSE = ("words", "request")
_SHORT = ("case", "postcode", "region", "city", "reference")


def csv_form(blanks: Sequence[Blank]) -> bytes:
    """The names of the columns, marked as UTF-8 so that spreadsheet programs keep it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(blank.name for blank in blanks)
    return text.getvalue().encode("utf-8-sig")


def xlsx_form(blanks: Sequence[Blank], title: str) -> bytes:
    """A workbook with lists to choose from, checks of what is entered, and a note on each column."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        form = _Form(book, blanks)
        for index, blank in enumerate(blanks):
            form.add(index, blank)
        form.finish(title)
    return file.getvalue()


class _Form:
    def __init__(self, book: xlsxwriter.Workbook, blanks: Sequence[Blank]) -> None:
        self.book = book
        self.sheet = book.add_worksheet(SHEET)
        self.lists = book.add_worksheet(LISTS)
        self.last = len(blanks) - 1
        self.known: dict[tuple[str, ...], str] = {}
        frame = {"text_wrap": True, "valign": "vcenter", "indent": 1, "border": 1, "border_color": "#B8C4CA"}
        self.heads = {need: book.add_format({**frame, **look}) for need, look in _LOOK.items()}
        self.formats: dict[str, Any] = {}

    def add(self, index: int, blank: Blank) -> None:
        """Set up a column with its name, note, format and rule."""
        self.sheet.write_string(0, index, blank.name, self.heads[blank.need])
        note = _note(blank) if index else f"{_note(blank)}\n\n{_LEGEND}"
        size = {"x_scale": 1.9, "y_scale": 0.5 + len(note) / 110, "font_size": 9, "color": "#FFFDF2"}
        self.sheet.write_comment(0, index, note, {"author": "letters", **size})
        self.sheet.set_column(index, index, _width(blank), self._format(_shown_as(blank)))
        if rule := self._rule(blank):
            self.sheet.data_validation(1, index, LAST_ROW, index, rule)

    def finish(self, title: str) -> None:
        """What holds for the sheet as a whole."""
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_row(0, 34)
        self.sheet.ignore_errors({"number_stored_as_text": f"A2:{column_letters(self.last)}{LAST_ROW + 1}"})
        self.sheet.set_landscape()
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(0)
        self.sheet.set_header(f"&L{title}&R&P")
        self.lists.hide()

    def _format(self, shown_as: str) -> Any:
        if shown_as not in self.formats:
            self.formats[shown_as] = self.book.add_format(
                {"num_format": shown_as, "align": "left", "indent": 1}
            )
        return self.formats[shown_as]

    def _rule(self, blank: Blank) -> dict[str, Any]:
        """What is entered is checked at once; a list that is the practice's own is only offered."""
        told = {"error_title": "Not like this", "error_message": f"{blank.says.capitalize()[:150]}."}
        if blank.choices:
            told["error_message"] = "Choose one of the list."
            return {"validate": "list", "source": self._source(blank.choices), **told}
        between = {"criteria": "between", **told}
        if blank.kind is date:
            told["error_message"] = "A day belongs here, such as 2026-12-31."
            first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
            return {"validate": "date", **between, "minimum": first, "maximum": last, **told}
        if blank.kind is int:
            told["error_message"] = f"A whole number from 1 to {LARGEST_COUNT:,} belongs here."
            return {"validate": "integer", **between, "minimum": 1, "maximum": LARGEST_COUNT, **told}
        if blank.kind is Decimal:
            told["error_message"] = "An amount in digits belongs here, such as 120.50, without its currency."
            return {"validate": "decimal", **between, "minimum": -(10**9), "maximum": 10**9, **told}
        return {}

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        """The list itself, or where it stands on the sheet of lists."""
        if len(",".join(choices)) <= LONGEST_LIST:
            return list(choices)
        if choices not in self.known:
            column = len(self.known)
            self.lists.write_column(0, column, choices)
            letters = column_letters(column)
            self.known[choices] = f"={LISTS}!${letters}$1:${letters}${len(choices)}"
        return self.known[choices]


def _note(blank: Blank) -> str:
    """What the note on a column says: what belongs there, how it is written, whether it is needed."""
    says = f"{blank.says[:1].upper()}{blank.says[1:]}." if blank.says else ""
    return "\n".join(line for line in (says, written_as(blank), NEEDS[blank.need]) if line)


def written_as(blank: Blank) -> str:
    """How a value is written, in a sentence; empty where it is a text like any other."""
    if blank.choices:
        shown = blank.choices if len(blank.choices) <= 12 else (*blank.choices[:8], "…")
        return f"One of: {', '.join(shown)}."
    how: dict[type, str] = {
        date: "A day, as 2026-12-31.",
        datetime: "Date, time and offset from UTC, as 2026-10-20T10:15-07:00.",
        Decimal: "Digits with a point, as 120.50.",
        int: "A whole number.",
    }
    return how.get(blank.kind, "")


def _shown_as(blank: Blank) -> str:
    """The format of a column: text stays as it is typed, with the zeros of a postcode."""
    return {date: "yyyy-mm-dd", Decimal: "0.00", int: "0"}.get(blank.kind, "@")


def _width(blank: Blank) -> int:
    if blank.path[0] in _PROSE:
        return _WIDE
    longest = max(map(len, blank.choices), default=0)
    is_short = blank.choices or blank.kind in (date, int, Decimal) or blank.path[-1] in _SHORT
    least = _NARROW if is_short else _USUAL
    word = max(map(len, blank.name.split()))
    return max(least, min(longest + 4, _USUAL + 8), word + 5, len(blank.name) // 2 + 5)
