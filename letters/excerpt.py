"""A line of somebody's file in a terminal: safe to show, and with the right place marked.

Widths are in columns of a terminal: East Asian signs take two, combining ones none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_TAB = 4
_DOTS = "..."
# Persian, many Indian scripts and emoji are misspelled without these two.
_JOINERS = "\u200c\u200d"
_WRITTEN_FROM_THE_RIGHT = {"R", "AL"}
_TURNED_ALONG = {"R", "AL", "AN", "EN", "NSM"}


@dataclass(frozen=True)
class Marked:
    """A line made visible sign by sign, and which of its signs are meant."""

    signs: list[str]
    start: int
    end: int


def visible(text: str) -> str:
    """Spell out the signs that would steer a terminal or hide something; white space becomes spaces."""
    return "".join(map(_visible_sign, text))


def width_of(text: str) -> int:
    """Count the columns that text takes in a terminal."""
    return sum(map(_sign_width, text))


def mark(line: str, column: int, length: int, encoding: str = "utf-8") -> Marked:
    """Mark `length` signs of a line from `column` (counted from 1), as the encoding can show it."""
    signs: list[str] = []
    taken = 0
    for sign in line.rstrip("\r\n"):
        shown = " " * (_TAB - taken % _TAB) if sign == "\t" else _visible_sign(sign)
        shown = shown.encode(encoding, "backslashreplace").decode(encoding)
        signs.append(shown)
        taken += width_of(shown)
    start = min(max(column - 1, 0), len(signs))
    end = min(start + max(length, 1), len(signs))
    return _with_whole_turned_text(Marked(signs, _with_its_base(signs, start), end))


def cut(marked: Marked, room: int) -> tuple[str, int, int]:
    """Cut a line to a number of columns around what is marked.

    Returns the text, the columns before the mark, and the columns of the mark, at least one.
    """
    widths = [width_of(sign) for sign in marked.signs]
    first, last = 0, len(widths)
    if sum(widths) > room:
        first, last = _window(marked, widths, room - 2 * len(_DOTS))
    ahead = _DOTS if first else ""
    behind = _DOTS if last < len(widths) else ""
    text = ahead + "".join(marked.signs[first:last]) + behind
    before = len(ahead) + sum(widths[first : marked.start])
    return text, before, max(sum(widths[marked.start : min(marked.end, last)]), 1)


def _window(marked: Marked, widths: list[int], room: int) -> tuple[int, int]:
    """Choose the signs to show: a third of the room goes before the mark, the rest after."""
    first, free = marked.start, room // 3
    while first and widths[first - 1] <= free:
        first -= 1
        free -= widths[first]
    last, free = first, room
    while last < len(widths) and widths[last] <= free:
        free -= widths[last]
        last += 1
    while first and widths[first - 1] <= free:
        first -= 1
        free -= widths[first]
    # An accent without its letter would end up on the dots.
    while 0 < first < marked.start and widths[first] == 0:
        first += 1
    return first, last


def _with_its_base(signs: list[str], start: int) -> int:
    """Step back from an accent to the letter it stands on."""
    while 0 < start < len(signs) and width_of(signs[start]) == 0:
        start -= 1
    return start


def _with_whole_turned_text(marked: Marked) -> Marked:
    """Widen a mark that touches text written from the right to all of that text.

    Terminals that know such scripts turn it around and others do not; the columns it takes as a
    whole are the same in both.
    """
    directions = [unicodedata.bidirectional(sign[0]) if sign else "" for sign in marked.signs]
    turned = [place for place, kind in enumerate(directions) if kind in _WRITTEN_FROM_THE_RIGHT]
    if not turned:
        return marked
    first, end = turned[0], turned[-1] + 1
    while end < len(directions) and directions[end] in _TURNED_ALONG | {"CS", "ES", "ET", "WS"}:
        end += 1
    while directions[end - 1] == "WS":
        end -= 1
    if marked.start >= end or marked.end <= first:
        return marked
    return Marked(marked.signs, min(marked.start, first), max(marked.end, end))


def _visible_sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in "\t\n\r\u2028\u2029":
        return " "
    if kind in {"Cc", "Cs", "Cn"} or (kind == "Cf" and sign not in _JOINERS):
        return f"<U+{ord(sign):04X}>"
    return sign


def _sign_width(sign: str) -> int:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
