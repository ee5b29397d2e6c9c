"""Who else there is: providers, business contacts, and what they may be told."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from letters.model.practice import PostalAddress
from letters.model.strict import Model
from letters.model.texts import Passage, Phrase
from letters.model.types import Date, Identifier, LanguageTag, Reference, Text

Disclosure = Literal["referral", "records", "psychotherapy-notes", "handover"]


class ReferralOption(Model):
    """Another place that may help."""

    name: Text
    offers: Phrase | None = None
    cost: Phrase | None = Field(None, description="what it costs, or which insurance it takes")
    phone: Text | None = None
    website: Text | None = None


class Provider(Model):
    """Somebody outside the practice a letter goes to: another provider, or the firm that follows."""

    name: Text | None = None
    preferred_name: Text | None = Field(None, description="what the letter calls them, such as Dr. Whitfield")
    organization: Text
    language: LanguageTag | None = None
    address: PostalAddress
    phone: Text | None = None


class BusinessContact(Provider):
    """Somebody the practice does business with, at their place of work."""

    id: Identifier = Field(description="a short name of your own choice, used with --to")


class Request(Model):
    """What the practice asks another provider to do."""

    about: Reference | None = Field(None, description="the id of the client, where the case has several")
    asked: Passage = Field(description="what is asked of the provider")
    why_now: Passage
    urgency: Literal["routine", "soon", "urgent"] = "routine"
    risk: Passage | None = Field(None, description="only the risk the provider has to know")
    communication: Passage | None = Field(
        None, description="interpreter, large print, how to make contact safely"
    )


class Authorization(Model):
    """A client's written permission to tell somebody something."""

    to: Text = Field(description="the organization or person it names, as in `provider`")
    by: Reference | None = Field(
        None, description="the id of who signed it, where the case has several people"
    )
    scope: Phrase
    covers: list[Disclosure] = Field(
        default_factory=list, description="what may be told or handed over, from a list"
    )
    signed: Date
    expires: Date | None = None
    revoked: Date | None = None
    reference: Text = Field(description="where the signed form is filed, such as AUTH-2026-014")

    def fault(self, on: date) -> tuple[str, str] | None:
        """Why it does not hold on a day, with the field that says so; None if it holds."""
        if self.revoked is not None:  # also after the letter's date: it is known now
            return "revoked", f"The client took this authorization back on {self.revoked}."
        if self.expires is not None and self.expires < on:
            return "expires", f"This authorization expired on {self.expires}."
        if self.signed > on:
            return "signed", f"This authorization is signed on {self.signed}, after the letter's date."
        return None


class Consent(Model):
    """A client's written agreement, and where it is filed."""

    by: Reference | None = Field(None, description="the id of who signed it, of several people")
    signed: Date
    reference: Text


class Handover(Model):
    """Who takes over at the same practice."""

    to: Reference = Field(description="the id of a person of the practice")
    on: Date | None = Field(None, description="the day from which they do")
    shares: Phrase | None = Field(
        None, description="what is passed on to them: your records and my last note"
    )
    consent: Consent | None = Field(None, description="the client's agreement to that")


class MatterItem(Model):
    """A piece of work that is still to be done."""

    what: Phrase
    due: Date | None = None
    by: Literal["you", "us"] = Field("you", description="who does it: the client or the practice")


class Matters(Model):
    """The work done for a client, and what is left of it."""

    done: list[Phrase] = Field(default_factory=list)
    outstanding: list[MatterItem] = Field(default_factory=list)
    under_way: list[Phrase] = Field(
        default_factory=list, description="what goes on with somebody else in charge"
    )
