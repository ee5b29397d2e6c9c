"""Dates that cannot be true, or come too late, stop a letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import FIELDS, Desk, field, note, spot, the

DAY_BEFORE, SAME_DAY, DAY_AFTER = "2026-11-21", "2026-11-22", "2026-11-23"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1001")


def test_an_ending_before_the_letter_is_refused(desk: Desk) -> None:
    desk.case["ending"]["on"] = DAY_BEFORE

    written, findings = desk.write()

    found = the("effective-date", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The ending (2026-11-21) does not lie after the letter's date (2026-11-22)."
    assert "Choose a day after" in found.remedy
    assert field(found) == "ending.on"
    assert spot(found) == f'"{DAY_BEFORE}"'


def test_an_ending_on_the_letters_own_date_leaves_no_time_to_answer(desk: Desk) -> None:
    desk.case["ending"]["on"] = SAME_DAY
    assert desk.codes() == ["effective-date"]

    desk.case["ending"]["on"] = DAY_AFTER
    assert desk.codes() == []


def test_an_ending_the_letter_does_not_speak_of_may_be_past(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.case["ending"]["on"] = DAY_BEFORE

    assert desk.codes("record-return", to="ines") == []


def test_a_last_day_before_the_letter_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    desk.practice["people"]["dana-okafor"]["last_day"] = DAY_BEFORE

    found = the("effective-date", desk.write("clinician-leaving")[1])

    assert (
        found.message == "The clinician's last day (2026-11-21) lies before the letter's date (2026-11-22)."
    )
    assert "call the client" in found.remedy
    assert found.place
    assert found.place.file.endswith("practice.json")
    assert spot(found) == f'"{DAY_BEFORE}"'


def test_a_last_day_on_the_letters_own_date_passes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    desk.practice["people"]["dana-okafor"]["last_day"] = SAME_DAY

    assert desk.codes("clinician-leaving") == []


def test_an_appointment_after_the_ending_is_refused(desk: Desk) -> None:
    desk.case["appointments"] = [{"at": "2026-12-06T09:00-08:00"}, {"at": "2026-12-07T00:00-08:00"}]

    written, findings = desk.write()

    found = the("appointment-after-end", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "An appointment is booked for 2026-12-07, after the ending (2026-12-06)."
    assert "Cancel or move the appointment" in found.remedy
    assert field(found) == "appointments[1].at"
    assert spot(found) == '"2026-12-07T00:00-08:00"'


def test_an_appointment_late_on_the_day_of_the_ending_passes(desk: Desk) -> None:
    # In Greenwich this is the next day already.
    desk.case["appointments"] = [{"at": "2026-12-06T23:30-08:00"}]

    assert desk.codes() == []


def test_appointments_are_no_matter_where_nothing_ends(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1006")
    desk.case["appointments"] = [{"at": "2027-01-06T09:00-08:00"}]

    assert desk.codes("record-return", to="ines") == []


def contact(at: str) -> list[dict[str, str]]:
    return [{"at": at, "by": "sam-rivera", "channel": "phone", "outcome": "voicemail"}]


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"opened": "2026-08-12"}, "last_session", "The last session lies before the case was opened."),
        ({"last_session": DAY_AFTER}, "last_session", "The last session lies after the letter's date."),
        ({"opened": DAY_AFTER, "last_session": ""}, "opened", "The case was opened after the letter's date."),
        ({"contacts": contact("2026-11-23T00:10-08:00")}, "contacts[0].at", "This contact lies after"),
    ],
)
def test_dates_that_cannot_all_be_true_are_told(
    changes: dict[str, Any], where: str, says: str, desk: Desk
) -> None:
    desk.case |= changes

    written, findings = desk.write()

    found = the("dates-disagree", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert says in found.message
    assert "Correct one of them" in found.remedy
    assert field(found) == where
    assert spot(found)[1:5] == "2026"


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"born": DAY_AFTER}, "clients[0].born", "The date of birth lies after the letter's date."),
        ({"died": DAY_AFTER}, "clients[0].died", "The date of death lies after the letter's date."),
    ],
)
def test_nobody_is_born_or_has_died_in_the_future(
    changes: dict[str, str], where: str, says: str, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.client.update(changes)

    found = the("dates-disagree", desk.write("referral")[1])

    assert found.message == says
    assert field(found) == where
    assert spot(found) == f'"{DAY_AFTER}"'


def test_no_address_is_confirmed_in_the_future(desk: Desk) -> None:
    desk.client["addresses"][0]["confirmed"] = DAY_AFTER

    found = the("dates-disagree", desk.write()[1])

    assert found.message == "The day the address was confirmed lies after the letter's date."
    assert field(found) == "clients[0].addresses[0].confirmed"


def test_what_happened_on_the_letters_own_date_passes(desk: Desk) -> None:
    desk.case |= {"opened": SAME_DAY, "last_session": SAME_DAY, "contacts": contact("2026-11-22T23:50-08:00")}
    desk.client["addresses"][0]["confirmed"] = SAME_DAY

    assert desk.codes() == ["few-attempts"]


def test_a_last_session_on_the_day_of_opening_passes(desk: Desk) -> None:
    desk.case["opened"] = desk.case["last_session"]

    assert desk.codes() == []


def test_an_appointment_after_the_clinicians_last_day_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1005")
    desk.case["appointments"] = [{"at": "2027-01-15T10:00-08:00"}, {"at": "2027-01-20T10:00-08:00"}]

    found = the("appointment-after-end", desk.write("clinician-leaving")[1])

    assert found.message == (
        "An appointment is booked for 2027-01-20, after the clinician's last day (2027-01-15)."
    )
    assert field(found) == "appointments[1].at"


MONEY = {"balance": "20", "currency": "USD", "as_of": SAME_DAY}
CLOSING = ("practice", "closing", "on")


def ahead(desk: Desk, name: str, path: tuple[str, ...], day: str) -> str:
    """A letter that names a day."""
    data: dict[str, Any] = desk.practice if path[0] == "practice" else desk.case
    steps = path[1:] if path[0] == "practice" else path
    for step in steps[:-1]:
        data = data.setdefault(step, {})
    data[steps[-1]] = day
    desk.case["words"] = {}
    return note(desk, fields=[*FIELDS, f"{name}?"])


OTHER_DAYS = [
    ("reply_by", ("reply_by",), "The day an answer is asked for by"),
    ("money.due", ("money", "due"), "The day it is to be paid by"),
    ("handover", ("handover", "on"), "The day of the handover"),
    ("practice.closing", CLOSING, "The practice's closing"),
]


@pytest.mark.parametrize(("name", "path", "what"), OTHER_DAYS)
@pytest.mark.parametrize("day", [DAY_BEFORE, SAME_DAY])
def test_a_day_the_letter_looks_ahead_to_has_to_lie_ahead(
    day: str, name: str, path: tuple[str, ...], what: str, desk: Desk
) -> None:
    desk.case |= {"money": dict(MONEY), "handover": {"to": "lena-brook"}}
    written, findings = desk.write(ahead(desk, name, path, day))

    found = the("effective-date", findings)
    assert written is None
    assert found.message == f"{what} ({day}) does not lie after the letter's date (2026-11-22)."
    assert spot(found) == f'"{day}"'
    assert field(found) == ".".join(path).removeprefix("practice.")


@pytest.mark.parametrize(("name", "path", "what"), OTHER_DAYS)
def test_a_day_ahead_passes_and_so_does_any_in_a_letter_that_looks_back(
    name: str, path: tuple[str, ...], what: str, desk: Desk
) -> None:
    assert what
    desk.case |= {"money": dict(MONEY), "handover": {"to": "lena-brook"}}
    assert desk.codes(ahead(desk, name, path, DAY_AFTER)) == []

    kind = ahead(desk, name, path, DAY_BEFORE)
    assert desk.codes(kind) == ["effective-date"]
    assert desk.codes(note(desk, fields=[*FIELDS, f"{name}?"], ahead="no")) == []
    assert desk.codes(note(desk)) == []


def test_an_ending_may_be_past_in_a_letter_that_looks_back(desk: Desk) -> None:
    desk.case["ending"]["on"] = DAY_BEFORE
    desk.case["words"] = {}

    assert desk.codes(note(desk, fields=[*FIELDS, "ending.on"])) == ["effective-date"]
    assert desk.codes(note(desk, fields=[*FIELDS, "ending.on"], ahead="no")) == []


def test_an_appointment_after_the_practices_closing_is_refused(desk: Desk) -> None:
    desk.case["appointments"] = [{"at": "2027-02-01T10:00-08:00"}]

    found = the(
        "appointment-after-end", desk.write(ahead(desk, "practice.closing", CLOSING, "2027-01-31"))[1]
    )
    assert found.message.endswith("after the practice's closing (2027-01-31).")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"ending": {"reason": "MUTUAL", "at": "2026-11-23T10:00-08:00"}}, "ending.at"),
        ({"money": MONEY | {"as_of": DAY_AFTER}}, "money.as_of"),
        ({"money": MONEY | {"terms_accepted": DAY_AFTER}}, "money.terms_accepted"),
        ({"money": MONEY | {"talked": DAY_AFTER}}, "money.talked"),
        ({"money": MONEY | {"plan": {"agreed": DAY_AFTER}}}, "money.plan.agreed"),
        ({"money": MONEY | {"dispute": {"opened": DAY_AFTER}}}, "money.dispute.opened"),
        (
            {"money": MONEY | {"asked": [{"how": "notice", "on": DAY_AFTER, "due": "2026-12-20"}]}},
            "money.asked[0].on",
        ),
        (
            {"money": MONEY | {"asked": [{"how": "notice", "on": SAME_DAY, "due": DAY_BEFORE}]}},
            "money.asked[0].due",
        ),
        ({"letters": [{"kind": "outreach", "on": DAY_AFTER}]}, "letters[0].on"),
    ],
    ids=str,
)
def test_what_has_happened_did_not_happen_after_the_letter(
    changes: dict[str, Any], where: str, desk: Desk
) -> None:
    desk.case |= {"words": {}, **changes}

    found = the("dates-disagree", desk.write(note(desk))[1])
    assert field(found) == where
    assert found.severity is Severity.ERROR


OUTSTANDING = [*FIELDS, "matters.outstanding?", "ending.on"]


def left_to_do(desk: Desk, **item: str) -> dict[str, str]:
    """Work that is left, after some that is the client's and comes in time."""
    desk.case |= {"words": {}, "ending": {"reason": "LOST_CONTACT", "on": DAY_AFTER}}
    desk.case["matters"] = {"outstanding": [{"what": "A form", "due": DAY_AFTER, "by": "us"}, item]}
    return item


def test_the_practice_has_nothing_left_to_do_after_the_ending(desk: Desk) -> None:
    left_to_do(desk, what="VAT return", due="2026-11-24", by="us")
    written, findings = desk.write(note(desk, fields=OUTSTANDING))

    found = the("dates-disagree", findings)
    assert written is None
    assert found.message == "The practice is to do this by 2026-11-24, after the ending (2026-11-23)."
    assert "by: you" in found.remedy
    assert (field(found), spot(found)) == ("matters.outstanding[1].due", '"2026-11-24"')


@pytest.mark.parametrize(
    "item",
    [
        {"what": "VAT return", "due": DAY_AFTER, "by": "us"},
        {"what": "VAT return", "due": "2026-11-24", "by": "you"},
        {"what": "VAT return", "due": "2026-11-24"},
        {"what": "VAT return", "by": "us"},
    ],
    ids=str,
)
def test_what_is_done_in_time_or_by_the_client_passes(item: dict[str, str], desk: Desk) -> None:
    left_to_do(desk, **item)

    assert desk.codes(note(desk, fields=OUTSTANDING)) == []


@pytest.mark.parametrize("name", ["matters.outstanding?", "ending.on"])
def test_work_is_no_matter_where_the_letter_does_not_say_both(name: str, desk: Desk) -> None:
    left_to_do(desk, what="VAT return", due="2026-11-24", by="us")

    assert desk.codes(note(desk, fields=[one for one in OUTSTANDING if one != name])) == []
