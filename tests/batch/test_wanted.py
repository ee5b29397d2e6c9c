"""What is chosen by a condition, and what is no condition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from letters.batch.wanted import Condition, Given, Wanted
from letters.batch.wanted import condition as read
from letters.errors import UsageError

CASE: dict[str, Any] = {
    "case": "C-1001",
    "clinician": "sam-rivera",
    "clients": [
        {"name": "Jordan Avery", "language": "es", "addresses": [{"country": "US"}]},
        {"name": "Kim"},
    ],
    "ending": {"reason": "NO_SHOW"},
}


def condition(text: str) -> Condition:
    """A condition, as a practice without columns of its own reads it."""
    return read(text, {})


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("clinician=sam-rivera", True),
        ("clinician=imke-vos", False),
        ("clinician!=imke-vos", True),
        ("clinician!=sam-rivera", False),
        ("clinician = Sam-Rivera ", True),
        ("Client_Name=jordan avery", True),
        ("client language=es", True),
        ("client 2 language=es", False),
        ("client 2 language=", True),
        ("client 3 name!=Kim", True),
        ("country=us", True),
        ("ending reason=NO_SHOW", True),
        ("handover to=", True),
        ("handover to!=", False),
        ("relationship=", True),
    ],
)
def test_a_condition_is_about_the_value_of_a_column(text: str, *, holds: bool) -> None:
    assert condition(text).holds(CASE) is holds


@pytest.mark.parametrize("data", ["", None, [], {"clinician": {"a": "b"}}])
def test_what_cannot_be_read_says_nothing(data: object) -> None:
    assert condition("clinician=").holds(data)
    assert not condition("clinician=sam-rivera").holds(data)


def test_all_conditions_must_hold() -> None:
    def is_meant(*texts: str) -> bool:
        day = date(2026, 11, 22)
        conditions = [condition(text) for text in texts]
        return Wanted("outreach", Given(), day, day, conditions=conditions).is_meant(CASE)

    assert is_meant()
    assert is_meant("clinician=sam-rivera", "client language=es")
    assert not is_meant("clinician=sam-rivera", "client language=en")


@pytest.mark.parametrize("text", ["", "clinician", "=sam-rivera", "clinician: sam-rivera"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no condition"):
        condition(text)


def test_a_column_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError) as told:
        condition("clinican=sam-rivera")
    assert told.value.message == "There is no column 'clinican' to choose by."
    assert told.value.remedy == "Did you mean clinician?"


def test_a_column_may_be_named_as_in_the_export_of_the_practice() -> None:
    one = read("PRIMARY Clinician=sam-rivera", {"Primary clinician": "clinician"})
    assert one.holds(CASE)
    assert not one.holds({"clinician": "imke-vos"})


def test_a_value_may_hold_an_equals_sign() -> None:
    one = condition("case=C=1")
    assert (one.name, one.value, one.is_equal) == ("case", "C=1", True)
