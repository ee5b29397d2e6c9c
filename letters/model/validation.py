"""Plain data → a model, or every fault of it in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from letters.model.explanation import Explanation, explain

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]
FaultCode = Literal["unknown-field", "missing-field", "bad-value", "bad-name"]

CONFIDENTIAL = "confidential"
CODES: Mapping[str, FaultCode] = {"missing": "missing-field", "extra_forbidden": "unknown-field"}


@dataclass(frozen=True)
class Fault:
    """One thing that keeps data from being a model.

    `path` leads to the value, or to where the missing one belongs; with `bad-name` it is the
    name of the entry, not its value, that is wrong.
    """

    path: Path
    code: FaultCode
    message: str
    remedy: str


def validate(model: type[M], data: object) -> tuple[M | None, list[Fault]]:
    """Make `model` of strings, lists and dicts, or say everything that prevents it."""
    data = present(model, data)
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, list(_faults(model, data, error))


def present(model: type[BaseModel], data: object, path: Path = ()) -> object:
    """Leave out the fields that are empty, and the space around every text.

    An empty item of a list stays, so that the items after it keep their numbers; an empty field
    nobody knows stays too, as it is mostly the second half of a text with a comma.
    """
    if isinstance(data, str):
        return data.strip()
    if isinstance(data, list):
        return [present(model, item, (*path, number)) for number, item in enumerate(data)]
    if isinstance(data, dict):
        known = field_names(model, path)
        kept = ((name, present(model, value, (*path, name))) for name, value in data.items())
        return {name: value for name, value in kept if not _is_empty(value) or (known and name not in known)}
    return data


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def is_confidential(path: Path) -> bool:
    """Whether the value at `path` must never be shown."""
    return CONFIDENTIAL in path


def _faults(model: type[BaseModel], data: object, error: ValidationError) -> Iterator[Fault]:
    """One fault for each place and code: a value that several types refuse is one fault."""
    seen = set()
    for detail in error.errors(include_url=False):
        fault = _fault(model, data, dict(detail))
        if (fault.path, fault.code) not in seen:
            seen.add((fault.path, fault.code))
            yield fault


def _fault(model: type[BaseModel], data: object, detail: dict[str, Any]) -> Fault:
    kind, named = detail["type"], detail["loc"][-1:] == ("[key]",)
    path = _path_in(data, detail["loc"], missing=kind == "missing")
    code = "bad-name" if named else CODES.get(kind, "bad-value")
    explanation = explain(detail, _names_at(model, path, kind), secret=is_confidential(path))
    return Fault(path, code, *_discreet(explanation, path, detail["input"]))


def _path_in(data: object, location: tuple[str | int, ...], *, missing: bool) -> Path:
    """Keep of pydantic's location what is in the data; it also names branches of unions."""
    path: list[str | int] = []
    at = data
    for step in location:
        if _leads_on(at, step):
            at = at[step]  # type: ignore[index]
            path.append(step)
    return (*path, location[-1]) if missing else tuple(path)


def _leads_on(at: object, step: str | int) -> bool:
    if isinstance(at, dict):
        return step in at
    return isinstance(at, list) and isinstance(step, int) and step < len(at)


def _names_at(model: type[BaseModel], path: Path, kind: str) -> list[str]:
    return field_names(model, path[:-1]) if kind == "extra_forbidden" else []


def field_names(model: type[BaseModel], path: Path) -> list[str]:
    """The fields allowed at `path` within `model`; those of several where either may stand."""
    models = [model]
    for step in path:
        if isinstance(step, str):
            models = [inner for outer in models for inner in _models_of(outer, step)]
    return [name for found in models for name in _fields(found)]


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


def _discreet(explanation: Explanation, path: Path, value: object) -> Explanation:
    """Hold back a sentence of a model's own that quotes what is confidential."""
    told = f"{explanation.message} {explanation.remedy}"
    if is_confidential(path) and any(text in told for text in _texts(value)):
        return Explanation("This value cannot be used here.", "Compare it with what the field is for.")
    return explanation


def _texts(value: object) -> Iterator[str]:
    """Every text in `value` long enough to give something away."""
    if isinstance(value, str) and len(value) > 3:
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
