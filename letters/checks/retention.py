"""Whether records are kept as long as the jurisdiction asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters.facts import Facts
from letters.findings import Finding, Severity, rule

RETENTION = rule(
    "retention",
    Severity.WARNING,
    "A letter that promises records for fewer years than they have to be kept sends somebody away for good.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the years the practice keeps records with the figures of the jurisdiction."""
    kept, profession = facts.practice.records.years, facts.practice.profession
    asked = [
        one for one in facts.jurisdiction.retention if profession in one.professions or not one.professions
    ]
    if kept is None or not asked or "records.kept" not in facts.spec.field_names:
        return
    longest = max(asked, key=lambda one: (one.years, one.binding))
    if kept < longest.years:
        place = facts.jurisdiction.name
        finding = RETENTION.finding(
            f"The practice keeps records for {kept} years; in {place} it is {longest.years}.",
            f"Keep them for {longest.years} years or more, and write it at `records: years`.",
            facts.in_practice("records.years"),
        )
        yield replace(finding, authority=longest.source)
