"""The documents that the example practice encloses: fit, in both languages, and plainly made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.assemble.examining import Examined, examine
from letters.proof import Proof, text
from maintain import enclosures

PAGES = {"privacy-notice": 2, "release": 1}
NAMES = [f"{name}.{language}" for name in PAGES for language in ("en", "es")]


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every document set once more."""
    folder = tmp_path_factory.mktemp("enclosures")
    enclosures.set_all(folder)
    return folder


def test_there_is_a_page_for_every_document() -> None:
    assert sorted(file.stem for file in enclosures.SOURCES.glob("*.html")) == sorted(NAMES)
    assert sorted(file.name for file in enclosures.FOLDER.iterdir()) == sorted(
        f"{name}.pdf" for name in NAMES
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_fit_and_says_that_it_is_made_up(name: str, anew: Path) -> None:
    data = (enclosures.FOLDER / f"{name}.pdf").read_bytes()
    assert examine(data, "letter") == Examined(PAGES[name.partition(".")[0]])
    with Proof(data) as proof:
        first = " ".join(proof.pages[0].text.split())
    assert ("does not exist" if name.endswith("en") else "no existe") in first
    assert text(data) == text((anew / f"{name}.pdf").read_bytes()), "run python -m maintain.enclosures"
