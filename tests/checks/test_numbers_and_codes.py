"""A social security number, or the code of a reason, is found before it is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.findings import Severity
from tests.checks.looking import SECTIONS, Desk, field, marked, note, the


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    desk.case["words"] = {"thanks": "Thank you."}
    desk.case["confidential"] = {}
    return desk


def codes(desk: Desk, words: str) -> list[str]:
    """What is found when somebody writes these words."""
    desk.case["words"]["thanks"] = words
    return desk.codes(note(desk))


NUMBERS = [
    "123-45-6789",
    "123 45 6789",
    "123–45–6789",
    "123\u201145\u20116789",
    "123.45.6789",
    "１２３-４５-６７８９",
    "123 - 45 - 6789",
    "123/45/6789",
    "123_45_6789",
    "SSN 123 456 789",
    "SSN: 123456789",
    "Social Security number is 123456789",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_social_security_number_is_told(number: str, desk: Desk) -> None:
    desk.case["words"]["thanks"] = f"Yours is {number}, I think."

    written, findings = desk.write(note(desk))

    found = the("identity-number", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The letter holds what looks like a social security number."
    assert "leave out the digits" in found.remedy
    assert field(found) == "words.thanks"
    assert found.place
    assert found.place.line
    assert "6789" not in str(findings)
    assert "６" not in str(findings)


def test_a_social_security_number_in_an_inventory_is_told_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.case["records"]["originals"][1]["what"] = "Card 123-45-6789"

    found = the("identity-number", desk.write("record-return", to="ines")[1])

    assert field(found) == "records.originals[1].what"


@pytest.mark.parametrize(
    "number",
    [
        "123456789",
        "RE 123 456 785 US",
        "97202-1234",
        "1123-45-6789",
        "123-45-67890",
        "503 555 0188",
        "123, 45, 6789",
        "Social Security at 800 772 1213",
        "2026-11-22",
    ],
)
def test_other_numbers_pass(number: str, desk: Desk) -> None:
    assert codes(desk, f"It is {number}.") == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("LOST_CONTACT", "closed as LOST_CONTACT"),
        ("LOST_CONTACT", "closed as lost_contact"),
        ("LOST_CONTACT", "closed as CLIENT_CHOICE"),
        ("NONPAYMENT", "closed: NONPAYMENT"),
    ],
)
def test_the_code_of_a_reason_is_told(reason: str, words: str, desk: Desk) -> None:
    desk.case["ending"]["reason"] = reason
    desk.case["words"]["thanks"] = words

    written, findings = desk.write(note(desk))

    found = the("reason-code", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The letter prints the code of a reason for ending."
    assert found.remedy == "Say it in words, or not at all."
    assert field(found) == "words.thanks"
    assert found.place
    assert (found.place.line or 0) > 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("LOST_CONTACT", "We lost contact; LOST CONTACT."),
        ("MOVED", "You moved away."),
        ("NONPAYMENT", "OTHER papers, and SCHEDULE C"),
        ("NO_SHOW", "NO_SHOWER"),
    ],
)
def test_words_that_are_no_code_pass(reason: str, words: str, desk: Desk) -> None:
    desk.case["ending"]["reason"] = reason

    assert codes(desk, words) == []


def test_a_code_in_the_template_is_told_too(desk: Desk) -> None:
    body = marked(SECTIONS | {"thanks": "{{ words.thanks }}<p>NO_SHOW</p>"})

    found = the("reason-code", desk.write(note(desk, body))[1])

    assert field(found) == "ending.reason"
