"""Cells come to text as people see them in a spreadsheet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from letters.tables.cells import Cell, UnusableError, cell_text


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ("  text ", str, "text"),
        ("01234", str, "01234"),
        (97201.0, str, "97201"),
        (97201, str, "97201"),
        (-3.0, str, "-3"),
        (120.5, Decimal, "120.5"),
        (0.1 + 0.2, Decimal, "0.3"),
        (0.0000005, str, "0.0000005"),
        (123456789012345.0, str, "123456789012345"),
        (True, bool, "yes"),
        (False, bool, "no"),
        (True, str, "TRUE"),
        (date(2026, 1, 2), date, "2026-01-02"),
        (datetime(2026, 1, 2), date, "2026-01-02"),
        (datetime(2026, 1, 2, 10, 15), date, "2026-01-02T10:15"),
        (time(9, 30), str, "09:30"),
        (timedelta(hours=30), str, "30:00"),
        ("two\r\nlines", str, "two\nlines"),
    ],
)
def test_a_cell_comes_to_what_is_seen(cell: Cell, kind: type, text: str) -> None:
    assert cell_text(cell, kind) == text


@pytest.mark.parametrize("text", ["=SUM(1)", "+1 503", "-5", "@home"])
def test_the_apostrophe_of_a_defused_cell_is_taken_off(text: str) -> None:
    assert cell_text(f"'{text}", str) == text


@pytest.mark.parametrize("text", ["'s Hertogenbosch", "'tis", "''", "'"])
def test_any_other_apostrophe_stays(text: str) -> None:
    assert cell_text(text, str) == text


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "Err:502", "#####"])
def test_a_failed_formula_is_no_text(text: str) -> None:
    with pytest.raises(UnusableError) as told:
        cell_text(text, str)
    assert told.value.broken.code == "cell-error"


@pytest.mark.parametrize("text", ["#4", "# 4", "E 14 Street", "Errol"])
def test_a_number_sign_is_no_failed_formula(text: str) -> None:
    assert cell_text(text, str) == text


@pytest.mark.parametrize(
    "cell", [1e15, -1e20, 9.4055e21, "9.4055E+21", "1,2E+16", float("nan"), float("inf")]
)
def test_a_number_whose_digits_are_lost_is_told(cell: Cell) -> None:
    with pytest.raises(UnusableError) as told:
        cell_text(cell, str)
    assert told.value.broken.code == "digits-lost"


def test_a_date_and_time_has_no_zone() -> None:
    with pytest.raises(UnusableError) as told:
        cell_text(datetime(2026, 1, 2, 10, 15), datetime)
    assert told.value.broken.code == "bad-value"
    assert "offset from UTC" in told.value.message


def test_a_date_where_a_text_belongs_is_doubted_and_kept() -> None:
    with pytest.raises(UnusableError) as told:
        cell_text(date(2026, 3, 4), str)
    assert (told.value.broken.code, told.value.text) == ("date-in-text", "2026-03-04")
