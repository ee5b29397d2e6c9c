"""Harmful and doubtful characters are found; what other scripts need is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.sources.characters import examine, examine_directions, without_harm
from letters.sources.text import MOST_FLAWS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\x00b", "control-character"),
        ("a\x1bb", "control-character"),
        ("a\x85b", "control-character"),
        ("a\u2028b", "control-character"),
        ("a\ud800b", "lone-surrogate"),
        ("a\ufffdb", "replacement-character"),
        ("a\u202eb", "direction-override"),
        ("a\u202ab", "direction-override"),
        ("a\U000e0041b", "tag-character"),
        ("a\u200bb", "zero-width"),
        ("a\u200db", "zero-width"),
        ("a\ufeffb", "zero-width"),
        ("a\u00adb", "zero-width"),
    ],
)
def test_a_character_is_found_at_its_place(text: str, code: str) -> None:
    (flaw,) = examine(text)

    assert (flaw.rule.code, flaw.start, flaw.end) == (code, 1, 2)
    assert f"U+{ord(text[1]):04X}" in flaw.message


@pytest.mark.parametrize(
    "text",
    [
        "O'Brien & Söhne <Ltd>\t\r\n",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d👩\u200d👧 ❤\ufe0f",
        "\u2067שלום\u2069 \u200fabc\u200e",
        "Ελένη Παπαδοπούλου",
        "Наталья Иванова",
        "Nguyễn Thị Ánh",
        "陳大文",
        "«CAFÉ», IRMÃ» and NÃO",
        "Ångström, Ærø, Šárka, Łódź",
        "Jose\u0301",
    ],
)
def test_ordinary_text_of_any_script_is_left_alone(text: str) -> None:
    assert examine(text) == []


@pytest.mark.parametrize("word", ["Jord\u0430n", "\u0410very", "Av\u03b5ry"])
def test_a_letter_of_another_alphabet_in_a_word_is_found(word: str) -> None:
    (flaw,) = examine(f"to {word} here")

    assert flaw.rule.code == "mixed-script"
    assert (flaw.start, flaw.end) == (3, 3 + len(word))
    assert word not in flaw.message


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("Ã©", "é"), ("Ã¼", "ü"), ("â€™", "’"), ("Ã±", "ñ"), ("Å¡", "š"), ("Â£", "£"), ("â‚¬", "€")],
)
def test_text_read_in_the_wrong_encoding_is_found(seen: str, meant: str) -> None:
    (flaw,) = examine(f"Jos{seen} x")

    assert flaw.rule.code == "mojibake"
    assert (flaw.start, flaw.end) == (3, 3 + len(seen))
    assert f"looks like {meant} " in flaw.message


def test_a_run_is_one_finding() -> None:
    assert len(examine("a" + "\x00" * 10_000)) == 1


@settings(deadline=None, max_examples=200)
@given(text=st.text(st.characters()))
def test_no_harm_is_left_and_no_offset_moves(text: str) -> None:
    clean = without_harm(text)

    assert len(clean) == len(text)
    clean.encode()
    assert {flaw.rule.code for flaw in examine(clean)} & {
        "control-character",
        "direction-override",
        "tag-character",
    } == set()


@pytest.mark.parametrize(
    "value",
    [
        "\u206744 Alder Avenue",
        "\u206644 Alder Avenue",
        "\u2068שלום",
        "\u206744 Alder Avenue\u2069",
        "\u2067שלום\u2069 \u206744 Alder\u2069",
        "\u2067שלום\nעולם\u2069",
        "44 Alder\u2069 Avenue",
        "\u200f503 555 0100",
    ],
)
def test_a_sign_that_turns_plain_text_around_is_found(value: str) -> None:
    (flaw,) = examine_directions(value)

    assert (flaw.rule.code, flaw.start, flaw.end) == ("direction-override", 0, len(value))


@pytest.mark.parametrize(
    "value", ["\u2067שלום\u2069 \u200fabc\u200e", "\u2066Alder\u2069", "\u2068سلام\u2069, 4", "Alder\u200e"]
)
def test_signs_that_text_from_right_to_left_needs_are_left_alone(value: str) -> None:
    assert examine_directions(value) == []


def test_marks_piled_on_a_letter_are_found_from_the_ninth() -> None:
    (flaw,) = examine("a — J" + "\u0316" * 9)

    assert (flaw.rule.code, flaw.start, flaw.end) == ("stacked-marks", 5, 14)
    assert examine("J" + "\u0316" * 8 + "—" * 20) == []


@pytest.mark.parametrize("filler", ["\u115f", "\u1160", "\u3164", "\uffa0"])
def test_a_filler_cannot_be_seen(filler: str) -> None:
    assert [flaw.rule.code for flaw in examine(f"a{filler}b")] == ["zero-width"]


def test_a_file_of_mistakes_has_no_more_flaws_than_anybody_can_mend() -> None:
    assert len(examine("\x01a" * 5000)) == MOST_FLAWS
