"""Which file is which: a practice file given as a case is told as one thing, not field by field."""

from __future__ import annotations

from pydantic import BaseModel

from letters.model.case import Case
from letters.model.explanation import Explanation
from letters.model.kind import KindSpec
from letters.model.practice import Practice

FILES: dict[type[BaseModel], str] = {
    Case: "a case",
    KindSpec: "the description of a kind",
    Practice: "a practice file",
}


def told_apart(model: type[BaseModel], data: object) -> Explanation | None:
    """Say that data is another file than `model` is read from, where most of its fields are."""
    if model not in FILES or not isinstance(data, dict):
        return None
    fitting = {known: len(data.keys() & known.model_fields.keys()) for known in FILES}
    likeliest = max(FILES, key=lambda known: fitting[known])
    if fitting[likeliest] <= max(len(data) / 2, fitting[model], 1):
        return None
    return Explanation(f"This is {FILES[likeliest]}, not {FILES[model]}.", f"Name {FILES[model]} here.")
