"""Days as exports write them: read where the practice says what comes first, and never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.model.practice import DayOrder
from letters.tables.days import in_order
from tests.tables.making import HEADER, ROW, codes, places, read_csv


def row(day: str) -> tuple[str, ...]:
    return (ROW[0], day, *ROW[2:])


@pytest.mark.parametrize(
    "day", ["01/02/2026", "1/2/2026", "01-02-2026", "1.2.2026", "12/31/26", "1/2/2026 0:00"]
)
def test_a_day_that_could_be_another_is_an_error_that_says_how_to_mend_it(day: str, tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, row(day))
    assert (codes(rows[0].findings), places(rows[0].findings)) == (
        ["bad-value"],
        ["row 2, column B (opened)"],
    )
    assert rows[0].value is None
    assert "2026-12-31" in rows[0].findings[0].remedy
    assert "table_dates: month-first" in rows[0].findings[0].remedy


@pytest.mark.parametrize(
    ("order", "day", "meant"),
    [
        ("month-first", "01/02/2026", date(2026, 1, 2)),
        ("day-first", "01/02/2026", date(2026, 2, 1)),
        ("month-first", "12/31/2026 12:00:00 AM", date(2026, 12, 31)),
        ("month-first", "12/31/2026 0:00", date(2026, 12, 31)),
        ("day-first", "31.12.2026", date(2026, 12, 31)),
        ("day-first", "1-2-2026 00:00:00", date(2026, 2, 1)),
        ("day-first", "2026-12-31", date(2026, 12, 31)),
        ("month-first", "2026-12-31 00:00:00.000", date(2026, 12, 31)),
        ("month-first", "2026-12-31T00:00:00", date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_the_practice_says(order: DayOrder, day: str, meant: date, tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, row(day), dates=order)
    assert rows[0].findings == []
    assert rows[0].value is not None
    assert rows[0].value.opened == meant


@pytest.mark.parametrize(
    ("order", "day"),
    [("month-first", "31/12/2026"), ("day-first", "12/31/2026"), ("month-first", "1/2/26"),
     ("month-first", "2/30/2026"), ("month-first", "1/2/2026 14:30"), ("day-first", "1/2-2026")],
)  # fmt: skip
def test_a_day_that_is_none_in_that_order_stays_an_error(order: DayOrder, day: str, tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, row(day), dates=order)
    assert codes(rows[0].findings) == ["bad-value"]
    assert rows[0].value is None


def test_an_order_is_for_days_only(tmp_path: Path) -> None:
    header = (*HEADER, "address line 1", "country")
    _, rows = read_csv(tmp_path, header, (*ROW, "1/2/2026", "US"), dates="month-first")
    assert rows[0].value is not None
    assert rows[0].value.clients[0].addresses[0].lines == ["1/2/2026"]
    assert in_order("no day", "month-first") == "no day"


def test_the_value_of_a_day_is_not_in_the_remedy(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, row("13/14/2026"), dates="month-first")
    assert rows[0].findings[0].remedy == (
        "Write it as in 2026-12-31; the practice file says that the month comes first in tables."
    )
