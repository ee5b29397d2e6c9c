"""Whether what `letters new` made up is still in the practice file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.practice import Practice
from letters.sources import read

STARTER = Path(__file__).parents[1] / "starter" / "practice.yaml"

EXAMPLE_DATA = rule(
    "example-data",
    Severity.WARNING,
    "A letter from a practice that does not exist leads its reader to a phone that nobody answers.",
    in_draft=Severity.NOTE,
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check that somebody has put in their own practice."""
    theirs, made_up = dict(_telling(facts.practice)), dict(_telling(_starter()))
    left = [path for path, value in theirs.items() if value and value == made_up.get(path)]
    if left:
        yield EXAMPLE_DATA.finding(
            f"The practice file still holds what `letters new` made up: {', '.join(left)}.",
            "Put your own in its place.",
            facts.in_practice(left[0]),
            draft=facts.draft,
        )


def _telling(practice: Practice) -> Iterator[tuple[str, object]]:
    """What is different in every practice, by its path."""
    yield "name", practice.name
    yield "address", practice.address.lines
    yield "phone", practice.phone
    yield "email", practice.email
    yield "records.custodian", practice.records.custodian
    yield "records.phone", practice.records.phone
    yield from ((f"people.{one}", person.name) for one, person in practice.people.items())


@cache
def _starter() -> Practice:
    """The practice that `letters new` makes up; its file comes with the program."""
    practice = read(STARTER, Practice).value
    if practice is None:
        raise ValueError(f"{STARTER} has errors")
    return practice
