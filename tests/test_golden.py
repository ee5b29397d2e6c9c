"""Golden texts: what every page of each kind says in each language, as it was last read in review.

The letters are compared with them in `test_examples.py`, where they are made.
"""

from __future__ import annotations

from maintain import golden
from maintain.examples import LANGUAGES, first_of_each_kind


def test_there_is_a_text_for_every_kind_and_language_and_no_other() -> None:
    wanted = {golden.file(kind, language) for kind in first_of_each_kind() for language in LANGUAGES}
    assert len(wanted) > 50
    assert set(golden.FOLDER.glob("*")) == wanted
