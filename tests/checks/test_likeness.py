"""Two texts that read the same are the same, and others are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.checks import likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("Söhne", "sohne"),
        ("Ｈａｒｂｏｒ", "harbor"),
        ("har\u00adbor", "harbor"),
        ("һаrbоr", "harbor"),
        ("٤٢", "42"),
        ("ﬁle", "file"),
    ],
)
def test_what_reads_the_same_is_folded_to_the_same(one: str, other: str) -> None:
    assert likeness.words(one) == likeness.words(other)


@pytest.mark.parametrize(
    ("word", "of", "expected"),
    [
        ("dismissal", "dismissed", True),
        ("depressions", "depression", True),
        ("beds", "bed", True),
        ("losses", "loss", True),
        ("painting", "pain", False),
        ("dismay", "dismissed", False),
    ],
)
def test_forms_of_a_word(word: str, of: str, expected: bool) -> None:
    assert likeness.is_form_of(word, of) is expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("call 9-1-1", "911", True),
        ("room 2911", "911", False),
        ("9112", "911", False),
        ("call 116 123.", "116 123", True),
        ("503 555 0100", "+1 503 555 0100", True),
        ("0117 496 0123", "+44 117 496 0123", True),
        ("555 0100", "+1 503 555 0100", True),
        ("503_555_0100", "+1 503 555 0100", True),
        ("971 555 0100", "+1 503 555 0100", False),
        ("971_555_0100", "+1 503 555 0100", False),
        ("none", "ask us", False),
    ],
)
def test_a_telephone_number_is_found_in_any_grouping(text: str, number: str, expected: bool) -> None:
    assert likeness.has_number(text, number) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("+1 503 555 0100", "503-555-0100", True),
        ("+1 503 555 0100", "503 555 0100 ext. 2", True),
        ("503 555 0100 x1", "503 555 0100 x2", True),
        ("+1 503 555 0100", "555_0100", True),
        ("+47 22 12 34 56", "22123456", True),
        ("٥٠٣ ٥٥٥ ٠١٠٠", "503 555 0100", True),
        ("+1 503 555 0100", "+1 971 555 0100", False),
        ("+1 503 555 0100", "55 0100", False),
        ("911", "911", True),
        ("911", "+1 503 555 0911", False),
        ("", "", False),
        ("none", "ask", False),
    ],
)
def test_one_telephone_number(one: str, other: str, expected: bool) -> None:
    assert likeness.same_number(one, other) is expected
    assert likeness.same_number(other, one) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("your bi-polar days", "bipolar", True),
        ("bi polars", "bipolar", True),
        ("bi, on a polar day", "bipolar", False),
        ("a de presión", "depress", False),
        ("p ain", "pain", False),
    ],
)
def test_a_word_in_two_parts(text: str, word: str, expected: bool) -> None:
    assert likeness.said(text).has_split(word) is expected


@pytest.mark.parametrize(
    ("said", "of", "expected"),
    [
        (["a", "tests"], "test", True),
        (["testing", "tested"], "test", False),
        (["dismissal"], "dismissed", True),
        (["dis", "missed"], "dismissed", False),
        ([], "test", False),
        ([], "dismissed", False),
    ],
)
def test_a_form_of_a_word_is_found_among_others(said: list[str], of: str, expected: bool) -> None:
    assert likeness.has_form(said, of) is expected
    assert any(likeness.is_form_of(word, of) for word in said) is expected


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more_and_case_makes_no_difference(text: str) -> None:
    assert likeness.words(" ".join(likeness.words(text))) == likeness.words(text)
    assert likeness.words(text.casefold()) == likeness.words(text)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text("abcdefg", min_size=1, max_size=6), min_size=1, max_size=6), st.data())
def test_words_of_a_text_are_found_in_it(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))

    assert likeness.said(" ".join(words)).has_in_row(words[start:end])
    assert not likeness.said(" ".join(words)).has_in_row([*words, "zzz"])
