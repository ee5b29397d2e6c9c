"""Enumerations and spans of time as a reader writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel.lists import format_list
from babel.units import format_unit

# Spanish says `e` for `y` before the sound of i, but not before a diphthong, as in hielo. Only the last
# of the words is joined in this way, so nothing within one is changed.
_E_FOR_Y = re.compile(r" y (?=h?[ií](?![aeoáéó]))", re.IGNORECASE)


def and_list(items: Sequence[str], locale: str) -> str:
    """Join words so that all of them count, as in `a, b, and c`."""
    joined = format_list(list(items), style="standard", locale=locale)
    return _E_FOR_Y.sub(" e ", joined) if locale.startswith("es") else joined


def or_list(items: Sequence[str], locale: str) -> str:
    """Join words of which one is to be chosen, as in `a, b, or c`."""
    return format_list(list(items), style="or", locale=locale)


def years(number: int, locale: str) -> str:
    """Write a span of years, as in `7 years` or `7 años`; it is never broken at the end of a line."""
    return format_unit(number, "duration-year", "long", locale=locale).replace(" ", "\u00a0")
