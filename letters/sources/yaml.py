"""YAML → a tree of strings, with the place of every key and value.

Only what a person writes by hand is taken: no anchors, aliases, tags or merges, one document, and
every value is the text as written, so that `no`, `01234` and `1.10` stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from letters.findings import Rule, Severity, rule
from letters.model.secrecy import Path
from letters.sources.document import Data, Tree
from letters.sources.text import Flaw
from letters.sources.tree import DEEPEST, TOO_DEEP, Keys
from letters.sources.yaml_comments import swallowed
from letters.sources.yaml_syntax import doubtful_from, syntax_flaw

ALIAS = rule(
    "yaml-alias",
    Severity.ERROR,
    "Anchors and aliases make one text stand for another; a few lines of them can fill the memory.",
)
TAGGED = rule("yaml-tag", Severity.ERROR, "A tag changes what a value is; here its field decides that.")
KEY = rule(
    "yaml-key",
    Severity.ERROR,
    "What has no plain name belongs to no field, and would be left out of the letter in silence.",
)
MERGE = rule("yaml-merge", Severity.ERROR, "Merged groups hide what a field of this file really says.")
DOCUMENTS = rule("yaml-documents", Severity.ERROR, "One file holds one thing; what follows would be lost.")
COMMENT = rule(
    "yaml-comment",
    Severity.WARNING,
    "After a space, # begins a comment in YAML: an apartment number such as #4 is lost.",
)


class _TooDeepError(Exception):
    """Reading stops: the rest would be at least as deep."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


def read_tree(text: str) -> Tree:
    """Everything in a YAML text and everything wrong with it."""
    builder = _Builder(text)
    try:
        builder.read(_events(text))
    except yaml.YAMLError as error:
        flaw = syntax_flaw(text, error)
        builder.tree.flaws = [other for other in builder.tree.flaws if other.start != flaw.start] + [flaw]
        builder.tree.unread = min(flaw.start, doubtful_from(error))
    except _TooDeepError as error:
        builder.tree.unread = error.start
    return builder.tree


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=_loader()))


@cache
def _loader() -> Any:
    """The parser in C, ten times as fast, where PyYAML was built with it."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Puts the parser's events together to a tree."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = Tree()

    def read(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._flaw(
                        DOCUMENTS, "A second document begins here.", "Put it into a file of its own.", event
                    )
                    return
            elif isinstance(event, yaml.NodeEvent):
                self.tree.data = self._value(event, events, ())

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Data:
        self._refuse_extras(event, path)
        start = event.start_mark.index
        if isinstance(event, yaml.MappingStartEvent):
            self._check_depth(event, path)
            value, end = self._mapping(events, path)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._check_depth(event, path)
            value, end = self._sequence(events, path)
        else:
            value, end = self._scalar(event, path), event.end_mark.index
        self.tree.values[path] = (start, end)
        return value

    def _mapping(self, events: Iterator[Any], path: Path) -> tuple[Data, int]:
        mapping: dict[str, Data] = {}
        keys = Keys(self.tree, self.text, path)
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return mapping, _end(event)
            name = self._key(event, events, path)
            span = (event.start_mark.index, event.end_mark.index)
            fresh = name is not None and keys.add(name, span)
            value = self._value(next(events), events, (*path, name or "")) if fresh else self._skip(events)
            if fresh and name is not None:
                mapping[name] = value
        return mapping, len(self.text)

    def _key(self, event: Any, events: Iterator[Any], path: Path) -> str | None:
        """The name of an entry, or None where it has no usable one."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event, path)
            if event.value == "<<" and not event.style:
                self._flaw(MERGE, "<< takes over another group.", "Write the fields out here.", event)
                return None
            if event.value.strip():
                return str(event.value)
            self._flaw(KEY, "This entry has no name.", "Write a name before the colon.", event)
            return None
        self._flaw(KEY, "A group or list cannot be the name of a field.", "Write a plain name.", event)
        self._skip_rest(event, events)
        return None

    def _sequence(self, events: Iterator[Any], path: Path) -> tuple[Data, int]:
        items: list[Data] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return items, _end(event)
            items.append(self._value(event, events, (*path, len(items))))
        return items, len(self.text)

    def _scalar(self, event: Any, path: Path) -> str:
        if isinstance(event, yaml.AliasEvent):
            self.tree.spoiled.add(path)
            remedy = "Write the value out; if * belongs to the text, put the text in quotes."
            self._flaw(ALIAS, "An alias (*) points to another part of the file.", remedy, event)
            return ""
        if not event.style:
            self._warn_of_comment(event, path)
            # A tilde alone is YAML's other way to leave a value empty.
            return "" if event.value == "~" else str(event.value)
        return str(event.value)

    def _warn_of_comment(self, event: Any, path: Path) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if not event.value and path in self.tree.keys:
            end = self.text.find(":", self.tree.keys[path][1]) + 1
        if cut := swallowed(self.text, start, end, is_entry=bool(path) and isinstance(path[-1], int)):
            message = "The rest of this line was taken as a comment."
            remedy = "Put quotes around the whole value; a comment can stand on a line of its own."
            self.tree.note(Flaw(COMMENT, message, remedy, *cut))

    def _refuse_extras(self, event: Any, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent):
            return
        if event.anchor is not None:
            remedy = "Remove it; if & belongs to the text, put the text in quotes."
            self._flaw(ALIAS, "An anchor (&) is set here.", remedy, event)
        if event.tag is not None:
            self.tree.spoiled.add(path)
            remedy = "Remove it; if ! belongs to the text, put the text in quotes."
            self._flaw(TAGGED, "A tag (!) is set here.", remedy, event)

    def _check_depth(self, event: Any, path: Path) -> None:
        if len(path) >= DEEPEST:
            message = f"There are more than {DEEPEST} groups or lists within one another."
            self._flaw(TOO_DEEP, message, "Close the brackets, or check the indentation.", event)
            raise _TooDeepError(event.start_mark.index)

    def _skip(self, events: Iterator[Any]) -> Data:
        self._skip_rest(next(events), events)
        return ""

    def _skip_rest(self, event: Any, events: Iterator[Any]) -> None:
        """Pass over a value whose first event has been taken."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return
            event = next(events)

    def _flaw(self, declared: Rule, message: str, remedy: str, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        line = re.compile(r"[^\r\n]*").match(self.text, start)
        end = min(end, line.end()) if line else end
        self.tree.note(Flaw(declared, message, remedy, start, end))


def _end(event: Any) -> int:
    return int(event.end_mark.index)
