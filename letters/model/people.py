"""The people of a case, and the ways to reach them that are safe."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.practice import PostalAddress
from letters.model.strict import Model
from letters.model.types import Date, Email, Identifier, LanguageTag, Text, YesNo


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
    addresses: list[ClientAddress] = Field(default_factory=list)
    phones: list[Phone] = Field(default_factory=list)
    emails: list[EmailAddress] = Field(default_factory=list)

    @property
    def called(self) -> str:
        """What a letter calls them."""
        return self.preferred_name or self.attention or self.name


class Representative(Reachable):
    """Somebody who acts for a client: a parent, a guardian, an executor."""

    relation: Literal["parent", "guardian", "attorney", "executor"]
    barred: YesNo = Field(False, description="yes if an order keeps them from being told")
    authority: Text | None = Field(
        None, description="where the order or power of attorney is filed that lets them act for an adult"
    )

    @property
    def stands_for_minor(self) -> bool:
        """Whether they act for somebody because of their age."""
        return self.relation in ("parent", "guardian")


class Client(Reachable):
    """Somebody the practice has the relationship with."""

    born: Date | None = None
    died: Date | None = None
    opted_out: Date | None = Field(None, description="when they asked not to be asked how they are")
    representatives: list[Representative] = Field(default_factory=list)
