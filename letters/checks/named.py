"""Names in a letter's data, which no check on words should stumble over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from letters import phrases
from letters.facts import Facts
from letters.phrases import Hit


def names(facts: Facts, text: str) -> frozenset[str]:
    """The names in a letter's data that a text holds, and the lines of addresses."""
    practice, case, jurisdiction = facts.practice, facts.case, facts.jurisdiction
    found = [practice.name, practice.records.custodian, *practice.address.lines]
    found += [one for one in (practice.discreet_name, practice.email, practice.website) if one]
    found += [facts.addressee.called, *facts.addressee.names]
    found += facts.addressee.address.lines if facts.addressee.address else []
    found += [option.name for option in case.referrals]
    found += [name for line in jurisdiction.crisis for name in line.name.values()]
    found += jurisdiction.complaint.name.values() if jurisdiction.complaint else []
    found += [*_people(facts), *_others(facts)]
    return frozenset(name for name in found if name in text)


def outside_names(text: str, known: frozenset[str], wanted: Iterable[str]) -> list[Hit]:
    """The phrases that a text holds, and not only within a name."""
    found = list(phrases.find(text, wanted))
    if found and known:
        found = list(phrases.find(_any(known).sub("—", text), [hit.phrase for hit in found]))
    return found


@lru_cache(maxsize=16)
def _any(known: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))


def _people(facts: Facts) -> Iterator[str]:
    """The people of the practice, with what they are, and of the case."""
    for person in facts.practice.people.values():
        yield from (person.name, *person.role.values())
        if person.new_place:
            yield person.new_place.name
    for _, one in facts.case.everyone():
        yield from (name for name in (one.name, one.called, one.attention) if name)


def _others(facts: Facts) -> Iterator[str]:
    """Whom the case names outside the practice."""
    case = facts.case
    for other in (*case.business, *([case.provider] if case.provider else [])):
        yield from (name for name in (other.name, other.preferred_name, other.organization) if name)
