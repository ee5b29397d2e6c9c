"""All that decides a letter, in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.facts import Facts
from tests.support.desk import TODAY, Desk


def facts(desk: Desk, kind: str = "closing-lost-contact", **order: Any) -> Facts:
    written, findings = desk.write(kind, **order)
    assert written, findings
    return written.facts


def test_facts_are_those_of_the_order(tmp_path: Path) -> None:
    found = facts(Desk(tmp_path))

    assert (found.kind, found.case.case, found.addressee.id) == ("closing-lost-contact", "C-1001", "jordan")
    assert (found.dated, found.language, found.draft) == (TODAY, "en", False)
    assert found.jurisdiction.name == "Oregon"


@pytest.mark.parametrize(("language", "locale"), [("en", "en_US"), ("en-GB", "en_GB")])
def test_customs_follow_the_language_and_the_country_of_the_practice(
    language: str, locale: str, tmp_path: Path
) -> None:
    assert facts(Desk(tmp_path), language=language).locale == locale


def test_the_clinician_signs_unless_the_practice_does(tmp_path: Path) -> None:
    leaving = facts(Desk(tmp_path / "a", "C-1005"), "clinician-leaving")

    assert facts(Desk(tmp_path / "b")).signer_id == "sam-rivera"
    assert leaving.signer_id == "lena-brook"
    assert leaving.clinician is not None
    assert leaving.clinician.name == "Dana Okafor"


@pytest.mark.parametrize(("to", "path"), [("minh", "clients[0]"), ("khadija", "clients[1]")])
def test_the_client_of_a_couple_is_the_addressee(to: str, path: str, tmp_path: Path) -> None:
    found = facts(Desk(tmp_path, "C-1002"), to=to)

    assert found.client.id == to
    assert found.client_path == path


def test_two_clients_alike_are_told_apart_by_where_they_stand(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.case["clients"].insert(0, {**desk.client, "id": "twin"})
    desk.case["request"]["about"] = "maeve"

    assert facts(desk, "referral").client_path == "clients[1]"


def test_authorizations_for_the_addressee_keep_their_numbers_in_the_case(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    own = desk.case["authorizations"][0]
    desk.case["authorizations"] = [{**own, "to": "Somebody"}, {**own, "to": own["to"].upper()}]

    assert [number for number, _ in facts(desk, "referral").authorizations] == [1]


def test_places_lead_into_the_files(tmp_path: Path) -> None:
    found = facts(Desk(tmp_path))

    assert Path(found.in_case("ending.on").file).name == "case.json"
    assert Path(found.in_practice("records.kept").file).name == "practice.json"
    assert found.in_case("ending.on").field == "ending.on"
