"""What a client owes, and what was asked and agreed about it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.texts import Phrase
from letters.model.types import Amount, Currency, Date, YesNo


class MoneyItem(Model):
    """One thing that is owed for."""

    what: Phrase = Field(description="without anything clinical, such as: appointment")
    on: Date | None = None
    amount: Amount


class Demand(Model):
    """One time the practice asked to be paid."""

    how: Literal["invoice", "reminder", "notice"]
    on: Date
    due: Date


class PaymentPlan(Model):
    """An agreement to pay bit by bit."""

    agreed: Date
    kept: YesNo = Field(True, description="no once the payments agreed on have stopped")


class Dispute(Model):
    """The client says that the bill is wrong."""

    opened: Date
    settled: Date | None = None


class Money(Model):
    """What is owed, on a day."""

    balance: Amount
    currency: Currency
    as_of: Date
    what: Phrase | None = Field(None, description="what it is for, without anything clinical")
    items: list[MoneyItem] = Field(default_factory=list)
    due: Date | None = Field(None, description="the day this letter asks to be paid by")
    terms_accepted: Date | None = Field(None, description="when the client agreed to the terms of payment")
    asked: list[Demand] = Field(default_factory=list, description="each time it was asked for before")
    talked: Date | None = Field(None, description="when what follows if it stays unpaid was talked about")
    plan: PaymentPlan | None = None
    dispute: Dispute | None = None
