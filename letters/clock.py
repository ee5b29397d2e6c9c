"""What day it is, so that a run can be repeated."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from letters.errors import UsageError

# So far from these that a date counted from one is a day of the calendar as well.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def today() -> date:
    """Return the day in LETTERS_TODAY if that is set, else the day on this machine's clock.

    Raises UsageError when LETTERS_TODAY holds something else than a day of the years 1900 to 2200.
    """
    told = os.environ.get("LETTERS_TODAY")
    if not told:
        return date.today()
    try:
        day = date.fromisoformat(told)
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError(
            "The environment variable LETTERS_TODAY does not hold a day of the calendar between "
            f"{_FIRST_YEAR} and {_LAST_YEAR}.",
            "Write it as year-month-day, such as 2026-12-06, or remove it.",
        )
    return day


def is_set() -> bool:
    """Whether the day is another than the one on this machine's clock, or may be."""
    return bool(os.environ.get("LETTERS_TODAY"))


def now(zone: str | None = None) -> datetime:
    """Return this moment with its offset, on the day that counts as today.

    `zone` is the time zone of the practice; without one the machine's own counts. Raises as `today`.
    """
    moment = datetime.now(ZoneInfo(zone)) if zone else datetime.now().astimezone()
    told = today() if is_set() else moment.date()
    return moment.replace(year=told.year, month=told.month, day=told.day, microsecond=0)
