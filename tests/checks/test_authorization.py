"""Nobody outside the practice is told anything without a permission that holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import Desk, field, spot, the
from tests.support.desk import TODAY

DAY_BEFORE, SAME_DAY, DAY_AFTER = "2026-11-21", "2026-11-22", "2026-11-23"


def referral(folder: Path, **changes: str) -> Desk:
    desk = Desk(folder, "C-1004")
    desk.case["authorizations"][0] |= changes
    return desk


def test_the_examples_days_are_around_the_letters_date() -> None:
    assert TODAY.isoformat() == SAME_DAY


def test_a_provider_nobody_permitted_is_told_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    del desk.case["authorizations"]

    written, findings = desk.write("referral")

    found = the("authorization", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "No authorization names this provider."
    assert "Ask the client" in found.remedy
    assert field(found) == "provider"
    assert spot(found) == '"provider"'


def test_a_permission_for_somebody_else_is_none(tmp_path: Path) -> None:
    found = the("authorization", referral(tmp_path, to="Northside Clinic").write("referral")[1])

    assert found.message == "No authorization names this provider."
    assert spot(found) == '"authorizations"'


@pytest.mark.parametrize(
    ("changes", "what", "says"),
    [
        ({"expires": DAY_BEFORE}, "expires", "expired on 2026-11-21"),
        ({"revoked": SAME_DAY}, "revoked", "took this authorization back on 2026-11-22"),
        ({"revoked": DAY_BEFORE}, "revoked", "took this authorization back on 2026-11-21"),
        ({"signed": DAY_AFTER}, "signed", "signed on 2026-11-23, after the letter's date"),
    ],
)
def test_a_permission_that_does_not_hold_stops_the_referral(
    changes: dict[str, str], what: str, says: str, tmp_path: Path
) -> None:
    written, findings = referral(tmp_path, **changes).write("referral")

    found = the("authorization", findings)
    assert written is None
    assert says in found.message
    assert field(found) == f"authorizations[0].{what}"
    assert spot(found).strip('"') == changes[what]


def test_the_remedy_for_a_date_to_come_is_the_date(tmp_path: Path) -> None:
    found = the("authorization", referral(tmp_path, signed=DAY_AFTER).write("referral")[1])

    assert "Correct the date" in found.remedy


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"expires": SAME_DAY},
        {"signed": SAME_DAY},
        {"revoked": DAY_AFTER},
        {"expires": ""},
        {"to": "CEDAR HILL PAIN & SLEEP CENTER"},
        {"to": "Dr. Alma Whitfield"},
    ],
)
def test_a_permission_that_holds_on_the_letters_date_is_enough(
    changes: dict[str, str], tmp_path: Path
) -> None:
    written, findings = referral(tmp_path, **changes).write("referral")

    assert findings == []
    assert written is not None


def test_one_permission_that_holds_is_enough(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    good = desk.case["authorizations"][0]
    expired: dict[str, Any] = good | {"expires": DAY_BEFORE, "reference": "AUTH-2026-001"}

    desk.case["authorizations"] = [expired, good]
    assert desk.codes("referral") == []

    desk.case["authorizations"] = [expired, expired | {"revoked": DAY_BEFORE}]
    findings = [one for one in desk.write("referral")[1] if one.code == "authorization"]
    assert [field(found) for found in findings] == ["authorizations[0].expires", "authorizations[1].revoked"]


def test_a_letter_to_the_client_needs_none(tmp_path: Path) -> None:
    assert Desk(tmp_path, "C-1001").codes() == []
