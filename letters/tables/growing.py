"""Cells → the tree of texts that a case file would hold, and from its paths back to the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from letters.model.secrecy import Path
from letters.sources.document import Data
from letters.tables.fields import Group, Leaf, Many, node_at
from letters.tables.names import name_of

Texts = Mapping[int, str]  # what the filled cells of a row hold, by column


class Plan:
    """How the columns of a table grow into the tree of a case.

    Entries nobody filled in are not there, so the third client of a row may be the second of its
    case. An entry that needs an id and has none is called by its name: `client-1`.
    """

    def __init__(self, columns: Iterable[tuple[Path, int]]) -> None:
        self.root = _Fields(())
        for path, column in columns:
            self.root.plant(path, column)

    def grow(self, texts: Texts) -> dict[str, Data]:
        """The tree of a row. One client alone is an individual, unless the row says otherwise."""
        data = self.root.grow(texts)
        tree = data if isinstance(data, dict) else {}
        if "relationship" not in tree and len(tree.get("clients", ())) < 2:
            tree["relationship"] = "individual"
        return tree

    def written(self, texts: Texts, path: Path) -> Path:
        """The path that stands in the names of columns for a path of the tree."""
        return self.root.written(texts, path)


class _Branch(Protocol):
    def plant(self, path: Path, column: int) -> None: ...
    def grow(self, texts: Texts) -> Data: ...
    def written(self, texts: Texts, path: Path) -> Path: ...


@dataclass
class _Value:
    """One text, or one for each language."""

    column: int = -1
    languages: dict[str, int] = field(default_factory=dict)

    def plant(self, path: Path, column: int) -> None:
        if path:
            self.languages[str(path[0])] = column
        else:
            self.column = column

    def grow(self, texts: Texts) -> Data:
        own = texts.get(self.column, "")
        if not self.languages:
            return own
        said: dict[str, Data] = {tag: texts[place] for tag, place in self.languages.items() if place in texts}
        return {"": own, **said} if own and said else said or own

    def written(self, texts: Texts, path: Path) -> Path:  # noqa: ARG002 - as its siblings
        return tuple(step for step in path if step)


@dataclass
class _Fields:
    """A group of fields, or the sections of a letter."""

    path: Path
    made_id: str = ""
    branches: dict[str, _Branch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        node = node_at(self.path)
        if isinstance(node, Group) and "id" in node.required:
            self.made_id = _made_id(self.path)

    def plant(self, path: Path, column: int) -> None:
        name = str(path[0])
        branch = self.branches.get(name)
        if branch is None:
            branch = self.branches[name] = _branch((*self.path, name))
        branch.plant(path[1:], column)

    def grow(self, texts: Texts) -> Data:
        grown: dict[str, Data] = {name: texts[column] for name, column in self._plain if column in texts}
        for name, branch in self._others:
            if data := branch.grow(texts):
                grown[name] = data
        if grown and self.made_id and "id" not in grown:
            grown["id"] = self.made_id
        return grown

    @cached_property
    def _plain(self) -> list[tuple[str, int]]:
        """The columns of plain values: nearly all of them, so they are not asked one by one."""
        return [
            (name, branch.column)
            for name, branch in self.branches.items()
            if isinstance(branch, _Value) and not branch.languages
        ]

    @cached_property
    def _others(self) -> list[tuple[str, _Branch]]:
        plain = dict(self._plain)
        return [(name, branch) for name, branch in self.branches.items() if name not in plain]

    def written(self, texts: Texts, path: Path) -> Path:
        branch = self.branches.get(str(path[0])) if path else None
        return (path[0], *branch.written(texts, path[1:])) if branch else path


@dataclass
class _Entries:
    """A list; its entries are kept by their number in the names of columns."""

    path: Path
    branches: dict[int, _Branch] = field(default_factory=dict)

    def plant(self, path: Path, column: int) -> None:
        number = int(path[0])
        if number not in self.branches:
            self.branches[number] = _branch((*self.path, number))
            self.branches = dict(sorted(self.branches.items()))
        self.branches[number].plant(path[1:], column)

    def grow(self, texts: Texts) -> Data:
        return [data for branch in self.branches.values() if (data := branch.grow(texts))]

    def written(self, texts: Texts, path: Path) -> Path:
        if not path:
            return path
        there = [number for number, branch in self.branches.items() if branch.grow(texts)]
        number = there[int(path[0])]
        return (number, *self.branches[number].written(texts, path[1:]))


def _branch(path: Path) -> _Branch:
    node = node_at(path)
    if isinstance(node, Leaf):
        return _Value()
    return _Entries(path) if isinstance(node, Many) else _Fields(path)


def _made_id(path: Path) -> str:
    """The id of an entry nobody gave one: its name, with its number in any case."""
    name = name_of((*path, "id")).removesuffix(" id").replace(" ", "-")
    return name if path[-1] else f"{name}-1"
