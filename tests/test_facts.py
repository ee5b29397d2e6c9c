"""All that decides a letter, in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.facts import Facts
from tests.checks.looking import SECTIONS, marked, note
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
    desk.case["authorizations"][0]["by"] = "maeve"

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


FILE = {"to": "file", "signed_by": "nobody"}


def contact(day: str, **details: str) -> dict[str, str]:
    """A contact on the phone."""
    entry = {"at": f"{day}T10:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "spoke"}
    return {**entry, **details}


def on_file(desk: Desk, to: str | None = None, **description: Any) -> Facts:
    desk.case.pop("words", None)
    return facts(desk, note(desk, **{**FILE, **description}), to=to)


def test_the_latest_contact_is_the_one_up_to_the_letter(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["contacts"] = [contact("2026-11-20"), contact("2026-11-21", outcome="voicemail")]

    found = on_file(desk).contact
    assert found
    assert found.outcome == "voicemail"
    desk.case["contacts"] = []
    assert on_file(desk).contact is None


def test_the_latest_contact_is_with_who_the_file_is_about(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")
    couple.case["contacts"] = [
        contact("2026-10-10", to="minh", used="A"),
        contact("2026-10-11", to="khadija", used="B"),
    ]

    used = [one.contact.used for one in (on_file(couple, "minh"), on_file(couple)) if one.contact]
    assert used == ["A", "B"]


def test_a_note_is_signed_by_who_made_the_contact(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["contacts"] = [contact("2026-11-20", by="lena-brook")]
    assert on_file(desk, signed_by="author").signer_id == "lena-brook"
    assert on_file(desk, signed_by="nobody").signer_id is None

    desk.case["contacts"] = []
    assert on_file(desk, signed_by="author").signer_id == "sam-rivera"


def test_a_note_by_somebody_unknown_is_no_note(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["contacts"] = [contact("2026-11-20", by="nobody-here")]

    assert "unknown-person" in desk.codes(note(desk, **{**FILE, "signed_by": "author"}), draft=True)


@pytest.mark.parametrize(
    ("phones", "number"),
    [
        ([("1", "no"), ("2", "yes"), ("3", "yes")], "2"),
        ([("1", "no"), ("2", "")], None),
        ([], None),
    ],
)
def test_the_safe_phone_is_the_first_that_is_said_to_be(
    phones: list[tuple[str, str]], number: str | None, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    desk.client["phones"] = [{"number": f"+1 503 555 010{last}", "safe": safe} for last, safe in phones]
    found = on_file(desk, "jordan").safe_phone

    assert (found.number[-1] if found else None) == number
    desk.client["no_contact"] = "yes"
    assert on_file(desk, "jordan").safe_phone is None
    assert on_file(desk).safe_phone is None


@pytest.mark.parametrize(
    ("of_kind", "of_address", "is_discreet"),
    [("yes", "yes", True), ("yes", "", True), ("yes", "no", False), ("no", "yes", False)],
)
def test_a_letter_is_discreet_where_kind_and_address_ask_for_it(
    of_kind: str, of_address: str, is_discreet: bool, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    desk.case.pop("words")
    desk.client["addresses"][0]["discreet"] = of_address
    body = marked(SECTIONS | {"records": "{{ records.contact }}", "crisis": "988 or 911"})

    assert facts(desk, note(desk, body, discreet=of_kind)).is_discreet == is_discreet


def test_the_discreet_name_is_never_the_practices_own(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert facts(desk).discreet_name == "HFC Office"
    del desk.practice["discreet_name"]
    assert facts(desk).discreet_name == "Sam Rivera"


def test_a_file_is_about_all_clients_or_the_one_that_is_named(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")

    assert [one.id for one in on_file(couple).clients] == ["minh", "khadija"]
    assert [one.id for one in on_file(couple, "khadija").clients] == ["khadija"]
    assert on_file(couple).client.id == "minh"


@pytest.mark.parametrize(("theirs", "usual"), [("es", "es"), ("", "en")])
def test_what_says_no_language_is_in_the_addressees_else_the_practices(
    theirs: str, usual: str, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    desk.client["language"] = theirs

    assert facts(desk, language="en").usual_language == usual
