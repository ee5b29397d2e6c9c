"""Post goes only where somebody has said that it is safe."""

from __future__ import annotations

import itertools
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.checks.contact import CONFIRMED_FOR
from letters.findings import Severity
from tests.checks.looking import Desk, field, spot, the
from tests.support.desk import TODAY

ADDRESS = {
    "lines": ["44 Alder Avenue"],
    "city": "Portland",
    "region": "OR",
    "postcode": "97202",
    "country": "US",
    "discreet": "no",
    "confirmed": "2026-11-20",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1001")


@pytest.mark.parametrize(
    ("changes", "says", "where"),
    [
        ({"addresses": []}, "There is no address for jordan.", "clients[0]"),
        (
            {"addresses": [ADDRESS]},
            "Nobody has said whether post to jordan is safe.",
            "clients[0].addresses[0]",
        ),
        (
            {"addresses": [ADDRESS | {"safe": "no"}]},
            "No address of jordan is safe for post.",
            "clients[0].addresses[0].safe",
        ),
        (
            {"addresses": [ADDRESS | {"safe": "no"}, ADDRESS]},
            "No address of jordan is safe for post.",
            "clients[0].addresses[0].safe",
        ),
        (
            {"addresses": [ADDRESS | {"safe": "yes"}], "no_contact": "yes"},
            "Nobody may contact jordan at all.",
            "clients[0].no_contact",
        ),
    ],
)
def test_without_a_permitted_route_there_is_no_letter(
    changes: dict[str, Any], says: str, where: str, desk: Desk
) -> None:
    desk.client.update(changes)

    written, findings = desk.write()

    found = the("safe-contact", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == says
    assert field(found) == where
    assert spot(found)
    assert "safe-contact" in desk.codes(draft=True)


@pytest.mark.parametrize(
    ("ways", "remedy"),
    [
        ({"phones": []}, "Do not write. Note in the file that no letter was sent"),
        ({"phones": [{"number": "+1 503 555 0133"}]}, "Do not write. Note in the file"),
        (
            {
                "phones": [
                    {"number": "+1 503 555 0133", "safe": "no"},
                    {"number": "+1 503 555 0134", "safe": "yes"},
                ]
            },
            "Call the number at `clients[0].phones[1]` (leave no message)",
        ),
        (
            {"phones": [{"number": "+1 503 555 0134", "safe": "yes", "voicemail": "none"}]},
            "Call the number at `clients[0].phones[0]` (leave no message)",
        ),
        (
            {"phones": [{"number": "+1 503 555 0134", "safe": "yes", "voicemail": "callback-only"}]},
            "(on voicemail only ask for a call back)",
        ),
        (
            {"phones": [{"number": "+1 503 555 0134", "safe": "yes", "voicemail": "detailed"}]},
            "(a message may be left)",
        ),
        (
            {"phones": [], "emails": [{"address": "a@b.example"}, {"address": "c@d.example", "safe": "yes"}]},
            "Ask by email, at `clients[0].emails[1]`",
        ),
    ],
)
def test_the_remedy_names_only_a_way_that_is_safe(ways: dict[str, Any], remedy: str, desk: Desk) -> None:
    desk.client.update({"addresses": [ADDRESS | {"safe": "no"}], **ways})

    found = the("safe-contact", desk.write()[1])

    assert remedy in found.remedy
    assert "555" not in found.remedy
    assert "@" not in found.remedy


def test_no_contact_leaves_no_other_way_either(desk: Desk) -> None:
    desk.client["no_contact"] = "yes"

    found = the("safe-contact", desk.write()[1])

    assert found.remedy.startswith("Write nothing and call nobody.")
    assert spot(found) == '"yes"'


@pytest.mark.parametrize("days", [CONFIRMED_FOR.days + 1, 400])
def test_an_address_confirmed_too_long_ago_is_told(days: int, desk: Desk) -> None:
    desk.client["addresses"][0]["confirmed"] = str(TODAY - timedelta(days=days))

    found = the("address-unconfirmed", desk.write()[1])

    assert found.severity is Severity.WARNING
    assert found.message == f"This address was last confirmed {days} days ago."
    assert "safe channel" in found.remedy
    assert field(found) == "clients[0].addresses[0].confirmed"
    assert spot(found) == f'"{TODAY - timedelta(days=days)}"'


def test_an_address_never_confirmed_is_told(desk: Desk) -> None:
    del desk.client["addresses"][0]["confirmed"]

    found = the("address-unconfirmed", desk.write()[1])

    assert found.message == "Nobody has noted when this address was last confirmed."
    assert spot(found)


@pytest.mark.parametrize("days", [0, 1, CONFIRMED_FOR.days])
def test_an_address_confirmed_as_long_ago_as_permitted_passes(days: int, desk: Desk) -> None:
    desk.client["addresses"][0]["confirmed"] = str(TODAY - timedelta(days=days))

    assert desk.codes() == []


def test_only_the_address_that_is_used_has_to_be_confirmed(desk: Desk) -> None:
    old = {"lines": ["1 Old Road"], "confirmed": "2020-01-01"}
    desk.client["addresses"].insert(0, ADDRESS | old | {"safe": "no"})
    desk.client["addresses"].append(ADDRESS | old | {"safe": "yes"})

    written, findings = desk.write()

    assert findings == []
    assert written
    assert written.facts.addressee.address_path == "clients[0].addresses[1]"


@pytest.mark.parametrize("discreet", ["yes", ""])
def test_a_discreet_envelope_needs_a_discreet_name(discreet: str, desk: Desk) -> None:
    desk.client["addresses"][0]["discreet"] = discreet
    del desk.practice["discreet_name"]

    found = the("discreet-name", desk.write()[1])

    assert found.severity is Severity.WARNING
    assert "must not show the practice's name" in found.message
    assert "`discreet_name`" in found.remedy
    assert field(found) == "name"
    assert spot(found) == '"Harbor Family Counseling"'


def test_with_a_discreet_name_or_an_open_envelope_nothing_is_said(desk: Desk) -> None:
    desk.client["addresses"][0]["discreet"] = "yes"
    assert desk.codes() == []

    desk.client["addresses"][0]["discreet"] = "no"
    del desk.practice["discreet_name"]
    assert desk.codes() == []


def test_a_providers_address_needs_no_permission(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.client["addresses"] = []

    assert desk.codes("referral") == []


def test_one_guardians_address_does_not_serve_another(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.client["representatives"][0]["addresses"] = []

    found = the("safe-contact", desk.write(to="ines")[1])

    assert "ines" in found.message
    assert field(found) == "clients[0].representatives[0]"
    assert desk.codes(to="ruth") == []


SAFE = st.sampled_from(["yes", "no", None])
ADDRESSES = st.lists(SAFE.map(lambda safe: ADDRESS | ({"safe": safe} if safe else {})), max_size=4)


@settings(deadline=None, max_examples=60)
@given(addresses=ADDRESSES, no_contact=st.sampled_from(["yes", "no", None]), draft=st.booleans())
def test_a_letter_is_written_exactly_where_there_is_a_permitted_route(
    addresses: list[dict[str, Any]], no_contact: str | None, draft: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), "C-1001")
        # Each address is another street, so that the one written to can be told.
        numbers = itertools.count(1)
        desk.client["addresses"] = [one | {"lines": [f"{next(numbers)} Fir Court"]} for one in addresses]
        if no_contact:
            desk.client["no_contact"] = no_contact
        written, findings = desk.write(draft=draft)

    safe = [n for n, one in enumerate(addresses, 1) if one.get("safe") == "yes" and no_contact != "yes"]
    assert (written is not None) == bool(safe)
    assert ("safe-contact" in [found.code for found in findings]) == (not safe)
    if written:
        assert written.frame.address[1] == f"{safe[0]} Fir Court"


def test_an_address_cannot_be_safe_and_unsafe(desk: Desk) -> None:
    twice = desk.client["addresses"][0] | {"lines": ["44 ALDER  avenue"], "safe": "no"}
    desk.client["addresses"].append(twice)

    letter, findings = desk.write()

    found = the("safe-contact", findings)
    assert letter is None
    assert found.message == "The same address of jordan is marked as safe and as not safe."
    assert field(found) == "clients[0].addresses[1]"


def test_nothing_goes_to_an_address_of_somebody_barred(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    ines, paul = desk.client["representatives"][:2]
    paul["addresses"] = [ines["addresses"][0] | {"safe": ""}]

    letter, findings = desk.write(to="ines")

    found = the("safe-contact", findings)
    assert letter is None
    assert found.message == "This is also the address of paul, who must not be told."
    assert desk.codes(to="ruth") == []


@pytest.mark.parametrize(
    ("confirmed", "is_stopped"),
    [("2026-11-10", True), ("2026-11-12", True), ("2026-11-19", True), ("2026-11-20", False)],
)
def test_only_a_confirmation_since_a_letter_came_back_makes_its_address_good_again(
    confirmed: str, is_stopped: bool, desk: Desk
) -> None:
    home = desk.client["addresses"][0] | {"confirmed": confirmed}
    desk.client["addresses"] = [home]
    used = f"Jordan, {home['lines'][0]}, {home['city']}, {home['region']} {home['postcode']}"
    sent = {"at": "2026-11-12T12:00-08:00", "by": "sam-rivera", "to": "jordan", "channel": "letter"}
    sent |= {"outcome": "returned", "came_back": "2026-11-20", "used": used}
    desk.case["contacts"] = [*desk.case.get("contacts", []), sent]

    findings = desk.write()[1]

    assert ("route-failed" in [one.code for one in findings]) is is_stopped
    if is_stopped:
        assert "came back on 2026-11-20" in the("route-failed", findings).message
