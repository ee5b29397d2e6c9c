"""A letter bears the day on which it is made, or a later one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from letters.findings import Severity
from tests.checks.looking import Desk, the
from tests.support.desk import TODAY


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_letter_dated_before_it_is_made_is_told(desk: Desk) -> None:
    found = the("backdated", desk.write(asked_on=TODAY + timedelta(1))[1])

    assert found.severity is Severity.WARNING
    assert found.message == "The letter is dated 2026-11-22, and it is made on 2026-11-23."


@pytest.mark.parametrize("asked_on", [None, TODAY, TODAY - timedelta(5)])
def test_a_letter_of_today_or_a_later_day_passes(asked_on: date | None, desk: Desk) -> None:
    assert desk.codes(asked_on=asked_on) == []


def test_backdating_does_not_lengthen_the_notice(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1105")
    desk.case["ending"]["on"] = "2026-12-22"
    desk.case["appointments"] = []

    assert desk.codes("closing-provider") == []
    assert desk.codes("closing-provider", asked_on=TODAY + timedelta(1)) == ["backdated", "notice-custom"]


def test_backdating_does_not_revive_an_authorization(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1007")
    earlier = date(2026, 11, 10)

    assert desk.codes("referral", dated=earlier) == []
    assert "authorization" in desk.codes("referral", dated=earlier, asked_on=TODAY)
    desk.case["authorizations"][0] |= {"expires": "", "revoked": "2026-11-12"}
    assert "authorization" in desk.codes("referral", dated=earlier)
