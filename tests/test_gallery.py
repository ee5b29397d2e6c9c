"""The gallery's pictures show the colors of the letters, and are small."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from letters import kinds
from maintain import gallery

PICTURE = 60_000  # bytes, at most
FOLDER = 1_300_000


def blurred_text_with_an_orange_dot() -> Image.Image:
    """A sheet with many greys, and with few dots of a color."""
    sheet = Image.linear_gradient("L").convert("RGB")
    sheet.paste("#e07b1f", (100, 100, 103, 103))
    return sheet


def test_the_few_dots_of_a_logo_keep_their_color() -> None:
    sheet = blurred_text_with_an_orange_dot()
    picture = gallery.in_few_colors(sheet)
    away = ImageChops.difference(sheet, picture.convert("RGB"))
    assert len(picture.getcolors() or []) <= gallery.COLORS
    assert max(away.tobytes()) < 12


@pytest.mark.parametrize("kind", sorted(kinds.folders()))
def test_a_picture_is_small(kind: str) -> None:
    assert 5_000 < (gallery.FOLDER / f"{kind}.png").stat().st_size < PICTURE


def test_the_gallery_is_small() -> None:
    assert sum(file.stat().st_size for file in gallery.FOLDER.iterdir()) < FOLDER
