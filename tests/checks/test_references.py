"""What the files point to is there, and fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import Desk, field, spot, the


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1001")


@pytest.mark.parametrize(
    ("changes", "where", "nearest"),
    [
        ({"clinician": "sam-riviera"}, "clinician", "Did you mean sam-rivera?"),
        ({"clinician": "zzz"}, "clinician", "Known are: lena-brook, sam-rivera, dana-okafor."),
        ({"handover": {"to": "lena-brok"}}, "handover.to", "Did you mean lena-brook?"),
    ],
)
def test_a_person_the_practice_does_not_have_is_told(
    changes: dict[str, Any], where: str, nearest: str, desk: Desk
) -> None:
    desk.case.update(changes)

    written, findings = desk.write()

    found = the("unknown-person", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == f"The practice has nobody with the id {spot(found)[1:-1]}."
    assert found.remedy == nearest
    assert field(found) == where


def test_a_signatory_the_practice_does_not_have_is_told(desk: Desk) -> None:
    desk.practice["signatory"] = "lena"

    found = the("unknown-person", desk.write()[1])

    assert found.place
    assert found.place.file.endswith("practice.json")
    assert spot(found) == '"lena"'


@pytest.mark.parametrize("to", ["minh", "khadija"])
def test_a_contact_with_somebody_who_is_not_of_the_case_is_told(to: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1002")
    desk.case["contacts"][1]["to"] = "khadja"

    found = the("unknown-person", desk.write(to=to)[1])

    assert found.message == "The case has nobody with the id khadja."
    assert found.remedy == "Did you mean khadija?"
    assert field(found) == "contacts[1].to"
    assert spot(found) == '"khadja"'


def test_a_contact_with_a_representative_is_fine(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    log = {"by": "sam-rivera", "channel": "phone", "outcome": "voicemail", "at": "2026-11-02T10:00-08:00"}
    desk.case["contacts"] = [log | {"to": "ruth"}, log | {"to": "ada"}, log]

    assert desk.codes(to="ines") == []


@pytest.mark.parametrize(
    ("reason", "nearest"), [("lost_contact", "Did you mean LOST_CONTACT?"), ("QQQ", "Known are: GOALS_MET,")]
)
def test_a_reason_that_is_no_code_is_told(reason: str, nearest: str, desk: Desk) -> None:
    desk.case["ending"]["reason"] = reason

    written, findings = desk.write()

    found = the("unknown-reason", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == f"{reason} is not a reason code."
    assert nearest in found.remedy
    assert field(found) == "ending.reason"
    assert spot(found) == f'"{reason}"'


def test_a_known_reason_passes(desk: Desk) -> None:
    desk.case["ending"]["reason"] = "NO_SHOW"

    assert desk.codes() == []


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("+1 503 555 010", "This phone number has too few digits."),
        ("+1 503 555 01000", "This phone number has too many digits."),
        ("503 555 0100", "This phone number does not begin with + and its country code."),
    ],
)
def test_a_number_that_cannot_be_dialed_is_told(number: str, problem: str, desk: Desk) -> None:
    desk.practice["phone"] = number

    found = the("phone-number", desk.write()[1])

    assert found.severity is Severity.WARNING
    assert found.message == problem
    assert "country code" in found.remedy
    assert field(found) == "phone"
    assert spot(found) == f'"{number}"'


def test_every_number_a_letter_may_print_is_looked_at(desk: Desk) -> None:
    desk.practice["records"]["phone"] = "1"
    desk.practice["people"]["sam-rivera"]["new_place"] = {"name": "N", "phone": "2", "may_share": "yes"}
    desk.case["referrals"][1]["phone"] = "3"

    findings = [found for found in desk.write()[1] if found.code == "phone-number"]

    assert [(field(found), spot(found)) for found in findings] == [
        ("records.phone", '"1"'),
        ("people.sam-rivera.new_place.phone", '"2"'),
        ("referrals[1].phone", '"3"'),
    ]


def test_a_number_that_is_never_printed_is_not_looked_at(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["new_place"] = {"name": "N", "phone": "2", "may_share": "no"}
    desk.practice["phone"] = "+1 (503) 555-0100"
    del desk.practice["records"]["phone"]
    del desk.case["referrals"][1]["phone"]

    assert desk.codes() == []


@pytest.mark.parametrize(("paper", "envelope"), [("letter", "dl"), ("a4", "us-10"), ("letter", "din")])
def test_an_envelope_the_paper_does_not_fold_into_is_told(paper: str, envelope: str, desk: Desk) -> None:
    desk.practice["letter"] |= {"paper": paper, "envelope": envelope}

    written, findings = desk.write()

    found = the("envelope", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == f"{paper} paper does not fold into a {envelope} envelope."
    assert "dl, c5 or din with a4" in found.remedy
    assert field(found) == "letter.envelope"
    assert spot(found) == f'"{envelope}"'


@pytest.mark.parametrize(
    ("paper", "envelope"), [("letter", "us-10"), ("a4", "dl"), ("a4", "c5"), ("letter", "none")]
)
def test_an_envelope_that_fits_passes(paper: str, envelope: str, desk: Desk) -> None:
    desk.practice["letter"] |= {"paper": paper, "envelope": envelope}

    assert desk.codes() == []


def test_two_people_with_one_id_are_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.client["representatives"][2]["id"] = "ines"

    written, findings = desk.write(to="ines")

    found = the("duplicate-id", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "Two people of the case have the id ines."
    assert "an id of their own" in found.remedy
    assert field(found) == "clients[0].representatives[2].id"
    assert spot(found) == '"ines"'


def test_one_name_for_two_people_is_no_matter(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.client["representatives"][2]["name"] = desk.client["representatives"][0]["name"]

    assert desk.codes(to="ines") == []


@pytest.mark.parametrize("taken", ["jordan", "provider", "file"])
def test_a_business_contact_has_an_id_that_nothing_else_has(taken: str, desk: Desk) -> None:
    address = {"lines": ["1 Bank Street"], "city": "Portland", "country": "US"}
    desk.case["business"] = [{"id": taken, "organization": "A bank", "address": address}]
    found = the("duplicate-id", desk.write()[1])

    assert field(found) == "business[0].id"
    assert taken in found.message


def test_a_business_contact_with_an_id_of_its_own_passes(desk: Desk) -> None:
    address = {"lines": ["1 Bank Street"], "city": "Portland", "country": "US"}
    desk.case["business"] = [{"id": "bank", "organization": "A bank", "address": address}]

    assert desk.codes() == []


@pytest.mark.parametrize(
    ("to", "on", "codes"),
    [
        ("sam-rivera", "2026-12-01", []),
        ("dana-okafor", "2026-12-01", ["taking-over"]),
        ("lena-brook", "2026-12-01", []),
    ],
)
def test_a_client_is_handed_to_somebody_else(to: str, on: str, codes: list[str], tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    desk.case["handover"] = {"to": to, "on": on}

    assert desk.codes("clinician-leaving") == codes


def test_a_client_is_not_handed_to_somebody_who_leaves(desk: Desk) -> None:
    desk.case["handover"] = {"to": "dana-okafor", "on": "2027-02-01"}
    found = the("taking-over", desk.write("transfer")[1])

    assert found.message == "dana-okafor is to take over, and leaves on 2027-01-15."
