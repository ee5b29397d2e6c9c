"""Text that YAML takes as a comment, such as the number of an apartment behind a # sign."""

from __future__ import annotations

import re

SWALLOWED = re.compile(r"[ \t]+(#[^\s#!][^\r\n]*)")
# A comment that is nothing but the number of an apartment.
UNIT = re.compile(
    r"[ \t]+(#[ \t]+(?:(?:apt|apartment|unit|suite|ste|room|rm|floor|fl)\b\.?[ \t]*)?"
    r"(?:\d{1,5}[a-z]?|[a-z]))[ \t]*(?=[\r\n]|$)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"[ \t]+(#[ \t]+\d[^\r\n]*)")
IN_BRACKETS = re.compile(r"[ \t](#[^\s#!].*|#.*[\]}].*)")
IN_QUOTES = re.compile(r"""(?<=[\[{,: ])(?:"[^"]*"|'[^']*')""")


def swallowed(text: str, start: int, end: int, *, is_entry: bool) -> tuple[int, int] | None:
    """The stretch after `end` that looks like text but was taken as a comment.

    In the entry of a list, such as a line of an address, a number may be of the address as well.
    """
    is_address = is_entry and any(sign.isdigit() for sign in text[start:end])
    patterns = (SWALLOWED, UNIT, NUMBERED) if is_address else (SWALLOWED, UNIT)
    found = next(filter(None, (pattern.match(text, end) for pattern in patterns)), None)
    return found.span(1) if found else None


def swallowed_bracket(line: str) -> tuple[int, int] | None:
    """The stretch of a line within brackets that was taken as a comment and that text or a bracket is in."""
    bare = IN_QUOTES.sub(lambda quoted: "x" * len(quoted[0]), line)
    found = IN_BRACKETS.search(bare)
    return found.span(1) if found else None
