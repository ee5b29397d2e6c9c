"""Whether the made-up practice of `letters new` is still in the file."""

from __future__ import annotations

from collections.abc import Iterator

from letters.facts import Facts
from letters.findings import Finding, Severity, rule

MADE_UP = "Example Counseling"  # the name in letters/starter/practice.yaml

EXAMPLE_DATA = rule(
    "example-data",
    Severity.WARNING,
    "A letter from a practice that does not exist leads its reader to a phone that nobody answers.",
    in_draft=Severity.NOTE,
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check that somebody has put in their own practice."""
    if facts.practice.name == MADE_UP:
        yield EXAMPLE_DATA.finding(
            "The practice is still the made-up one.",
            "Put your own into the practice file: name, address, phone, people.",
            facts.in_practice("name"),
            draft=facts.draft,
        )
