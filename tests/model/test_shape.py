"""What may stand where in a model: its fields, and texts in several languages."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from letters.model.case import Case
from letters.model.practice import Practice
from letters.model.secrecy import Path
from letters.model.shape import field_names, has_languages
from letters.model.strict import Model
from letters.model.texts import Passage, Phrase
from letters.model.types import Identifier, Text


class Item(Model):
    what: Phrase
    plain: Text
    by_name: dict[Identifier, Text] = Field({})
    maybe: Annotated[Passage, Field(description="a text")] | None = None
    renamed: Phrase = Field(alias="from")


class Sheet(Model):
    items: Annotated[list[Item], Field(min_length=1)]
    words: dict[Identifier, Passage] = Field({}, description="by section")
    said: list[Phrase] = Field([])
    either: Text | list[Item] | dict[Identifier, Item]


@pytest.mark.parametrize(
    "path",
    [
        ("words", "end"),
        ("said", 3),
        ("items", 0, "what"),
        ("items", 0, "maybe"),
        ("items", 0, "from"),
        ("either", 1, "what"),
        ("either", "one", "maybe"),
    ],
)
def test_a_text_in_languages_is_found_by_its_type(path: Path) -> None:
    assert has_languages(Sheet, path)


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("words",),
        ("words", 0),
        ("words", "end", "en"),
        ("said",),
        ("said", "en"),
        ("items", 0),
        ("items", "what"),
        ("items", 0, "plain"),
        ("items", 0, "by_name"),
        ("items", 0, "renamed"),
        ("items", 0, "nothing"),
        ("nothing", 0, "what"),
    ],
    ids=str,
)
def test_nothing_else_is_one(path: Path) -> None:
    assert not has_languages(Sheet, path)


@pytest.mark.parametrize(
    ("model", "path"),
    [
        (Practice, ("hours",)),
        (Practice, ("people", "sam", "role")),
        (Practice, ("payment", "ways")),
        (Case, ("words", "acknowledgment")),
        (Case, ("supports", 0)),
        (Case, ("request", "asked")),
        (Case, ("records", "originals", 0, "what")),
    ],
)
def test_the_texts_of_the_files_are_found(model: type[BaseModel], path: Path) -> None:
    assert has_languages(model, path)


def test_the_fields_of_a_model_are_known_under_the_names_they_are_written_with() -> None:
    assert field_names(Sheet, ("items", 0)) == ["what", "plain", "by_name", "maybe", "from"]
    assert field_names(Sheet, ("words", "end")) == []
