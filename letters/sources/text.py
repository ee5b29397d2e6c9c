"""The text of a source, and how an offset in it becomes a place to show."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from letters.findings import Finding, Place, Rule
from letters.model.validation import CONFIDENTIAL

LINE_END = re.compile(r"\r\n|\n|\r")
SECRET_KEY = re.compile(rf"""(?<![\w-])["']?{CONFIDENTIAL}["']?[ \t]*:""")
# As far as a key goes at the beginning of a line: what may be shown of a confidential one.
LEADING_KEY = re.compile(r"""\s*(?:- +)*(?:"[\w -]{1,40}"|'[\w -]{1,40}'|[\w-][\w -]{0,39})[ \t]*:(?=\s|$)""")
WIDEST_EXCERPT = 160
BEFORE_PLACE = 60
CUT = "…"
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
    without them, so that a file that cannot be parsed keeps its secrets too.
    """

    name: str
    text: str
    secrets: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def finding(self, flaw: Flaw) -> Finding:
        """The finding for a flaw of this text."""
        place = self.place(flaw.start, flaw.end, flaw.field)
        return flaw.rule.finding(flaw.message, flaw.remedy, place)

    def place(self, start: int, end: int, field: str = "") -> Place:
        """The place of the characters from `start` to `end`, as far as they are on one line."""
        start = max(0, min(start, len(self.text)))
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        text = self.line(line)
        length = max(1, min(end - start, len(text) - column + 1))
        excerpt = self._excerpt(line, column)
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
        """Whether the line holds something confidential."""
        return line in self._secret_lines

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self.text))]

    @cached_property
    def _secret_lines(self) -> frozenset[int]:
        lines = set(secret_looking_lines(self.text))
        for start, end in self.secrets:
            lines.update(range(self.line_number(start), self.line_number(max(start, end - 1)) + 1))
        return frozenset(lines)

    def _excerpt(self, line: int, column: int) -> str:
        text = self.line(line)
        if self.is_secret(line):
            return _printable(_key_only(text))
        return _printable(_around(text, column))


def secret_looking_lines(text: str) -> list[int]:
    """The lines that a `confidential:` group seems to cover, by indentation and brackets."""
    found: list[int] = []
    if CONFIDENTIAL not in text:
        return found
    group: _Group | None = None
    for number, line in enumerate(LINE_END.split(text), 1):
        if group and not group.takes(line):
            group = None
        if group is None and (key := SECRET_KEY.search(line)):
            group = _Group(key.start(), _opened(line[key.end() :]), not line[key.end() :].strip())
        if group:
            found.append(number)
    return found


@dataclass
class _Group:
    """A `confidential:` group while its lines are gone through.

    `awaits` is true until its value begins, which in JSON may be on the next line.
    """

    indent: int
    open_brackets: int
    awaits: bool

    def takes(self, line: str) -> bool:
        """Whether the next line belongs to it."""
        if not line.strip():
            return True
        begins = self.awaits and line.lstrip()[0] in "{['\"" and not LEADING_KEY.match(line)
        inside = self.open_brackets > 0 or begins or _indent(line) > self.indent
        self.awaits = False
        self.open_brackets = max(0, self.open_brackets + _opened(line))
        return inside


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _opened(text: str) -> int:
    return sum(text.count(sign) for sign in "{[") - sum(text.count(sign) for sign in "}]")


def _key_only(line: str) -> str:
    """What of a confidential line may be shown: its key."""
    if secret := SECRET_KEY.search(line):
        leading = LEADING_KEY.match(line)
        whole = leading and leading.end() == secret.end()
        return f"{line[: secret.end()] if whole else secret[0]} {CUT}"
    key = LEADING_KEY.match(line)
    return f"{key[0]} {CUT}" if key else f"{line[: _indent(line)]}{CUT}"


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


def _printable(line: str) -> str:
    return UNSHOWABLE.sub("�", line.replace("\t", "→"))
