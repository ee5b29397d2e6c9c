"""The words around the body of a letter, in one language."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from letters.model.kind import Enclosure
from letters.model.reading import UnfitError
from letters.model.strict import Model
from letters.model.types import Text


def _with(*names: str) -> AfterValidator:
    """A text with places for these names at most."""

    def check(text: str) -> str:
        marks = " and ".join(f"{{{name}}}" for name in names)
        try:
            found = list(Formatter().parse(text))
        except ValueError as error:
            raise UnfitError("has a brace that is never closed or opened", f"Use {marks} only.") from error
        if any(name not in (None, *names) or form or how for _, name, form, how in found):
            raise UnfitError("has a place for something that is not known here", f"Use {marks} only.")
        return text

    return AfterValidator(check)


def _with_page(text: str) -> str:
    if "{page}" not in text:
        raise UnfitError("does not say where the number of the page goes", "Write {page} there.")
    return text


def _with_all(enclosed: dict[str, str]) -> dict[str, str]:
    missing = [name for name in get_args(Enclosure) if name not in enclosed]
    if missing:
        raise UnfitError(f"has no words for {', '.join(missing)}", "Add them.")
    return enclosed


def _with_other(counted: dict[str, str]) -> dict[str, str]:
    if "other" not in counted:
        raise UnfitError("has no form for `other`", "Add it: it serves every number without one of its own.")
    return counted


Named = Annotated[Text, _with("name")]
Counted = Annotated[Text, _with("title", "count")]
Plural = Literal["zero", "one", "two", "few", "many", "other"]  # the forms of CLDR


class Wording(Model):
    """The frame's own words. Read from `templates/<language>.yaml`."""

    greeting: Named = Field(description="with {name}")
    for_file: Text = Field(description="instead of an addressee, on what stays with the practice")
    copy_for_file: Text = Field(description="the mark of a translation kept in the file")
    closing: Text
    reference: Text
    enclosures: Text
    page: Annotated[Text, _with("page", "pages"), AfterValidator(_with_page)] = Field(
        description="with {page} and {pages}"
    )
    draft: Text
    signature: Named = Field(description="what the picture of a signature shows, with {name}")
    logo: Named = Field(description="what the picture of a logo shows, with {name}")
    enclosed: Annotated[dict[Text, Text], AfterValidator(_with_all)] = Field(
        description="each enclosure a kind may have, by its id"
    )
    document: Annotated[dict[Plural, Counted], AfterValidator(_with_other)] = Field(
        default_factory=lambda: dict[Plural, str]([("other", "{title} ({count})")]),
        description="an enclosed document, with {title} and the {count} of its pages; one form for each "
        "that numbers take in the language",
    )
