"""Offsets become lines, columns and excerpts that show no more than they may."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.sources.text import WIDEST_EXCERPT, SourceText, caret_column


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end: str) -> None:
    text = f"one{end}twö: 3{end}"

    place = SourceText("f", text).place(text.index("3"), text.index("3") + 1)

    assert (place.line, place.column, place.excerpt) == (2, 6, "twö: 3")


def test_a_length_ends_with_its_line() -> None:
    assert SourceText("f", "one\ntwo").place(1, 7).length == 2


@settings(deadline=None)
@given(before=st.integers(0, 1000), after=st.integers(0, 1000))
def test_a_long_line_is_cut_around_the_place(before: int, after: int) -> None:
    place = SourceText("f", "a" * before + "X" + "b" * after).place(before, before + 1)

    assert len(place.excerpt) <= WIDEST_EXCERPT
    assert place.column == before + 1
    assert place.excerpt[caret_column(place) - 1] == "X"


def test_an_excerpt_can_be_printed_anywhere() -> None:
    place = SourceText("f", "a\x1b[31m\tb\u202e\ud800").place(0, 1)

    assert place.excerpt == "a�[31m→b��"


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("confidential: {danger: x}", "confidential: …"),
        ("confidential:\n  danger: x", "  danger: …"),
        ("confidential:\n  - x", "  …"),
        ("{a: secret, confidential: x}", ""),
    ],
)
def test_of_a_confidential_line_only_the_key_is_shown(text: str, excerpt: str) -> None:
    place = SourceText("f", text).place(len(text) - 1, len(text))

    assert place.excerpt == excerpt
    assert 1 <= caret_column(place) <= max(len(excerpt), 1)
    assert place.length == 1


@pytest.mark.parametrize(("at", "excerpt"), [("{a", "x: …"), ("b:", ""), ("x", "x: …")])
def test_a_known_secret_is_cut_off_and_what_stands_behind_it_is_not_shown(at: str, excerpt: str) -> None:
    text = "x: {a: 1}, b: 2"
    place = SourceText("f", text, ((3, 9),)).place(text.index(at), text.index(at) + 1)

    assert place.excerpt == excerpt
