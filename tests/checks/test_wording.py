"""A letter leaves finished, and its subject names nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from letters.checks import check_text
from letters.findings import Severity
from tests.checks.looking import SECTIONS, Desk, field, marked, note, spot, the


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    desk.case["words"] = {"thanks": "Thank you."}
    return desk


BLANKS = [
    "Dear [client name], hello",
    "on [DATE]",
    "Hello {{ name }}",
    "Hello {first name}",
    "{% if x %}",
    "Dear <<Name>>",
    "Dear «First_Name»",
    "Dear «Name»",
    "on ____ at noon",
    "TODO: say more",
    "the fee is TBD",
    "XXX dollars",
    "on MM/DD/YYYY",
    "on DD.MM.YYYY",
    "on YYYY-MM-DD",
    "INSERT NAME HERE",
    "Lorem. LOREM IPSUM dolor",
]


@pytest.mark.parametrize("words", BLANKS)
def test_a_blank_in_the_personal_words_is_told(words: str, desk: Desk) -> None:
    desk.case["words"]["thanks"] = words

    written, findings = desk.write(note(desk))

    found = the("placeholder", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message.startswith("The section thanks still has a blank to fill in: ")
    assert found.remedy == "Write what belongs there, or remove it."
    assert field(found) == "words.thanks"
    assert spot(found) == f'"{words}"'


def test_a_draft_may_not_have_blanks_of_this_sort_either(desk: Desk) -> None:
    desk.case["words"]["thanks"] = "[name]"

    assert desk.codes(note(desk), draft=True) == ["placeholder"]


@pytest.mark.parametrize(
    "words",
    [
        "You said it [sic] often.",
        "You wrote: “And then […] I knew”, and “so [...] it went”.",
        "See the list [1] and [23].",
        "Two < three > one, a_b and __init__.",
        "The todo list and the insert.",
        "Size XXL.",
        "Is it — really? Yes!",
        "{1, 2} and 50% } off",
    ],
)
def test_signs_that_are_no_blanks_pass(words: str, desk: Desk) -> None:
    desk.case["words"]["thanks"] = words

    assert desk.codes(note(desk)) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("la palabra «casa»", []),
        ("«No sé», dijiste.", []),
        ("Gracias, «First_Name».", ["placeholder"]),
        ("Gracias, «LastName».", ["placeholder"]),
    ],
)
def test_quotation_marks_of_other_languages_pass_there(said: str, found: list[str], desk: Desk) -> None:
    written, _ = desk.write(note(desk))
    assert written
    texts = {"records": "503 555 0101", "crisis": "911, 988", "contact": "503 555 0100"}
    body = marked({"thanks": f"<p>Thank you. {said}</p>"} | texts)

    # Only the text is Spanish, so it alone is looked at.
    findings = check_text(replace(written.facts, language="es"), "Nota", body)
    assert [one.code for one in findings if one.code != "untranslated"] == found
    assert [one.code for one in check_text(written.facts, "A note", body)] == ["placeholder"]


def test_a_blank_in_what_is_asked_of_a_provider_is_told_there(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    desk.case["request"]["why_now"] = "Because of [reason]."

    found = the("placeholder", desk.write("referral")[1])

    assert found.message == "The section why-now still has a blank to fill in: [reason]."
    assert field(found) == "request.why_now"


def test_a_blank_in_the_template_is_told_in_the_kind(desk: Desk) -> None:
    body = marked(SECTIONS | {"thanks": SECTIONS["thanks"] + "____"})

    found = the("placeholder", desk.write(note(desk, body))[1])

    assert found.place
    assert found.place.file.endswith("kind.yaml")
    assert field(found) == "sections[0]"


def test_a_blank_in_the_subject_is_told(desk: Desk) -> None:
    found = the("placeholder", desk.write(note(desk, subject="About [topic]"))[1])

    assert found.message == "The subject still has a blank to fill in: [topic]."
    assert field(found) == "title"


def test_a_gap_for_words_is_no_blank(desk: Desk) -> None:
    desk.case["words"] = {}

    assert desk.codes(draft=True) == ["words-missing"]


def test_the_built_in_letters_have_no_blanks(tmp_path: Path) -> None:
    assert Desk(tmp_path, "C-1004").codes("referral") == []


SUBJECTS = ["About {{ client.name }}", "{{ client.name }}", "JORDAN AVERY: a note", "To Jordan, a note"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_name_in_the_subject_is_told(subject: str, desk: Desk) -> None:
    written, findings = desk.write(note(desk, subject=subject))

    found = the("name-in-subject", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert found.message == "The subject names jordan."
    assert found.remedy == "Leave the name out of the subject."
    assert field(found) == "title"
    assert found.place
    assert found.place.line


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("O'Brien & Söhne <Ltd>", "For {{ client.name }}."),
        ("خديجة الهاشمي", "For {{ client.name }}."),
        ("林美玲", "关于{{ client.name }}的信"),
    ],
)
def test_a_name_in_any_script_is_recognized(name: str, subject: str, desk: Desk) -> None:
    desk.client["name"] = name

    assert desk.codes(note(desk, subject=subject)) == ["name-in-subject"]


def test_the_name_of_another_of_the_case_counts(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1002")
    del desk.case["words"]

    found = the("name-in-subject", desk.write(note(desk, subject="You and Khadija"), to="minh")[1])

    assert found.message == "The subject names khadija."


@pytest.mark.parametrize("name", ["An", "Ed", "Lo", "May", "Will"])
def test_a_short_name_within_another_word_is_no_name(name: str, desk: Desk) -> None:
    desk.client["preferred_name"] = name

    assert desk.codes(note(desk, subject="Annual notes, returned; you may look and will see")) == []


@pytest.mark.parametrize(
    ("said", "found"), [("until 5 p.m..", ["double-stop"]), ("well... yes", []), ("a. b.", [])]
)
def test_two_full_stops_in_a_row_are_found(said: str, found: list[str], desk: Desk) -> None:
    desk.case["words"]["thanks"] = said

    assert desk.codes(note(desk)) == found
