"""JSON → a tree of strings, with the place of every key and value.

The standard library's reader keeps no places, takes NaN and lets the last of two equal keys win.
Numbers and truths are kept as written, so that a field is typed alike in YAML and JSON.
"""

from __future__ import annotations

import re

from letters.findings import Severity, rule
from letters.model.secrecy import Path
from letters.sources.document import Data, Tree
from letters.sources.text import Flaw
from letters.sources.tree import DEEPEST, TOO_DEEP, Keys

SYNTAX = rule(
    "json-syntax",
    Severity.ERROR,
    "Text that is not well-formed JSON cannot be taken apart into fields.",
    authority="RFC 8259",
)

SPACE = re.compile(r"[ \t\n\r]*")
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
ESCAPE = re.compile(r'\\(?:(["\\/bfnrt])|u([0-9a-fA-F]{4}))')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])")
WORD = re.compile(r"[^\s,:\[\]{}\"]+")
WORDS = {"true": "true", "false": "false", "null": ""}
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class _StopError(Exception):
    """Nothing after this can be read with certainty."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


def read_tree(text: str) -> Tree:
    """Everything in a JSON text and everything wrong with it."""
    reader = _Reader(text)
    try:
        reader.read()
    except _StopError as stop:
        reader.tree.note(stop.flaw)
        reader.tree.unread = stop.flaw.start
    return reader.tree


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.tree = Tree()

    def read(self) -> None:
        if self._next() == "":
            return
        self.tree.data = self._value(())
        if self._next():
            raise self._stop("There is something after the end of the data.", "Remove it.")

    def _next(self) -> str:
        """The next sign that is not space, which is where reading goes on; empty at the end."""
        space = SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def _value(self, path: Path) -> Data:
        sign, start = self._next(), self.at
        value: Data
        if sign in ("{", "["):
            if len(path) >= DEEPEST:
                message = f"There are more than {DEEPEST} groups or lists within one another."
                raise _StopError(Flaw(TOO_DEEP, message, "Check the brackets.", self.at, self.at + 1))
            value = self._group(path) if sign == "{" else self._list(path)
        elif sign == '"':
            value = self._string()
        else:
            value = self._bare()
        self.tree.values[path] = (start, self.at)
        return value

    def _group(self, path: Path) -> Data:
        group: dict[str, Data] = {}
        keys = Keys(self.tree, self.text, path)
        start = self.at
        self.at += 1
        if self._next() == "}":
            self.at += 1
            return group
        while True:
            name, fresh = self._key(keys)
            if fresh:
                group[name] = self._value((*path, name))
            else:
                self._pass_over(path)
            if self._closed("}", start):
                return group

    def _key(self, keys: Keys) -> tuple[str, bool]:
        if self._next() != '"':
            raise self._stop("The name of a field belongs here, in double quotes.", 'Write "name": value.')
        start = self.at
        name = self._string()
        fresh = keys.add(name, (start, self.at))
        if self._next() != ":":
            raise self._stop("A colon belongs here, after the name.", 'Write "name": value.')
        self.at += 1
        return name, fresh

    def _pass_over(self, path: Path) -> None:
        """Read a value that does not count, for its mistakes in notation only."""
        kept = self.tree
        self.tree = Tree(flaws=kept.flaws, counts=kept.counts)
        self._value((*path, ""))
        self.tree = kept

    def _list(self, path: Path) -> Data:
        items: list[Data] = []
        start = self.at
        self.at += 1
        if self._next() == "]":
            self.at += 1
            return items
        while True:
            items.append(self._value((*path, len(items))))
            if self._closed("]", start):
                return items

    def _closed(self, bracket: str, start: int) -> bool:
        """Take what follows an entry: the closing bracket, or the comma before the next one."""
        sign = self._next()
        if sign == bracket:
            self.at += 1
            return True
        if sign == "":
            message = f"The {self.text[start]} that begins here is never closed."
            raise _StopError(Flaw(SYNTAX, message, f"Put {bracket} after its last entry.", start, start + 1))
        if sign != ",":
            raise self._stop(f"A comma or {bracket} belongs here.", "Put a comma between two entries.")
        comma = self.at
        self.at += 1
        if self._next() == bracket:
            message = "There is a comma after the last entry."
            raise _StopError(Flaw(SYNTAX, message, "Remove the comma.", comma, comma + 1))
        return False

    def _string(self) -> str:
        start = self.at
        self.at += 1
        parts: list[str] = []
        while True:
            plain = PLAIN.match(self.text, self.at)
            parts.append(plain[0] if plain else "")
            self.at += len(parts[-1])
            sign = self.text[self.at : self.at + 1]
            if sign == '"':
                self.at += 1
                return PAIR.sub(_joined, "".join(parts))
            if sign != "\\":
                message = "The quote that begins here is not closed on its line."
                remedy = r"Put a double quote at the end of the text; a new line within it is written \n."
                raise _StopError(Flaw(SYNTAX, message, remedy, start, start + 1))
            parts.append(self._escape())

    def _escape(self) -> str:
        found = ESCAPE.match(self.text, self.at)
        if not found:
            raise self._stop("The backslash begins a code that is not known.", r"Write \\ for a backslash.")
        self.at = found.end()
        return chr(int(found[2], 16)) if found[2] else ESCAPED.get(found[1], found[1])

    def _bare(self) -> str:
        """A number, as it is written, or one of the three words."""
        if number := NUMBER.match(self.text, self.at):
            self.at = number.end()
            return number[0]
        word = WORD.match(self.text, self.at)
        if word and word[0] in WORDS:
            self.at = word.end()
            return WORDS[word[0]]
        raise self._strange(word[0] if word else "")

    def _strange(self, word: str) -> _StopError:
        length = max(1, len(word))
        if word.startswith(("//", "/*", "#")):
            return self._stop("JSON has no comments.", "Remove it, or keep the data as YAML.", length)
        if word.startswith("'"):
            return self._stop("Texts are in double quotes in JSON.", "Replace ' with \".", length)
        if word.lstrip("+-") in ("NaN", "Infinity", "nan", "inf", "Inf"):
            return self._stop("This is not a number that can be written.", "Write a number, or null.", length)
        if word[:1] in tuple("+-.0123456789"):
            return self._stop(
                "This number is not written as JSON wants it.", "Put it in double quotes.", length
            )
        if word:
            return self._stop(
                "Text belongs in double quotes in JSON.", "Put double quotes around it.", length
            )
        if self.at >= len(self.text):
            return self._stop("The file ends where a value belongs.", "Complete it; some of it may be lost.")
        return self._stop("A value belongs here.", "Write a text in double quotes, or null for none.")

    def _stop(self, message: str, remedy: str, length: int = 1) -> _StopError:
        if self.text.startswith(("//", "/*"), self.at):
            message, remedy = "JSON has no comments.", "Remove it, or keep the data as YAML."
        return _StopError(Flaw(SYNTAX, message, remedy, self.at, self.at + length))


def _joined(pair: re.Match[str]) -> str:
    """Two halves written as \\u escapes are one character."""
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
