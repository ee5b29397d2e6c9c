"""A moment on the command line."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

import click
import pytest

from letters.commands.moments import Clock


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-10-20T10:15-07:00", datetime(2026, 10, 20, 10, 15, tzinfo=timezone(-timedelta(hours=7)))),
        ("2026-10-20 10:15Z", datetime(2026, 10, 20, 10, 15, tzinfo=timezone.utc)),  # noqa: UP017
        ("2026-10-20 10:15", datetime(2026, 10, 20, 10, 15)),
        (" 2026-10-20T10:15:30 ", datetime(2026, 10, 20, 10, 15, 30)),
        ("10:15", time(10, 15)),
        ("9:05", time(9, 5)),
    ],
)
def test_a_moment_is_read(text: str, meant: datetime | time) -> None:
    assert Clock().convert(text, None, None) == meant


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("25:00", "'25:00' is no time of the day. Write it like 2026-10-20T10:15-07:00"),
        ("2026-10-20 24:30", "'2026-10-20 24:30' is no time of the day."),
        (
            "2026-02-30 10:15",
            "'2026-02-30 10:15' is not a day of the calendar. That month has the days 01 to 28.",
        ),
        ("2026-10-20", "'2026-10-20' is not a date and time. Write it like"),
        ("2026-10-20 10:15+19:00", "has an offset from UTC that no place on earth has"),
        ("yesterday", "'yesterday' is not a date and time."),
        ("٢٠٢٦-10-20 10:15", "is not a date and time"),
    ],
)
def test_what_is_none_is_said(text: str, trouble: str) -> None:
    with pytest.raises(click.BadParameter) as told:
        Clock().convert(text, None, None)
    assert trouble in told.value.message


def test_what_was_read_stays() -> None:
    meant = datetime(2026, 10, 20, 10, 15)
    assert Clock().convert(meant, None, None) is meant
