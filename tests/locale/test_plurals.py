"""The form of a word after a number."""

from __future__ import annotations

import pytest

from letters.locale.plurals import plural


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en_US", ["other", "one", "other", "other", "other"]),
        ("es_US", ["other", "one", "other", "other", "other"]),
        ("fr_CA", ["one", "one", "other", "other", "other"]),
        ("pl", ["many", "one", "few", "many", "few"]),
        ("ar", ["zero", "one", "two", "few", "many"]),
        ("vi", ["other", "other", "other", "other", "other"]),
    ],
)
def test_each_language_has_forms_of_its_own(locale: str, forms: list[str]) -> None:
    assert [plural(number, locale) for number in (0, 1, 2, 5, 22)][:4] == forms[:4]
    assert plural(22, locale) == forms[4]
