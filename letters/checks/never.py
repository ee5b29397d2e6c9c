"""Whether the letter says what one of its kind never says: blame, promises, threats, hints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

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

NOT_SEARCHED = rule(
    "not-searched",
    Severity.NOTE,
    "Words that do harm are known in some languages only; in another, nothing but a reader finds them.",
)

_KINDS = "kinds"  # the folder beside the practice file where its own words lie
RESIGNED = "resigned"  # may be said with the permission of whoever leaves

_Found = tuple[PhraseGroup, phrases.Hit]


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Search all that is said for the phrases that the kind, or any letter to a client, never says."""
    yield from _unknown(facts)
    yield from _not_searched(facts)
    known = names(facts, text.everything)
    group_of = _listed(facts)
    for where, said, place in _parts(facts, text):
        found = [(group_of[hit.phrase], hit) for hit in outside_names(said, known, group_of)]
        for group, hit in _whole(found):
            yield _said(facts, group, where, hit, place())


def _unknown(facts: Facts) -> Iterator[Finding]:
    known = list(phrases.groups(facts.language) or phrases.groups("en"))
    for number, name in enumerate(facts.spec.never):
        if name not in known:
            yield UNKNOWN_GROUP.finding(
                f"There is no group of phrases {name!r}.",
                did_you_mean(name, known, f"There are: {', '.join(known)}."),
                facts.kind_file.place(f"never[{number}]"),
            )


def _not_searched(facts: Facts) -> Iterator[Finding]:
    if not phrases.groups(facts.language) and _groups(facts, "en"):
        yield NOT_SEARCHED.finding(
            f"No phrase is known in the language {facts.language}, so this letter is searched for none.",
            "Have it read by somebody who speaks the language, for blame, promises, threats and hints.",
            facts.kind_file.place("never" if facts.spec.never else "title"),
        )


def _groups(facts: Facts, language: str) -> list[PhraseGroup]:
    """The groups that hold for this letter, in a language."""
    return [group for name, group in phrases.groups(language).items() if _holds(facts, name, group)]


def _listed(facts: Facts) -> dict[str, PhraseGroup]:
    """The phrases to search for, each with its group; one that two groups have belongs to the first."""
    found: dict[str, PhraseGroup] = {}
    for group in _groups(facts, facts.language):
        for phrase in group.listed:
            found.setdefault(phrase, group)
    return found


def _holds(facts: Facts, name: str, group: PhraseGroup) -> bool:
    if name == RESIGNED and facts.may_say_resigned:
        return False
    return name in facts.spec.never or (group.always and facts.spec.to == "client")


def _parts(facts: Facts, text: Text) -> Iterator[tuple[str, str, Callable[[], Place]]]:
    """What the letter says, part by part: which, the text, and where its kind has it."""
    yield "The subject", text.subject, partial(facts.kind_file.place, "title")
    numbers = {spec.id: number for number, spec in enumerate(facts.spec.sections)}
    for section in text.sections:
        path = f"sections[{numbers[section.says]}]" if section.says in numbers else "sections"
        yield f"The section {section.says}", section.text, partial(facts.kind_file.place, path)
    # Each line by itself, as a phrase does not begin on one and end on another.
    yield "The letter around its text", " | ".join(text.around), partial(_wording, facts)


def _wording(facts: Facts) -> Place:
    """The practice's own words around a letter, if it has any; else its file."""
    folder = Path(facts.practice_file.source.name).parent / _KINDS
    tags = (facts.language, facts.language.split("-")[0])
    own = next((file for tag in tags if (file := folder / f"{tag}.yaml").is_file()), None)
    return Place(str(own)) if own else facts.in_practice("")


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
