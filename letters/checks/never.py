"""Whether the letter says what one of its kind never says: blame, promises, threats, hints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters import phrases
from letters.checks.named import names, outside_names
from letters.checks.text import Text
from letters.checks.written import place_of
from letters.facts import Facts
from letters.findings import Finding, Place, Severity, rule
from letters.model.phrase import PhraseGroup
from letters.spelling import did_you_mean

NEVER_SAID = rule(
    "never-said",
    Severity.ERROR,
    "Some sentences do harm in a letter of this kind, and it cannot be taken back once it is read.",
)
BETTER_NOT_SAID = rule(
    "better-not-said",
    Severity.WARNING,
    "Some words may be meant well and still read as a reproach, a threat or a hint.",
)
UNKNOWN_GROUP = rule(
    "kind-never",
    Severity.ERROR,
    "A kind that names phrases nobody has listed is not searched for them.",
)

_Found = tuple[PhraseGroup, phrases.Hit]


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Search subject and sections for the phrases that the kind, or any letter to a client, never says."""
    yield from _unknown(facts)
    known = names(facts, text.everything)
    for where, said, place in _parts(facts, text):
        found = [(group, hit) for group in _groups(facts) for hit in outside_names(said, known, group.listed)]
        for group, hit in _whole(found):
            yield _said(facts, group, where, hit, place)


def _unknown(facts: Facts) -> Iterator[Finding]:
    known = list(phrases.groups(facts.language) or phrases.groups("en"))
    for number, name in enumerate(facts.spec.never):
        if name not in known:
            yield UNKNOWN_GROUP.finding(
                f"There is no group of phrases {name!r}.",
                did_you_mean(name, known, f"There are: {', '.join(known)}."),
                facts.kind_file.place(f"never[{number}]"),
            )


def _groups(facts: Facts) -> list[PhraseGroup]:
    """The groups that hold for this letter."""
    return [
        group
        for name, group in phrases.groups(facts.language).items()
        if name in facts.spec.never or (group.always and facts.spec.to == "client")
    ]


def _parts(facts: Facts, text: Text) -> Iterator[tuple[str, str, Place]]:
    """What the letter says, part by part: which, the text, and where its kind has it."""
    yield "The subject", text.subject, facts.kind_file.place("title")
    numbers = {spec.id: number for number, spec in enumerate(facts.spec.sections)}
    for section in text.sections:
        path = f"sections[{numbers[section.says]}]" if section.says in numbers else "sections"
        yield f"The section {section.says}", section.text, facts.kind_file.place(path)


def _whole(found: list[_Found]) -> Iterator[_Found]:
    """Leave out what was found within something longer, or twice."""
    told: list[str] = []
    for group, hit in sorted(found, key=lambda one: -len(one[1].written)):
        if not any(hit.written in longer for longer in told):
            told.append(hit.written)
            yield group, hit


def _said(facts: Facts, group: PhraseGroup, where: str, hit: phrases.Hit, place: Place) -> Finding:
    rule = NEVER_SAID if group.severity == "error" else BETTER_NOT_SAID
    written = place_of(facts, lambda said: any(phrases.find(said, [hit.phrase])))
    found = rule.finding(f"{where} says “{hit.written}”. {group.why}", group.instead, written or place)
    return replace(found, authority=group.authority or "")
