"""Somebody is called only where it is safe, and what must not be overheard is not left on a machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Finding, Severity
from tests.checks.looking import Desk, field, marked, note, the

PHONE = {"number": "+1 503 555 0133", "confirmed": "2026-11-20"}
SAFE = PHONE | {"safe": "yes", "voicemail": "callback-only"}
UNSAFE = PHONE | {"safe": "no", "voicemail": "detailed"}
FIELDS = ["call.name", "call.called", "call.number?"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    del desk.case["words"]
    desk.client["addresses"] = []
    desk.client["phones"] = [dict(SAFE)]
    return desk


def script(desk: Desk, *, left: bool = True, fields: list[str] = FIELDS, **description: Any) -> str:
    """A script for a call; `left` if it is for a machine."""
    sections = [{"id": "call", "says": "whom to call", "overheard": "yes" if left else "no"}]
    is_told = "call.name" in fields
    body = marked({"call": "<p>{{ call.name }}: {{ call.number }}</p>" if is_told else "<p>Nobody.</p>"})
    told = {"to": "file", "call": "yes", "signed_by": "nobody", "fields": fields, "sections": sections}
    return note(desk, body, **(told | description))


def found_in(desk: Desk, **script_of: Any) -> list[Finding]:
    return desk.write(script(desk, **script_of))[1]


def test_somebody_is_called_on_the_first_phone_that_is_safe_and_needs_no_address(desk: Desk) -> None:
    desk.client["phones"] = [
        UNSAFE | {"number": "+1 503 555 0134"},
        PHONE | {"number": "+1 503 555 0135"},
        SAFE,
    ]

    written, findings = desk.write(script(desk))

    assert findings == []
    assert written
    assert "555-0133" in written.html
    assert not any(number in written.html for number in ("555-0134", "555-0135"))


@pytest.mark.parametrize("phones", [[], [PHONE], [UNSAFE], [UNSAFE, PHONE]], ids=str)
def test_without_a_safe_phone_there_is_no_script(phones: list[dict[str, str]], desk: Desk) -> None:
    desk.client["phones"] = phones

    written, findings = desk.write(script(desk))

    found = the("safe-contact", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "There is no phone on which it is safe to call jordan."
    assert "555" not in found.remedy
    assert "safe-contact" in desk.codes(script(desk), draft=True)


def test_whom_nobody_may_contact_is_not_called(desk: Desk) -> None:
    desk.client["no_contact"] = "yes"

    found = the("safe-contact", found_in(desk))
    assert field(found) == "clients[0].no_contact"


@pytest.mark.parametrize("voicemail", ["none", ""])
def test_no_script_for_a_machine_where_no_message_may_be_left(voicemail: str, desk: Desk) -> None:
    desk.client["phones"] = [PHONE | {"safe": "yes", "voicemail": voicemail}]

    found = the("safe-contact", found_in(desk))
    assert found.message == "No message may be left for jordan on the phone that is safe to call."
    assert field(found) == "clients[0].phones[0]"
    assert found_in(desk, left=False) == []
    # It is told what may be left, and says itself when to hang up.
    assert found_in(desk, fields=[*FIELDS, "call.voicemail"]) == []


@pytest.mark.parametrize("voicemail", ["callback-only", "detailed"])
def test_where_a_message_may_be_left_a_script_is_made(voicemail: str, desk: Desk) -> None:
    desk.client["phones"][0]["voicemail"] = voicemail

    assert found_in(desk) == []


@pytest.mark.parametrize(
    ("confirmed", "says"),
    [
        ("", "Nobody has noted when this number was last confirmed."),
        ("2026-08-01", "This number was last confirmed 113 days ago."),
    ],
)
def test_a_number_confirmed_too_long_ago_is_told(confirmed: str, says: str, desk: Desk) -> None:
    desk.client["phones"][0]["confirmed"] = confirmed

    found = the("address-unconfirmed", found_in(desk))
    assert found.severity is Severity.WARNING
    assert found.message == says
    assert field(found).startswith("clients[0].phones[0]")


def test_no_number_is_confirmed_in_the_future(desk: Desk) -> None:
    desk.client["phones"][0]["confirmed"] = "2026-11-23"

    assert field(the("dates-disagree", found_in(desk))) == "clients[0].phones[0].confirmed"


def test_a_number_cannot_be_safe_and_unsafe(desk: Desk) -> None:
    desk.client["phones"].append(UNSAFE | {"number": "(503) 555-0133"})

    found = the("safe-contact", found_in(desk))
    assert found.message == "The same phone of jordan is marked as safe and as not safe."
    assert field(found) == "clients[0].phones[1]"


def test_nobody_is_called_on_the_phone_of_somebody_who_must_not_know(desk: Desk) -> None:
    desk.client["born"] = "2012-01-01"
    ann: dict[str, Any] = {"id": "ann", "name": "Ann", "relation": "parent", "phones": [SAFE]}
    paul = ann | {"id": "paul", "name": "Paul", "barred": "yes", "phones": [PHONE]}
    desk.client["representatives"] = [ann, paul]

    found = the("safe-contact", found_in(desk))
    assert found.message == "This is also the phone of paul, who must not be told."
    paul["phones"] = []
    assert found_in(desk) == []


def test_a_number_others_share_is_no_matter(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")
    couple.case.pop("words", None)
    for client in couple.case["clients"]:
        client["phones"] = [SAFE]

    assert couple.codes(script(couple), to="minh") == []
    assert couple.codes(script(couple)) == ["addressee"]


def test_what_is_not_read_out_to_anybody_needs_no_phone(desk: Desk) -> None:
    desk.client["phones"] = []

    fields = ["client.name"]
    assert found_in(desk, call="no", fields=fields) == []
    assert desk.codes(script(desk, call="no", fields=fields), to="jordan") == []


def test_nobody_who_has_died_is_called(desk: Desk) -> None:
    desk.client["died"] = "2026-11-15"

    assert "deceased" in [one.code for one in found_in(desk)]
    assert found_in(desk, call="no", fields=["client.name"]) == []


def test_danger_stops_a_call_that_ends_something(desk: Desk) -> None:
    desk.case["confidential"]["danger"] = "yes"

    assert "danger" in [one.code for one in found_in(desk, fields=[*FIELDS, "ending.on"])]
    assert found_in(desk) == []
    assert found_in(desk, call="no", fields=["ending.on"]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+1 503 555 0133", "555 0133"),
        ("+1 503 555 0133", "(503) 555-0133 ext 2"),
        ("503 555 0133 x1", "503.555.0133"),
    ],
)
def test_a_number_is_recognized_however_it_is_written(one: str, other: str, desk: Desk) -> None:
    desk.client["phones"] = [SAFE | {"number": one}, UNSAFE | {"number": other}]

    found = the("safe-contact", found_in(desk))

    assert found.message == "The same phone of jordan is marked as safe and as not safe."


def stranger(**changes: str) -> dict[str, str]:
    return {
        **{"at": "2026-11-21T10:00-08:00", "by": "sam-rivera", "channel": "phone"},
        **{"outcome": "wrong-person"},
        **changes,
    }


def test_nobody_is_called_where_a_stranger_answered(desk: Desk) -> None:
    desk.case["contacts"].append(stranger(used="503-555-0133"))

    found = the("route-failed", found_in(desk))

    assert found.severity is Severity.ERROR
    assert found.message == (
        "Somebody else answered this number on 2026-11-21, after the number was last confirmed."
    )
    assert field(found) == "contacts[2]"


def test_a_later_call_that_says_how_it_was_theirs_clears_the_number(desk: Desk) -> None:
    again = {"at": "2026-11-22T10:00-08:00", "outcome": "voicemail", "used": "555-0133"}
    desk.case["contacts"] += [stranger(used="503-555-0133"), stranger(**again)]
    assert [found.code for found in found_in(desk)] == ["route-failed"]

    desk.case["contacts"][-1]["safe_check"] = "The greeting is Jordan's voice."
    assert found_in(desk) == []


def test_a_stranger_on_a_number_that_was_not_noted_is_told(desk: Desk) -> None:
    desk.case["contacts"].append(stranger())

    found = the("address-unconfirmed", found_in(desk))

    assert found.message == (
        "Somebody else answered a call to jordan on 2026-11-21, after the number was last confirmed."
    )
    assert field(found) == "clients[0].phones[0].confirmed"


@pytest.mark.parametrize(
    "contact",
    [
        stranger(used="+1 503 555 0134"),
        stranger(used="503 555 0133", at="2026-11-20T10:00-08:00"),
        stranger(used="503 555 0133", outcome="no-answer"),
    ],
)
def test_another_call_says_nothing_about_the_number(contact: dict[str, str], desk: Desk) -> None:
    desk.case["contacts"].append(contact)

    assert found_in(desk) == []


def test_whom_an_order_bars_is_not_called_under_another_id(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    ines, paul = desk.client["representatives"][:2]
    ines["phones"] = [dict(SAFE)]
    kind = script(desk, left=False)
    assert "barred-name" not in desk.codes(kind, to="ines")

    paul["name"] = "Castellanos, Ines"
    assert "barred-name" in desk.codes(kind, to="ines")
