"""The fields of a case as a tree, for walking it without a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from letters.model.case import Case
from letters.model.secrecy import Path
from letters.model.strict import Model
from letters.model.texts import IN_LANGUAGES


@dataclass(frozen=True)
class Leaf:
    """A single value: the type it is read as; whether it may be given in several languages.

    `choices` are the words it may be, where those are listed, and `says` what belongs there. What
    `has_default` need not be said.
    """

    kind: type
    has_languages: bool = False
    choices: tuple[str, ...] = ()
    says: str = ""
    has_default: bool = False


@dataclass(frozen=True)
class Group:
    """Fields by name, and those of them that cannot be left out."""

    fields: Mapping[str, Node]
    required: tuple[str, ...]


@dataclass(frozen=True)
class Many:
    """A list of alike entries."""

    item: Node


@dataclass(frozen=True)
class Sections:
    """Entries under names of the user's own choice."""

    item: Node


Node = Leaf | Group | Many | Sections


@cache
def case_fields() -> Group:
    """The tree of everything a case may have."""
    return _group(Case)


def node_at(path: Path) -> Node:
    """What may stand at a path within a case. Raises KeyError where nothing may."""
    node: Node = case_fields()
    for step in path:
        if isinstance(node, Group):
            node = node.fields[str(step)]
        elif isinstance(node, Many | Sections):
            node = node.item
        # A step below a leaf is a language.
    return node


def first_value(path: Path) -> Path:
    """The path of a value that has to be filled in so that something stands at `path`."""
    node = node_at(path)
    if isinstance(node, Many):
        return first_value((*path, 0))
    if isinstance(node, Group):
        names = [name for name in node.required if name != "id"] or list(node.fields)
        return first_value((*path, names[0]))
    return path


def _group(model: type[Model]) -> Group:
    fields = model.model_fields
    return Group(
        {
            field.alias or name: _told(
                _of_field(field.annotation, field.metadata),
                field.description or "",
                has_default=not (field.is_required() or field.default_factory or field.default is None),
            )
            for name, field in fields.items()
        },
        tuple(field.alias or name for name, field in fields.items() if field.is_required()),
    )


def _told(node: Node, says: str, *, has_default: bool) -> Node:
    """The node with what is said of it, where it is a value or a list of values."""
    if isinstance(node, Many):
        return replace(node, item=_told(node.item, says, has_default=has_default))
    return replace(node, says=says, has_default=has_default) if isinstance(node, Leaf) else node


def _of_field(annotation: object, metadata: list[object]) -> Node:
    return Leaf(str, True) if IN_LANGUAGES in metadata else _of(annotation)


def _of(annotation: object) -> Node:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of_field(arguments[0], list(arguments[1:]))
    if origin in (Union, UnionType):
        return _of(next(one for one in arguments if one is not type(None)))
    if origin is list:
        return Many(_of(arguments[0]))
    if origin is dict:
        return Sections(_of(arguments[1]))
    if origin is Literal:
        return Leaf(str, choices=arguments)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _group(annotation)
    if isinstance(annotation, type):
        return Leaf(annotation)
    raise TypeError(f"a table has no column for {annotation}")
