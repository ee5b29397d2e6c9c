"""What a letter may say of the relationship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.own_kind import refused, shown

ATTEMPTS = "{% for one in attempts %}{{ one.channel }} {{ one.date }}; {% endfor %}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def contact(day: str, **details: str) -> dict[str, Any]:
    """A contact the practice made on the phone."""
    return {
        "at": f"{day}T10:00-08:00",
        "by": "sam-rivera",
        "channel": "phone",
        "outcome": "no-answer",
        **details,
    }


def attempts(desk: Desk, *contacts: dict[str, Any], to: str | None = None) -> str:
    desk.case["contacts"] = list(contacts)
    return shown(desk, ATTEMPTS, "attempts?", to=to)


def test_attempts_come_in_the_order_of_their_days(desk: Desk) -> None:
    said = attempts(desk, contact("2026-11-03", channel="letter", outcome="sent"), contact("2026-10-20"))

    assert said == "phone October 20, 2026; letter November 3, 2026;"


def test_what_was_said_in_an_attempt_is_not_told(desk: Desk) -> None:
    said = attempts(desk, contact("2026-11-03", outcome="voicemail", said="Xylophone.", next="Quagmire."))

    assert said == "phone November 3, 2026;"


@pytest.mark.parametrize(
    "other",
    [
        contact("2026-08-09", direction="in", outcome="received"),
        contact("2026-10-20", outcome="wrong-person"),
        contact("2026-08-10"),
        contact("2026-08-11"),
    ],
    ids=["from the client", "somebody else answered", "before the last session", "on its day"],
)
def test_what_was_no_attempt_to_reach_a_lost_client_is_not_told(other: dict[str, Any], desk: Desk) -> None:
    assert attempts(desk, other, contact("2026-11-03")) == "phone November 3, 2026;"


def test_without_a_last_session_every_attempt_counts(desk: Desk) -> None:
    del desk.case["last_session"]

    assert attempts(desk, contact("2026-04-03")) == "phone April 3, 2026;"


def test_an_attempt_on_the_day_of_the_letter_counts(desk: Desk) -> None:
    assert attempts(desk, contact("2026-11-22")) == "phone November 22, 2026;"


def test_attempts_to_reach_one_of_a_couple_are_not_told_to_the_other(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")
    tried = contact("2026-10-12", to="minh"), contact("2026-10-13", to="khadija")

    assert attempts(couple, *tried, to="minh") == "phone October 12, 2026;"
    assert attempts(couple, *tried, to="khadija") == "phone October 13, 2026;"


@pytest.mark.parametrize(
    ("supports", "said"),
    [
        (["your sister"], "your sister"),
        (["your sister", "a <friend>"], "your sister and a <friend>"),
        (["Ann", "Bo {1}", "Cy"], "Ann, Bo {1}, and Cy"),
    ],
)
def test_supports_are_listed_as_one_speaks(supports: list[str], said: str, desk: Desk) -> None:
    desk.case["supports"] = supports

    assert shown(desk, "{{ supports }}", "supports") == said


def test_other_places_are_told_with_all_that_is_known_of_them(desk: Desk) -> None:
    body = "{% for one in referrals %}{{ one.name }}|{{ one.offers }}|{{ one.phone }}|{{ one.website }}. "
    body += "{% endfor %}"
    desk.case["referrals"] = [
        {"name": "Riverbank", "offers": "evenings", "phone": "+1 503 555 0112", "website": "r.example"},
        {"name": "Northside"},
    ]

    assert shown(desk, body, "referrals") == "Riverbank|evenings|(503) 555-0112|r.example. Northside|||."


def test_the_ending_and_the_last_session_are_dates(desk: Desk) -> None:
    body, fields = "{{ ending.on }}, {{ last_session }}", ("ending.on", "last_session")

    assert shown(desk, body, *fields) == "December 6, 2026, August 11, 2026"


def test_an_ending_without_a_day_is_missed(desk: Desk) -> None:
    del desk.case["ending"]["on"]

    finding = refused(desk, "x", "ending.on")
    assert finding.code == "missing-data"
    assert finding.place is not None
    assert finding.place.field == "ending.on"


def test_the_reference_is_the_case_number(desk: Desk) -> None:
    assert shown(desk, "{{ reference }}", "reference") == "C-1001"


def test_the_moment_of_an_ending_is_told_with_its_zone(desk: Desk) -> None:
    desk.case["ending"]["at"] = "2026-11-20T16:30-08:00"
    said = shown(desk, "{{ ending.at }}", "ending.at")
    assert said.startswith("November 20, 2026")
    assert "4:30" in said

    del desk.case["ending"]["at"]
    assert refused(desk, "x", "ending.at").code == "missing-data"


def test_a_case_was_opened_on_a_day(desk: Desk) -> None:
    assert shown(desk, "{{ opened }}", "opened") == "March 2, 2026"


def test_the_appointment_missed_last_is_told(desk: Desk) -> None:
    desk.case["appointments"] = [
        {"at": "2026-11-17T17:30-08:00", "missed": "yes"},
        {"at": "2026-11-10T09:00-08:00", "missed": "yes"},
        {"at": "2026-11-19T09:00-08:00"},
    ]
    assert shown(desk, "{{ missed }}", "missed").startswith("November 17, 2026")

    desk.case["appointments"] = []
    assert refused(desk, "x", "missed").code == "missing-data"


def test_only_times_ahead_are_offered_in_order(desk: Desk) -> None:
    desk.case["offered"] = ["2026-12-03T09:00-08:00", "2026-12-01T09:00-08:00", "2026-11-22T23:00-08:00"]
    said = shown(desk, "{% for one in offered %}{{ one }}; {% endfor %}", "offered")
    assert said.index("December 1, 2026") < said.index("December 3, 2026")
    assert "November" not in said

    desk.case["offered"] = ["2026-11-22T23:00-08:00"]
    assert refused(desk, "x", "offered").code == "missing-data"


def test_an_answer_is_asked_for_within_seven_days_unless_the_case_says_when(desk: Desk) -> None:
    assert shown(desk, "{{ reply_by }}", "reply_by") == "November 29, 2026"
    desk.case["reply_by"] = "2026-12-04"
    assert shown(desk, "{{ reply_by }}", "reply_by") == "December 4, 2026"


MATTERS = (
    "{{ matters.done | join('; ') }}|{{ matters.under_way | join('; ') }}|"
    "{% for one in matters.outstanding %}{{ one.what }}, {{ one.due }}, {{ one.by }}. {% endfor %}"
)


def test_work_is_told_by_its_state(desk: Desk) -> None:
    outstanding = [{"what": "Send <it>", "due": "2026-12-01", "by": "us"}, {"what": "Pay"}]
    done = [{"en": "Accounts", "es": "Cuentas"}, "Payroll"]
    desk.case["matters"] = {"done": done, "under_way": ["The audit"], "outstanding": outstanding}
    fields = ("matters.done", "matters.under_way", "matters.outstanding")

    assert shown(desk, MATTERS, *fields) == (
        "Accounts; Payroll|The audit|Send <it>, December 1, 2026, us. Pay, , you."
    )
    del desk.case["matters"]
    for name in fields:
        assert refused(desk, "x", name).code == "missing-data"
