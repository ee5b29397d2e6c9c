"""Nobody is told that there was no answer when there was, or before anybody really tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import field, the
from tests.support.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def contact(day: str, **details: str) -> dict[str, Any]:
    return {
        "at": f"{day}T10:00-08:00",
        "by": "sam-rivera",
        "channel": "phone",
        "outcome": "voicemail",
    } | details


@pytest.mark.parametrize(
    "answer",
    [
        {"outcome": "spoke"},
        {"direction": "in", "outcome": "received", "channel": "email"},
        {"direction": "in", "outcome": "voicemail"},
    ],
    ids=str,
)
def test_a_client_who_answered_is_not_told_there_was_no_answer(answer: dict[str, str], desk: Desk) -> None:
    desk.case["contacts"].append(contact("2026-11-20", **answer))

    letter, findings = desk.write()

    found = the("answered", findings)
    assert letter is None
    assert found.severity is Severity.ERROR
    assert found.message == "There was an answer on 2026-11-20, and the letter says there was none."
    assert "`last_session`" in found.remedy
    assert field(found) == "contacts[2]"


def test_an_answer_before_the_last_session_is_no_matter(desk: Desk) -> None:
    desk.case["contacts"].append(contact("2026-08-10", outcome="spoke"))

    assert desk.codes() == []


def test_an_answer_of_the_other_of_a_couple_stops_only_their_letter(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")
    couple.case["contacts"].append(contact("2026-11-20", outcome="spoke", to="minh"))

    assert couple.codes(to="khadija") == []
    assert couple.codes(to="minh") == ["answered"]


@pytest.mark.parametrize(
    ("contacts", "times"),
    [
        ([], "no attempt"),
        ([contact("2026-11-01")], "only one attempt"),
        ([contact("2026-11-01"), contact("2026-11-02", outcome="wrong-person")], "only one attempt"),
    ],
)
def test_one_attempt_is_too_few_to_speak_of_lost_contact(
    contacts: list[dict[str, Any]], times: str, desk: Desk
) -> None:
    desk.case["contacts"] = contacts

    letter, findings = desk.write()

    found = the("few-attempts", findings)
    assert letter is not None
    assert found.severity is Severity.WARNING
    assert found.message == f"There was {times} to reach jordan since the last session."
    assert "another safe channel" in found.remedy


def test_two_attempts_are_enough(desk: Desk) -> None:
    desk.case["contacts"] = [
        contact("2026-11-01"),
        contact("2026-11-08", channel="letter", outcome="sent"),
    ]

    assert desk.codes() == []


def test_a_letter_that_speaks_of_no_attempts_needs_none(tmp_path: Path) -> None:
    referral = Desk(tmp_path, "C-1004")
    assert "contacts" not in referral.case

    assert referral.codes("referral") == []


def test_an_answer_of_one_guardian_stops_the_letter_to_the_other(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    assert desk.codes(to="ines") == []
    desk.case["contacts"].append(contact("2026-11-20", to="ruth", direction="in", outcome="spoke"))

    assert desk.codes(to="ines") == desk.codes(to="ruth") == ["answered"]


@pytest.mark.parametrize("kind", ["outreach", "outreach-final", "call-script"])
def test_an_answer_cancels_what_was_planned_next(kind: str, desk: Desk) -> None:
    desk.case["contacts"].append(contact("2026-11-20", direction="in", outcome="received", channel="email"))

    assert "answered" in desk.codes(kind)


def test_a_call_back_may_follow_an_answer(desk: Desk) -> None:
    desk.case["contacts"].append(contact("2026-11-20", direction="in", outcome="voicemail"))

    assert "answered" not in desk.codes("voicemail-script")


def test_a_contact_belongs_to_the_day_on_the_practices_clock(desk: Desk) -> None:
    """At half past two in the morning in London it is still the day before in Oregon."""
    desk.case["last_session"] = "2026-11-19"
    desk.case["contacts"] = [contact("2026-11-20", direction="in") | {"at": "2026-11-20T02:30+00:00"}]

    assert "answered" not in desk.codes()
