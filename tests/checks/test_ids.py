"""What names a case, a person or a kind of letter tells nothing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.findings import Finding, Severity
from tests.checks.looking import Desk, field, note, the


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    desk.case["words"] = {}
    return desk


def found_in(desk: Desk, kind: str = "closing-lost-contact", **confidential: str) -> list[Finding]:
    """What is found about the ids of a case with confidential values."""
    desk.case["confidential"] = confidential
    return [found for found in desk.write(kind, draft=True)[1] if found.code == "telling-id"]


@pytest.mark.parametrize(
    "number", ["Jordan-Avery", "averyjordan", "C-2026.JordanAvery", "AVERY_1", "2026-Avery"]
)
def test_a_case_number_with_the_clients_name_is_told(number: str, desk: Desk) -> None:
    desk.case["case"] = number

    found = found_in(desk)[0]

    assert found.code == "telling-id"
    assert found.severity is Severity.ERROR
    assert "tells nothing" in found.remedy
    assert field(found) == "case"
    assert "avery" not in f"{found.message} {found.remedy}".lower()


@pytest.mark.parametrize("number", ["C-1001", "2026.11-JA", "AVE-7", "Averying-3"])
def test_another_case_number_passes(number: str, desk: Desk) -> None:
    desk.case["case"] = number

    assert found_in(desk) == []


@pytest.mark.parametrize("id_", ["jordan-avery", "Avery.Jordan", "jordanavery2"])
def test_an_id_with_the_whole_name_is_told(id_: str, desk: Desk) -> None:
    desk.client["id"] = id_

    found = the("telling-id", found_in(desk))

    assert found.message == "This id is the name of a client."
    assert field(found) == "clients[0].id"


@pytest.mark.parametrize(
    ("id_", "name"), [("jordan", "Jordan Avery"), ("suryani", "Suryani"), ("j-a", "J A B")]
)
def test_an_id_of_ones_own_choice_passes(id_: str, name: str, desk: Desk) -> None:
    desk.client.update({"id": id_, "name": name})

    assert found_in(desk) == []


def test_a_secret_in_a_number_or_an_id_is_told(desk: Desk) -> None:
    desk.case["case"], desk.client["id"] = "hiv-12", "adjustment_disorder"

    found = found_in(desk, diagnosis="adjustment disorder, HIV")

    assert [field(one) for one in found] == ["case", "clients[0].id"]
    assert found[0].message == "The case number tells something confidential."
    assert "hiv" not in str([one.message for one in found])
    assert found_in(desk, diagnosis="depression, ADHD") == []


def test_the_name_of_an_own_kind_counts_and_that_of_a_built_in_one_does_not(desk: Desk) -> None:
    found = the("telling-id", found_in(desk, note(desk), notes="note"))
    assert found.message == "The name of this kind of letter tells something confidential."
    assert field(found) == "title"

    assert found_in(desk, note(desk), notes="lost contact") == []
    assert found_in(desk, "closing-lost-contact", notes="lost contact") == []
