from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.locale.phones import phone, problem


@pytest.mark.parametrize(
    "number", ["+1 503 555 0100", "+44 20 7946 0958", "+15035550100", "+1 503 555 0100 ext. 12"]
)
def test_a_number_with_its_country_code_is_fine(number: str) -> None:
    assert problem(number) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("503 555 0100", "country code"),
        ("", "country code"),
        ("+1 503 555", "too few digits"),
        ("+1 503 555 01000 0", "too many digits"),
        ("+999 123 456", "country code that no country has"),
        ("+", "not a telephone number"),
        ("+call me", "not a telephone number"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_without_the_number(number: str, said: str) -> None:
    told = problem(number)
    assert told is not None
    assert said in told
    assert "503" not in told


@pytest.mark.parametrize(
    ("number", "country", "written"),
    [
        ("+1 503 555 0100", "US", "(503)\u00a0555-0100"),
        ("+15035550100", "us", "(503)\u00a0555-0100"),
        ("+1 503 555 0100", "GB", "+1\u00a0503-555-0100"),
        ("+44 20 7946 0958", "GB", "020\u00a07946\u00a00958"),
        ("+44 20 7946 0958", "JE", "020\u00a07946\u00a00958"),
        ("+44 20 7946 0958", "US", "+44\u00a020\u00a07946\u00a00958"),
        ("+44 20 7946 0958", "QQ", "+44\u00a020\u00a07946\u00a00958"),
        ("ask Sam", "US", "ask Sam"),
    ],
)
def test_a_number_is_written_as_its_reader_dials_it(number: str, country: str, written: str) -> None:
    assert phone(number, country) == written


@settings(deadline=None, max_examples=200)
@given(st.text(), st.sampled_from(["US", "GB", ""]))
def test_any_text_gets_an_answer(number: str, country: str) -> None:
    if problem(number) is not None:
        assert phone(number, country) == number
    if problem("+1" + number) is None:
        assert phone("+1" + number, country)
