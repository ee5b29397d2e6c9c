"""Enumerations as a reader writes them."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list


def and_list(items: Sequence[str], locale: str) -> str:
    """Join words so that all of them count, as in `a, b, and c`."""
    return format_list(list(items), style="standard", locale=locale)


def or_list(items: Sequence[str], locale: str) -> str:
    """Join words of which one is to be chosen, as in `a, b, or c`."""
    return format_list(list(items), style="or", locale=locale)
