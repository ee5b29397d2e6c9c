"""Which fields a model has, at any depth of it."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from letters.model.secrecy import Path
from letters.model.texts import IN_LANGUAGES


def field_names(model: type[BaseModel], path: Path) -> list[str]:
    """The fields allowed at `path` within `model`; those of several where either may stand."""
    models = [model]
    for step in path:
        if isinstance(step, str):
            models = [inner for outer in models for inner in _models_of(outer, step)]
    return [name for found in models for name in _fields(found)]


def has_group(model: type[BaseModel], name: str) -> bool:
    """Whether `model`, or a model within it, has a group of that name."""
    fields = _fields(model)
    inner = (found for annotation in fields.values() for found in _models_in(annotation))
    return name in fields or any(has_group(found, name) for found in inner)


def has_languages(model: type[BaseModel], path: Path) -> bool:
    """Whether a text in several languages may stand at `path` within `model`."""
    types: list[object] = [model]
    for step in path:
        types = [inner for outer in types for inner in _types_of(outer, step)]
    return any(_is_in_languages(found) for found in types)


def _is_in_languages(annotation: object) -> bool:
    if get_origin(annotation) is Annotated:
        return IN_LANGUAGES in get_args(annotation)[1:]
    return _is_union(annotation) and any(_is_in_languages(found) for found in get_args(annotation))


def _types_of(annotation: object, step: str | int) -> Iterator[object]:
    """What may stand one step further: in a field, an item of a list, an entry of a mapping."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from (_type_of(field) for name, field in _named(annotation) if name == step)
    elif origin is Annotated:
        yield from _types_of(arguments[0], step)
    elif _is_union(annotation):
        for argument in arguments:
            yield from _types_of(argument, step)
    elif (origin is list and isinstance(step, int)) or (origin is dict and isinstance(step, str)):
        yield arguments[-1]


def _is_union(annotation: object) -> bool:
    return get_origin(annotation) in (Union, UnionType)


def _type_of(field: FieldInfo) -> object:
    """A field's type as it is written: pydantic keeps apart what Annotated adds to it."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _named(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    return ((field.alias or name, field) for name, field in model.model_fields.items())


def _fields(model: type[BaseModel]) -> dict[str, object]:
    return {name: field.annotation for name, field in _named(model)}


def _models_of(model: type[BaseModel], step: str) -> list[type[BaseModel]]:
    """The models a field's value may be; the name of an entry of a mapping leads no further."""
    fields = _fields(model)
    return list(_models_in(fields[step])) if step in fields else [model]


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
