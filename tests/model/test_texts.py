"""Texts in several languages: any of them is read as it is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.model.practice import Payment
from letters.model.reading import MANY_LINES, ONE_LINE
from letters.model.texts import is_said_in, said
from letters.model.validation import validate

WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20).map(
    lambda text: f"a {text} z"
)
LANGUAGES = st.sampled_from(["en", "es", "vi", "zh", "ar", "fil"])
SPELLINGS = ["{}", "{}-MX", "{}-419", "{}-Latn", "{}-Hant-TW"]
SPELLING = st.sampled_from(SPELLINGS)


def ways(written: object) -> dict[str, str] | None:
    """A phrase as the program has it; None where it is refused."""
    payment, faults = validate(Payment, {"ways": written})
    assert (payment is None) == bool(faults)
    return payment.ways if payment else None


@given(WORDS)
def test_a_text_alone_is_one_without_a_language(text: str) -> None:
    assert ways(text) == {"": unicodedata.normalize("NFC", text)}


@given(WORDS, LANGUAGES, SPELLING)
def test_a_text_in_a_language_keeps_its_language(text: str, language: str, spelling: str) -> None:
    tag = spelling.format(language)

    assert ways({tag: text}) == {tag: unicodedata.normalize("NFC", text)}


@given(WORDS, LANGUAGES, SPELLING, SPELLING, WORDS)
def test_a_language_is_understood_however_its_tag_is_spelled(
    text: str, language: str, wanted: str, given_as: str, other: str
) -> None:
    texts = {"": other, "de": other, given_as.format(language): text}

    assert said(texts, wanted.format(language)) == text
    assert is_said_in(texts, wanted.format(language), "de")


@given(WORDS, LANGUAGES, LANGUAGES)
def test_what_is_said_is_in_the_language_exactly_where_it_says_so(text: str, one: str, other: str) -> None:
    texts = {one: text, "pt": "outro"}

    assert is_said_in(texts, other, "pt") == (one == other)
    assert (said(texts, other) == text) or one != other


@pytest.mark.parametrize(
    ("texts", "language", "text"),
    [
        ({"es": "A", "es-MX": "B"}, "es-MX", "B"),
        ({"es": "A", "es-MX": "B"}, "es-AR", "A"),
        ({"es-MX": "B", "es-AR": "C"}, "es", "B"),
        ({"": "A", "es": "B"}, "en", "A"),
        ({"en": "A", "es-MX": "B"}, "es", "B"),
        ({"en": "A", "": "B"}, "fr", "B"),
        ({"en": "A", "es": "B"}, "fr", "A"),
        ({}, "en", ""),
        (None, "en", ""),
    ],
)
def test_the_nearest_text_is_said(texts: dict[str, str] | None, language: str, text: str) -> None:
    assert said(texts, language) == text


@pytest.mark.parametrize(
    ("texts", "language", "usual", "is_in"),
    [
        ({"": "A"}, "en", "en", True),
        ({"": "A"}, "en-GB", "en", True),
        ({"": "A"}, "es", "en", False),
        ({"": "A", "es": "B"}, "es", "en", True),
        ({"es": "B"}, "e", "en", False),
    ],
)
def test_a_text_without_a_language_is_in_the_usual_one(
    texts: dict[str, str], language: str, usual: str, is_in: bool
) -> None:
    assert is_said_in(texts, language, usual) == is_in


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"en": ""},
        {"en": "  "},
        {"en": None},
        {"en": "by card", "es": ""},
        {"en": "by card", "or by check": ""},
        {"english": "by card"},
        {"EN": "by card"},
        {"es_MX": "con tarjeta"},
        {"en": ["by card"]},
        {"en": {"es": "x"}},
        ["by card"],
        {"en": "a" * (ONE_LINE + 1)},
        {"en": "two\nlines"},
        "two\nlines",
        {"en": "by card", "es": "\u2800"},
    ],
    ids=repr,
)
def test_what_is_no_text_in_a_language_is_refused(written: object) -> None:
    assert ways(written) is None


def test_a_phrase_has_one_line_and_a_passage_many() -> None:
    assert MANY_LINES > ONE_LINE
    assert ways({"en": "a" * ONE_LINE}) == {"en": "a" * ONE_LINE}


TAG = "Write a tag such as en or es; a text with a comma goes into quotes."


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_a_text_cut_in_two_by_a_comma_is_told_at_its_second_half(empty: str | None) -> None:
    _, (fault,) = validate(Payment, {"ways": {"en": "by card", "or by check": empty, "es": "con tarjeta"}})

    assert (fault.path, fault.code) == (("ways", "or by check"), "bad-name")
    assert fault.message == '"or by check" is not a language tag.'
    assert fault.remedy == TAG


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_a_language_without_a_text_is_told(empty: str | None) -> None:
    _, (fault,) = validate(Payment, {"ways": {"en": "by card", "es": empty}})

    assert (fault.path, fault.code) == (("ways", "es"), "bad-value")
    assert (fault.message, fault.remedy) == ("This value is empty.", "Write a text, or remove the entry.")


def test_what_is_no_tag_is_told_with_and_without_a_text() -> None:
    for text in ("by card", ""):
        _, (fault,) = validate(Payment, {"ways": {"english": text}})
        assert (fault.path, fault.code, fault.remedy) == (("ways", "english"), "bad-name", TAG)
