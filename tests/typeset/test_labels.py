"""Lines of text stand in their places, and what is wrong with them is told."""

from __future__ import annotations

import pytest

from letters import proof
from letters.paper import Box
from letters.proof import Proof
from letters.typeset.labels import Placed, Sheets, set_sheets

FIELD = Box(50, 60, 250, 120)
FIRST_ROW = Box(50, 60, 250, 88)


def made(*texts: Placed) -> Sheets:
    """One page with some texts."""
    return set_sheets([texts], (300, 200), typeface="sans", title="Labels")


def test_text_stands_in_the_middle_of_its_height_or_at_its_top() -> None:
    middle, top = (made(Placed(("Hxx", "xxH"), FIELD, 10, at_top=at_top)) for at_top in (False, True))
    with Proof(middle.pdf) as opened:
        lines = opened.pages[0].lines()
        assert lines[0].top - FIELD.top == pytest.approx(FIELD.bottom - lines[-1].bottom, abs=2)
    with Proof(top.pdf) as opened:
        assert opened.pages[0].lines()[0].top == pytest.approx(FIELD.top, abs=5)
        assert opened.pages[0].lines()[0].left == pytest.approx(FIELD.left, abs=2)


def test_text_higher_than_its_field_is_told_by_its_place() -> None:
    fits = Placed(("Jordan",), FIELD, 10)
    sheets = set_sheets(
        [[fits], [fits, Placed(("Jordan",) * 9, FIELD, 10)]], (300, 200), typeface="sans", title="Labels"
    )
    assert sheets.overflowing == ((1, 1),)
    assert proof.page_count(sheets.pdf) == 2


@pytest.mark.parametrize("sign", ["\U0001f600", "\u1681"])
def test_a_character_that_no_typeface_has_is_told(sign: str) -> None:
    codes = {finding.code for finding in made(Placed((f"Jordan {sign}",), FIELD, 10)).findings}
    assert codes & {"missing-glyph", "fallback-font"}


def test_what_looks_like_markup_is_text() -> None:
    sheets = made(Placed(('<b>O\'Brien</b> & "Sons"',), FIELD, 10))
    assert sheets.findings == ()
    assert proof.text(sheets.pdf).strip() == '<b>O\'Brien</b> & "Sons"'


def test_every_line_has_the_direction_of_its_first_letter() -> None:
    sheets = made(Placed(("رقم 12", "Bole Road 12"), FIELD, 10, "ar"))
    with Proof(sheets.pdf) as opened:
        left = {character.text: character.box.left for character in opened.pages[0].characters(FIRST_ROW)}
        assert left["1"] < left["2"] < left["م"]  # the number to the left of the word it comes after
        assert opened.pages[0].text_in(Box(0, 95, 300, 200)).strip() == "Bole Road 12"
