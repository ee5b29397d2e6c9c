"""Whether what goes behind the letter is there, fit to go out, and gives nobody away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from letters import kinds
from letters.assemble.enclosing import ALL, Enclosure, enclosures_for
from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.spelling import did_you_mean

UNKNOWN_KIND = rule(
    "enclosure-kind",
    Severity.ERROR,
    "A document that is meant for a kind of letter which does not exist goes out with none.",
)
TELLS = rule(
    "enclosure-tells",
    Severity.WARNING,
    "Where a letter must not tell what the practice does, a document of the practice behind it does.",
    "45 CFR 164.522(b)",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check the documents that the practice or the kind puts behind this letter."""
    folder = Path(facts.practice_file.source.name).parent
    found, findings = enclosures_for(facts, folder)
    yield from findings
    yield from _kinds(facts, folder / "kinds")
    if facts.is_discreet:
        yield from _telling(facts, found)


def _kinds(facts: Facts, own: Path) -> Iterator[Finding]:
    """Check that there are the kinds with which documents go; most often it is this one."""
    named = [(one, kind) for one, given in facts.practice.enclosures.items() for kind in given.kinds]
    if all(kind in (ALL, facts.kind) for _, kind in named):
        return
    known = kinds.folders(own)
    for one, kind in named:
        if kind != ALL and kind not in known:
            yield UNKNOWN_KIND.finding(
                f"There is no kind of letter called {kind}.",
                did_you_mean(kind, known, "`letters kinds` lists them; `all` means every one to a client."),
                facts.in_practice(f"enclosures.{one}.kinds"),
            )


def _telling(facts: Facts, found: Sequence[Enclosure]) -> Iterator[Finding]:
    for one in found:
        yield TELLS.finding(
            f"This letter hides what the practice does, and {one.id} goes behind it.",
            f"Leave {facts.kind} out of its `kinds`; or accept it, if nothing in it tells.",
            facts.in_practice(f"enclosures.{one.id}"),
        )
