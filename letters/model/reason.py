"""Why a relationship ended, as a code with its counterparts in national statistics."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.texts import Phrase
from letters.model.types import Identifier, Text, YesNo


class Reason(Model):
    """One reason: whose doing it is, its plain label, and the codes others use for it."""

    label: Phrase
    by: Literal[
        "plan",
        "client",
        "contact",
        "money",
        "provider",
        "movement",
        "circumstance",
        "practice",
        "firm",
        "other",
    ]
    teds: Text | None = Field(None, description="TEDS-D, reason for discharge")
    nhs: list[Text] = Field(default_factory=list, description="NHS Talking Therapies, end codes")
    hmis: YesNo = Field(False, description="whether HMIS has a reason for leaving like it")


class Reasons(Model):
    """All reasons by their codes. Read from `reasons.yaml`."""

    reasons: dict[Identifier, Reason]
