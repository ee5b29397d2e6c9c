"""Whether the letter bears a date that has passed when it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from letters.facts import Facts
from letters.findings import Finding, Severity, rule

BACKDATED = rule(
    "backdated",
    Severity.WARNING,
    "A letter that looks older than it is makes the time it gives seem longer than it was.",
    in_draft=Severity.NOTE,
)


_APPROVED_FOR = timedelta(days=7)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the letter's date with the day on which it is asked for."""
    if facts.asked_on is None or facts.dated >= facts.asked_on:
        return
    # Between approving and posting lie some days; the days of notice are counted from the later one.
    if not facts.is_approved or facts.asked_on - facts.dated > _APPROVED_FOR:
        approved = "Have it approved, or begin the batch, anew with today's date."
        yield BACKDATED.finding(
            f"The letter is dated {facts.dated}, and it is made on {facts.asked_on}.",
            approved if facts.is_approved else "Leave out --dated, so that it bears today's date.",
            facts.in_case(""),
            draft=facts.draft,
        )
