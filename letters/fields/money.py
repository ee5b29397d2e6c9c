"""Fields about what is owed; nothing clinical is in them."""

from __future__ import annotations

from datetime import date

from letters.facts import Facts
from letters.fields.registry import field
from letters.locale import dates, money


@field("money.balance", "the amount that is owed, with its currency", "money.balance")
def _balance(facts: Facts) -> str:
    owed = facts.case.money
    return money.money(owed.balance, owed.currency, facts.locale) if owed and owed.balance else ""


@field("money.as_of", "the day on which that amount was right", "money.as_of")
def _as_of(facts: Facts) -> str:
    return _day(facts, facts.case.money.as_of) if facts.case.money else ""


@field("money.due", "the day it is to be paid by", "money.due")
def _due(facts: Facts) -> str:
    return _day(facts, facts.case.money.due) if facts.case.money else ""


@field("money.what", "what it is for", "money.what")
def _what(facts: Facts) -> str:
    return facts.say(facts.case.money.what) if facts.case.money else ""


@field("money.items", "each thing that is owed for: what, date, amount", "money.items")
def _items(facts: Facts) -> list[dict[str, str]]:
    owed = facts.case.money
    if owed is None:
        return []
    return [
        {
            "what": facts.say(item.what),
            "on": _day(facts, item.on),
            "amount": money.money(item.amount, owed.currency, facts.locale),
        }
        for item in owed.items
    ]


@field(
    "money.asked",
    "each time it was asked for: how (invoice, reminder, notice), date, due date",
    "money.asked",
)
def _asked(facts: Facts) -> list[dict[str, str]]:
    owed = facts.case.money
    return [
        {"how": one.how, "on": _day(facts, one.on), "due": _day(facts, one.due)}
        for one in sorted(owed.asked if owed else [], key=lambda one: one.on)
    ]


@field("money.plan", "the day a payment plan was agreed on, if there is one", "money.plan")
def _plan(facts: Facts) -> str:
    owed = facts.case.money
    return _day(facts, owed.plan.agreed) if owed and owed.plan else ""


def _day(facts: Facts, day: date | None) -> str:
    return dates.long_date(day, facts.locale) if day else ""
