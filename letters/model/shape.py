"""Which fields a model has, at any depth of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from letters.model.secrecy import Path


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


def _fields(model: type[BaseModel]) -> dict[str, object]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models_of(model: type[BaseModel], step: str) -> list[type[BaseModel]]:
    """The models a field's value may be; the name of an entry of a mapping leads no further."""
    fields = _fields(model)
    return list(_models_in(fields[step])) if step in fields else [model]


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
