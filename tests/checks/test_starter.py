"""The practice that `letters new` makes up is for trying, and not for sending."""

from __future__ import annotations

from pathlib import Path

import yaml

from letters.checks.starter import MADE_UP
from letters.findings import Severity
from tests.checks.looking import Desk, field, the
from tests.support.desk import EXAMPLES

STARTER = EXAMPLES.parent / "letters/starter/practice.yaml"


def test_the_made_up_practice_is_told_and_in_a_draft_only_noted(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.practice["name"] = MADE_UP

    issued, drafted = the("example-data", desk.write()[1]), the("example-data", desk.write(draft=True)[1])

    assert (issued.severity, drafted.severity) == (Severity.WARNING, Severity.NOTE)
    assert issued.message == "The practice is still the made-up one."
    assert "Put your own" in issued.remedy
    assert field(issued) == "name"


def test_a_practice_of_ones_own_passes(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.practice["name"] = f"{MADE_UP} and Sons"

    assert desk.codes() == []


def test_the_starter_holds_that_practice() -> None:
    assert yaml.safe_load(STARTER.read_text("utf-8"))["name"] == MADE_UP
