"""The schema accepts in an editor what the readers accept, and explains each field."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from pydantic import Field

from letters.model.schema import DIALECT, json_schema
from letters.model.strict import Model
from letters.model.types import (
    Amount,
    Count,
    CountryCode,
    Date,
    Email,
    Identifier,
    LanguageTag,
    Moment,
    Text,
    YesNo,
)


class Line(Model):
    """One thing on the list."""

    what: Text


class Sheet(Model):
    """A sheet of everything."""

    case: Identifier = Field(description="a number of your own choice")
    safe: YesNo
    on: Date
    at: Moment | None = None
    balance: Amount | None = None
    copies: Count = 1
    email: Email | None = None
    language: LanguageTag = "en"
    country: CountryCode = "US"
    sort: Literal["long", "short"] = "long"
    lines: list[Line] = Field(default_factory=list)
    words: dict[Identifier, Text] = Field(default_factory=dict)


SCHEMA = json_schema(Sheet)
KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "object": dict,
    "array": list,
    "null": type(None),
}


def accepts(schema: dict[str, Any], value: object) -> bool:
    """As much of JSON Schema as these schemas use."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]]  # type: ignore[index]
    if "anyOf" in schema:
        return any(accepts(branch, value) for branch in schema["anyOf"])
    if "enum" in schema:
        return any(value == word and type(value) is type(word) for word in schema["enum"])
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if isinstance(value, bool) or not any(isinstance(value, KINDS[kind]) for kind in wanted):
        return False
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, list):
        return all(accepts(schema["items"], item) for item in value)
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return set(schema.get("required", [])) <= set(value) <= set(known) and all(
            accepts(known[name], item) for name, item in value.items()
        )
    return True


def field(name: str) -> dict[str, Any]:
    properties: dict[str, Any] = SCHEMA["properties"]  # type: ignore[assignment]
    return properties[name]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("case", 1001),
        ("case", "C-1001"),
        ("safe", "yes"),
        ("safe", True),
        ("on", "2026-08-11"),
        ("at", "2026-10-20T10:15-07:00"),
        ("at", None),
        ("balance", 120.00),
        ("balance", "120.00"),
        ("copies", 2),
        ("copies", None),
        ("email", "jordan@example.org"),
        ("language", "no"),
        ("sort", "short"),
        ("lines", [{"what": 12}]),
        ("lines", None),
        ("words", {"thanks": None}),
    ],
)
def test_what_an_editor_reads_is_accepted(name: str, value: object) -> None:
    assert accepts(field(name), value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("case", "two words"),
        ("case", None),
        ("safe", "maybe"),
        ("safe", 1),
        ("at", "2026-10-20"),
        ("balance", "1,200"),
        ("copies", "many"),
        ("sort", "middling"),
        ("lines", [{"which": "x"}]),
    ],
)
def test_what_the_readers_refuse_is_marked(name: str, value: object) -> None:
    assert not accepts(field(name), value)


def test_the_schema_says_its_dialect_and_explains_the_fields() -> None:
    assert SCHEMA["$schema"] == DIALECT
    assert SCHEMA["description"] == "A sheet of everything."
    assert field("case")["description"] == "a number of your own choice"
    assert SCHEMA["additionalProperties"] is False
