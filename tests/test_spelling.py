from __future__ import annotations

import pytest

from letters.spelling import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("darft", ["check", "draft"], "draft"),
        ("fone", ["name", "phone"], "phone"),
        ("--out", ["--to", "--output", "--format"], "--output"),
        ("nope", ["envelope"], ""),
        ("zzz", ["draft"], ""),
        ("", ["draft", ""], ""),
        ("draft", [], ""),
        ("x" * 100_000, ["draft"], ""),
    ],
)
def test_the_nearest_word_is_one_that_is_like_it(word: str, known: list[str], meant: str) -> None:
    assert nearest(word, known) == meant
    assert did_you_mean(word, known, "Look.") == (f"Did you mean {meant}?" if meant else "Look.")
