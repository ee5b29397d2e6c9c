"""Documents: what goes back to a client, and what is passed on with an authorization."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.texts import Phrase
from letters.model.types import Count, Date, Text, YesNo


class RecordItem(Model):
    """One thing in the inventory of records."""

    what: Phrase
    quantity: Count = 1
    form: Literal["original", "copy"] = "original"
    condition: Phrase | None = None


class Sending(Model):
    """How something is sent."""

    how: Phrase = Field(
        description="what completes: they are sent by …, such as Registered Mail, signature required"
    )
    tracking: Text | None = None
    on: Date | None = None


class RecordCopy(Model):
    """One part of the records that another provider gets a copy of."""

    what: Phrase
    pages: Count
    psychotherapy_notes: YesNo = Field(False, description="yes needs an authorization of its own")


class RecordTransfer(Model):
    """Copies of records for another provider."""

    contents: list[RecordCopy] = Field(min_length=1)


class CaseRecords(Model):
    """Documents the client owns and how they go back; copies for others."""

    originals: list[RecordItem] = Field(default_factory=list)
    sent: Sending | None = None
    transfer: RecordTransfer | None = None
    part2: YesNo = Field(False, description="yes if 42 CFR Part 2 applies: substance use disorder treatment")
