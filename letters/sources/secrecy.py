"""The lines of a text that look confidential, found without parsing it, and what of them may be shown.

A file that cannot be parsed keeps its secrets too, and so does one whose author misspelled the
name of the group: a name counts as the group's when one end of it is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from letters.model.secrecy import UNSEEN

LINE_END = re.compile(r"\r\n|\n|\r")
# From the beginning of a word only, or a long one would take the square of its length.
GROUP = r"""(?<![\w-])["']?(?:[\w-]*confi(?!rm)[^:\r\n]{0,9}:|[\w-]*ntial["']?[ \t]*:)"""
NAME = r"(?:diagn\w*|\w*gnosis|suspi\w*|\w*picion|dangers?|leaving|notes?)"
# Only where a key may begin: in the midst of a text these are ordinary words.
FIELD = rf"""(?:^|[{{,\[]|(?<=- ))[ \t]*["']?{NAME}["']?[ \t]*:"""
SECRET_KEY = re.compile(f"{GROUP}|{FIELD}", re.IGNORECASE)
# As far as a key goes at the beginning of a line: what may be shown of a confidential one.
LEADING_KEY = re.compile(r"""\s*(?:- +)*(?:"[\w-]{1,40}"|'[\w-]{1,40}'|[\w-]{1,40})[ \t]*:(?=\s|$)""")
ENTRY = re.compile(r"[ \t]*(?:-[ \t]+)*")
# A bracket in the midst of a word is no more than a slip.
BRACKET = re.compile(r"(?:^|[\s{\[:,])[{\[]")
CUT = "…"
LONGEST_SEARCHED = 2000  # characters: a search of millions for each finding takes long


def secret_looking_lines(text: str) -> list[int]:
    """The lines that confidential fields seem to cover, by indentation and brackets."""
    found: list[int] = []
    group: _Group | None = None
    for number, line in enumerate(LINE_END.split(UNSEEN.sub("", text)), 1):
        if group and not group.takes(line):
            group = None
        if group is None and (key := SECRET_KEY.search(line)):
            rest = line[key.end() :]
            group = _Group(_column(line, key), _opened(rest), not rest.strip())
        if group:
            found.append(number)
    return found


def key_only(line: str) -> str:
    """What of a confidential line may be shown: its key, or nothing where it begins with another one."""
    if leading := LEADING_KEY.match(line):
        return f"{leading[0]} {CUT}"
    if len(line) > LONGEST_SEARCHED:
        return ""
    key = SECRET_KEY.search(line)
    begins = key is None or not line[: key.start()].strip("- \t")
    return f"{line[: _indent(line)]}{CUT}" if begins else ""


@dataclass
class _Group:
    """A confidential field or group while its lines are gone through.

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
        is_entry = _indent(line) == self.indent and line.lstrip().startswith("-")
        inside = self.open_brackets > 0 or begins or is_entry or _indent(line) > self.indent
        self.awaits = False
        self.open_brackets = max(0, self.open_brackets + _opened(line))
        return inside


def _column(line: str, key: re.Match[str]) -> int:
    """What the lines below a key have to be indented by more than."""
    if BRACKET.search(line, 0, key.end()):
        return key.end() - len(key[0].lstrip("{[, \t"))
    entry = ENTRY.match(line)
    return entry.end() if entry else 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _opened(text: str) -> int:
    return sum(text.count(sign) for sign in "{[") - sum(text.count(sign) for sign in "}]")
