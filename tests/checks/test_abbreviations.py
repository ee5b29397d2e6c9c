"""HIV, F33.1 and the like are recognized in any letter case, with signs between, and other words are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.looking import Desk, note


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    desk.case["words"] = {"thanks": "Thank you."}
    return desk


def codes(desk: Desk, words: str, **confidential: str) -> list[str]:
    """What is found when somebody writes these words."""
    desk.case["words"]["thanks"] = words
    desk.case["confidential"] = confidential
    return desk.codes(note(desk))


@pytest.mark.parametrize(
    ("diagnosis", "words"),
    [
        *(("HIV", form) for form in ("HIV", "hiv", "Hiv", "H.I.V.", "H. I. V.", "h i v", "H-I-V", "H_I_V")),
        ("HIV positive", "your hiv"),
        ("OCD, moderate", "the ocd"),
        ("chronic PTSD", "P T S D"),
        ("MDD F33.1", "mdd"),
        ("BPD", "(bpd)"),
        ("MS", "your ms"),
        ("MS", "M.S. is hard"),
        ("BED", "your BED, B.E.D."),
        ("SAD", "s.a.d."),
        *(("F33.1", form) for form in ("f33.1", "F331", "F 33.1", "f33-1", "F33")),
        *(("bipolar", form) for form in ("bi-polar", "Bi Polar", "bi\u2011polar")),
    ],
)
def test_an_abbreviation_is_recognized_however_it_is_written(diagnosis: str, words: str, desk: Desk) -> None:
    assert "confidential" in codes(desk, words, diagnosis=diagnosis)


def test_two_letters_after_a_name_or_in_the_readers_street_tell_nothing(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["credentials"] = "MS"
    desk.client["addresses"][0]["lines"] = ["44 Alder Avenue MS"]

    assert codes(desk, "Your Sam Rivera, MS, wrote to 44 Alder Avenue MS.", diagnosis="MS") == []
    assert "confidential" in codes(desk, "Sam Rivera, MS, knows of your MS.", diagnosis="MS")


@pytest.mark.parametrize("words", ["gay", "Gay", "GAY"])
def test_a_note_of_one_short_word_is_recognized_in_any_letter_case(words: str, desk: Desk) -> None:
    assert codes(desk, f"You are {words}.", notes="Gay") == ["confidential"]
    assert codes(desk, "A gaynor day.", notes="Gay") == []
