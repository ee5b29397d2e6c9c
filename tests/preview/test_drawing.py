"""A letter as the page shows it: itself where it is complete, else as far as it is written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from letters import letter
from letters.errors import UsageError
from letters.preview import drawing
from letters.preview.drawing import drawn, pictures
from letters.typeset import typeset
from letters.typeset.rules import TOO_LONG
from tests.support.desk import Desk
from tests.typeset.letters_to_set import ASSETS, CREATED, layout, paragraphs
from tests.typeset.letters_to_set import letter as html


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "office")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset(html(body=paragraphs(8)), layout(), ASSETS, created=CREATED).pdf


def size(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size


def test_a_complete_letter_is_the_one_that_is_made(desk: Desk) -> None:
    order = desk.order()
    shown, (made, findings) = drawn(order), letter.make(order)
    assert made
    assert shown.letter
    assert (shown.is_complete, shown.findings, findings) == (True, [], [])
    assert shown.letter.pdf == made.pdf


def test_a_spanish_letter_is_shown_without_its_copy_for_the_file(desk: Desk) -> None:
    order = desk.order(language="es")
    shown, (made, _) = drawn(order), letter.make(order)
    assert made
    assert shown.letter
    assert (shown.letter.pdf, shown.letter.copy) == (made.pdf, None)
    assert made.copy


def test_a_letter_that_lacks_something_is_a_draft_with_what_keeps_it_from_being_one(desk: Desk) -> None:
    del desk.case["words"]
    shown, (made, findings) = drawn(desk.order()), letter.make(desk.order(draft=True))
    assert made
    assert shown.letter
    assert (shown.is_complete, shown.letter.pdf) == (False, made.pdf)
    assert [one.code for one in shown.findings] == ["words-missing"]
    assert findings != shown.findings


def test_where_not_even_a_draft_can_be_made_there_are_findings_and_the_facts(desk: Desk) -> None:
    desk.client["addresses"][0]["safe"] = "no"
    shown = drawn(desk.order())
    assert (shown.letter, shown.is_complete, shown.facts is None) == (None, False, False)
    assert "safe-contact" in [one.code for one in shown.findings]
    desk.case["clients"] = "nobody"
    shown = drawn(desk.order())
    assert (shown.letter, shown.facts, bool(shown.findings)) == (None, None, True)


def test_a_letter_that_is_asked_for_again_is_not_set_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(desk.order())
    monkeypatch.setattr(drawing, "set_pages", lambda _: (None, []))
    assert drawn(desk.order()).letter == first.letter
    desk.client["name"] = "Jordan B. Avery"
    assert drawn(desk.order()).letter is None


def test_what_kept_a_letter_from_being_set_is_not_remembered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = TOO_LONG.finding("It took too long.", "Try again.")
    desk.client["name"] = "Jordan C. Avery"
    with monkeypatch.context() as busy:
        busy.setattr(drawing, "set_pages", lambda _: (None, [late]))
        assert drawn(desk.order()).findings == [late]
    assert drawn(desk.order()).is_complete


def test_an_unknown_kind_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no kind of letter"):
        drawn(desk.order("nonsense"))


def test_pictures_are_as_large_as_was_asked_and_told_in_css_pixels(pdf: bytes) -> None:
    for scale, width in ((1.0, 816), (2.0, 1632), (0.5, 408)):
        shown, pngs = pictures(pdf, scale, ())
        assert {(one.width, one.height) for one in shown} == {(816, 1056)}
        assert {size(png)[0] for png in pngs.values()} == {width}


def test_a_picture_is_never_too_small_or_too_large(pdf: bytes) -> None:
    for scale, width in ((-1.0, 408), (0.0, 408), (1e9, 2448)):
        _, pngs = pictures(pdf, scale, ())
        assert {size(png)[0] for png in pngs.values()} == {width}


def test_only_pictures_that_are_not_known_are_made(pdf: bytes) -> None:
    shown, pngs = pictures(pdf, 1, ())
    assert {one.name for one in shown} == pngs.keys()
    assert pictures(pdf, 1, pngs.keys()) == (shown, {})
    assert not pngs.keys() & pictures(pdf, 2, ())[1].keys()
