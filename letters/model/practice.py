"""Who writes: the practice, its people, and how its letters look."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.types import (
    CountryCode,
    Date,
    Email,
    Identifier,
    LanguageTag,
    Prose,
    Reference,
    Text,
    YesNo,
)

Profession = Literal[
    "counseling", "psychology", "social-work", "medicine", "accounting", "consulting", "other"
]
CLINICAL: frozenset[Profession] = frozenset({"counseling", "psychology", "social-work", "medicine"})


class PostalAddress(Model):
    """An address as the post office of its country wants it."""

    lines: list[Text] = Field(min_length=1, max_length=6, description="street, building, unit: one line each")
    city: Text | None = None
    region: Text | None = Field(None, description="state, province or county, where addresses have one")
    postcode: Text | None = None
    country: CountryCode = Field(description="two capital letters, such as US or GB")


class Custodian(Model):
    """Who keeps the records, and how to reach them."""

    custodian: Text
    phone: Text | None = None
    email: Email | None = None
    kept: Text | None = Field(None, description="how long records are kept, in words, such as: seven years")


class LetterStyle(Model):
    """How the practice's letters look and what they are sent in."""

    paper: Literal["letter", "a4"] = "letter"
    envelope: Literal["us-10", "dl", "c5", "din", "none"] = Field(
        "none", description="a window envelope: the address is placed to show in its window"
    )
    typeface: Literal["sans", "serif"] = "sans"
    logo: Text | None = Field(None, description="an SVG, PNG or JPEG file, beside the practice file")


class NewPlace(Model):
    """Where somebody who leaves will work, and whether clients may be told."""

    name: Text
    phone: Text | None = None
    may_share: YesNo = Field(description="yes only if permission to tell clients is recorded")


class PersonConfidential(Model):
    """What is known about a person of the practice and never reaches a letter."""

    leaving: Prose | None = Field(None, description="why the person leaves; never printed")
    notes: Prose | None = None


class Person(Model):
    """Somebody who works at the practice."""

    name: Text
    credentials: Text | None = Field(None, description="letters after the name, such as LCSW")
    role: Text = Field(description="as a client would say it, such as Therapist")
    phone: Text | None = None
    email: Email | None = None
    signature: Text | None = Field(None, description="a picture of the signature, beside the practice file")
    last_day: Date | None = Field(None, description="the last day of work, for somebody who leaves")
    new_place: NewPlace | None = None
    confidential: PersonConfidential = PersonConfidential()


class Practice(Model):
    """Who writes. Read from `practice.yaml`."""

    name: Text
    discreet_name: Text | None = Field(None, description="what an envelope or a voicemail may show")
    profession: Profession
    jurisdiction: Reference = Field(description="whose rules apply, such as us, us-or or uk")
    language: LanguageTag = "en"
    address: PostalAddress
    phone: Text
    email: Email | None = None
    website: Text | None = None
    hours: Text | None = Field(None, description="when the phone is answered, such as: weekdays, 9 to 5")
    records: Custodian
    letter: LetterStyle = LetterStyle()
    signatory: Reference | None = Field(None, description="who of the people signs for the practice")
    people: dict[Identifier, Person] = Field(min_length=1)

    @property
    def is_clinical(self) -> bool:
        """Whether its letters must say where to turn in a crisis."""
        return self.profession in CLINICAL
