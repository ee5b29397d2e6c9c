"""What a letter may say of a request to a provider, and of the permission for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.markup import visible_text
from tests.support.desk import Desk
from tests.support.own_kind import refused, shown

SIGNED = {"to": "Cedar Hill Pain & Sleep Center", "scope": "her sleep", "signed": "2026-11-17"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1004")


def permission(desk: Desk, *authorizations: dict[str, Any]) -> str:
    """What a referral says of the client's permission."""
    desk.case["authorizations"] = list(authorizations)
    written, findings = desk.write("referral")
    assert written, findings
    return visible_text(written.html).partition("Permission")[2].partition("What helps")[0]


def test_a_request_is_printed_as_it_was_written(desk: Desk) -> None:
    desk.case["request"] |= {"asked": "One.\n\nTwo <three>.", "risk": "Falls & bruises."}
    written, findings = desk.write("referral")

    assert written, findings
    said = visible_text(written.html)
    assert "What I am asking One. Two <three>. Why now" in said
    assert "Falls & bruises." in said
    assert "Please offer an early appointment" in said


@pytest.mark.parametrize(
    ("urgency", "said"),
    [("routine", "a routine request"), ("soon", "an early"), ("urgent", "This is urgent.")],
)
def test_urgency_is_said_in_words(urgency: str, said: str, desk: Desk) -> None:
    desk.case["request"]["urgency"] = urgency
    written, findings = desk.write("referral")

    assert written, findings
    assert said in visible_text(written.html)


def test_what_is_not_known_is_left_out(desk: Desk) -> None:
    del desk.case["request"]["communication"]
    del desk.client["born"]
    written, findings = desk.write("referral")

    assert written, findings
    said = visible_text(written.html)
    assert "What helps" not in said
    assert "(born" not in said


def test_permission_is_the_one_signed_last_that_holds(desk: Desk) -> None:
    said = permission(
        desk,
        {**SIGNED, "reference": "A-1", "signed": "2026-10-01"},
        {**SIGNED, "reference": "A-2", "signed": "2026-11-01"},
        {**SIGNED, "reference": "A-3", "signed": "2026-11-10", "expires": "2027-05-10"},
        {**SIGNED, "reference": "A-4", "signed": "2026-11-12", "to": "Somebody Else"},
    )

    assert "file number A-3" in said
    assert "valid until May 10, 2027" in said


def test_permission_may_name_the_person_or_the_organization(desk: Desk) -> None:
    assert "A-1" in permission(desk, {**SIGNED, "reference": "A-1", "to": "dr. alma whitfield"})


@pytest.mark.parametrize(
    "fault",
    [
        {"expires": "2026-11-21"},
        {"revoked": "2026-11-20"},
        {"revoked": "2026-11-22"},
        {"signed": "2026-11-23"},
        {"to": "Somebody Else"},
    ],
    ids=str,
)
def test_permission_that_does_not_hold_is_none(fault: dict[str, str], desk: Desk) -> None:
    desk.case["authorizations"] = [{**SIGNED, "reference": "A-1", **fault}]

    assert desk.codes("referral") == ["authorization"] * len(desk.case["authorizations"])


@pytest.mark.parametrize("harmless", [{"expires": "2026-11-22"}, {"signed": "2026-11-22"}], ids=str)
def test_permission_holds_to_its_last_day(harmless: dict[str, str], desk: Desk) -> None:
    assert "A-1" in permission(desk, {**SIGNED, "reference": "A-1", **harmless})


def test_a_request_that_is_not_written_is_missed(desk: Desk) -> None:
    del desk.case["request"]

    _, findings = desk.write("referral")
    missing = [one.remedy for one in findings if one.code == "missing-data"]
    assert missing == [
        f"Write it in the case at `request.{name}`." for name in ("asked", "why_now", "urgency")
    ]


def test_permission_is_the_one_that_covers_what_is_told(desk: Desk) -> None:
    said = permission(
        desk,
        {**SIGNED, "reference": "A-1", "signed": "2026-11-01", "covers": ["referral"]},
        {**SIGNED, "reference": "A-2", "signed": "2026-11-10", "covers": ["records"]},
    )

    assert "file number A-1" in said


def test_the_provider_is_named_if_the_case_has_one(desk: Desk) -> None:
    body, fields = (
        "{{ provider.name }}, {{ provider.organization }}",
        ("provider.name", "provider.organization"),
    )
    assert shown(desk, body, *fields) == "Dr. Alma Whitfield, Cedar Hill Pain & Sleep Center"

    del desk.case["provider"]["name"]
    assert shown(desk, "{{ provider.name }}", "provider.name") == "Cedar Hill Pain & Sleep Center"
    del desk.case["provider"]
    assert refused(desk, "x", "provider.name").code == "missing-data"
    assert refused(desk, "x", "provider.organization").code == "missing-data"
