"""Records are kept as long as the jurisdiction asks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from letters.checks import retention
from letters.findings import Severity
from tests.checks.looking import Desk, field, the


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.practice |= {"jurisdiction": "us-nj", "profession": "psychology"}
    return desk


def kept(desk: Desk, years: str) -> Any:
    desk.practice["records"]["years"] = years
    return desk.write()[1]


def test_fewer_years_than_the_law_asks_are_found_with_its_source(desk: Desk) -> None:
    finding = the("retention", kept(desk, "5"))

    assert finding.severity is Severity.WARNING
    assert field(finding) == "records.years"
    assert "for 5 years; in New Jersey it is 7" in finding.message
    assert finding.authority.startswith("N.J.A.C. 13:42-8.1")


@pytest.mark.parametrize("years", ["7", "10"])
def test_enough_years_pass_and_stand_in_the_letter(years: str, desk: Desk) -> None:
    desk.practice["records"]["years"] = years
    written, findings = desk.write()

    assert [found.code for found in findings] == []
    assert written
    assert f"for {years}\u00a0years" in written.html


def test_a_practice_that_gives_no_number_is_not_measured(desk: Desk) -> None:
    desk.practice["records"] = {"custodian": "Harbor Records", "kept": "a long time"}

    assert desk.codes() == []


def test_a_profession_without_a_figure_is_not_measured(desk: Desk) -> None:
    written, findings = desk.write()
    assert written, findings
    facts = replace(written.facts, practice=written.facts.practice.model_copy(update={"profession": "other"}))
    assert list(retention.check(facts)) == []
