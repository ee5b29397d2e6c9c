"""What somebody says on the command line in their own words, and that is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from letters.errors import UsageError

_LEAST, _MOST = 3, 400  # characters; less says nothing, and a record has to stay small
_HIDDEN = ("Cc", "Cs", "Co")  # categories of signs that have no look


def said(option: str, text: str) -> str:
    """Read one line of words. Raises UsageError where it says nothing, is too long, or holds hidden signs."""
    from letters.model.reading import read_text
    from letters.sources.characters import examine

    what = f"What stands after {option}"
    words = _read(text, what, read_text)
    if next(iter(examine(words)), None) or any(unicodedata.category(sign) in _HIDDEN for sign in words):
        raise UsageError(f"{what} holds signs that cannot be seen.", "Type it by hand, on one line.")
    if len(words) < _LEAST:
        raise UsageError(f"{what} says nothing.", "Say it in a few words.")
    if len(words) > _MOST:
        raise UsageError(f"{what} is longer than {_MOST} characters.", "Say it in one or two sentences.")
    return words


def kept(what: str, text: str, *, is_line: bool = False) -> str:
    """A text that is kept as it was said, of any number of lines. Raises UsageError for an unfit one."""
    from letters.findings import Severity
    from letters.model.reading import read_prose, read_text
    from letters.sources.characters import examine

    if any(flaw.rule.severity is Severity.ERROR for flaw in examine(text)):
        raise UsageError(f"{what} has a character that cannot be kept.", "Type it again without that.")
    return _read(text, what, read_text if is_line else read_prose)


def _read(text: str, what: str, reader: Callable[[object], str]) -> str:
    from letters.model.reading import UnfitError

    try:
        return reader(text)
    except UnfitError as error:
        raise UsageError(f"{what} {error.trouble}.", error.remedy) from error
