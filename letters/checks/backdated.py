"""Whether the letter bears a date that has passed when it is made."""

from __future__ import annotations

from collections.abc import Iterator

from letters.facts import Facts
from letters.findings import Finding, Severity, rule

BACKDATED = rule(
    "backdated",
    Severity.WARNING,
    "A letter that looks older than it is makes the time it gives seem longer than it was.",
    in_draft=Severity.NOTE,
)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the letter's date with the day on which it is asked for."""
    if facts.asked_on is not None and facts.dated < facts.asked_on:
        yield BACKDATED.finding(
            f"The letter is dated {facts.dated}, and it is made on {facts.asked_on}.",
            "Leave out --dated, so that it bears today's date.",
            facts.in_case(""),
            draft=facts.draft,
        )
