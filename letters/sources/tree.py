"""What every tree of strings is held to, in whatever notation it was written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from letters.findings import Severity, rule
from letters.model.secrecy import Path
from letters.sources.document import Span, Tree, field_name
from letters.sources.text import Flaw

DEEPEST = 20
MOST_TIMES = 99
# Putting marks in order takes the square of their number, and no name is that long.
LONGEST_NAME = 1000
TOO_DEEP = rule(
    "too-deep",
    Severity.ERROR,
    f"Nothing this program reads has more than {DEEPEST} groups within one another.",
)
DUPLICATE = rule(
    "duplicate-key",
    Severity.ERROR,
    "Of two fields of one name only one would count, and nobody would know which.",
)


class Keys:
    """The keys of one group, each taken once."""

    def __init__(self, tree: Tree, text: str, path: Path) -> None:
        self.tree = tree
        self.text = text
        self.path = path
        self.first: dict[str, Span] = {}
        self.again: dict[str, _Again] = {}

    def add(self, name: str, span: Span) -> bool:
        """Note a key. False where the group has it already, with one flaw however often it comes."""
        plain = _plain(name)
        if self.first.setdefault(plain, span) is span:
            self.tree.keys[(*self.path, name)] = span
            return True
        self._note_again(name, plain, span)
        return False

    def _note_again(self, name: str, plain: str, span: Span) -> None:
        again = self.again.get(plain)
        if again is None:
            self.again[plain] = self._first_again(name, plain, span)
        elif again.number is not None and again.times <= MOST_TIMES:
            again.times += 1
            times = f"{again.times}" if again.times <= MOST_TIMES else f"more than {MOST_TIMES}"
            message = f"{again.begun} {times} times, first in line {again.line}."
            flaws = self.tree.flaws
            flaws[again.number] = replace(flaws[again.number], message=message, remedy="Keep one of them.")

    def _first_again(self, name: str, plain: str, span: Span) -> _Again:
        if self.tree.is_full(DUPLICATE):
            return _Again("", 0, None)
        path = (*self.path, name)
        own = field_name(path)[len(field_name(self.path)) :].lstrip(".")
        begun = f"This group has the field {own[:40].strip()}"
        line = self.text.count("\n", 0, self.first[plain][0]) + 1
        message = f"{begun} already, in line {line}."
        self.tree.note(Flaw(DUPLICATE, message, "Remove one of the two.", *span, field_name(path)))
        return _Again(begun, line, len(self.tree.flaws) - 1)


@dataclass
class _Again:
    """A key that came again: how its flaw begins, where the key stood first, and the flaw's number."""

    begun: str
    line: int
    number: int | None
    times: int = 2


def _plain(name: str) -> str:
    """The name as models see it: without outer space, in one spelling of its characters."""
    bare = name.strip()
    return unicodedata.normalize("NFC", bare) if len(bare) <= LONGEST_NAME else bare
