"""The words around the body of a letter, in one language."""

from __future__ import annotations

from pydantic import Field

from letters.model.strict import Model
from letters.model.types import Text


class Wording(Model):
    """The frame's own words. Read from `templates/<language>.yaml`."""

    greeting: Text = Field(description="with {name}")
    closing: Text
    reference: Text
    enclosures: Text
    page: Text = Field(description="with {page} and {pages}")
    draft: Text
    signature: Text = Field(description="what the picture of a signature shows, with {name}")
    logo: Text = Field(description="what the picture of a logo shows, with {name}")
    enclosed: dict[Text, Text] = Field(description="each enclosure a kind may have, by its id")
