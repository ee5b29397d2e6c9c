"""A letter has one addressee: never somebody barred, never somebody without authority."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.findings import Finding
from letters.letter import Written
from tests.support.desk import Desk

CODES = ("addressee", "barred", "no-representative", "no-provider", "age-unknown")
RETURN = "record-return"


@pytest.fixture
def minor(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1006")


@pytest.fixture
def couple(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1002")


@pytest.fixture
def referral(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1004")


def refused(desk: Desk, kind: str, **order: Any) -> tuple[Finding, str]:
    """The one finding about the addressee, and the field it is about."""
    written, findings = desk.write(kind, **order)
    assert written is None
    (finding,) = (finding for finding in findings if finding.code in CODES)
    assert finding.place is not None
    return finding, finding.place.field


def goes_to(desk: Desk, kind: str, **order: Any) -> str:
    """The id of the addressee."""
    written, findings = desk.write(kind, **order)
    assert written, findings
    return written.facts.addressee.id


def closing(desk: Desk, **order: Any) -> Written:
    written, findings = desk.write(**order)
    assert written, findings
    return written


def test_a_single_client_needs_no_choice(tmp_path: Path) -> None:
    assert goes_to(Desk(tmp_path), "closing-lost-contact") == "jordan"
    assert goes_to(Desk(tmp_path), "closing-lost-contact", to="jordan") == "jordan"


def test_of_a_couple_one_has_to_be_chosen(couple: Desk) -> None:
    finding, field = refused(couple, "closing-lost-contact")

    assert finding.code == "addressee"
    assert finding.remedy == "Make one at a time, with --to minh or --to khadija."
    assert field == "clients"


@pytest.mark.parametrize("to", ["minh", "khadija"])
def test_each_of_a_couple_gets_a_letter_at_their_own_address(to: str, couple: Desk) -> None:
    addressee = closing(couple, to=to).facts.addressee

    assert addressee.id == to
    assert addressee.client is addressee.person
    assert addressee.path == ("clients[0]" if to == "minh" else "clients[1]")


def test_somebody_unknown_is_said_with_who_is_known(couple: Desk) -> None:
    finding, _ = refused(couple, "closing-lost-contact", to="jordan")

    assert finding.message == "The case has nobody with the id jordan."
    assert finding.remedy == "This letter may go to: minh, khadija."


def test_a_letter_goes_to_the_first_safe_address_and_to_no_other(couple: Desk) -> None:
    couple.case["clients"][1]["addresses"].reverse()
    addressee = closing(couple, to="khadija").facts.addressee

    assert addressee.address_path == "clients[1].addresses[1]"
    assert addressee.address is not None
    assert addressee.address.lines == ["310 Lovejoy Street"]


def test_whom_nobody_may_contact_has_no_address(couple: Desk) -> None:
    couple.case["clients"][0]["no_contact"] = "yes"

    assert "safe-contact" in couple.codes(to="minh")
    assert "safe-contact" not in couple.codes(to="khadija")


def test_the_attention_of_an_organization_stands_above_its_name(tmp_path: Path) -> None:
    written, findings = Desk(tmp_path, "L-2001", "ledger").write(RETURN)

    assert written, findings
    assert written.facts.addressee.names == ("Rosa O'Brien", "O'Brien & Söhne <Bakery> Ltd")


def test_a_letter_about_a_minor_goes_to_one_of_those_who_may_act(minor: Desk) -> None:
    finding, field = refused(minor, RETURN)

    assert finding.code == "addressee"
    assert finding.remedy == "Make one at a time, with --to ines or --to ruth."
    assert field == "clients"
    assert goes_to(minor, RETURN, to="ruth") == "ruth"


def test_a_representative_acts_for_the_client(minor: Desk) -> None:
    addressee = closing(minor, to="ines").facts.addressee

    assert addressee.client is not None
    assert addressee.client.id == "ada"
    assert addressee.path == "clients[0].representatives[0]"


def test_whom_an_order_bars_gets_nothing(minor: Desk) -> None:
    finding, field = refused(minor, RETURN, to="paul")

    assert finding.code == "barred"
    assert field == "clients[0].representatives[1].barred"
    assert finding.message == "An order bars paul from being told about the client."


def test_without_the_order_the_same_parent_gets_a_letter(minor: Desk) -> None:
    minor.client["representatives"][1]["barred"] = "no"

    assert goes_to(minor, RETURN, to="paul") == "paul"


def test_whoever_is_left_when_one_is_barred_needs_no_choice(minor: Desk) -> None:
    del minor.client["representatives"][2]

    assert goes_to(minor, RETURN) == "ines"


def test_a_minor_gets_no_letter_themselves(minor: Desk) -> None:
    finding, field = refused(minor, RETURN, to="ada")

    assert finding.code == "no-representative"
    assert field == "clients[0].id"


def test_an_executor_does_not_act_for_a_minor(minor: Desk) -> None:
    minor.client["representatives"][0]["relation"] = "executor"

    assert goes_to(minor, RETURN) == "ruth"
    finding, field = refused(minor, RETURN, to="ines")
    assert finding.code == "no-representative"
    assert field == "clients[0].representatives[0].id"


@pytest.mark.parametrize("representatives", [[], "barred only"])
def test_a_minor_for_whom_nobody_may_act_gets_no_letter(representatives: Any, minor: Desk) -> None:
    barred = [one for one in minor.client["representatives"] if one.get("barred")]
    minor.client["representatives"] = representatives and barred

    finding, field = refused(minor, RETURN)
    assert finding.code == "no-representative"
    assert "names nobody who may act for them" in finding.message
    assert field.startswith("clients[0]")


@pytest.mark.parametrize(
    ("dated", "to"), [(date(2026, 12, 11), "ines"), (date(2026, 12, 12), "ada"), (date(2026, 12, 13), "ada")]
)
def test_on_the_day_of_coming_of_age_letters_begin_to_go_to_the_client(
    dated: date, to: str, minor: Desk
) -> None:
    del minor.client["representatives"][2]

    assert goes_to(minor, RETURN, dated=dated) == to


def test_nobody_acts_for_a_client_who_came_of_age(minor: Desk) -> None:
    finding, _ = refused(minor, RETURN, to="ines", dated=date(2026, 12, 12))

    assert finding.code == "no-representative"


@pytest.mark.parametrize(("dated", "to"), [(date(2026, 2, 28), "ines"), (date(2026, 3, 1), "ada")])
def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march(
    dated: date, to: str, minor: Desk
) -> None:
    minor.client["born"] = "2008-02-29"
    minor.case |= {"opened": "2025-09-01", "last_session": "2025-09-22"}
    minor.case["contacts"] = []
    for person in (minor.client, minor.client["representatives"][0]):
        person["addresses"][0]["confirmed"] = "2026-02-01"
    del minor.client["representatives"][2]

    assert goes_to(minor, RETURN, dated=dated) == to


def test_where_a_client_with_parents_has_no_date_of_birth_nobody_is_written_to(minor: Desk) -> None:
    del minor.client["born"]

    finding, field = refused(minor, RETURN)
    assert finding.code == "age-unknown"
    assert finding.message == "ada has a parent or guardian in the case, and no date of birth."
    assert finding.remedy.startswith("Write the date at `born`")
    assert field == "clients[0]"


def test_a_client_without_parents_and_date_of_birth_is_an_adult(minor: Desk) -> None:
    del minor.client["born"]
    minor.client["representatives"] = []

    assert goes_to(minor, RETURN) == "ada"


def test_in_a_family_adults_and_those_who_act_for_minors_may_be_written_to(minor: Desk) -> None:
    adult = {"id": "bea", "name": "Bea Castellanos", "born": "1980-01-01"}
    minor.case["clients"].append(adult)

    finding, _ = refused(minor, RETURN)
    assert finding.remedy == "Make one at a time, with --to ines or --to ruth or --to bea."


def test_a_provider_is_addressed_by_name_and_organization(referral: Desk) -> None:
    written, findings = referral.write("referral")

    assert written, findings
    assert written.facts.addressee.names == ("Dr. Alma Whitfield", "Cedar Hill Pain & Sleep Center")
    assert written.facts.client.id == "maeve"


def test_a_provider_without_a_name_is_addressed_as_the_organization(referral: Desk) -> None:
    del referral.case["provider"]["name"]
    written, findings = referral.write("referral")

    assert written, findings
    assert written.facts.addressee.names == ("Cedar Hill Pain & Sleep Center",)


def test_a_referral_without_a_provider_goes_nowhere(referral: Desk) -> None:
    del referral.case["provider"]

    finding, _ = refused(referral, "referral")
    assert finding.code == "no-provider"
    assert finding.remedy == "Add `provider` with its organization and address."


def test_a_referral_goes_to_nobody_but_the_provider(referral: Desk) -> None:
    finding, field = refused(referral, "referral", to="maeve")

    assert finding.code == "addressee"
    assert field == "provider"
    assert goes_to(referral, "referral", to="provider") == "provider"


SECOND = {"id": "finn", "name": "Finn O'Brien"}


def test_a_referral_says_which_of_several_clients_it_is_about(referral: Desk) -> None:
    referral.case["clients"].append(SECOND)
    finding, field = refused(referral, "referral")
    assert finding.code == "no-provider"
    assert finding.remedy == "Write their id at `request: about`: maeve, finn."
    assert field == "request.about"

    referral.case["request"]["about"] = "finn"
    referral.case["authorizations"][0]["by"] = "finn"
    written, findings = referral.write("referral")
    assert written, findings
    assert written.facts.client.name == "Finn O'Brien"


def test_a_referral_about_somebody_unknown_is_not_taken_for_one_about_the_client(referral: Desk) -> None:
    referral.case["request"]["about"] = "finn"

    finding, field = refused(referral, "referral")
    assert finding.code == "no-provider"
    assert field == "request.about"


def test_a_referral_may_name_its_only_client(referral: Desk) -> None:
    referral.case["request"]["about"] = "maeve"

    assert goes_to(referral, "referral") == "provider"
