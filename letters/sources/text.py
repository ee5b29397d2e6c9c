"""The text of a source, and how an offset in it becomes a place to show."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property

from letters.findings import Finding, Place, Rule
from letters.sources.secrecy import CUT, LINE_END, key_only, secret_looking_lines

WIDEST_EXCERPT = 160
MOST_FLAWS = 1000  # of one file: beyond them nothing is learned
BEFORE_PLACE = 60
# What must not reach a terminal raw; each is shown as one character, so that columns hold.
UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Flaw:
    """A finding before its place is worked out: `start` and `end` are offsets in the text."""

    rule: Rule
    message: str
    remedy: str
    start: int
    end: int
    field: str = ""


@dataclass(frozen=True)
class SourceText:
    """The text of the file `name`, whose line ends are LF, CR LF or CR.

    `secrets` are stretches (start, end) known to be confidential; lines that look it are found
    without them, so that a file that cannot be parsed keeps its secrets too. What comes after
    `unread`, where reading had to stop, may belong to anything: no more than a key is shown of it.
    `is_at_hand` is false where nobody can look at the text: a place is then the name of a field.
    """

    name: str
    text: str
    secrets: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    unread: int | None = None
    is_at_hand: bool = True

    def finding(self, flaw: Flaw) -> Finding:
        """The finding for a flaw of this text."""
        place = self.place(flaw.start, flaw.end, flaw.field)
        return flaw.rule.finding(flaw.message, flaw.remedy, place)

    def place(self, start: int, end: int, field: str = "") -> Place:
        """The place of the characters from `start` to `end`, as far as they are on one line."""
        if not self.is_at_hand:
            return Place(self.name, field=field)
        start = max(0, min(start, len(self.text)))
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        text = self.line(line)
        length = max(1, min(end - start, len(text) - column + 1))
        excerpt = self._excerpt(line, start)
        if self.is_secret(line) and column >= len(excerpt):
            length = 1
        return Place(self.name, line, column, length, excerpt, field)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self._starts[number - 1]
        stop = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:stop].rstrip("\r\n")

    def offset(self, line: int) -> int:
        """Where a line begins, counted from 1."""
        return self._starts[line - 1]

    def line_number(self, offset: int) -> int:
        """The line an offset is on, counted from 1."""
        return bisect_right(self._starts, offset)

    def is_secret(self, line: int) -> bool:
        """Whether the line holds something confidential, or may do so for all that is known."""
        return line in self._secret_lines or line >= self._first_unread

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self.text))]

    @cached_property
    def _first_unread(self) -> int:
        return len(self._starts) + 1 if self.unread is None else self.line_number(self.unread)

    @cached_property
    def _secret_lines(self) -> frozenset[int]:
        return frozenset({*self._secret_looking, *self._first_secrets})

    @cached_property
    def _secret_looking(self) -> frozenset[int]:
        return frozenset(secret_looking_lines(self.text))

    @cached_property
    def _first_secrets(self) -> dict[int, int]:
        """Where on each line that holds a known secret the first of them begins, counted from 0."""
        columns: dict[int, int] = {}
        for start, end in self.secrets:
            first, last = self.line_number(start), self.line_number(max(start, end - 1))
            columns[first] = min(start - self.offset(first), columns.get(first, WIDEST_EXCERPT))
            columns |= dict.fromkeys(range(first + 1, last + 1), 0)
        return columns

    def _excerpt(self, line: int, start: int) -> str:
        """The line, or what may be shown of it; nothing where that is another field's key."""
        if line > self._first_unread:
            return ""
        text = self.line(line)
        if not self.is_secret(line):
            return _printable(_around(text, start - self.offset(line) + 1))
        shown = key_only(text)
        if line not in self._secret_looking and (cut := self._first_secrets.get(line)):
            shown = f"{text[:cut]}{CUT}"
        beyond = start - self.offset(line) >= len(shown)
        return "" if beyond and self._is_behind_secret(line, start) else _printable(shown)

    def _is_behind_secret(self, line: int, start: int) -> bool:
        """Whether a secret ends on the line before `start`, and none is there."""
        ended = any(end < start and self.line_number(end) == line for _, end in self.secrets)
        return ended and not any(begin <= start < end for begin, end in self.secrets)


def _around(line: str, column: int) -> str:
    """A line no wider than an excerpt; where its beginning is cut, see `caret_column`."""
    if len(line) <= WIDEST_EXCERPT:
        return line
    if column <= WIDEST_EXCERPT - BEFORE_PLACE:
        return line[: WIDEST_EXCERPT - 1] + CUT
    begin = column - BEFORE_PLACE
    cut = line[begin : begin + WIDEST_EXCERPT - 2]
    return CUT + cut + (CUT if begin + len(cut) < len(line) else "")


def caret_column(place: Place) -> int:
    """Where in a place's excerpt its first character stands, counted from 1.

    That differs from the column where the excerpt was cut, or shows only a key.
    """
    column = place.column or 1
    if place.excerpt.startswith(CUT) and column > WIDEST_EXCERPT - BEFORE_PLACE:
        return min(BEFORE_PLACE + 1, len(place.excerpt))
    return min(column, len(place.excerpt) + 1 if not place.excerpt.endswith(CUT) else len(place.excerpt))


def as_far_as_key(place: Place) -> Place:
    """The place of a key without the value behind it."""
    end = caret_column(place) - 1 + place.length
    return replace(place, excerpt=f"{place.excerpt[:end]}: {CUT}" if place.excerpt else "")


def _printable(line: str) -> str:
    return UNSHOWABLE.sub("�", line.replace("\t", "→"))
