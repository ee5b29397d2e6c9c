"""Whose rules apply: figures, numbers and texts, each with its source and the day it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from letters.model.case import Case
from letters.model.kind import Announced, Disclosed, KindSpec
from letters.model.practice import Profession
from letters.model.strict import Model
from letters.model.types import Count, CountryCode, Date, Identifier, LanguageTag, Text, YesNo

Texts = dict[LanguageTag, Text]


def said_in(texts: Mapping[str, str], language: str) -> str:
    """The text in a language: `es-MX`, else `es`. Empty where there is none, never another language."""
    return texts.get(language) or texts.get(language.split("-")[0], "")


class Sourced(Model):
    """What rests on something."""

    source: Text = Field(description="where it is written: an address, or a citation")
    checked: Date = Field(description="the day somebody last looked it up there")


class Provision(Sourced):
    """What holds for some professions, or for all of them."""

    professions: list[Profession] = Field(
        default_factory=list, description="for whom it holds; empty for everybody"
    )

    def holds_for(self, profession: Profession) -> bool:
        """Whether it holds for a profession."""
        return not self.professions or profession in self.professions


class CrisisLine(Sourced):
    """A line somebody in a crisis may turn to, with the words to reach it in each language."""

    name: Texts
    reach: Texts = Field(description="how to reach it, to complete a list: call or text 988")
    number: Text


class Emergency(Sourced):
    """The number for somebody in immediate danger."""

    number: Text


class Notice(Provision):
    """How many days lie between a letter and the end it announces."""

    days: Count
    announced: list[Announced] = Field(min_length=1, description="what the letter announces")
    binding: YesNo = Field(description="yes if it is the law; no for custom, ethics and guidance")
    stops: YesNo | None = Field(
        None, description="yes if fewer days stop the letter; unless it says so, only the law does"
    )
    how: Text | None = Field(None, description="what else is asked for, such as proof of delivery")

    @property
    def is_stopping(self) -> bool:
        """Whether fewer days stop the letter."""
        return self.binding if self.stops is None else self.stops


class Retention(Provision):
    """How many years records are kept, counted from the last service or entry."""

    years: Count
    years_after_majority: Count | None = Field(None, description="and at least so long after coming of age")
    binding: YesNo = Field(description="yes if it is the law; no for custom, ethics and guidance")


class Access(Provision):
    """How long an answer to somebody who asks for their records may take, and what it may cost."""

    answer: Texts = Field(description="what completes: within …, such as 30 days")
    days: Count | None = Field(None, description="the same as a number of days, where it is one")
    extension: Texts = Field(
        default_factory=dict, description="what completes: it may take up to … more, such as 30 days"
    )
    fee: Texts = Field(default_factory=dict, description="what a fee may be for, in a sentence or two")
    living: YesNo = Field(False, description="yes if it holds only for the living")


class Complaint(Provision):
    """Whom somebody can complain to about how their records are handled."""

    name: Texts
    reach: Texts = Field(description="how to reach them, to complete a list: call … or go to …")
    living: YesNo = Field(False, description="yes if it holds only for the living")


class Authority(Provision):
    """Who licenses a profession, or keeps its register."""

    name: Text


# An age outside of these is a slip, and a slip here makes adults of children.
Age = Annotated[Count, Field(ge=14, le=25)]


class RequiredText(Sourced):
    """A text that the law words; no template may change it."""

    id: Identifier
    text: Text
    discloses: list[Disclosed] = Field(min_length=1, description="what the letters that must hold it tell")
    when: Literal["part2"] | None = Field(
        None, description="part2: only where the case says that 42 CFR Part 2 covers the records"
    )

    def applies(self, kind: KindSpec, case: Case) -> bool:
        """Whether a letter about a case must hold it; one that does not say what it tells must too."""
        tells = kind.discloses is None or kind.discloses in self.discloses
        return kind.to == "provider" and tells and (self.when is None or case.records.part2)


class Jurisdiction(Model):
    """A country, or a state that adds to or replaces what its country says."""

    name: Text
    country: CountryCode
    majority: Age = Field(18, description="the age from which a letter goes to the client themselves")
    emergency: Emergency | None = None
    crisis: list[CrisisLine] = Field(default_factory=list)
    access: Access | None = None
    complaint: Complaint | None = None
    notice: list[Notice] = Field(default_factory=list)
    retention: list[Retention] = Field(default_factory=list)
    authorities: list[Authority] = Field(default_factory=list)
    texts: list[RequiredText] = Field(default_factory=list)

    def notice_for(self, announced: Announced | None, profession: Profession) -> list[Notice]:
        """The figures for what a letter announces, the longest notice first."""
        found = [one for one in self.notice if announced in one.announced and one.holds_for(profession)]
        return sorted(found, key=lambda one: one.days, reverse=True)

    def texts_for(self, kind: KindSpec, case: Case) -> list[RequiredText]:
        """The texts that a letter about a case must hold."""
        return [one for one in self.texts if one.applies(kind, case)]
