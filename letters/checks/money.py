"""Whether a relationship may be ended for a debt: every step before it was taken, and none is still open."""

from __future__ import annotations

from collections.abc import Iterator

from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.money import Money

NONPAYMENT = rule(
    "nonpayment",
    Severity.ERROR,
    "A client is not sent away for a debt before they agreed to the terms, were asked more than once, had "
    "the time that was given, and heard what follows; never while a plan is kept or the bill is in dispute.",
    "NASW Code of Ethics 1.17(c); APA Ethics Code 6.04(e)",
    withholds=True,
)
NOT_OWED = rule(
    "not-owed",
    Severity.ERROR,
    "Nobody is asked for money they do not owe, or not yet.",
    "APA Ethics Code 6.04",
    withholds=True,
)
PLAN_KEPT = rule(
    "payment-plan",
    Severity.WARNING,
    "Somebody who pays as agreed is not asked to pay faster.",
    withholds=True,
)
LEAST_DEMANDS = 2
LEAST_LATE = 2  # one late payment is no ground; repeated ones are


def check(facts: Facts) -> Iterator[Finding]:
    """Check what is owed, where the letter speaks of it, and what has to come before an ending for it."""
    owed = facts.case.money
    if owed is not None and _is_told(facts):
        yield from _owed(facts, owed)
    if is_for_debt(facts):
        yield from _steps(facts, owed)


def is_for_debt(facts: Facts) -> bool:
    """Whether the letter, whatever its kind, ends a relationship because of a debt."""
    ending = facts.case.ending
    tells = {"ending.on", "ending.at"} & facts.spec.field_names
    stays = facts.spec.to == "file" and not facts.spec.call
    is_reason = ending is not None and ending.reason == "NONPAYMENT"
    return "nonpayment" in facts.spec.gates or bool(is_reason and tells and not stays)


def _is_told(facts: Facts) -> bool:
    """Whether the client is told what they owe, or is sent away for it."""
    told = any(name.startswith("money.") for name in facts.spec.field_names)
    return facts.spec.to == "client" and (told or "nonpayment" in facts.spec.gates)


def _owed(facts: Facts, owed: Money) -> Iterator[Finding]:
    is_asked = "money.due" in facts.spec.field_names and owed.due is not None
    if owed.balance < 0 or (owed.balance == 0 and (is_asked or "nonpayment" in facts.spec.gates)):
        yield NOT_OWED.finding(
            "The case says that nothing is owed."
            if owed.balance == 0
            else "The balance is in the client's favor.",
            "Do not send this letter; correct the balance if it is wrong.",
            facts.in_case("money.balance"),
        )
    items = sum(item.amount for item in owed.items)
    if owed.items and items != owed.balance and "money.items" in facts.spec.field_names:
        yield NOT_OWED.finding(
            f"The things owed for add up to {items} {owed.currency}, and the balance is {owed.balance}.",
            "Correct one of them; enter what was paid as an item with a minus.",
            facts.in_case("money.balance"),
        )
    if is_asked and "nonpayment" not in facts.spec.gates and owed.plan and owed.plan.kept:
        yield PLAN_KEPT.finding(
            f"A payment plan was agreed on {owed.plan.agreed}, and it is being kept.",
            "Do not send this letter; write `kept: no` once the payments have stopped.",
            facts.in_case("money.plan"),
        )


def _steps(facts: Facts, owed: Money | None) -> Iterator[Finding]:
    if owed is None:
        yield NONPAYMENT.finding(
            "The case does not say what is owed, and what was done about it.",
            "Enter it at `money`; nobody is sent away for a debt that is not on record.",
            facts.in_case("money"),
        )
        return
    for trouble, remedy, path in (*_not_done(facts, owed), *_still_open(facts, owed)):
        yield NONPAYMENT.finding(trouble, remedy, facts.in_case(f"money.{path}"))


def _not_done(facts: Facts, owed: Money) -> Iterator[tuple[str, str, str]]:
    """What has to have happened first: what is missing, what to do, where it is written."""
    agreed, talked = owed.terms_accepted, owed.talked
    if agreed is None or agreed > facts.dated:
        yield (
            "The case does not say when the client agreed to the terms of payment.",
            "Write the day at `money: terms_accepted`; without terms nobody is sent away for a debt.",
            "terms_accepted",
        )
    if talked is None or talked > facts.dated:
        yield (
            "The case does not say when the client was told what follows if the bill stays unpaid.",
            "Talk with them first, and write the day at `money: talked`.",
            "talked",
        )
    yield from _not_asked(facts, owed)
    late = {one.due for one in owed.asked if one.how == "invoice"} | {
        item.on for item in owed.items if item.on
    }
    if len(late) < LEAST_LATE:
        yield (
            "The case names fewer than two late payments, and one late payment is no ground.",
            "Enter each invoice at `money: asked`, or each thing owed for with its day at `money: items`.",
            "items",
        )


def _not_asked(facts: Facts, owed: Money) -> Iterator[tuple[str, str, str]]:
    asked = [one for one in owed.asked if one.on <= facts.dated]
    days = {one.on for one in asked}  # two papers in one envelope ask once
    if len(days) < LEAST_DEMANDS:
        times = "never" if not days else "only once"
        yield (
            f"The client was {times} asked to pay.",
            "Send a reminder and a notice first, and enter each at `money: asked`.",
            "asked",
        )
    elif not any(one.how == "notice" for one in asked):
        yield (
            "The client has had no notice that says what follows if the bill stays unpaid.",
            "Send a notice first, and enter it at `money: asked`.",
            "asked",
        )


def _still_open(facts: Facts, owed: Money) -> Iterator[tuple[str, str, str]]:
    for number, one in enumerate(owed.asked):
        if one.due >= facts.dated:
            yield (
                f"The client has until {one.due} to pay what was asked for on {one.on}.",
                "Wait until that day has passed.",
                f"asked[{number}].due",
            )
    if owed.plan and owed.plan.kept:
        yield (
            f"A payment plan was agreed on {owed.plan.agreed}, and it is being kept.",
            "Go on with the plan; write `kept: no` once the payments have stopped.",
            "plan",
        )
    settled = owed.dispute.settled if owed.dispute else None
    if owed.dispute and (settled is None or settled > facts.dated):
        yield (
            f"The client has disputed the bill since {owed.dispute.opened}.",
            "Settle the dispute first, and write the day at `money: dispute: settled`.",
            "dispute",
        )
