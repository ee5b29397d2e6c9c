"""A letter goes to the living, ends nothing in danger, and is signed by somebody who may."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.findings import Severity
from tests.checks.looking import FIELDS, SECTIONS, Desk, field, marked, note, spot, the
from tests.support.desk import TODAY

DAY_BEFORE, SAME_DAY = "2026-11-21", "2026-11-22"


def test_nothing_goes_to_somebody_who_has_died(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1008")

    written, findings = desk.write()

    found = the("deceased", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The client walter has died."
    assert "executor" in found.remedy
    assert field(found) == "clients[0].died"
    assert spot(found) == '"2026-11-15"'
    assert "deceased" in desk.codes(draft=True)


def test_the_living_get_their_letters(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1008")
    del desk.client["died"]

    assert desk.codes() == []


def test_nothing_goes_to_others_about_somebody_who_has_died(tmp_path: Path) -> None:
    child = Desk(tmp_path / "child", "C-1006")
    child.client["died"] = SAME_DAY
    assert field(the("deceased", child.write(to="ines")[1])) == "clients[0].died"

    patient = Desk(tmp_path / "patient", "C-1004")
    patient.client["died"] = SAME_DAY
    assert field(the("deceased", patient.write("referral")[1])) == "clients[0].died"


def test_of_a_couple_the_one_who_lives_gets_no_ordinary_letter_either(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1002")
    desk.case["clients"][1]["died"] = DAY_BEFORE

    found = the("deceased", desk.write(to="minh")[1])
    assert found.message == "khadija has died, and the letter would speak of the time with both of them."
    assert found.remedy == "Write to minh by hand, with that in mind."
    found = the("deceased", desk.write(to="khadija")[1])
    assert "khadija" in found.message
    assert field(found) == "clients[1].died"


def test_a_referral_is_about_the_client_it_names(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    other = {"id": "finn", "name": "Finn", "died": DAY_BEFORE}
    desk.case |= {"relationship": "couple", "clients": [other, desk.client]}
    desk.case["request"]["about"] = "maeve"
    desk.case["authorizations"][0]["by"] = "maeve"
    assert desk.codes("referral") == []

    desk.case["request"]["about"] = "finn"
    assert field(the("deceased", desk.write("referral")[1])) == "clients[0].died"


def test_danger_stops_an_ending(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1001")
    desk.case["confidential"]["danger"] = "yes"

    written, findings = desk.write()

    found = the("danger", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The case is marked as imminent danger."
    assert "safety first" in found.remedy
    assert field(found) == "confidential.danger"
    assert found.place
    assert found.place.line
    assert "yes" not in found.place.excerpt


def test_danger_stops_nothing_that_is_no_ending(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.case["confidential"] = {"danger": "yes"}
    assert desk.codes("record-return", to="ines") == []

    desk.case["confidential"] = {"danger": "no"}
    assert desk.codes(to="ines") == []


def test_a_letter_of_the_practice_needs_somebody_who_signs(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    del desk.practice["signatory"]

    written, findings = desk.write("clinician-leaving")

    found = the("signer", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert "names nobody who may" in found.message
    assert "`signatory`" in found.remedy
    assert field(found) == "people"
    assert spot(found) == '"people"'


def test_a_letter_of_the_clinician_needs_no_signatory(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1001")
    del desk.practice["signatory"]

    assert desk.codes() == []


def test_who_leaves_does_not_sign_for_the_practice(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    desk.practice["signatory"] = "dana-okafor"

    written, findings = desk.write("clinician-leaving")

    found = the("signer-leaving", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The letter says that dana-okafor leaves, and dana-okafor would sign it."
    assert "`signatory`" in found.remedy
    assert spot(found) == '"dana-okafor"'


def test_who_leaves_does_not_sign_a_practices_own_letter_either(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    kind = note(desk, fields=[*FIELDS, "clinician.last_day?"])

    found = the("signer-leaving", desk.write(kind)[1])

    assert "`signed_by: practice`" in found.remedy
    assert found.place
    assert found.place.file.endswith("kind.yaml")
    assert found.place.line


def test_who_stays_may_sign_for_the_practice_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1001")
    desk.practice["signatory"] = "sam-rivera"

    assert desk.codes(note(desk, signed_by="practice")) == []


@pytest.mark.parametrize(
    ("last_day", "stops"), [(DAY_BEFORE, True), (SAME_DAY, False), ("2027-01-15", False)]
)
def test_nobody_signs_after_their_last_day(last_day: str, stops: bool, tmp_path: Path) -> None:
    assert str(TODAY) == SAME_DAY
    desk = Desk(tmp_path, "C-1001")
    desk.practice["people"]["sam-rivera"]["last_day"] = last_day

    written, findings = desk.write()

    assert (written is None) == stops
    assert [found.code for found in findings] == ["signer-leaving"] * stops
    if stops:
        assert "whose last day (2026-11-21)" in findings[0].message
        assert "`clinician`" in findings[0].remedy
        assert spot(findings[0]) == f'"{DAY_BEFORE}"'


def test_a_letter_of_practices_that_treat_people_is_not_one_from_an_accountant(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.practice["profession"] = "accounting"

    letter, findings = desk.write()

    found = the("kind-profession", findings)
    assert letter is None
    assert found.message == "This letter is for practices that treat people, and not for accounting."
    assert "`letters kinds`" in found.remedy
    assert field(found) == "profession"

    desk.practice["profession"] = "psychology"
    assert desk.codes() == []


EXECUTOR = {
    "id": "edith",
    "name": "Edith Hart",
    "relation": "executor",
    "addresses": [
        {
            "lines": ["5 Elm Court"],
            "city": "Portland",
            "region": "OR",
            "postcode": "97203",
            "country": "US",
            "safe": "yes",
            "discreet": "no",
            "confirmed": "2026-11-20",
        }
    ],
}


def mourned(folder: Path) -> Desk:
    """A desk with a client who died, and their executor."""
    desk = Desk(folder, "C-1001")
    del desk.case["words"]
    desk.client.update({"died": "2026-11-15", "representatives": [EXECUTOR]})
    return desk


def test_the_executor_may_be_written_to_where_the_kind_is_for_that(tmp_path: Path) -> None:
    desk = mourned(tmp_path)

    written, findings = desk.write(note(desk, after_death="yes"))

    assert findings == []
    assert written
    assert written.facts.addressee.id == "edith"
    assert "deceased" in desk.codes(note(desk))
    assert desk.write(note(desk), to="edith")[0] is None


def test_of_two_who_died_neither_executor_reads_of_the_other_as_if_alive(tmp_path: Path) -> None:
    desk = mourned(tmp_path)
    desk.case["clients"].append({"id": "finn", "name": "Finn", "died": "2026-11-16"})
    kind = note(desk, after_death="yes")

    assert field(the("deceased", desk.write(kind, to="edith")[1])) == "clients[1].died"


def test_a_business_letter_goes_to_the_living_too(tmp_path: Path) -> None:
    desk = mourned(tmp_path)
    desk.client["representatives"] = []
    fields = ["practice.phone", "records.contact", "crisis?", "emergency?"]
    kind = note(desk, to="business", fields=fields)
    address = {"lines": ["1 High Street"], "city": "Portland", "region": "OR", "country": "US"}
    desk.case["business"] = [{"id": "bank", "organization": "North Bank", "address": address}]
    assert desk.write(kind)[0]

    desk.case["relationship"] = "organization"
    assert "deceased" not in desk.codes(kind, to="bank")
    assert "deceased" in desk.codes(kind, to="jordan")


@pytest.mark.parametrize(
    ("reason", "is_stopped"),
    [
        *(("LOST_CONTACT", True), ("NONPAYMENT", True), ("OUT_OF_SCOPE", True), ("OTHER", True)),
        *(("CLIENT_CHOICE", False), ("GOALS_MET", False)),
    ],
)
def test_danger_stops_an_own_kind_that_ends_what_the_client_did_not(
    reason: str, is_stopped: bool, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, "C-1001")
    desk.case["words"] = {}
    desk.case["confidential"]["danger"] = "yes"
    desk.case["ending"]["reason"] = reason
    body = marked(SECTIONS | {"thanks": "<p>It ends on {{ ending.on }}.</p>"})

    assert ("danger" in desk.codes(note(desk, body, fields=[*FIELDS, "ending.on"]))) == is_stopped
    assert "danger" not in desk.codes(note(desk))
    assert "danger" in desk.codes(note(desk, ends="yes"))


@pytest.mark.parametrize("to", ["client", "provider", "business"])
def test_nothing_leaves_the_practice_that_nobody_signs(to: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    address = {"lines": ["1 High Street"], "city": "Portland", "region": "OR", "country": "US"}
    desk.case["business"] = [{"id": "bank", "organization": "North Bank", "address": address}]

    found = the("signer", desk.write(note(desk, signed_by="nobody", to=to))[1])

    assert found.message == "This kind of letter is signed by nobody, and it leaves the practice."
    assert field(found) == "signed_by"


def test_a_death_that_is_only_the_reason_of_the_ending_stops_the_letter_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["ending"]["reason"] = "DECEASED"
    found = the("deceased", desk.write()[1])

    assert field(found) == "ending.reason"
    assert "gives no date of death" in found.message


@pytest.mark.parametrize("kind", ["outreach-final", "ended-notice"])
def test_danger_stops_every_way_of_telling_an_end(kind: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["ending"] = {"reason": "NO_BENEFIT", "at": "2026-11-20T10:00-08:00", "on": "2026-12-20"}
    desk.case["confidential"] = {"danger": "yes"}

    assert "danger" in desk.codes(kind)
