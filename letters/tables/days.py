"""Days as 12/31/2026 or 31.12.2026: read where somebody says which comes first, and never guessed."""

from __future__ import annotations

import re

from letters.model.practice import DayOrder

# Exports put the first instant of the day behind it.
_MIDNIGHT = r"(?:,? 0?0:00(?::00(?:\.0+)?)?|,? 12:00(?::00)? ?AM)?"
_DAY = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_MIDNIGHT}", re.ASCII | re.IGNORECASE)
_LIKE_A_DAY = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})\b.*", re.ASCII)
_ISO = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})(?:T00:00(?::00(?:\.0+)?)?|{_MIDNIGHT})", re.ASCII)


def in_order(text: str, order: DayOrder) -> str:
    """A day as year, month and day; the text as it is where it is no day in that order."""
    if whole := _ISO.fullmatch(text):
        return whole[1]
    parts = _DAY.fullmatch(text)
    if not parts:
        return text
    month, day = (parts[1], parts[3]) if order == "month-first" else (parts[3], parts[1])
    return f"{parts[4]}-{month:0>2}-{day:0>2}" if 1 <= int(month) <= 12 else text


def remedy(text: str, order: DayOrder | None) -> str:
    """What to do about a day nobody can be sure of; empty where that is not the trouble."""
    if not _LIKE_A_DAY.fullmatch(text):
        return ""
    if order:
        first = order.removesuffix("-first")
        return f"Write it as in 2026-12-31; the practice file says that the {first} comes first in tables."
    return (
        "Write it as in 2026-12-31; or say in the practice file which comes first in your tables, "
        "`table_dates: month-first` or `table_dates: day-first`."
    )
