from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.locale.dates import clock_time, long_date, long_moment

DAY = date(2026, 12, 6)
WEST = timezone(timedelta(hours=-7))


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en_US", "December\u00a06,\u00a02026"),
        ("en_GB", "6\u00a0December\u00a02026"),
        ("es", "6\u00a0de\u00a0diciembre\u00a0de\u00a02026"),
        ("es_US", "6\u00a0de\u00a0diciembre\u00a0de\u00a02026"),
        ("de_DE", "6.\u00a0Dezember\u00a02026"),
        ("ja", "2026年12月6日"),
        ("hu", "2026.\u00a0december\u00a06."),
        ("he", "6\u00a0בדצמבר\u00a02026"),
    ],
)
def test_a_date_is_written_as_its_reader_does(locale: str, written: str) -> None:
    assert long_date(DAY, locale) == written


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en_US", "October\u00a020,\u00a02026, 10:15\u00a0AM\u00a0GMT-07:00"),
        ("en_GB", "20\u00a0October\u00a02026, 10:15\u00a0GMT-07:00"),
    ],
)
def test_a_moment_names_its_zone(locale: str, written: str) -> None:
    assert long_moment(datetime(2026, 10, 20, 10, 15, tzinfo=WEST), locale) == written


@pytest.mark.parametrize(("hour", "written"), [(15, "a las 3:05"), (13, "a la 1:05"), (1, "a la 1:05")])
def test_a_time_in_spanish_has_its_article(hour: int, written: str) -> None:
    assert f"2026 {written}" in long_moment(datetime(2026, 11, 20, hour, 5), "es_US")


def test_a_zone_with_a_name_is_named() -> None:
    summer = datetime(2026, 10, 20, 10, 15, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert long_moment(summer, "en_US").endswith("10:15\u00a0AM\u00a0PDT")
    assert long_moment(summer.replace(month=12), "en_US").endswith("PST")
    assert long_moment(summer, "es").endswith("GMT-07:00")
    assert long_moment(summer.astimezone(UTC), "en_US").endswith("5:15\u00a0PM\u00a0UTC")


def test_a_moment_without_a_zone_claims_none() -> None:
    assert long_moment(datetime(2026, 10, 20, 10, 15), "en_GB") == "20\u00a0October\u00a02026, 10:15"


def test_a_time_uses_no_space_that_typefaces_lack() -> None:
    assert clock_time(datetime(2026, 10, 20, 22, 15), "en_US") == "10:15\u00a0PM"


@settings(deadline=None, max_examples=100)
@given(
    st.dates(min_value=date(1800, 1, 1)), st.sampled_from(["en_US", "es", "ar", "he", "hu", "vi", "zh", "fr"])
)
def test_a_date_has_day_and_year_and_no_place_to_break(day: date, locale: str) -> None:
    written = long_date(day, locale)
    assert str(day.day) in written
    assert str(day.year) in written
    assert " " not in written
