"""What stays with the practice may say of contacts, letters and calls; nothing else is given it."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters import markup
from tests.support.desk import Desk
from tests.support.own_kind import KIND, give_kind, refused, shown

FILE = {"to": "file", "signed_by": "nobody"}
ENTRY = (
    "{{ one.at }}|{{ one.by }}|{{ one.to }}|{{ one.channel }}|{{ one.direction }}|{{ one.outcome }}|"
    "{{ one.used }}|{{ one.safe_check }}|{{ one.said }}|{{ one.next }}|{{ one.next_on }}."
)
CONTACT = "{% with one = contact %}" + ENTRY + "{% endwith %}"
LOG = "{% for one in log %}" + ENTRY + " {% endfor %}"
LETTERS = "{% for one in letters_sent %}{{ one.kind }}, {{ one.on }}, {{ one.to }}, {{ one.reference }}. "
LETTERS += "{% endfor %}"
FULL = {
    "at": "2026-11-03T16:40-08:00",
    "by": "sam-rivera",
    "to": "jordan",
    "channel": "phone",
    "outcome": "voicemail",
    "used": "+1 503 555 0188",
    "safe_check": "Asked.",
    "said": "Please call <me> back.",
    "next": "Write.",
    "next_on": "2026-11-10",
}
SPARE = {"at": "2026-11-02T09:00-08:00", "by": "lena-brook", "channel": "letter", "outcome": "sent"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.client["phones"][0]["confirmed"] = "2026-11-20"
    desk.case["contacts"] = [FULL, SPARE]
    return desk


@pytest.fixture
def couple(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1002")


def on_file(desk: Desk, body: str, *fields: str, about: str | None = None, call: str = "no") -> str:
    """What a note shows that stays with the practice."""
    give_kind(desk, body, *fields, **FILE, call=call)
    written, findings = desk.write(KIND, to=about)
    assert written, findings
    return markup.sections(written.html)[0].text


def calls(desk: Desk, body: str, *fields: str) -> str:
    return on_file(desk, body, *fields, call="yes")


def test_a_contact_is_told_with_all_that_is_known_of_it(desk: Desk) -> None:
    said = on_file(desk, CONTACT, "contact")

    assert said.startswith("November 3, 2026")
    assert said.endswith(
        "|Sam Rivera|Jordan Avery|phone|out|voicemail|(503) 555-0188|Asked.|Please call <me> back.|Write.|"
        "November 10, 2026."
    )
    desk.case["contacts"] = [SPARE]
    assert on_file(desk, CONTACT, "contact").endswith("|Lena Brook|Jordan Avery|letter|out|sent|||||.")


def test_without_contacts_there_is_no_contact_and_no_log(desk: Desk) -> None:
    desk.case["contacts"] = []

    assert on_file(desk, "{{ 'some' if contact or log else 'none' }}", "contact?", "log?") == "none"


def test_what_was_used_is_told_as_it_was_written_if_it_is_no_number(desk: Desk) -> None:
    desk.case["contacts"] = [FULL | {"used": "44 Alder Avenue"}]

    assert "|44 Alder Avenue|" in on_file(desk, CONTACT, "contact")


def test_the_log_holds_every_contact_up_to_the_letter_in_order(desk: Desk) -> None:
    said = on_file(desk, LOG, "log")

    assert said.index("Lena Brook") < said.index("Sam Rivera")


def test_the_log_about_one_of_several_holds_what_concerns_them(couple: Desk) -> None:
    couple.case["contacts"] = [FULL | {"to": to, "said": f"For {to}."} for to in ("minh", "khadija")]
    couple.case["contacts"].append(SPARE)

    said = on_file(couple, LOG, "log", about="minh")
    assert ("For minh." in said, "For khadija." in said, "Lena Brook" in said) == (True, False, True)


@pytest.mark.parametrize("name", ["contact", "log", "letters_sent"])
def test_a_letter_that_leaves_is_given_none_of_it(name: str, desk: Desk) -> None:
    desk.case["letters"] = [{"kind": "outreach", "on": "2026-11-03"}]

    assert refused(desk, "x", name).code == "missing-data"


@pytest.mark.parametrize("name", ["call.name", "call.called", "call.number", "call.voicemail"])
def test_nobody_s_phone_is_told_where_nobody_is_called(name: str, desk: Desk) -> None:
    assert refused(desk, "x", name).code == "missing-data"
    body = f"{{{{ {name} or 'nothing' }}}}"
    assert on_file(desk, body, f"{name}?") == "nothing"


def test_letters_that_went_out_are_listed(desk: Desk) -> None:
    desk.case["letters"] = [
        {"kind": "outreach-final", "on": "2026-11-10", "to": "jordan", "reference": "L-4F2A"},
        {"kind": "outreach", "on": "2026-11-03"},
    ]

    assert on_file(desk, LETTERS, "letters_sent") == (
        "outreach, November 3, 2026, Jordan Avery, . outreach-final, November 10, 2026, Jordan Avery, L-4F2A."
    )
    desk.case["letters"] = []
    assert on_file(desk, "{{ 'some' if letters_sent else 'none' }}", "letters_sent?") == "none"


def test_who_is_called_is_named_with_a_safe_number(desk: Desk) -> None:
    body = "{{ call.name }}, {{ call.called }}, {{ call.number }}, {{ call.voicemail }}"
    fields = ("call.name", "call.called", "call.number", "call.voicemail")

    assert calls(desk, body, *fields) == "Jordan Avery, Jordan, (503) 555-0188, callback-only"
    del desk.client["phones"][0]["voicemail"]
    assert calls(desk, "{{ call.voicemail }}", "call.voicemail") == "none"


def test_the_discreet_name_is_else_the_clinicians(desk: Desk) -> None:
    assert shown(desk, "{{ practice.discreet_name }}", "practice.discreet_name") == "HFC Office"
    del desk.practice["discreet_name"]
    assert shown(desk, "{{ practice.discreet_name }}", "practice.discreet_name") == "Sam Rivera"


def test_the_reason_of_an_ending_stays_with_the_practice(desk: Desk) -> None:
    said = on_file(desk, "{{ ending.reason }}", "ending.reason")

    assert said == "LOST_CONTACT (Contact was lost)"
    assert refused(desk, "x", "ending.reason").code == "missing-data"
    del desk.case["ending"]
    assert on_file(desk, "{{ ending.reason or 'none' }}", "ending.reason?") == "none"
