"""What somebody says on the command line in their own words, and that is kept."""

from __future__ import annotations

import unicodedata

from letters.errors import UsageError

_LEAST = 3  # characters; less says nothing


def said(option: str, text: str) -> str:
    """Read one line of words. Raises UsageError where it says nothing, is too long, or holds hidden signs."""
    from letters.model.reading import UnfitError, read_text

    try:
        words = read_text(text)
    except UnfitError as error:
        raise UsageError(f"What stands after {option} {error.trouble}.", error.remedy) from error
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") for sign in words):
        raise UsageError(
            f"What stands after {option} holds signs that cannot be seen.", "Type it by hand, on one line."
        )
    if len(words) < _LEAST:
        raise UsageError(f"What stands after {option} says nothing.", "Say it in a few words.")
    return words
