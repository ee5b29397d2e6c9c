"""Who writes: the practice, its people, and how its letters look."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.texts import Phrase
from letters.model.types import (
    Count,
    CountryCode,
    Date,
    Email,
    Identifier,
    LanguageTag,
    Prose,
    Reference,
    Text,
    TimeZone,
    YesNo,
)

Profession = Literal[
    "counseling", "psychology", "social-work", "medicine", "accounting", "consulting", "other"
]
DayOrder = Literal["month-first", "day-first"]
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
    kept: Phrase | None = Field(None, description="how long records are kept, in words, such as: seven years")
    years: Count | None = Field(None, description="how many years records are kept, as a number")


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


class Announcement(Model):
    """What somebody who leaves has permitted to be said about it."""

    resigned: YesNo = Field(description="yes if it may be said that they resigned")
    permission: Date = Field(description="when they gave that permission in writing")


class Payment(Model):
    """How clients pay, and whom they ask about a bill."""

    ways: Phrase = Field(
        description="what completes: you can pay …, such as: by card at the office or by check"
    )
    phone: Text | None = Field(None, description="for questions about bills; else the practice's own")


class ClosingConfidential(Model):
    """What is known about a practice's closing and never reaches a letter."""

    reason: Prose | None = Field(None, description="why the practice closes; never printed")


class PracticeClosing(Model):
    """The practice itself closes."""

    on: Date
    confidential: ClosingConfidential = Field(default_factory=ClosingConfidential)


class PersonConfidential(Model):
    """What is known about a person of the practice and never reaches a letter."""

    leaving: Prose | None = Field(None, description="why the person leaves; never printed")
    notes: Prose | None = None


class Review(Model):
    """How long the practice waits for a word from a client, and how often it asks."""

    silence: Count = Field(90, description="days without a word until a case is looked at")
    wait: Count = Field(7, description="days an answer to a letter is waited for")
    attempts: Count = Field(2, description="how often the practice tries to reach a client before it closes")


class Approval(Model):
    """Which letters somebody has to approve, and who may."""

    kinds: list[Reference] = Field(
        default_factory=list, description="the kinds of letter; all means every one of them"
    )
    by: list[Reference] = Field(
        default_factory=list,
        description="the ids of those who may approve; else the case's clinician and the signatory",
    )


class Preview(Model):
    """What may be done on the page in the browser."""

    issue: YesNo = Field(
        False, description="yes if letters may be issued from the page that `letters preview` opens"
    )


class EnclosedFile(Model):
    """A document that goes out behind letters, as it is."""

    file: Phrase = Field(description="a PDF beside the practice file, or one for each language")
    title: Phrase = Field(description="what the letter calls it, such as Notice of privacy practices")
    kinds: list[Reference] = Field(
        default_factory=list,
        description="the kinds of letter it goes with, besides those that name it; all means every one to "
        "a client",
    )


class Person(Model):
    """Somebody who works at the practice."""

    name: Text
    credentials: Text | None = Field(None, description="letters after the name, such as LCSW")
    role: Phrase = Field(description="as a client would say it, such as Therapist")
    phone: Text | None = None
    email: Email | None = None
    login: Text | None = Field(None, description="their user name on the practice's computers")
    signature: Text | None = Field(None, description="a picture of the signature, beside the practice file")
    last_day: Date | None = Field(None, description="the last day of work, for somebody who leaves")
    new_place: NewPlace | None = None
    announced: Announcement | None = Field(None, description="what may be said about why they leave")
    confidential: PersonConfidential = Field(default_factory=PersonConfidential)


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
    time_zone: TimeZone | None = Field(None, description="of its clocks, such as America/Los_Angeles")
    hours: Phrase | None = Field(None, description="when the phone is answered, such as: weekdays, 9 to 5")
    booking: Phrase | None = Field(None, description="how to book, if not by phone, such as: at example.org")
    payment: Payment | None = None
    records: Custodian
    letter: LetterStyle = Field(default_factory=LetterStyle)
    closing: PracticeClosing | None = None
    rules: dict[Identifier, Literal["warning", "error"]] = Field(
        default_factory=dict, description="checks this practice takes more seriously, by their codes"
    )
    signatory: Reference | None = Field(None, description="who of the people signs for the practice")
    register_at: Text | None = Field(
        None, description="where the register is: a file, or postgresql://SERVER/DATABASE without a password"
    )
    review: Review = Field(default_factory=Review)
    approval: Approval = Field(default_factory=Approval)
    preview: Preview = Field(default_factory=Preview)
    enclosures: dict[Identifier, EnclosedFile] = Field(
        default_factory=dict, description="documents that go out behind letters, by ids of your own"
    )
    columns: dict[Text, Text] = Field(
        default_factory=dict,
        description="the names of columns in your tables, each with the one it stands for, or ignore",
    )
    table_dates: DayOrder | None = Field(
        None, description="what comes first in your tables where they write days as 12/31/2026"
    )
    people: dict[Identifier, Person] = Field(min_length=1)

    @property
    def is_clinical(self) -> bool:
        """Whether its letters must say where to turn in a crisis."""
        return self.profession in CLINICAL
