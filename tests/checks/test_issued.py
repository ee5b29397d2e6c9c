"""What the register says of earlier letters: found by `issuing`, with the practice's own weight."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.findings import Severity
from letters.issuing import Issued
from tests.checks.looking import Desk, note, the
from tests.support.issue import issue_one

REASON = {"already-issued": "Returned by the post."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "office", "C-1001")
    desk.case["words"] = {"thanks": "Thank you."}
    return desk


def issued(desk: Desk, out: Path, accepted: dict[str, str] | None = None) -> Issued:
    return issue_one(desk.order(note(desk)), out, accepted)


def test_a_second_letter_about_the_same_matter_is_told(desk: Desk, tmp_path: Path) -> None:
    assert issued(desk, tmp_path / "out").findings == []
    desk.case["words"] = {"thanks": "Thank you again."}

    second = issued(desk, tmp_path / "out")

    assert second.file is None
    assert the("already-issued", second.findings).severity is Severity.WARNING
    assert issued(desk, tmp_path / "out", REASON).file


def test_a_practice_may_want_no_second_letter_whatever_the_reason(desk: Desk, tmp_path: Path) -> None:
    issued(desk, tmp_path / "out")
    desk.case["words"] = {"thanks": "Thank you again."}
    desk.practice["rules"] = {"already-issued": "error"}

    second = issued(desk, tmp_path / "out", REASON)

    assert second.file is None
    assert the("already-issued", second.findings).severity is Severity.ERROR
