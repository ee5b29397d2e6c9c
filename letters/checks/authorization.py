"""Whether the client has permitted that somebody outside the practice is told."""

from __future__ import annotations

from collections.abc import Iterator

from letters.facts import Facts
from letters.findings import Finding, Severity, rule

AUTHORIZATION = rule(
    "authorization",
    Severity.ERROR,
    "Nobody outside the practice is told anything without the client's written permission that names "
    "them, covers what is told, and holds on the letter's date.",
    "45 CFR 164.508(c)",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check that one authorization names the provider and holds on the letter's date."""
    if facts.spec.to != "provider":
        return
    naming = facts.authorizations
    if not naming:
        yield AUTHORIZATION.finding(
            "No authorization names this provider.",
            "Ask the client for one, and add it under `authorizations`, with the name as in `provider`.",
            facts.in_case("authorizations" if facts.case.authorizations else "provider"),
        )
    faults = [(number, one.fault(facts.dated)) for number, one in naming]
    if all(fault for _, fault in faults):
        for number, fault in faults:
            yield _broken(facts, number, *(fault or ("", "")))


def _broken(facts: Facts, number: int, field: str, message: str) -> Finding:
    remedy = "Ask the client for a new one; until it is signed, send nothing."
    if field == "signed":
        remedy = "Correct the date, or send nothing before that day."
    return AUTHORIZATION.finding(
        message,
        remedy,
        facts.in_case(f"authorizations[{number}].{field}"),
    )
