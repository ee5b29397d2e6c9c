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

    assert said == "(503) 555-0101, seven years after the last session"


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
