"""What a letter may say of the practice, its people and the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.own_kind import OWN, give_kind, refused, shown

NEW_PLACE = {"name": "Elm Street Therapy", "phone": "+1 503 555 0166"}
LINES = "{% for line in crisis %}{{ line.name }}: {{ line.reach }}. {% endfor %}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def firm(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "L-2001", "ledger")


def test_a_phone_number_is_written_as_its_reader_dials_it(desk: Desk) -> None:
    assert shown(desk, "{{ practice.phone }}", "practice.phone") == "(503) 555-0100"


def test_the_records_are_asked_for_at_their_own_number(desk: Desk) -> None:
    said = shown(desk, "{{ records.contact }}, {{ records.kept }}", "records.contact", "records.kept")

    assert said == "(503) 555-0101, 7 years"


def test_without_a_number_of_their_own_the_records_are_asked_for_at_the_practice(firm: Desk) -> None:
    assert "phone" not in firm.practice["records"]
    assert shown(firm, "{{ records.contact }}", "records.contact") == "0113 496 0100"


def test_a_client_is_called_what_they_like(desk: Desk) -> None:
    body, fields = "{{ client.name }}, {{ client.called }}", ("client.name", "client.called")
    assert shown(desk, body, *fields) == "Jordan Avery, Jordan"
    del desk.client["preferred_name"]
    assert shown(desk, body, *fields) == "Jordan Avery, Jordan Avery"


def test_a_date_follows_the_customs_of_the_reader(desk: Desk) -> None:
    assert shown(desk, "{{ client.born }}", "client.born") == "May 4, 1991"


def test_the_client_is_the_one_the_letter_is_about(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")

    assert shown(couple, "{{ client.called }}", "client.called", to="khadija") == "Khadija"


def test_a_letter_to_the_client_represents_nobody(desk: Desk) -> None:
    assert shown(desk, "{{ represented or 'you' }}", "represented?") == "you"


def test_a_letter_to_a_guardian_says_whom_they_represent(tmp_path: Path) -> None:
    family = Desk(tmp_path, "C-1006")

    assert shown(family, "{{ represented or 'you' }}", "represented?", to="ruth") == "Ada"


def test_a_clinician_who_stays_has_no_last_day(desk: Desk) -> None:
    assert refused(desk, "x", "clinician.last_day").code == "missing-data"


def test_a_clinician_who_leaves_has_a_last_day(tmp_path: Path) -> None:
    leaving = Desk(tmp_path, "C-1005")
    body, fields = "{{ clinician.name }}, {{ clinician.last_day }}", ("clinician.name", "clinician.last_day")

    assert shown(leaving, body, *fields, signed_by="practice") == "Dana Okafor, January 15, 2027"


@pytest.mark.parametrize(("may_share", "said"), [("yes", "Elm Street Therapy"), ("no", "nowhere")])
def test_a_new_place_is_told_only_with_permission(may_share: str, said: str, desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["new_place"] = {**NEW_PLACE, "may_share": may_share}
    body = "{{ clinician.new_place.name if clinician.new_place else 'nowhere' }}"

    assert shown(desk, body, "clinician.new_place?") == said


def test_a_new_place_has_a_phone_if_it_has_one(desk: Desk) -> None:
    person = desk.practice["people"]["sam-rivera"]
    body = "{{ clinician.new_place.phone or 'none' }}"
    person["new_place"] = {**NEW_PLACE, "may_share": "yes"}
    assert shown(desk, body, "clinician.new_place") == "(503) 555-0166"
    del person["new_place"]["phone"]
    assert shown(desk, body, "clinician.new_place") == "none"


def test_who_takes_over_is_named_with_their_role(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")

    assert shown(desk, "{{ handover.name }}, {{ handover.role }}", "handover") == "Sam Rivera, Therapist"
    del desk.case["handover"]
    assert refused(desk, "x", "handover").code == "missing-data"


def test_a_clinical_practice_names_the_crisis_lines_of_its_place(desk: Desk) -> None:
    said = shown(desk, LINES + "{{ emergency }}", "crisis", "emergency")

    assert said == "the Suicide & Crisis Lifeline: call or text 988. 911"
    desk.practice["jurisdiction"] = "uk"
    give_kind(desk, LINES + "{{ emergency }}", "crisis", "emergency")
    _, findings = desk.write("note")
    assert not [one for one in findings if one.code in OWN]


def test_a_firm_names_no_crisis_lines(firm: Desk) -> None:
    assert refused(firm, "x", "crisis").code == "missing-data"
    assert refused(firm, "x", "emergency").code == "missing-data"


def test_born_on_a_leap_day_is_written_as_it_is(desk: Desk) -> None:
    desk.client["born"] = "2004-02-29"

    assert shown(desk, "{{ client.born }}", "client.born") == "February 29, 2004"


def told(desk: Desk, name: str) -> str:
    """What a letter is told in a field; `nothing` where it is told nothing."""
    return shown(desk, f"{{{{ {name} or 'nothing' }}}}", f"{name}?")


def test_how_to_book_and_to_pay_is_told_if_it_is_known(desk: Desk) -> None:
    desk.practice["payment"] = {"ways": "by <card>", "phone": "+1 503 555 0107"}
    names = ("practice.booking", "payment.ways", "payment.phone", "practice.hours", "practice.email")
    assert [told(desk, name) for name in names] == [
        *("at harborfamily.example/book", "by <card>", "(503) 555-0107"),
        *("weekdays, 9 to 5", "office@harborfamily.example"),
    ]

    for name in ("booking", "payment", "hours", "email"):
        del desk.practice[name]
    assert [told(desk, name) for name in names] == [
        "nothing",
        "nothing",
        "(503) 555-0100",
        "nothing",
        "nothing",
    ]


def test_the_practices_closing_is_a_day(desk: Desk) -> None:
    assert told(desk, "practice.closing") == "nothing"
    desk.practice["closing"] = {"on": "2027-02-26", "confidential": {"reason": "Illness."}}
    assert told(desk, "practice.closing") == "February 26, 2027"


@pytest.mark.parametrize(
    ("announced", "said"),
    [
        ({"resigned": "yes", "permission": "2026-11-22"}, "yes"),
        ({"resigned": "yes", "permission": "2026-11-23"}, "nothing"),
        ({"resigned": "no", "permission": "2026-11-01"}, "nothing"),
        (None, "nothing"),
    ],
)
def test_that_somebody_resigned_is_told_only_with_permission(
    announced: dict[str, str] | None, said: str, desk: Desk
) -> None:
    desk.practice["people"]["sam-rivera"]["announced"] = announced or ""

    assert told(desk, "clinician.resigned") == said


def test_a_clinician_has_a_role_and_a_number(desk: Desk) -> None:
    assert (told(desk, "clinician.role"), told(desk, "clinician.phone")) == ("Therapist", "(503) 555-0100")
    desk.practice["people"]["sam-rivera"]["phone"] = "+1 503 555 0109"
    assert told(desk, "clinician.phone") == "(503) 555-0109"


def test_who_takes_over_is_reached_at_their_own_number_if_they_have_one(desk: Desk) -> None:
    body = "{{ handover.phone }}|{{ handover.email }}|{{ handover.on }}"
    desk.case["handover"] = {"to": "lena-brook"}
    assert shown(desk, body, "handover") == "(503) 555-0100||"

    desk.practice["people"]["lena-brook"] |= {"phone": "+1 503 555 0108", "email": "l@harborfamily.example"}
    desk.case["handover"]["on"] = "2026-12-01"
    assert shown(desk, body, "handover") == "(503) 555-0108|l@harborfamily.example|December 1, 2026"


def test_what_is_passed_on_is_told_with_the_agreement_to_it(desk: Desk) -> None:
    body = "{{ sharing.what }}|{{ sharing.signed }}|{{ sharing.reference }}"
    consent = {"signed": "2026-11-20", "reference": "A-7"}
    desk.case["handover"] = {"to": "lena-brook", "shares": "your notes", "consent": consent}
    assert shown(desk, body, "sharing") == "your notes|November 20, 2026|A-7"

    del desk.case["handover"]["shares"]
    assert told(desk, "sharing") == "nothing"
    del desk.case["handover"]
    assert told(desk, "sharing") == "nothing"


def test_how_long_records_are_kept_is_told_in_years_else_in_words(desk: Desk) -> None:
    records = desk.practice["records"]
    records |= {"years": "10", "kept": "seven years after the last session"}
    assert told(desk, "records.kept") == "10 years"
    del records["years"]
    assert told(desk, "records.kept") == "seven years after the last session"
    del records["kept"]
    assert told(desk, "records.kept") == "nothing"


def test_the_keeper_of_the_records_may_have_an_email_address(desk: Desk) -> None:
    assert (told(desk, "records.custodian"), told(desk, "records.email")) == ("Harbor Records", "nothing")
    desk.practice["records"]["email"] = "files@harborfamily.example"
    assert told(desk, "records.email") == "files@harborfamily.example"


def test_a_letter_about_the_living_is_about_nobody_late(desk: Desk) -> None:
    assert told(desk, "late") == "nothing"
    executor = {"id": "ed", "name": "Ed", "relation": "executor", "addresses": desk.client["addresses"]}
    desk.client.update({"died": "2026-11-15", "representatives": [executor]})
    give_kind(desk, "{{ late }}, {{ represented }}", "late", "represented", after_death="yes")
    written, findings = desk.write("note")

    assert written, findings
    assert "Jordan, Jordan" in written.html


def test_a_letter_knows_whether_it_has_to_be_discreet(desk: Desk) -> None:
    assert told(desk, "discreet") == "nothing"
    desk.client["addresses"][0]["discreet"] = "yes"
    assert told(desk, "discreet") == "nothing"
    assert shown(desk, "{{ discreet }}", "discreet", discreet="yes") == "yes"
