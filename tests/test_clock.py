from __future__ import annotations

from datetime import date

import pytest

from letters.clock import today
from letters.errors import UsageError


def test_today_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", "2026-12-06")
    assert today() == date(2026, 12, 6)


@pytest.mark.parametrize("told", [None, ""])
def test_today_is_the_clocks_otherwise(told: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LETTERS_TODAY", raising=False)
    if told is not None:
        monkeypatch.setenv("LETTERS_TODAY", told)
    before = date.today()
    assert before <= today() <= date.today()


@pytest.mark.parametrize("told", ["1900-01-01", "2200-12-31"])
def test_today_can_be_set_from_1900_to_2200(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", told)
    assert today().isoformat() == told


@pytest.mark.parametrize(
    "told", ["tomorrow", "2026-02-30", "06/12/2026", "0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"]
)
def test_a_day_that_is_none_is_refused(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", told)
    with pytest.raises(UsageError, match="LETTERS_TODAY") as caught:
        today()
    assert "2026-12-06" in caught.value.remedy
