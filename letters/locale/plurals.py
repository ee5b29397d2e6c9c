"""Which form a word takes after a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from babel.core import Locale

if TYPE_CHECKING:
    from letters.model.wording import Plural


def plural(number: int, locale: str) -> Plural:
    """Name the form as CLDR does: zero, one, two, few, many or other."""
    return cast("Plural", Locale.parse(locale).plural_form(number))
