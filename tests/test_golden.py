"""Golden texts: what every page of each kind says in each language, as it was last read in review."""

from __future__ import annotations

import pytest

from maintain import golden
from maintain.examples import LANGUAGES, first_of_each_kind


def test_there_is_a_text_for_every_kind_and_language_and_no_other() -> None:
    wanted = {golden.file(kind, language) for kind in first_of_each_kind() for language in LANGUAGES}
    assert len(wanted) > 50
    assert set(golden.FOLDER.glob("*")) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(first_of_each_kind()))
def test_a_letter_says_what_was_read_in_review(kind: str, language: str) -> None:
    message = "The letter says something new. Run scripts/golden, and read the difference."
    assert golden.text(kind, language) == golden.file(kind, language).read_text("utf-8"), message
