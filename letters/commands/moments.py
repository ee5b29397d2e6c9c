"""A moment on the command line: with its offset, or as the clock in the practice shows it."""

from __future__ import annotations

import re
from datetime import datetime, time

import click

from letters.excerpt import visible
from letters.model.reading import MOMENT, UnfitError, read_date, read_moment

_TIME = re.compile(r"\d{1,2}:\d{2}", re.ASCII)
_FORM = "Write it like 2026-10-20T10:15-07:00, or 2026-10-20 10:15, or 10:15 for today."


class Clock(click.ParamType[datetime | time]):
    """A moment: a date and time with or without an offset, or a time of today.

    What has no offset is meant by the practice's clock, whose time zone is not known here.
    """

    name = "moment"

    def convert(
        self, value: str | datetime | time, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime | time:
        if isinstance(value, datetime | time):
            return value
        try:
            return _moment(value.strip())
        except UnfitError as error:
            self.fail(f"{visible(value)!r} {error.trouble}. {error.remedy}", param, ctx)
        except ValueError:
            self.fail(f"{visible(value)!r} is no time of the day. {_FORM}", param, ctx)


def _moment(text: str) -> datetime | time:
    if _TIME.fullmatch(text):
        return time.fromisoformat(text.rjust(5, "0"))
    parts = MOMENT.fullmatch(text)
    if not parts:
        raise UnfitError("is not a date and time", _FORM)
    if parts[3]:
        return read_moment(text)
    read_date(parts[1])
    return datetime.fromisoformat(f"{parts[1]}T{parts[2]}")
