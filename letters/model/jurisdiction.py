"""Whose rules apply: figures and numbers, each with its source and the day it was checked."""

from __future__ import annotations

from pydantic import Field

from letters.model.strict import Model
from letters.model.types import Count, CountryCode, Date, Identifier, Text


class CrisisLine(Model):
    """A line somebody in a crisis may turn to, with the words to reach it in each language."""

    name: dict[Identifier, Text]
    reach: dict[Identifier, Text] = Field(description="how to reach it, to complete a list: call or text 988")
    number: Text
    source: Text
    checked: Date


class Emergency(Model):
    """The number for somebody in immediate danger."""

    number: Text
    source: Text
    checked: Date


class Jurisdiction(Model):
    """A country, or a state that adds to or replaces what its country says."""

    name: Text
    country: CountryCode
    majority: Count = Field(18, description="the age from which a letter goes to the client themselves")
    emergency: Emergency | None = None
    crisis: list[CrisisLine] = []
