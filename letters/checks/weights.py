"""How much a check weighs at this practice: more than usual where it says so, and never less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from letters.checks import issued  # noqa: F401 - so that its rules are among those known here
from letters.facts import Facts
from letters.findings import RULES, Finding, Severity, rule
from letters.spelling import did_you_mean

UNKNOWN_RULE = rule(
    "unknown-rule",
    Severity.ERROR,
    "A practice that takes a check more seriously must be able to rely on it.",
)
WEAKER_RULE = rule(
    "weaker-rule",
    Severity.ERROR,
    "A practice may take a check more seriously than this program does, and never less: a single letter's "
    "warning is accepted with a reason, for that letter.",
)
_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def check(facts: Facts) -> Iterator[Finding]:
    """Check what the practice says about checks."""
    for code, wanted in facts.practice.rules.items():
        place = facts.in_practice(f"rules.{code}")
        if code not in RULES:
            remedy = did_you_mean(code, RULES, "`letters rules` lists the checks.")
            yield UNKNOWN_RULE.finding(f"No check of letters is called {code}.", remedy, place)
        elif _ORDER.index(Severity(wanted)) < _ORDER.index(RULES[code].severity):
            yield WEAKER_RULE.finding(
                f"The check {code} is an error, and the practice file makes it a warning.",
                "Remove the line.",
                place,
            )


def weighed(facts: Facts, findings: Iterable[Finding]) -> list[Finding]:
    """Give findings the weight this practice gives them; a draft is still shown."""
    return [_weighed(facts, finding) for finding in findings]


def _weighed(facts: Facts, finding: Finding) -> Finding:
    wanted = facts.practice.rules.get(finding.code)
    if wanted is None or facts.draft:
        return finding
    return replace(finding, severity=max(finding.severity, Severity(wanted), key=_ORDER.index))
