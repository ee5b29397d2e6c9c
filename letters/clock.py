"""What day it is, so that a run can be repeated."""

from __future__ import annotations

import os
from datetime import date

from letters.errors import UsageError


def today() -> date:
    """Return the day in LETTERS_TODAY if that is set, else the day on this machine's clock.

    Raises UsageError when LETTERS_TODAY holds something else than a day.
    """
    told = os.environ.get("LETTERS_TODAY")
    if not told:
        return date.today()
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise UsageError(
            "The environment variable LETTERS_TODAY does not hold a day of the calendar.",
            "Write it as year-month-day, such as 2026-12-06, or remove it.",
        ) from None
