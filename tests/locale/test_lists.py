from __future__ import annotations

import pytest

from letters.locale.lists import and_list, or_list


@pytest.mark.parametrize(
    ("items", "locale", "written"),
    [
        ([], "en_US", ""),
        (["a"], "en_US", "a"),
        (["a", "b"], "en_US", "a and b"),
        (["a", "b", "c"], "en_US", "a, b, and c"),
        (["a", "b", "c"], "en_GB", "a, b and c"),
        (["a", "b", "c"], "es_US", "a, b y c"),
        (["su tía", "Inés"], "es_US", "su tía e Inés"),
        (["Ruth", "su tía", "Hilda"], "es", "Ruth, su tía e Hilda"),
        (["agua", "hielo"], "es", "agua y hielo"),
        (["Ruth", "Inés"], "en_US", "Ruth and Inés"),
    ],
)
def test_items_are_joined_as_their_reader_does(items: list[str], locale: str, written: str) -> None:
    assert and_list(items, locale) == written


def test_a_choice_says_or() -> None:
    assert or_list(["a", "b", "c"], "en_US") == "a, b, or c"
