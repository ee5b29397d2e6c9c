"""About whom: one relationship with its people, dates, money and records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from letters.model.practice import PostalAddress
from letters.model.strict import Model
from letters.model.types import (
    Amount,
    Count,
    Currency,
    Date,
    Email,
    Identifier,
    LanguageTag,
    Moment,
    Prose,
    Reference,
    Text,
    YesNo,
)


class ClientAddress(PostalAddress):
    """A client's address, and what may be sent there. Unknown counts as not permitted."""

    safe: YesNo | None = Field(None, description="whether post may be sent here at all")
    discreet: YesNo | None = Field(None, description="whether the envelope must hide the practice's name")
    confirmed: Date | None = Field(None, description="when the client last confirmed this")


class Phone(Model):
    """A client's phone, and what may be said on it."""

    number: Text
    safe: YesNo | None = None
    voicemail: Literal["none", "callback-only", "detailed"] | None = None
    confirmed: Date | None = None


class EmailAddress(Model):
    """A client's email address, and what may be sent there."""

    address: Email
    safe: YesNo | None = None
    discreet: YesNo | None = None
    confirmed: Date | None = None


class Reachable(Model):
    """Somebody a letter may be addressed to, with every known way to reach them."""

    id: Identifier = Field(description="a short name of your own choice, used with --to")
    name: Text
    preferred_name: Text | None = Field(None, description="what the letter calls them; else their name")
    attention: Text | None = Field(None, description="the person to address at an organization")
    language: LanguageTag | None = None
    no_contact: YesNo = Field(False, description="yes overrides every address, phone and email")
    addresses: list[ClientAddress] = []
    phones: list[Phone] = []
    emails: list[EmailAddress] = []

    @property
    def called(self) -> str:
        """What a letter calls them."""
        return self.preferred_name or self.attention or self.name


class Representative(Reachable):
    """Somebody who acts for a client: a parent, a guardian, an executor."""

    relation: Literal["parent", "guardian", "attorney", "executor"]
    barred: YesNo = Field(False, description="yes if an order keeps them from being told")

    @property
    def stands_for_minor(self) -> bool:
        """Whether they act for somebody because of their age."""
        return self.relation in ("parent", "guardian")


class Client(Reachable):
    """Somebody the practice has the relationship with."""

    born: Date | None = None
    died: Date | None = None
    representatives: list[Representative] = []


class ContactAttempt(Model):
    """One entry of the log of contacts."""

    at: Moment = Field(description="when, with the zone: 2026-10-20T10:15-07:00")
    by: Reference
    to: Reference | None = Field(None, description="the id of the person contacted, where there are several")
    channel: Literal["phone", "letter", "email", "text", "portal", "in-person"]
    direction: Literal["out", "in"] = "out"
    outcome: Literal["voicemail", "no-answer", "spoke", "sent", "returned", "wrong-person", "received"]
    said: Prose | None = Field(None, description="the exact message left")
    next: Prose | None = Field(None, description="the next step agreed on or planned")

    @property
    def is_answer(self) -> bool:
        """Whether the client was reached, or got in touch."""
        return self.direction == "in" or self.outcome == "spoke"

    @property
    def is_attempt(self) -> bool:
        """Whether the practice tried to reach the client, and did not."""
        return not self.is_answer and self.outcome != "wrong-person"


class Ending(Model):
    """How and when the relationship ends."""

    reason: Reference = Field(description="a reason code; `letters` never prints it")
    on: Date | None = Field(None, description="the day from which it is ended")


class ReferralOption(Model):
    """Another place that may help."""

    name: Text
    offers: Text | None = None
    phone: Text | None = None
    website: Text | None = None


class Money(Model):
    """What is owed, on a day."""

    balance: Amount
    currency: Currency
    as_of: Date


class RecordItem(Model):
    """One thing in the inventory of records."""

    what: Text
    quantity: Count = 1
    form: Literal["original", "copy"] = "original"
    condition: Text | None = None


class Sending(Model):
    """How something is sent."""

    how: Text = Field(
        description="what completes: they are sent by …, such as Registered Mail, signature required"
    )
    tracking: Text | None = None
    on: Date | None = None


class CaseRecords(Model):
    """Documents the client owns, and how they go back."""

    originals: list[RecordItem] = []
    sent: Sending | None = None


class Handover(Model):
    """Who takes over from the clinician at the same practice."""

    to: Reference = Field(description="the id of a person of the practice")


class Provider(Model):
    """Somebody outside the practice a letter goes to."""

    name: Text | None = None
    preferred_name: Text | None = Field(None, description="what the letter calls them, such as Dr. Whitfield")
    organization: Text
    address: PostalAddress
    phone: Text | None = None


class Request(Model):
    """What the practice asks another provider to do."""

    about: Reference | None = Field(None, description="the id of the client, where the case has several")
    asked: Prose = Field(description="what is asked of the provider")
    why_now: Prose
    urgency: Literal["routine", "soon", "urgent"] = "routine"
    risk: Prose | None = Field(None, description="only the risk the provider has to know")
    communication: Prose | None = Field(
        None, description="interpreter, large print, how to make contact safely"
    )


class Authorization(Model):
    """A client's written permission to tell somebody something."""

    to: Text = Field(description="the organization or person it names, as in `provider`")
    scope: Text
    signed: Date
    expires: Date | None = None
    revoked: Date | None = None
    reference: Text = Field(description="where the signed form is filed, such as AUTH-2026-014")

    def fault(self, on: date) -> tuple[str, str] | None:
        """Why it does not hold on a day, with the field that says so; None if it holds."""
        if self.revoked is not None and self.revoked <= on:
            return "revoked", f"The client took this authorization back on {self.revoked}."
        if self.expires is not None and self.expires < on:
            return "expires", f"This authorization expired on {self.expires}."
        if self.signed > on:
            return "signed", f"This authorization is signed on {self.signed}, after the letter's date."
        return None


class Appointment(Model):
    """A time that is booked."""

    at: Moment


class CaseConfidential(Model):
    """What is known about a case and never reaches a letter."""

    danger: YesNo = Field(False, description="yes if there is imminent danger to anyone")
    diagnosis: Prose | None = None
    notes: Prose | None = None
    suspicion: Prose | None = None


class Case(Model):
    """One relationship. Read from a case file."""

    case: Identifier = Field(description="the case number; printed as the reference")
    relationship: Literal["individual", "couple", "family", "organization"]
    opened: Date
    last_session: Date | None = None
    clinician: Reference = Field(description="the id of a person of the practice")
    clients: Annotated[list[Client], Field(min_length=1, max_length=50)]
    contacts: list[ContactAttempt] = []
    appointments: list[Appointment] = []
    ending: Ending | None = None
    handover: Handover | None = None
    words: dict[Identifier, Prose] = Field({}, description="the personal part, by section of the letter")
    supports: list[Text] = []
    referrals: list[ReferralOption] = []
    money: Money | None = None
    records: CaseRecords = CaseRecords()
    provider: Provider | None = None
    request: Request | None = None
    authorizations: list[Authorization] = []
    confidential: CaseConfidential = CaseConfidential()

    def everyone(self) -> Iterator[tuple[str, Reachable]]:
        """Every person of the case with the path of their entry, representatives after their client."""
        for number, client in enumerate(self.clients):
            yield f"clients[{number}]", client
            for index, representative in enumerate(client.representatives):
                yield f"clients[{number}].representatives[{index}]", representative
