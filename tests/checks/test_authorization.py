"""Nobody outside the practice is told anything without a permission that holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import FIELDS, Desk, field, note, spot, the
from tests.support.desk import TODAY

DAY_BEFORE, SAME_DAY, DAY_AFTER = "2026-11-21", "2026-11-22", "2026-11-23"


def referral(folder: Path, **changes: str) -> Desk:
    desk = Desk(folder, "C-1004")
    desk.case["authorizations"][0] |= changes
    return desk


def test_the_examples_days_are_around_the_letters_date() -> None:
    assert TODAY.isoformat() == SAME_DAY


def test_a_provider_nobody_permitted_is_told_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    del desk.case["authorizations"]

    written, findings = desk.write("referral")

    found = the("authorization", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "No authorization names this provider."
    assert "Ask the client" in found.remedy
    assert field(found) == "provider"
    assert spot(found) == '"provider"'


def test_a_permission_for_somebody_else_is_none(tmp_path: Path) -> None:
    found = the("authorization", referral(tmp_path, to="Northside Clinic").write("referral")[1])

    assert found.message == "No authorization names this provider."
    assert spot(found) == '"authorizations"'


@pytest.mark.parametrize(
    ("changes", "what", "says"),
    [
        ({"expires": DAY_BEFORE}, "expires", "expired on 2026-11-21"),
        ({"revoked": DAY_AFTER}, "revoked", "took this authorization back on 2026-11-23"),
        ({"revoked": SAME_DAY}, "revoked", "took this authorization back on 2026-11-22"),
        ({"revoked": DAY_BEFORE}, "revoked", "took this authorization back on 2026-11-21"),
        ({"signed": DAY_AFTER}, "signed", "signed on 2026-11-23, after the letter's date"),
    ],
)
def test_a_permission_that_does_not_hold_stops_the_referral(
    changes: dict[str, str], what: str, says: str, tmp_path: Path
) -> None:
    written, findings = referral(tmp_path, **changes).write("referral")

    found = the("authorization", findings)
    assert written is None
    assert says in found.message
    assert field(found) == f"authorizations[0].{what}"
    assert spot(found).strip('"') == changes[what]


def test_the_remedy_for_a_date_to_come_is_the_date(tmp_path: Path) -> None:
    found = the("authorization", referral(tmp_path, signed=DAY_AFTER).write("referral")[1])

    assert "Correct the date" in found.remedy


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"expires": SAME_DAY},
        {"signed": SAME_DAY},
        {"expires": ""},
        {"to": "CEDAR HILL PAIN & SLEEP CENTER"},
        {"to": "Dr. Alma Whitfield"},
    ],
)
def test_a_permission_that_holds_on_the_letters_date_is_enough(
    changes: dict[str, str], tmp_path: Path
) -> None:
    written, findings = referral(tmp_path, **changes).write("referral")

    assert findings == []
    assert written is not None


def test_one_permission_that_holds_is_enough(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    good = desk.case["authorizations"][0]
    expired: dict[str, Any] = good | {"expires": DAY_BEFORE, "reference": "AUTH-2026-001"}

    desk.case["authorizations"] = [expired, good]
    assert desk.codes("referral") == []

    desk.case["authorizations"] = [expired, expired | {"revoked": DAY_BEFORE}]
    findings = [one for one in desk.write("referral")[1] if one.code == "authorization"]
    assert [field(found) for found in findings] == ["authorizations[0].expires", "authorizations[1].revoked"]


def test_a_letter_to_the_client_needs_none(tmp_path: Path) -> None:
    assert Desk(tmp_path, "C-1001").codes() == []


def covering(folder: Path, *covers: str) -> Desk:
    desk = Desk(folder, "C-1004")
    desk.case["authorizations"][0]["covers"] = list(covers)
    return desk


def to_provider(desk: Desk, *fields: str, **description: Any) -> str:
    """A small kind of letter to the provider."""
    return note(desk, fields=[*FIELDS, *fields], to="provider", **{"discloses": "referral"} | description)


def test_a_permission_for_something_else_does_not_cover_this(tmp_path: Path) -> None:
    desk = covering(tmp_path, "records", "handover")

    written, findings = desk.write(to_provider(desk, discloses="referral"))

    found = the("authorization", findings)
    assert written is None
    assert found.message == "The authorization covers records, handover, and this letter needs referral."
    assert field(found) == "authorizations[0].covers"


def test_what_a_permission_covers_is_told_by_the_one_that_says(tmp_path: Path) -> None:
    desk = covering(tmp_path, "records")
    unlisted = {key: value for key, value in desk.case["authorizations"][0].items() if key != "covers"}
    desk.case["authorizations"].insert(0, unlisted)

    found = the("authorization", desk.write(to_provider(desk, discloses="referral"))[1])

    assert found.message.startswith("The authorization covers records,")
    assert field(found) == "authorizations[1].covers"


def test_a_sentence_about_the_scope_has_to_be_read_by_somebody(tmp_path: Path) -> None:
    desk = covering(tmp_path)

    written, findings = desk.write(to_provider(desk, discloses="referral"))

    found = the("authorization-scope", findings)
    assert written
    assert found.severity is Severity.WARNING
    assert "`covers: [referral]`" in found.remedy
    assert field(found) == "authorizations[0]"


def test_any_of_several_permissions_may_cover_it(tmp_path: Path) -> None:
    desk = covering(tmp_path, "records")
    desk.case["authorizations"].append(desk.case["authorizations"][0] | {"covers": ["referral"]})

    assert desk.codes(to_provider(desk, discloses="referral")) == []
    desk.case["authorizations"][1]["expires"] = DAY_BEFORE
    assert desk.codes(to_provider(desk, discloses="referral")) == ["authorization"]


def test_a_practices_own_kind_with_copies_needs_a_permission_for_records(tmp_path: Path) -> None:
    desk = covering(tmp_path, "referral")
    desk.case["records"] = {"transfer": {"contents": [{"what": "Plan", "pages": "4"}]}}
    assert desk.codes(to_provider(desk, "copies?")) == ["authorization"]

    desk.case["authorizations"][0]["covers"] = ["records"]
    assert desk.codes(to_provider(desk, "copies?")) == []


def transfer(folder: Path, *notes: str) -> Desk:
    """A desk where copies are sent, some of them psychotherapy notes."""
    desk = covering(folder, "records")
    copies = [{"what": f"Part {n}", "pages": "4", "psychotherapy_notes": yes} for n, yes in enumerate(notes)]
    desk.case["records"] = {"transfer": {"contents": copies}}
    return desk


@pytest.mark.parametrize("covers", [["records"], ["records", "psychotherapy-notes"]])
def test_psychotherapy_notes_need_a_permission_of_their_own(covers: list[str], tmp_path: Path) -> None:
    desk = transfer(tmp_path, "no", "yes")
    desk.case["authorizations"][0]["covers"] = covers

    written, findings = desk.write(to_provider(desk, discloses="records"))

    found = the("psychotherapy-notes", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert field(found) == "records.transfer.contents[1]"


def test_they_may_go_with_one(tmp_path: Path) -> None:
    desk = transfer(tmp_path, "no", "yes")
    own = desk.case["authorizations"][0] | {"covers": ["psychotherapy-notes"]}
    desk.case["authorizations"].append(own)
    assert desk.codes(to_provider(desk, discloses="records")) == []

    alone = transfer(tmp_path / "alone", "yes")
    alone.case["authorizations"] = [own]
    assert alone.codes(to_provider(alone, discloses="records")) == []
    assert desk.codes(to_provider(desk, "copies?")) == []


def test_they_do_not_slip_out_in_a_practices_own_kind(tmp_path: Path) -> None:
    desk = transfer(tmp_path, "yes")

    assert set(desk.codes(to_provider(desk, "copies?"))) == {"authorization", "psychotherapy-notes"}


def test_without_them_the_usual_permission_is_enough(tmp_path: Path) -> None:
    desk = transfer(tmp_path, "no")

    assert desk.codes(to_provider(desk, discloses="records")) == []


@pytest.mark.parametrize(
    ("by", "holds"), [("maeve", True), ("ann", True), ("bea", False), ("finn", False), ("", False)]
)
def test_of_several_clients_the_one_it_is_about_has_to_sign(by: str, holds: bool, tmp_path: Path) -> None:
    desk = referral(tmp_path, by=by)
    desk.client["representatives"] = [
        {"id": "ann", "name": "Ann", "relation": "attorney", "authority": "POA-2026-01"},
        {"id": "bea", "name": "Bea", "relation": "attorney"},
    ]
    desk.case["clients"].append({"id": "finn", "name": "Finn"})
    desk.case["request"]["about"] = "maeve"
    desk.case["authorizations"][0]["covers"] = ["referral"]

    findings = desk.write(to_provider(desk))[1]

    assert [one.code for one in findings] == ([] if holds else ["authorization"])
    if not holds:
        assert findings[0].message == "No authorization that is signed for maeve names this provider."
        assert "at `by`" in findings[0].remedy


@pytest.mark.parametrize("by", ["somebody", "paul"])
def test_who_has_no_say_signs_nothing_for_an_only_client_either(by: str, tmp_path: Path) -> None:
    desk = referral(tmp_path, by=by)
    barred = {"id": "paul", "name": "Paul", "relation": "attorney", "barred": "yes"}
    desk.client["representatives"] = [barred]

    assert "authorization" in desk.codes(to_provider(desk))


CONTACT = {
    "id": "bank",
    "organization": "North Bank",
    "address": {"lines": ["1 High Street"], "city": "Portland", "region": "OR", "country": "US"},
}


@pytest.mark.parametrize("name", ["client.name", "client.born", "represented", "money.balance", "attempts"])
def test_a_business_contact_is_told_nothing_about_a_client(name: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1001")
    desk.case |= {"business": [CONTACT], "words": {}}
    fields = ["practice.phone", "clinician.name", "handover?", "records.contact", "crisis?", "emergency?"]
    assert "authorization" not in desk.codes(note(desk, to="business", fields=fields))

    found = the("authorization", desk.write(note(desk, to="business", fields=[*fields, f"{name}?"]))[1])
    assert found.severity is Severity.ERROR
    assert found.message == f"A business contact would be told {name}, which is about the client."
    assert field(found) == "fields[6]"
