"""Those who act for adults and for the dead, business contacts, the practice's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.facts import Addressee
from letters.findings import Finding
from tests.checks.looking import FIELDS, marked, note
from tests.support.desk import Desk

STREET = {"city": "Portland", "region": "OR", "postcode": "97203", "country": "US"}
ADDRESS = {"lines": ["5 Elm Court"], **STREET}
SAFE = ADDRESS | {"safe": "yes", "discreet": "no", "confirmed": "2026-11-20"}
EDITH = {"id": "edith", "name": "Edith Hart", "relation": "executor", "addresses": [SAFE]}
NOAH = EDITH | {"id": "noah", "name": "Noah Hart", "relation": "attorney", "authority": "POA-2026-3"}
BANK = {"id": "bank", "organization": "North Bank", "address": ADDRESS}
TO_BUSINESS: dict[str, Any] = {
    "to": "business",
    "fields": ["practice.phone", "records.contact", "crisis?", "emergency?"],
}
SCRIPT: dict[str, Any] = {"to": "file", "call": "yes", "signed_by": "nobody"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    del desk.case["words"]
    return desk


def addressee(desk: Desk, asked: str | None = None, **description: Any) -> Addressee:
    """Who a small letter goes to."""
    written, findings = desk.write(note(desk, **{"fields": FIELDS, **description}), to=asked)
    assert written, findings
    return written.facts.addressee


def refused(desk: Desk, asked: str | None = None, **description: Any) -> Finding:
    """Why it goes to nobody; the one finding there is."""
    written, (finding,) = desk.write(note(desk, **description), to=asked)
    assert written is None
    assert finding.remedy
    return finding


def on_file(**description: Any) -> dict[str, Any]:
    return {"to": "file", **description}


def test_an_adult_s_attorney_gets_a_letter_where_it_is_asked_for(desk: Desk) -> None:
    desk.client["representatives"] = [NOAH]

    assert addressee(desk).id == "jordan"
    found = addressee(desk, "noah")
    assert (found.id, found.names, found.path) == ("noah", ("Noah Hart",), "clients[0].representatives[0]")
    assert found.client
    assert found.client.id == "jordan"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"authority": ""}, "no-representative"),
        ({"relation": "parent"}, "no-representative"),
        ({"relation": "executor"}, "no-representative"),
        ({"barred": "yes"}, "barred"),
    ],
    ids=str,
)
def test_without_authority_nobody_acts_for_an_adult(changes: dict[str, str], code: str, desk: Desk) -> None:
    desk.client["representatives"] = [NOAH | changes]

    assert refused(desk, "noah").code == code


def test_who_acts_for_an_adult_needs_a_safe_address_of_their_own(desk: Desk) -> None:
    desk.client["representatives"] = [NOAH | {"addresses": [ADDRESS]}]

    assert refused(desk, "noah").code == "safe-contact"


def test_a_power_of_attorney_ends_with_the_life_it_was_for(desk: Desk) -> None:
    desk.client["representatives"] = [NOAH, EDITH]
    desk.client["died"] = "2026-11-15"

    assert refused(desk, "noah", after_death="yes").code == "no-representative"
    assert addressee(desk, after_death="yes").id == "edith"


def test_where_there_is_no_executor_nothing_goes_to_anybody(desk: Desk) -> None:
    desk.client.update({"died": "2026-11-15", "representatives": [NOAH]})

    found = refused(desk, after_death="yes")
    assert found.code == "no-executor"
    assert found.place
    assert found.place.field == "clients[0].died"
    assert refused(desk, "jordan", after_death="yes").code == "no-executor"


def test_an_executor_may_be_barred_too(desk: Desk) -> None:
    desk.client.update({"died": "2026-11-15", "representatives": [EDITH | {"barred": "yes"}]})

    assert refused(desk, after_death="yes").code == "no-executor"
    assert refused(desk, "edith", after_death="yes").code == "barred"


def test_an_executor_has_nothing_to_settle_while_the_client_lives(desk: Desk) -> None:
    desk.client["representatives"] = [EDITH]

    assert addressee(desk, after_death="yes").id == "jordan"
    assert refused(desk, "edith", after_death="yes").code == "no-representative"


def test_a_business_contact_is_addressed_at_work(desk: Desk) -> None:
    desk.case["business"] = [BANK | {"name": "Ana Poe", "preferred_name": "Ms. Poe"}]

    found = addressee(desk, **TO_BUSINESS)
    assert (found.id, found.names, found.called) == ("bank", ("Ana Poe", "North Bank"), "Ms. Poe")
    assert (found.person, found.client, found.address_path) == (None, None, "business[0].address")


def test_of_several_business_contacts_one_has_to_be_chosen(desk: Desk) -> None:
    desk.case["business"] = [BANK, BANK | {"id": "shop", "organization": "Shop"}]

    assert refused(desk, **TO_BUSINESS).remedy == "Make one at a time, with --to bank or --to shop."
    assert addressee(desk, "shop", **TO_BUSINESS).names == ("Shop",)


def test_a_private_client_is_no_business_contact(desk: Desk) -> None:
    assert refused(desk, **TO_BUSINESS).code == "no-business-contact"
    desk.case["business"] = [BANK]
    desk.client["representatives"] = [NOAH]
    assert refused(desk, "jordan", **TO_BUSINESS).code == "no-representative"
    assert refused(desk, "noah", **TO_BUSINESS).code == "no-representative"


def test_a_client_that_is_an_organization_is_one(tmp_path: Path) -> None:
    firm = Desk(tmp_path, "L-2001", "ledger")
    assert firm.case["relationship"] == "organization"
    client = firm.client["id"]
    firm.case["business"] = []

    found = addressee(firm, **TO_BUSINESS)
    assert found.id == client
    assert found.client
    firm.client["addresses"] = []
    assert "safe-contact" in firm.codes(note(firm, **TO_BUSINESS))


def test_the_file_is_addressed_to_nobody(desk: Desk) -> None:
    found = addressee(desk, **on_file())

    assert (found.id, found.names, found.address, found.person) == ("file", (), None, None)
    assert found.client
    assert found.client.id == "jordan"
    assert addressee(desk, "file", **on_file()) == found


def test_a_file_may_be_about_one_of_several(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")
    couple.case.pop("words", None)

    assert addressee(couple, **on_file()).client is None
    found = addressee(couple, "khadija", **on_file())
    assert found.client
    assert (found.id, found.client.id, found.path) == ("file", "khadija", "clients[1]")
    assert refused(couple, "nobody", **on_file()).message == "The case has nobody with the id nobody."


def test_a_file_may_be_about_a_contact_with_somebody_who_acts_for_a_client(tmp_path: Path) -> None:
    minor = Desk(tmp_path, "C-1006")
    minor.case.pop("words", None)

    found = addressee(minor, "ines", **on_file())
    assert found.person
    assert found.client
    assert (found.person.id, found.client.id, found.address) == ("ines", "ada", None)


def test_a_script_is_about_who_is_called_and_goes_to_nobody(tmp_path: Path) -> None:
    minor = Desk(tmp_path, "C-1006")
    minor.case.pop("words", None)
    for person in minor.client["representatives"]:
        person["phones"] = [{"number": "+1 503 555 0133", "safe": "yes", "confirmed": "2026-11-20"}]
    minor.client["representatives"][1]["phones"] = []
    script = {**SCRIPT, "fields": ["call.name"], "sections": [{"id": "call", "says": "x"}]}
    script["body"] = marked({"call": "<p>{{ call.name }}</p>"})

    found = addressee(minor, "ines", **script)
    assert (found.id, found.names, found.address, found.address_path) == ("ines", (), None, "")
    assert found.person
    assert refused(minor, "paul", **script).code == "barred"
    assert refused(minor, **script).remedy == "Make one at a time, with --to ines or --to ruth."
