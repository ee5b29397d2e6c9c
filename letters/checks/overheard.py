"""Whether what others may hear or see gives away what the practice does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from letters import phrases
from letters.checks import likeness
from letters.checks.named import outside_names
from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Severity, rule

OVERHEARD = rule(
    "overheard",
    Severity.ERROR,
    "Where somebody else may listen or read along, nothing tells what the practice does.",
    "HHS, HIPAA FAQ 198; 45 CFR 164.522(b)",
)
# Groups of phrases: what tells of the practice, and what may be spoken of in a letter but not on a machine.
NATURE, APPOINTMENT = "nature", "appointment"
_ALWAYS = ("en", "es")  # whoever listens along may know another language than the letter's
_DOMAIN = re.compile(r"^(.*@|https?://)?(www\.)?")  # what stands before it


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Check the sections that are left on a machine, and letters that must be discreet."""
    overheard = [section.id for section in facts.spec.sections if section.overheard]
    for number, section in enumerate(facts.spec.sections):
        if section.id in overheard:
            said, path = text.said(section.id), f"sections[{number}]"
            yield from _told(facts, f"The section {section.id}", said, path, NATURE, APPOINTMENT)
    if facts.is_discreet:
        yield from _told(facts, "The letter", _seen(text), "discreet", NATURE)


def _seen(text: Text) -> str:
    """Everything but the names of the sections, which come last and reach no page."""
    said = text.everything
    for section in reversed(text.sections):
        before, _, after = said.rpartition(section.says)
        said = before + after
    return said


def _told(facts: Facts, where: str, said: str, path: str, *groups: str) -> Iterator[Finding]:
    folded = likeness.folded(said)
    found = next((name for name in _names(facts) if likeness.folded(name) in folded), None)
    found = found or next((title for title in _titles(facts) if likeness.has_name(said, title)), None)
    found = found or next(_words(facts, said, groups), None)
    if found:
        yield OVERHEARD.finding(
            f"{where} says {found!r}, which may tell others what the practice does.",
            "Say only a name, a number and a request to call back.",
            facts.kind_file.place(path),
        )


def _words(facts: Facts, said: str, groups: Iterable[str]) -> Iterator[str]:
    """What a text holds of some groups, as written or in look-alikes, and not as the reader's name."""
    known = frozenset(name for name in _readers(facts) if name in said)
    folded = frozenset(map(likeness.folded, known))
    listed = [phrase for group in groups for phrase in _listed(facts, group)]
    for hit in (*outside_names(said, known, listed), *outside_names(likeness.folded(said), folded, listed)):
        yield hit.written


def _listed(facts: Facts, group: str) -> Iterator[str]:
    """The phrases of a group in every language to search in."""
    for language in dict.fromkeys((*_ALWAYS, facts.language.split("-")[0])):
        known = phrases.groups(language).get(group)
        yield from known.listed if known else ()


def _readers(facts: Facts) -> Iterator[str]:
    """The reader's own names, and where they live."""
    reader = facts.addressee
    yield from (*reader.names, reader.called)
    if reader.person:
        yield from (reader.person.name, reader.person.called)
    if reader.address:
        yield from (part for part in (*reader.address.lines, reader.address.city) if part)


def _names(facts: Facts) -> Iterator[str]:
    """What names the practice, where it has another name to be known by, and what leads to that name."""
    practice = facts.practice
    if practice.name != facts.discreet_name:
        yield practice.name
    online = (address for address in (practice.email, practice.website) if address)
    yield from (_DOMAIN.sub("", address).split("/")[0] for address in online)


def _titles(facts: Facts) -> Iterator[str]:
    """What the clinician is; so short that only whole words count, written just so."""
    if facts.clinician:
        titles = (facts.clinician.credentials, *facts.clinician.role.values())
        yield from (title for title in titles if title and title != facts.discreet_name)
