"""What every tree of strings is held to, in whatever notation it was written."""

from __future__ import annotations

import unicodedata

from letters.findings import Severity, rule
from letters.model.validation import Path
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

    def add(self, name: str, span: Span) -> bool:
        """Note a key. False, and a flaw, where the group has it already."""
        known = self.first.setdefault(unicodedata.normalize("NFC", name), span)
        if known is span:
            self.tree.keys[(*self.path, name)] = span
            return True
        line = self.text.count("\n", 0, known[0]) + 1
        message = f"This group has the field {field_name((name[:40],))} already, in line {line}."
        field = field_name((*self.path, name))
        self.tree.flaws.append(Flaw(DUPLICATE, message, "Remove one of the two.", *span, field))
        return False
