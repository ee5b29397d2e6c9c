"""A finished PDF is read back as it was written."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from letters import proof
from letters.errors import LettersError
from letters.typeset import typeset
from tests.typeset.letters_to_set import ASSETS, CREATED, layout, letter, paragraphs


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return a letter of several pages."""
    return typeset(letter(body=paragraphs(20)), layout(), ASSETS, created=CREATED).pdf


def test_pages_have_the_size_of_the_paper(pdf: bytes) -> None:
    with proof.Proof(pdf) as opened:
        assert len(opened.pages) == proof.page_count(pdf) > 1
        assert {page.size for page in opened.pages} == {(612.0, 792.0)}


def test_the_title_is_the_letters(pdf: bytes) -> None:
    with proof.Proof(pdf) as opened:
        assert opened.title == "Closing your file"


def test_text_comes_in_reading_order(pdf: bytes) -> None:
    text = proof.text(pdf)
    places = [text.index(part) for part in ("Jordan Avery", "Closing your file", "Dear Jordan", "Sincerely")]
    assert places == sorted(places)
    assert text.count("\f") == proof.page_count(pdf) - 1


def test_characters_are_measured_from_the_top_left(pdf: bytes) -> None:
    with proof.Proof(pdf) as opened:
        first = opened.pages[0]
        name, greeting = first.find("Jordan Avery"), first.find("Dear Jordan")
        assert name is not None
        assert greeting is not None
        assert 180 < name.top < name.bottom < greeting.top
        assert name.left == pytest.approx(72, abs=2)
        assert any(c.text == "J" and c.box.left == name.left for c in first.characters())


def test_lines_are_counted_from_the_top(pdf: bytes) -> None:
    with proof.Proof(pdf) as opened:
        lines = opened.pages[1].lines()
        assert [line.top for line in lines] == sorted(line.top for line in lines)
        assert 20 < len(lines) < 60


def test_text_that_is_not_there_has_no_box(pdf: bytes) -> None:
    with proof.Proof(pdf) as opened:
        assert opened.pages[0].find("Nobody") is None


def test_pictures_have_the_resolution_asked_for(pdf: bytes) -> None:
    pictures = proof.pictures(pdf, dpi=50)
    assert len(pictures) == proof.page_count(pdf)
    assert Image.open(io.BytesIO(pictures[0])).size == (425, 550)


@pytest.mark.parametrize("broken", [b"", b"not a PDF"])
def test_what_is_no_pdf_is_refused(broken: bytes) -> None:
    with pytest.raises(LettersError, match="cannot be read back"):
        proof.Proof(broken)


def test_a_sheet_is_named_by_what_it_shows(pdf: bytes) -> None:
    first, *others = proof.sheets(pdf, dpi=50)
    assert proof.sheets(pdf, dpi=50) == [first, *others]
    assert len({one.name for one in [first, *others, *proof.sheets(pdf, dpi=100)]}) == 2 * proof.page_count(
        pdf
    )
    assert (first.width, first.height) == (612.0, 792.0)
    assert first.png
    assert Image.open(io.BytesIO(first.png)).size == (425, 550)


def test_a_sheet_shows_the_same_as_the_picture_of_its_page(pdf: bytes) -> None:
    sheets, pictures = proof.sheets(pdf, dpi=50), proof.pictures(pdf, dpi=50)
    for sheet, picture in zip(sheets, pictures, strict=True):
        assert sheet.png
        one, other = (Image.open(io.BytesIO(png)).convert("RGB") for png in (sheet.png, picture))
        assert one.tobytes() == other.tobytes()


def test_a_sheet_that_is_known_is_not_packed_again(pdf: bytes) -> None:
    first, *others = proof.sheets(pdf, dpi=50)
    again = proof.sheets(pdf, dpi=50, known={first.name})
    assert (again[0].name, again[0].png, again[1:]) == (first.name, None, others)
