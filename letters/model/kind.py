"""What sort of letter: the description in a kind's folder."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.types import Identifier, Text, YesNo


class SectionSpec(Model):
    """One thing the letter says. Sections come in the order of the list."""

    id: Identifier = Field(description='the template marks it as <section data-says="…">')
    says: Text = Field(description="what the reader must know after reading it")
    optional: YesNo = Field(False, description="yes if it appears only when there is something to say")
    words: Literal["required", "optional", "none"] = Field(
        "none", description="whether somebody writes a personal part, under `words` in the case"
    )


class KindSpec(Model):
    """A sort of letter. Read from `kind.yaml` in the kind's folder."""

    title: Text
    use: Text = Field(description="when to send it, in a sentence")
    to: Literal["client", "provider"]
    signed_by: Literal["clinician", "practice"] = "clinician"
    ends: YesNo = Field(False, description="yes if the letter ends a relationship the client did not end")
    clinical: YesNo = Field(False, description="yes if only a practice that treats people would write it")
    fields: list[Text] = Field(
        description="the only data the template gets; a name ending in ? may be missing"
    )
    sections: list[SectionSpec] = Field(min_length=1)
    enclosures: list[Literal["originals", "receipt"]] = []

    @property
    def field_names(self) -> set[str]:
        """The names of all declared fields, without the mark of those that may be missing."""
        return {name.removesuffix("?") for name in self.fields}
