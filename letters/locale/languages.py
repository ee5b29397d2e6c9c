"""Languages: the locale of a letter, the direction of its writing, the names of languages."""

from __future__ import annotations

from functools import cache

from babel.core import Locale, UnknownLocaleError

from letters.errors import UsageError


@cache
def locale_for(language: str = "en", country: str = "US") -> str:
    """Join a language tag and a country to a locale, such as `en_GB`.

    A region in the tag itself (`pt-BR`) counts more than the country; a language not spoken there
    keeps its own customs. Raises UsageError when the language is unknown.
    """
    for tag in (f"{language}_{country}", language) if _has_no_region(language) else (language,):
        locale = _find(tag)
        if locale is not None:
            return str(locale)
    raise UsageError(
        f"There is no language {language!r}.", "Use a language tag such as en, es, ar or zh-Hant."
    )


def is_language(tag: str) -> bool:
    """Tell whether a language tag is one whose customs are known."""
    return _find(tag) is not None


def direction(tag: str) -> str:
    """Tell the direction of a language's writing: `ltr` or `rtl`."""
    locale = _find(tag)
    return str(locale.text_direction) if locale else "ltr"


def language_name(tag: str, locale: str = "en_US") -> str:
    """Name a language in the reader's, as within a sentence; an unknown one by its tag."""
    named = _find(tag)
    return (named and named.get_display_name(locale)) or tag


def country_name(country: str, locale: str = "en_US") -> str:
    """Name a country in the reader's language; an unknown one by its code."""
    return str(Locale.parse(locale).territories.get(country.upper(), country.upper()))


def _has_no_region(language: str) -> bool:
    locale = _find(language)
    # Babel adds likely regions of its own accord to tags it does not know.
    return locale is None or not any(part == locale.territory for part in _parts(language))


def _parts(tag: str) -> list[str]:
    return tag.replace("-", "_").split("_")


@cache
def _find(tag: str) -> Locale | None:
    try:
        return Locale.parse("_".join(_parts(tag)))
    except (UnknownLocaleError, ValueError):
        return None
