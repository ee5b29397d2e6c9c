from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.excerpt import cut, mark, visible, width_of


def under(line: str, column: int, length: int = 1, room: int = 80) -> str:
    """Return what stands above the carets, by columns of a terminal."""
    text, before, carets = cut(mark(line, column, length), room)
    columns = [sign for sign in text for _ in range(width_of(sign))]
    return "".join(columns[before : before + carets])


@pytest.mark.parametrize(
    ("line", "column", "length", "meant"),
    [
        ("name: Jordan", 7, 6, "Jordan"),
        ("\tname: Jordan", 8, 6, "Jordan"),
        ("x\ty: Jordan", 6, 6, "Jordan"),
        ("中文: Jordan", 5, 6, "Jordan"),
        ("name: 中文", 7, 2, "中中文文"),
        ("Zoe\u0301: Jordan", 7, 6, "Jordan"),
        ("bad\x1b: Jordan", 7, 6, "Jordan"),
        ("שלום: Jordan", 7, 6, "Jordan"),
        ("name: שלום, Jordan", 13, 6, "Jordan"),
        ("name: Jordan", 7, 60, "Jordan"),
    ],
)
def test_the_carets_stand_under_what_is_meant(line: str, column: int, length: int, meant: str) -> None:
    assert under(line, column, length) == meant


def test_a_mark_within_text_from_the_right_covers_all_of_it() -> None:
    assert under("name: שלום עולם 12 (home)", 8, 2) == "שלום עולם 12"


def test_a_mark_on_an_accent_covers_its_letter() -> None:
    assert under("Zoe\u0301", 4) == "e"


def test_a_mark_behind_the_end_of_a_line_has_one_caret_there() -> None:
    assert cut(mark("name:", 9, 1), 80) == ("name:", 5, 1)


@pytest.mark.parametrize("column", [1, 40, 150, 196])
def test_a_long_line_is_cut_around_the_mark(column: int) -> None:
    line = "".join(chr(ord("a") + place % 26) for place in range(200))
    text, before, length = cut(mark(line, column, 5), 40)
    assert len(text) <= 40
    assert "..." in text
    assert text[before : before + length] == line[column - 1 : column + 4]


def test_a_cut_line_does_not_begin_with_an_accent() -> None:
    line = "e\u0301" * 40 + "X" + "y" * 40
    for room in range(20, 60):
        text, before, _ = cut(mark(line, 81, 1), room)
        assert text.startswith("...e")
        assert width_of(text[: text.index("X")]) == before


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "<U+001B>[31m"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\u200bb", "a<U+200B>b"),
        ("a\tb\nc\r\nd", "a b c  d"),
        ("\ud800", "<U+D800>"),
        ("\U000e0041", "<U+E0041>"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("O'Brien & Söhne <Ltd>", "O'Brien & Söhne <Ltd>"),
    ],
)
def test_signs_that_hide_something_are_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@settings(deadline=None, max_examples=300)
@given(st.text(), st.integers(-3, 60), st.integers(-3, 60), st.integers(20, 60))
def test_a_cut_line_fits_and_its_carets_are_within_reach(
    line: str, column: int, length: int, room: int
) -> None:
    text, before, carets = cut(mark(line, column, length), room)
    assert width_of(text) <= room
    assert 0 <= before <= width_of(text)
    assert 1 <= carets <= max(width_of(text) - before, 1)
    assert not set(text) & {chr(code) for code in range(32)}
