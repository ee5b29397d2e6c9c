"""Nothing goes into the hands of somebody barred, nor where post came back, however the case writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import Desk, field, the
from tests.checks.test_contact import ADDRESS


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1001")


PAULS = {"lines": ["8 Oak Lane"], "city": "Salem", "region": "OR", "postcode": "97301", "country": "US"}


@pytest.mark.parametrize(
    "written",
    [
        {"postcode": "97301-2201"},
        {"postcode": ""},
        {"lines": ["8 Oak Lane", "Salem"]},
        {"lines": ["8 Oak Ln #2"]},
        {"lines": ["8 Oak Lane", "Apt 2"], "postcode": "97301-2201"},
    ],
)
def test_the_home_of_somebody_barred_is_recognized_however_it_is_written(
    written: dict[str, Any], tmp_path: Path
) -> None:
    desk = Desk(tmp_path, "C-1006")
    ines = desk.client["representatives"][0]
    ines["addresses"] = [ADDRESS | PAULS | written | {"safe": "yes"}]

    assert "safe-contact" in desk.codes(to="ines")

    ines["addresses"] = [ADDRESS | PAULS | {"lines": ["18 Oak Lane"], "safe": "yes"}]
    assert "safe-contact" not in desk.codes(to="ines")


def test_an_unsafe_home_is_recognized_however_it_is_written(desk: Desk) -> None:
    twice = {"lines": ["44 Alder Ave", "Portland"], "safe": "no", "postcode": "97202-0044"}
    desk.client["addresses"].append(ADDRESS | twice)
    assert "safe-contact" in desk.codes()

    desk.client["addresses"][1] |= {"lines": ["46 Alder Ave", "Portland"]}
    assert desk.codes() == []


@pytest.mark.parametrize("name", ["Paul Castellanos", "CASTELLANOS, Paul", "Mr. Paul Castellános"])
def test_somebody_barred_is_recognized_under_another_id(name: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.client["representatives"][2]["name"] = name

    letter, findings = desk.write(to="ruth")

    found = the("barred-name", findings)
    assert letter is None
    assert found.severity is Severity.ERROR
    assert found.message == "ruth has the name of paul, whom an order bars."
    assert field(found) == "clients[0].representatives[2].name"
    assert "barred-name" not in desk.codes(to="ines")


@pytest.mark.parametrize("name", ["Paula Castellanos", "Paul Castellanos Jr.", "Paul Delgado"])
def test_a_name_like_that_of_somebody_barred_is_another(name: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.client["representatives"][2]["name"] = name

    assert "barred-name" not in desk.codes(to="ruth")


def test_a_provider_with_the_name_of_somebody_barred_is_told_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    barred = {"id": "alan", "name": "Alan Whitfield", "relation": "attorney", "barred": "yes"}
    desk.client["representatives"] = [barred]
    desk.case["provider"]["name"] = "Dr. Alan Whitfield"
    assert "barred-name" in desk.codes("referral")

    desk.case["provider"]["name"] = "Dr. Agnes Whitfield"
    assert "barred-name" not in desk.codes("referral")


def returned(on: str, **changes: str) -> dict[str, str]:
    return {
        **{"at": f"{on}T10:00-08:00", "by": "sam-rivera", "channel": "letter", "outcome": "returned"},
        **changes,
    }


@pytest.mark.parametrize(
    "noted",
    [
        {},
        {"to": "jordan"},
        {"direction": "in"},
    ],
)
def test_post_that_came_back_since_the_address_was_confirmed_is_told(
    noted: dict[str, str], desk: Desk
) -> None:
    desk.case["contacts"].append(returned("2026-11-10", **noted))

    found = the("address-unconfirmed", desk.write()[1])

    assert found.severity is Severity.WARNING
    assert found.message == (
        "A letter to jordan came back on 2026-11-10, after the address was last confirmed."
    )
    assert field(found) == "clients[0].addresses[0].confirmed"


def test_no_letter_goes_where_post_came_back(desk: Desk) -> None:
    desk.case["contacts"] += [returned("2026-11-09"), returned("2026-11-10", used="44 Alder Ave, Portland")]

    letter, findings = desk.write()

    found = the("route-failed", findings)
    assert letter is None
    assert found.severity is Severity.ERROR
    assert found.message == (
        "Post to this address came back on 2026-11-10, after the address was last confirmed."
    )
    assert field(found) == "contacts[3]"
    assert "address-unconfirmed" not in [one.code for one in findings]


@pytest.mark.parametrize(
    "contact",
    [
        returned("2026-10-06"),
        returned("2026-10-01", used="44 Alder Avenue"),
        returned("2026-11-10", used="9 Old Road"),
        returned("2026-11-10", outcome="sent", used="44 Alder Avenue"),
        returned("2026-11-10", channel="email"),
    ],
)
def test_other_post_says_nothing_about_the_address(contact: dict[str, str], desk: Desk) -> None:
    desk.case["contacts"].append(contact)

    assert desk.codes() == []


def test_post_to_another_person_says_nothing_about_the_address(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.case["contacts"].append(returned("2026-11-10", to="ruth"))

    assert desk.codes(to="ines") == []
    assert desk.codes(to="ruth") == ["address-unconfirmed"]
