"""What every tree of strings is held to, in whatever notation it was written."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from letters.findings import Severity, rule
from letters.model.secrecy import Path
from letters.sources.document import Span, Tree, field_name
from letters.sources.text import Flaw

DEEPEST = 20
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
        self.again: dict[str, tuple[int, int]] = {}

    def add(self, name: str, span: Span) -> bool:
        """Note a key. False where the group has it already, with one flaw however often it comes."""
        plain = unicodedata.normalize("NFC", name)
        if self.first.setdefault(plain, span) is span:
            self.tree.keys[(*self.path, name)] = span
            return True
        self._note_again(name, plain, span)
        return False

    def _note_again(self, name: str, plain: str, span: Span) -> None:
        path = (*self.path, name)
        own = field_name(path)[len(field_name(self.path)) :].lstrip(".")
        begun = f"This group has the field {own[:40]}"
        line = self.text.count("\n", 0, self.first[plain][0]) + 1
        number, times = self.again.get(plain, (len(self.tree.flaws), 1))
        self.again[plain] = number, times + 1
        if times == 1:
            message = f"{begun} already, in line {line}."
            flaw = Flaw(DUPLICATE, message, "Remove one of the two.", *span, field_name(path))
            self.tree.flaws.append(flaw)
        else:
            message = f"{begun} {times + 1} times, first in line {line}."
            self.tree.flaws[number] = replace(
                self.tree.flaws[number], message=message, remedy="Keep one of them."
            )
