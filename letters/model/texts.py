"""Texts that may be given in several languages: one text, or one for each language.

Read, they are mappings from a language tag to the text; a text without a language stands under
the empty tag.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from letters.model import reading
from letters.model.types import Prose, Text

NO_LANGUAGE = ""


def read_tag(value: object) -> str:
    """A language tag, or the empty one of a text without a language. Raises UnfitError."""
    try:
        return reading.read_language(value) if value else NO_LANGUAGE
    except reading.UnfitError as error:
        # YAML takes what follows a comma between { } for a name of its own.
        remedy = "Write a tag such as en or es; a text with a comma goes into quotes."
        raise reading.UnfitError(error.trouble, remedy) from None


def read_texts(value: object) -> object:
    """A text alone is one without a language. Raises UnfitError where there is no text in any language."""
    if isinstance(value, dict) and not value:
        raise reading.UnfitError("is empty", "Write a text, or remove the entry.")
    return value if isinstance(value, dict) else {NO_LANGUAGE: value}


def _schema(longest: int) -> WithJsonSchema:
    text = {"type": ["string", "number"], "minLength": 1, "maxLength": longest}
    texts = {"type": "object", "minProperties": 1, "additionalProperties": text}
    return WithJsonSchema({"anyOf": [text, texts]})


_Tag = Annotated[str, BeforeValidator(read_tag)]
IN_LANGUAGES = BeforeValidator(read_texts)  # what tells these types from any other
Phrase = Annotated[dict[_Tag, Text], IN_LANGUAGES, _schema(reading.ONE_LINE)]
Passage = Annotated[dict[_Tag, Prose], IN_LANGUAGES, _schema(reading.MANY_LINES)]


def said(texts: Mapping[str, str] | None, language: str) -> str:
    """The text for a reader of a language: `es-MX`, else `es`, else any `es-…`, else any.

    A text without a language comes before those in other languages.
    """
    if not texts:
        return ""
    base = language.split("-")[0]
    alike = (tag for tag in texts if tag.split("-")[0] == base)
    for tag in (language, base, *alike, NO_LANGUAGE):
        if tag in texts:
            return texts[tag]
    return next(iter(texts.values()))


def is_said_in(texts: Mapping[str, str], language: str, usual: str) -> bool:
    """Whether there is a text in a language; one without a language is in the `usual` one."""
    base = language.split("-")[0]
    return any((tag or usual).split("-")[0] == base for tag in texts)
