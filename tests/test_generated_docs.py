"""The documents made from the program and its data say what these say now."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from letters import kinds
from letters.rulebook import all_rules
from maintain import documents, gallery

STALE = "This page is out of date. Run scripts/docs."


def test_the_page_on_kinds_is_fresh_and_names_every_kind() -> None:
    page = (documents.DOCS / "kinds.md").read_text("utf-8")
    assert len(kinds.folders()) >= 27
    assert page == documents.kinds_page(), STALE
    assert re.findall(r"^### (.*)$", page, re.MULTILINE) == [
        kind for found in documents.grouped().values() for kind in found
    ]
    assert {kind for found in documents.grouped().values() for kind in found} == set(kinds.folders())


def test_the_page_on_checks_is_fresh_and_names_every_check() -> None:
    page = (documents.DOCS / "rules.md").read_text("utf-8")
    assert page == documents.rules_page(), STALE
    assert re.findall(r"^\| `([\w-]+)`", page, re.MULTILINE) == [rule.code for rule in all_rules()]


def test_the_gallery_is_fresh() -> None:
    assert gallery.PAGE.read_text("utf-8") == gallery.page(), STALE


@pytest.mark.parametrize("kind", sorted(kinds.folders()))
def test_the_gallery_has_a_picture_of_every_kind(kind: str) -> None:
    data = (gallery.FOLDER / f"{kind}.png").read_bytes()
    with Image.open(BytesIO(data)) as picture:
        assert picture.width > 500
        assert len(picture.convert("L").getcolors() or []) > 3
    assert len(data) < 150_000


def test_the_gallery_has_no_other_picture() -> None:
    assert {file.stem for file in gallery.FOLDER.iterdir()} == set(kinds.folders())
