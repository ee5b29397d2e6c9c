"""Plain data → a model, or every fault of it in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from letters.model.explanation import Explanation, cut_off, explain, is_slip, misplaced, nearest
from letters.model.kin import told_apart
from letters.model.secrecy import CONFIDENTIAL, KEPT_BACK, Path, is_confidential
from letters.model.shape import field_names, has_group, has_languages

M = TypeVar("M", bound=BaseModel)
FaultCode = Literal["unknown-field", "missing-field", "bad-value", "bad-name", "file"]

MOST_FAULTS = 1000  # of one file: beyond them nothing is learned
# Comparing an unknown name with every known one takes long.
MOST_GUESSES = 40

CODES: Mapping[str, FaultCode] = {"missing": "missing-field", "extra_forbidden": "unknown-field"}


@dataclass(frozen=True)
class Fault:
    """One thing that keeps data from being a model.

    `path` leads to the value, or to where the missing one belongs; with `bad-name` it is the
    name of the entry, not its value, that is wrong, and with `file` the data is another file's.
    `meant` is the field that an unknown one is taken for.
    """

    path: Path
    code: FaultCode
    message: str
    remedy: str
    meant: str = ""


def validate(model: type[M], data: object) -> tuple[M | None, list[Fault]]:
    """Make `model` of strings, lists and dicts, or say everything that prevents it."""
    try:
        return model.model_validate(present(model, data)), []
    except ValidationError:
        if other := told_apart(model, data):
            return None, [Fault((), "file", *other)]
        return None, _faults(model, data, set())


def present(model: type[BaseModel], data: object, path: Path = ()) -> object:
    """Leave out the fields that are empty, and the space around every text.

    An empty item of a list stays, so that the items after it keep their numbers; an empty field
    nobody knows stays too, as it is mostly the second half of a text with a comma. So do the
    empty entries of a text in several languages, and those whose name is no name.
    """
    if isinstance(data, str):
        return data.strip()
    if isinstance(data, list):
        return [present(model, item, (*path, number)) for number, item in enumerate(data)]
    if isinstance(data, dict):
        entries = {name: present(model, value, (*path, name)) for name, value in data.items()}
        return _kept(model, entries, path) if any(map(_is_empty, entries.values())) else entries
    return data


def _kept(model: type[BaseModel], entries: dict[str, object], path: Path) -> dict[str, object]:
    if has_languages(model, path):
        return {name: "" if value is None else value for name, value in entries.items()}
    known = field_names(model, path)
    return {
        name: value
        for name, value in entries.items()
        if not _is_empty(value) or (name not in known if known else _is_words(name))
    }


def _is_words(name: str) -> bool:
    """Whether a name is several words, as no name of an entry is."""
    return len(name.split()) > 1


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _faults(model: type[BaseModel], data: object, guessed: set[str]) -> list[Fault]:
    """Every fault; what stands below a misspelled name is looked at as if it were written right.

    `guessed` are the unknown names that were compared with the known ones.
    """
    data = present(model, data)
    try:
        model.model_validate(data)
    except ValidationError as error:
        found = list(islice(_first_faults(model, data, error, guessed), MOST_FAULTS))
    else:
        return []
    slips = {(*fault.path[:-1], fault.meant): fault for fault in reversed(found) if fault.meant}
    if not slips or len(found) == MOST_FAULTS:
        return found
    written = {meant: fault.path for meant, fault in slips.items()}
    below = _faults(model, _renamed(data, {path: meant[-1] for meant, path in written.items()}), guessed)
    return [
        *reversed(slips.values()),
        *(replace(fault, path=_undone(fault.path, written)) for fault in below),
    ]


def _renamed(data: object, names: Mapping[Path, str | int], path: Path = ()) -> object:
    """The data with other names for the fields at some paths."""
    if isinstance(data, list):
        return [_renamed(item, names, (*path, number)) for number, item in enumerate(data)]
    if isinstance(data, dict):
        inner = ((name, _renamed(value, names, (*path, name))) for name, value in data.items())
        return {names.get((*path, name), name): value for name, value in inner}
    return data


def _undone(path: Path, written: Mapping[Path, Path]) -> Path:
    """The path as it is in the file, with its misspelled name."""
    for length in range(1, len(path) + 1):
        if path[:length] in written:
            return written[path[:length]] + path[length:]
    return path


def _first_faults(
    model: type[BaseModel], data: object, error: ValidationError, guessed: set[str]
) -> Iterator[Fault]:
    """One fault for each place and code: a value that several types refuse is one fault."""
    seen: set[tuple[Path, str]] = set()
    for detail in error.errors(include_url=False):
        fault = _fault(model, data, dict(detail), guessed)
        # What is no name has no value either: that is one fault, and not two.
        same = {fault.code, "bad-name"} if _is_empty(detail["input"]) else {fault.code}
        if not any((fault.path, code) in seen for code in same):
            seen.add((fault.path, fault.code))
            yield fault


def _fault(model: type[BaseModel], data: object, detail: dict[str, Any], guessed: set[str]) -> Fault:
    kind, named = detail["type"], detail["loc"][-1:] == ("[key]",)
    path = _path_in(data, detail["loc"], missing=kind == "missing")
    if kind == "extra_forbidden":
        return _unknown(model, data, path, detail, guessed)
    code = "bad-name" if named else CODES.get(kind, "bad-value")
    names = field_names(model, path) if kind == "model_type" else []
    explanation = explain(detail, names, secret=is_confidential(path))
    if named and _is_empty(_value_at(data, path)) and not has_languages(model, path[:-1]):
        explanation = cut_off(explanation)
    return Fault(path, code, *_discreet(explanation, path, detail["input"]))


def _unknown(
    model: type[BaseModel], data: object, path: Path, detail: dict[str, Any], guessed: set[str]
) -> Fault:
    name, group = str(path[-1]), _value_at(data, path[:-1])
    inside = is_confidential(path[:-1])
    if not inside and name.strip().casefold() in KEPT_BACK and has_group(model, CONFIDENTIAL):
        return Fault(path, "unknown-field", *misplaced(name, CONFIDENTIAL))
    names = field_names(model, path[:-1]) if _may_guess(name, guessed) else []
    explanation = explain(detail, names, secret=inside)
    meant = nearest(name, names)
    taken = is_slip(name, meant) and meant not in group and not _is_empty(group[name])
    return Fault(path, "unknown-field", *explanation, meant if taken else "")


def _may_guess(name: str, guessed: set[str]) -> bool:
    """Whether a name may be compared: one that was, and some dozens of others."""
    if len(guessed) < MOST_GUESSES:
        guessed.add(name)
    return name in guessed


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


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
