"""Whether a reason for accepting a warning, which is recorded, tells who or what a case is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from letters.checks import likeness
from letters.checks.common_words import COMMON
from letters.checks.confidential import holds_identity_number
from letters.checks.disclosure import Secret
from letters.checks.others import shows
from letters.findings import Place
from letters.model.secrecy import Path, is_confidential
from letters.sources import Document

_TERMS = {"diagnosis", "leaving", "reason"}
_NAMES = {"name", "preferred_name", "attention", "organization"}
_REACHED_BY = {"number", "phone", "address", "lines"}
_PEOPLE = {"clients", "business", "provider"}
_NAME_LETTERS = 3  # a shorter part of a name is part of anything


def tells(reason: str, case: Document, practice: Document | None) -> bool:
    """Whether a reason repeats what is confidential in these files, or names somebody of the case.

    The files are taken as they are written, so that one with a mistake keeps its secrets as well.
    """
    values = [(path, value) for file in (case, practice) if file for path, value in _values(file.data)]
    secrets = (
        Secret("", value, partial(Place, ""), str(path[-1]) in _TERMS)
        for path, value in values
        if is_confidential(path)
    )
    return (
        holds_identity_number(reason)
        or any(secret.value.strip() and secret.is_told_by(reason) for secret in secrets)
        or any(_names(reason, path, value) for path, value in _values(case.data) if value.strip())
    )


def _values(data: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The plain values of a file with their paths."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _values(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _values(value, (*path, number))


def _names(reason: str, path: Path, value: str) -> bool:
    """Whether a reason holds a value of a person of the case: a name, or a way to reach them."""
    fields = [step for step in path if isinstance(step, str)]
    if not fields or fields[0] not in _PEOPLE:
        return False
    if fields[-1] in _NAMES:
        return _says_name(reason, value)
    return fields[-1] in _REACHED_BY and shows(reason, value)


def _says_name(reason: str, name: str) -> bool:
    """Whether a text holds a name, or one part of it with its capital."""
    words = likeness.words(name)
    if len(words) > 1 and f" {' '.join(words)} " in f" {' '.join(likeness.words(reason))} ":
        return True
    parts = [part for part in re.findall(r"[^\W\d_]+", name) if len(part) >= _NAME_LETTERS]
    told = [part for part in parts if likeness.folded(part) not in COMMON]
    return any(likeness.has_name(reason, part) for part in (name, *told))
