"""About whom: one relationship with its people, dates, money and records."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from letters.model.documents import CaseRecords
from letters.model.money import Money
from letters.model.outside import (
    Authorization,
    BusinessContact,
    Handover,
    Matters,
    Provider,
    ReferralOption,
    Request,
)
from letters.model.people import Client, Reachable
from letters.model.strict import Model
from letters.model.texts import Passage, Phrase
from letters.model.types import Date, Identifier, Moment, Prose, Reference, Text, YesNo


def is_answer(
    direction: str | None, outcome: str | None, to: str | None, barred: Collection[str], letter: str | None
) -> bool:
    """Whether a contact is an answer, so that what waits for one ends.

    What one of the `barred` says is none of the client's, and a letter counts as a letter already.
    """
    return not letter and to not in barred and (direction == "in" or outcome == "spoke")


class ContactAttempt(Model):
    """One entry of the log of contacts."""

    at: Moment = Field(description="when, with the zone: 2026-10-20T10:15-07:00")
    by: Reference
    to: Reference | None = Field(None, description="the id of the person contacted, where there are several")
    channel: Literal["phone", "letter", "email", "text", "portal", "in-person"]
    direction: Literal["out", "in"] = "out"
    outcome: Literal["voicemail", "no-answer", "spoke", "sent", "returned", "wrong-person", "received"]
    used: Text | None = Field(None, description="the number or address that was used")
    safe_check: Prose | None = Field(None, description="how it was made sure that the contact was safe")
    letter: Text | None = Field(None, description="the name of the letter that was sent, such as L-4F2A")
    came_back: Date | None = Field(None, description="the day a letter came back")
    said: Prose | None = Field(None, description="the exact message left")
    next: Prose | None = Field(None, description="the next step agreed on or planned")
    next_on: Date | None = Field(None, description="the day of that step")

    @property
    def is_answer(self) -> bool:
        """Whether somebody was reached, or got in touch; whoever asks knows who is barred."""
        return is_answer(self.direction, self.outcome, self.to, (), self.letter)

    @property
    def is_attempt(self) -> bool:
        """Whether the practice tried to reach the client, and did not."""
        return self.direction == "out" and self.outcome not in ("spoke", "wrong-person")


class LetterSent(Model):
    """One letter that went out."""

    kind: Reference
    on: Date
    to: Reference | None = None
    reference: Text | None = Field(None, description="the name of the file, such as L-4F2A")


class Ending(Model):
    """How and when the relationship ends."""

    reason: Reference = Field(description="a reason code; no letter prints it, only the closing record")
    on: Date | None = Field(None, description="the day from which it is ended")
    at: Moment | None = Field(None, description="when it was entered as ended, with the zone")


class Appointment(Model):
    """A time that is booked, or was."""

    at: Moment
    missed: YesNo = Field(False, description="yes if the client did not come")


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
    business: list[BusinessContact] = Field(
        default_factory=list, description="whom to tell when an employee leaves"
    )
    contacts: list[ContactAttempt] = Field(default_factory=list)
    appointments: list[Appointment] = Field(default_factory=list)
    offered: list[Moment] = Field(default_factory=list, description="times that could be booked")
    reply_by: Date | None = Field(None, description="the day an answer is asked for by")
    ending: Ending | None = None
    handover: Handover | None = None
    words: dict[Identifier, Passage] = Field(
        default_factory=dict, description="the personal part, by section of the letter"
    )
    supports: list[Phrase] = Field(default_factory=list)
    referrals: list[ReferralOption] = Field(default_factory=list)
    money: Money | None = None
    matters: Matters = Field(default_factory=Matters)
    records: CaseRecords = Field(default_factory=CaseRecords)
    provider: Provider | None = None
    request: Request | None = None
    authorizations: list[Authorization] = Field(default_factory=list)
    letters: list[LetterSent] = Field(default_factory=list, description="the letters that went out before")
    confidential: CaseConfidential = Field(default_factory=CaseConfidential)

    def everyone(self) -> Iterator[tuple[str, Reachable]]:
        """Every person of the case with the path of their entry, representatives after their client."""
        for number, client in enumerate(self.clients):
            yield f"clients[{number}]", client
            for index, representative in enumerate(client.representatives):
                yield f"clients[{number}].representatives[{index}]", representative

    def last_missed(self, until: date) -> Appointment | None:
        """The last appointment up to a day that the client missed."""
        missed = [one for one in self.appointments if one.missed and one.at.date() <= until]
        return max(missed, key=lambda one: one.at, default=None)
