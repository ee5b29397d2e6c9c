from __future__ import annotations

import pytest

from letters.errors import UsageError
from letters.locale.languages import country_name, direction, is_language, language_name, locale_for


@pytest.mark.parametrize(
    ("language", "country", "locale"),
    [
        ("en", "US", "en_US"),
        ("en", "GB", "en_GB"),
        ("es", "US", "es_US"),
        ("es", "GB", "es"),
        ("vi", "US", "vi"),
        ("pt-BR", "US", "pt_BR"),
        ("zh-Hant", "US", "zh_Hant"),
        ("en-GB", "US", "en_GB"),
    ],
)
def test_a_locale_joins_language_and_country_where_they_go_together(
    language: str, country: str, locale: str
) -> None:
    assert locale_for(language, country) == locale


@pytest.mark.parametrize("language", ["xx", "", "english", "en_US\n", "../en"])
def test_an_unknown_language_is_refused(language: str) -> None:
    assert not is_language(language)
    with pytest.raises(UsageError, match="There is no language"):
        locale_for(language, "US")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("xx", "ltr")],
)
def test_the_direction_of_writing_is_known(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_languages_and_countries_are_named_for_the_reader() -> None:
    assert language_name("es") == "Spanish"
    assert language_name("en", "es_US") == "inglés"
    assert language_name("xx") == "xx"
    assert country_name("gb") == "United Kingdom"
    assert country_name("QQ") == "QQ"
