"""A letter says all that its kind must say, in order, and prints what somebody wrote for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import SECTIONS, Desk, field, marked, note, spot, the

OPTIONAL: list[dict[str, Any]] = [
    {"id": says, "says": f"what {says} says", "optional": says == "thanks", "words": "optional"}
    for says in SECTIONS
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    del desk.case["words"]
    return desk


def without(says: str) -> str:
    return marked({name: text for name, text in SECTIONS.items() if name != says})


@pytest.mark.parametrize("says", ["thanks", "contact"])
def test_a_section_that_is_missing_is_told(says: str, desk: Desk) -> None:
    written, findings = desk.write(note(desk, without(says)))

    found = the("section-missing", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == f"The letter does not say what {says} says."
    assert f'<section data-says="{says}">' in found.remedy
    assert field(found) == f"sections[{[*SECTIONS].index(says)}]"
    assert found.place
    assert found.place.file.endswith("kind.yaml")
    assert (found.place.line or 0) > 1


def test_an_optional_section_may_be_missing(desk: Desk) -> None:
    assert desk.codes(note(desk, without("thanks"), sections=OPTIONAL)) == []


@pytest.mark.parametrize("text", ["", "<h2>Thanks</h2>", "<p> &nbsp;</p>", "<h2>T</h2><p>–</p>"])
def test_a_section_that_says_nothing_is_told(text: str, desk: Desk) -> None:
    written, findings = desk.write(note(desk, marked(SECTIONS | {"thanks": text})))

    found = the("section-empty", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The section thanks has nothing in it."
    assert "with its heading" in found.remedy
    assert field(found) == "sections"
    assert found.place
    assert (found.place.line or 0) > 1


def test_an_optional_section_is_not_left_empty_either(desk: Desk) -> None:
    body = marked(SECTIONS | {"thanks": "<h2>Thanks</h2>{{ words.thanks }}"})

    assert desk.codes(note(desk, body, sections=OPTIONAL)) == ["section-empty"]


@pytest.mark.parametrize("text", ["<p>1</p>", "<h2>Thanks</h2><p>谢</p>", "Thank you."])
def test_a_section_that_says_little_passes(text: str, desk: Desk) -> None:
    assert desk.codes(note(desk, marked(SECTIONS | {"thanks": text}))) == []


@pytest.mark.parametrize(
    ("extra", "says", "remedy"),
    [
        ({"crises": "<p>Text.</p>"}, "The kind has no section 'crises'.", "Did you mean crisis?"),
        ({"zzz": "<p>Text.</p>"}, "The kind has no section 'zzz'.", "Add it to `sections` in kind.yaml."),
    ],
)
def test_a_section_the_kind_does_not_have_is_told(
    extra: dict[str, str], says: str, remedy: str, desk: Desk
) -> None:
    written, findings = desk.write(note(desk, marked(SECTIONS | extra)))

    found = the("section-unknown", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert (found.message, found.remedy) == (says, remedy)
    assert field(found) == "sections"


def test_a_section_within_another_is_told(desk: Desk) -> None:
    inner = marked({"records": SECTIONS["records"]})
    body = without("records").replace("Thank you.</p>", f"Thank you.</p>{inner}")

    found = the("section-unknown", desk.write(note(desk, body))[1])

    assert found.message == "The section records lies within the section thanks."
    assert "Close one" in found.remedy


@pytest.mark.parametrize("body", ["{}<p>More.</p>", "More.{}", "<div>{}<h2>More</h2></div>"])
def test_text_outside_of_all_sections_is_told(body: str, desk: Desk) -> None:
    found = the("section-unknown", desk.write(note(desk, body.format(marked(SECTIONS))))[1])

    assert found.message == "Some of the letter stands in no section."
    assert "Move it into the section" in found.remedy


def test_a_group_around_sections_is_no_text_outside(desk: Desk) -> None:
    assert desk.codes(note(desk, f"<div> {marked(SECTIONS)} </div>")) == []


def test_sections_in_another_order_are_told(desk: Desk) -> None:
    order = ["records", "thanks", "crisis", "contact"]

    written, findings = desk.write(note(desk, marked({says: SECTIONS[says] for says in order})))

    found = the("section-order", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The section thanks comes after records."
    assert found.remedy == "The order is: thanks, records, crisis, contact."
    assert field(found) == "sections"


def test_a_section_that_comes_twice_is_told(desk: Desk) -> None:
    body = marked(SECTIONS) + marked({"contact": SECTIONS["contact"]})

    assert the("section-order", desk.write(note(desk, body))[1]).message == "The section contact comes twice."


def test_sections_after_the_signature_count(tmp_path: Path) -> None:
    assert Desk(tmp_path, "C-1006").codes("record-return", to="ines") == []


def required(desk: Desk) -> str:
    sections = [entry | {"optional": False, "words": "none"} for entry in OPTIONAL]
    sections[0]["words"] = "required"
    return note(desk, sections=sections)


def test_words_still_to_be_written_stop_a_letter_and_not_a_draft(desk: Desk) -> None:
    kind = required(desk)

    written, findings = desk.write(kind)
    assert written is None
    found = the("words-missing", findings)
    assert found.severity is Severity.ERROR

    written, findings = desk.write(kind, draft=True)
    assert written is not None
    found = the("words-missing", findings)
    assert found.severity is Severity.WARNING
    assert found.message == "The personal words for thanks are still to be written: what thanks says."
    assert "`words: thanks:`" in found.remedy
    assert field(found) == "words.thanks"
    assert found.place
    assert found.place.line


def test_words_that_are_there_or_need_not_be_pass(desk: Desk) -> None:
    assert desk.codes(note(desk)) == []

    desk.case["words"] = {"thanks": "You were brave.\n\nTruly,\nyou were."}
    assert desk.codes(required(desk)) == []


@pytest.mark.parametrize(
    ("name", "says", "remedy"),
    [
        ("thank", "This letter prints no words for thank.", "Did you mean thanks?"),
        ("records", "This letter prints no words for records.", "It prints words for: thanks."),
    ],
)
def test_words_the_letter_does_not_print_are_told(name: str, says: str, remedy: str, desk: Desk) -> None:
    desk.case["words"] = {name: "You were brave."}

    written, findings = desk.write(note(desk))

    found = the("words-unused", findings)
    assert written is not None
    assert found.severity is Severity.WARNING
    assert (found.message, found.remedy) == (says, remedy)
    assert field(found) == f"words.{name}"
    assert spot(found) == '"You were brave."'


def test_words_a_template_forgets_are_told(desk: Desk) -> None:
    desk.case["words"] = {"thanks": "You were brave."}

    found = the("words-unused", desk.write(note(desk, marked(SECTIONS | {"thanks": "<p>Thank you.</p>"})))[1])

    assert found.message == "The template does not print the words for thanks."
    assert "`words.thanks`" in found.remedy
    assert spot(found) == '"You were brave."'


@pytest.mark.parametrize("words", ["a < b & c > d", "one\u00a0two  three\nfour\n\n\nfive", "“so” — …"])
def test_words_are_recognized_however_they_are_set(words: str, desk: Desk) -> None:
    desk.case["words"] = {"thanks": words}

    assert desk.codes(note(desk)) == []


def test_words_for_another_letter_of_the_case_pass(desk: Desk) -> None:
    desk.case["words"] = {"acknowledgment": "For the letter that closes the file."}

    assert desk.codes(note(desk)) == []
