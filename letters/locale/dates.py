"""Dates and times as a reader writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from babel import dates
from babel.core import Locale

_NO_BREAK = "\u00a0"


def long_date(day: date, locale: str) -> str:
    """Write a date in words, as in `December 6, 2026` or `6 de diciembre de 2026`.

    A date is never broken at the end of a line.
    """
    return str(dates.format_date(day, "long", locale=_parsed(locale))).replace(" ", _NO_BREAK)


@cache
def _parsed(locale: str) -> Locale:
    return Locale.parse(locale)


def clock_time(moment: datetime, locale: str) -> str:
    """Write a time of day without its zone, as in `10:15 AM`."""
    # Babel's narrow no-break space is missing from many typefaces.
    return (
        dates.format_time(moment, "short", locale=locale).replace("\u202f", _NO_BREAK).replace(" ", _NO_BREAK)
    )


def long_moment(moment: datetime, locale: str) -> str:
    """Write a date with its time and, where the moment has one, its zone."""
    time = clock_time(moment, locale)
    if moment.tzinfo is not None:
        time = f"{time}{_NO_BREAK}{_zone(moment, locale)}"
    joined = str(dates.get_datetime_format("long", locale=locale))
    if locale.startswith("es"):  # Babel has no `a las` for long dates
        joined = "{1} a la {0}" if moment.hour % 12 == 1 else "{1} a las {0}"
    return joined.replace("'", "").replace("{1}", long_date(moment.date(), locale)).replace("{0}", time)


def _zone(moment: datetime, locale: str) -> str:
    name = dates.get_timezone_name(moment, "short", locale=locale)
    # Where readers have no short name for a zone, Babel gives bare digits.
    return dates.get_timezone_gmt(moment, "long", locale=locale) if name[0] in "+-" else name
