"""What others may hear or read along tells nothing of what the practice does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Finding, Severity
from tests.checks.looking import FIELDS, SECTIONS, Desk, field, marked, note, the

MESSAGE = {"id": "message", "says": "who calls", "overheard": "yes"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    desk.client["phones"][0]["confirmed"] = "2026-11-20"
    desk.client["addresses"][0]["discreet"] = "yes"
    del desk.case["words"]
    return desk


def on_machine(desk: Desk, message: str) -> list[Finding]:
    """What is found in a message for a machine."""
    body = marked({"number": "<p>Call the therapy client.</p>", "message": f"<p>{message}</p>"})
    sections = [{"id": "number", "says": "whom to call"}, MESSAGE]
    script: dict[str, Any] = {"to": "file", "call": "yes", "signed_by": "nobody", "fields": FIELDS}
    kind = note(desk, body, sections=sections, **script)
    return desk.write(kind)[1]


def by_post(desk: Desk, sentence: str, discreet: str = "yes", **description: Any) -> list[Finding]:
    """What is found in a letter that others may open."""
    plain = SECTIONS | {"records": "{{ records.contact }}", "crisis": "911 988"}
    body = marked(plain | {"thanks": f"<p>{sentence}</p>"})
    return [
        one
        for one in desk.write(note(desk, body, discreet=discreet, **description))[1]
        if one.code == "overheard"
    ]


@pytest.mark.parametrize(
    "message",
    [
        "This is Sam from Harbor Family Counseling.",
        "This is HARBOR  FAMILY COUNSELING.",
        "This is about your therapy.",
        "Your THÉRAPIST called.",
        "You missed a session.",
        "About your appointment tomorrow.",
        "Sobre su cita de mañana.",
        "Sobre su sesión.",
        "This is Sam Rivera, LCSW.",
        "Look at www.harborfamily.example.",
        "A question about your psychiatric treatment.",
        "It is about your depression.",
        "The domestic violence program.",
        "Your recovery group meets at six.",
        "Since your detox.",
        "You are sober now.",
        "Our grief circle.",
        "The shelter called.",
        "Your HIV test.",
        "The AA people.",
        "It is for couples.",
        "The support group.",
        "A word from the hospital.",
        "Tras su desintoxicación.",
        "El grupo de apoyo.",
        "Sobre la violencia en su casa.",
        "Tu prueba de VIH.",
    ],
)
def test_a_message_that_tells_what_the_practice_does_is_not_left(message: str, desk: Desk) -> None:
    found = the("overheard", on_machine(desk, message))

    assert found.severity is Severity.ERROR
    assert found.message.startswith("The section message says ")
    assert found.remedy == "Say only a name, a number and a request to call back."
    assert field(found) == "sections[1]"


@pytest.mark.parametrize(
    "message",
    [
        "This is Sam Rivera. Please call me back at (503) 555-0100.",
        "Habla Sam Rivera. Por favor, llámeme mañana.",
        "This is the HFC Office, Mrs. Psaila.",
        "Call a couple of times if the line is busy. Na, or aa.",
        "Buenos días. Gracias por su paciencia y hasta pronto.",
    ],
)
def test_a_name_and_a_number_may_be_left(message: str, desk: Desk) -> None:
    assert on_machine(desk, message) == []


def test_short_letters_after_a_name_are_not_found_within_words(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"] |= {"credentials": "MA", "role": {"en": "Lead"}}

    assert on_machine(desk, "Please call mañana; a mailbox will lead you.") == []
    assert "'MA'" in the("overheard", on_machine(desk, "This is Sam Rivera, MA.")).message


@pytest.mark.parametrize("sentence", ["Your therapist asks.", "Sam, LCSW", "office@harborfamily.example"])
def test_a_letter_that_others_may_open_tells_nothing_either(sentence: str, desk: Desk) -> None:
    found = the("overheard", by_post(desk, sentence))

    assert found.message.startswith("The letter says ")
    assert field(found) == "discreet"


@pytest.mark.parametrize("word", ["\u0441ounselor", "coun\u00adselor", "thérapist"])
def test_a_word_in_disguise_tells_as_well(word: str, desk: Desk) -> None:
    desk.case["words"] = {"thanks": f"Your {word} called."}

    assert by_post(desk, "{{ words.thanks }}") != []


def test_an_appointment_may_be_spoken_of_in_a_letter(desk: Desk) -> None:
    assert by_post(desk, "We missed you at your appointment.") == []

    assert by_post(desk, "Usted tenía una cita.") == []


@pytest.mark.parametrize("sentence", ["Your trauma.", "El grupo de apoyo.", "Meet the NA people."])
def test_a_discreet_letter_is_searched_in_two_languages(sentence: str, desk: Desk) -> None:
    assert by_post(desk, sentence) != []


def test_the_name_and_the_street_of_the_reader_tell_nothing(desk: Desk) -> None:
    desk.client.update(name="Na Shelter", preferred_name="NA")
    desk.client["addresses"][0]["lines"] = ["12 Hospital Road"]

    assert by_post(desk, "Hello NA of 12 Hospital Road.") == []
    assert "Hospital" in the("overheard", by_post(desk, "From the Hospital.")).message


def test_where_the_address_is_open_or_the_kind_is_anything_may_be_said(desk: Desk) -> None:
    assert by_post(desk, "Your therapist asks.", discreet="no") == []
    desk.client["addresses"][0]["discreet"] = "no"
    assert by_post(desk, "Your therapist asks.") == []


def test_an_address_nobody_asked_about_is_treated_with_care(desk: Desk) -> None:
    desk.client["addresses"][0]["discreet"] = ""

    assert by_post(desk, "Your therapist asks.") != []


def test_another_name_that_tells_is_none(desk: Desk) -> None:
    desk.practice["discreet_name"] = "HFC Counseling"

    assert "Counseling" in the("overheard", by_post(desk, "Hello.")).message


def test_without_another_name_the_letter_is_from_a_person(desk: Desk) -> None:
    del desk.practice["discreet_name"]

    assert by_post(desk, "Hello.") == []


def test_a_reference_that_tells_is_found(desk: Desk) -> None:
    desk.case["case"] = "THERAPY-1"

    assert "THERAPY" in the("overheard", by_post(desk, "Hello.")).message
