"""What a cell holds, as text: as people see it in a spreadsheet, or why it cannot be used."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from letters.findings import Rule, Severity, rule
from letters.sources.reading import BAD_VALUE

Cell = str | int | float | bool | date | datetime | time | timedelta

CELL_ERROR = rule(
    "cell-error",
    Severity.ERROR,
    "A formula that failed leaves a sign such as #N/A, which no letter may carry in the place of a fact.",
)
DIGITS_LOST = rule(
    "digits-lost",
    Severity.ERROR,
    "Spreadsheets keep the first 15 digits of a number and put zeros for the rest, so a long number in a "
    "letter would be another one.",
)
DATE_IN_TEXT = rule(
    "date-in-text",
    Severity.WARNING,
    "Spreadsheets turn texts such as 3-4 into dates, and a letter would carry the date.",
)

ERROR_TEXT = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|GETTING_DATA|Err:\d+)|Err:\d{3}|#{3,}",
)
SCIENTIFIC = re.compile(r"-?\d(?:[.,]\d+)?E\+\d{1,3}", re.ASCII)
# What begins a cell that a spreadsheet would run, behind the apostrophe that keeps it from doing so.
DEFUSED = ("'=", "'+", "'-", "'@")
# What makes it worth looking closely at a row of texts, with a line break between its cells.
ODD = re.compile(r"(?:\A|\n)[^\S\n]*(?:'[=+@-]|#|Err:)|E\+|[\x00-\x08\x0b-\x1f\x7f]")
TOO_LONG = 10**15
MIDNIGHT = time()
AS_TEXT = "Format the column as text in the spreadsheet"


class UnusableError(Exception):
    """A cell whose value cannot be used as it is: the rule it breaks, what is wrong, what to do.

    `text` is what the cell comes to where that is only doubtful.
    """

    def __init__(self, broken: Rule, message: str, remedy: str, text: str = "") -> None:
        super().__init__(message)
        self.broken = broken
        self.message = message
        self.remedy = remedy
        self.text = text


def cell_text(cell: Cell, kind: type) -> str:
    """The text of a cell in a column for values of a kind. Raises UnusableError."""
    if isinstance(cell, str):
        return _of_text(cell)
    if isinstance(cell, bool):
        return ("yes" if cell else "no") if kind is bool else str(cell).upper()
    if isinstance(cell, int | float):
        return _of_number(cell)
    if isinstance(cell, datetime):
        return _of_moment(cell, kind)
    if isinstance(cell, date):
        return _of_date(cell.isoformat(), kind)
    return _of_time(cell)


def _of_text(cell: str) -> str:
    text = cell.strip()
    if not text:
        return ""
    first = text[0]
    if first == "'" and text.startswith(DEFUSED):
        return text[1:]
    if first in "#E" and ERROR_TEXT.fullmatch(text):
        message = "The formula of this cell has no result."
        raise UnusableError(
            CELL_ERROR,
            message,
            "Put the value itself into the cell, or mend the formula and save the table again.",
        )
    if "E+" in text and SCIENTIFIC.fullmatch(text):
        raise _digits_lost()
    return text.replace("\r\n", "\n") if "\r" in text else text


def _of_number(number: float) -> str:
    """Whole numbers without decimals, others with as many as a spreadsheet shows, none in powers of ten."""
    if not -TOO_LONG < number < TOO_LONG:
        raise _digits_lost()
    return f"{Decimal(f'{number:.15g}'):f}" if number % 1 else f"{number:.0f}"


def _digits_lost() -> UnusableError:
    message = "This number is too long for a spreadsheet, which has dropped digits of it."
    return UnusableError(DIGITS_LOST, message, f"{AS_TEXT}, and enter the number again.")


def _of_moment(cell: datetime, kind: type) -> str:
    if kind is datetime:
        message = "A date and time in a spreadsheet does not say its offset from UTC."
        remedy = f"{AS_TEXT}, and write it as in 2026-10-20T10:15-07:00."
        raise UnusableError(BAD_VALUE, message, remedy)
    if cell.time() == MIDNIGHT:
        return _of_date(cell.date().isoformat(), kind)
    return _of_date(cell.isoformat("T", "minutes"), kind)


def _of_date(text: str, kind: type) -> str:
    if kind is not str:
        return text
    message = "This cell holds a date, and a text belongs here."
    raise UnusableError(DATE_IN_TEXT, message, f"{AS_TEXT}, and enter it again as it should read.", text)


def _of_time(cell: time | timedelta) -> str:
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    minutes = round(cell.total_seconds() / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
