"""Whether the letter says all that its kind must say, in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Place, Severity, rule
from letters.spelling import did_you_mean

MISSING = rule(
    "section-missing",
    Severity.ERROR,
    "Each section is there because the reader needs it; a letter without one is not said in full.",
)
EMPTY = rule(
    "section-empty",
    Severity.ERROR,
    "A heading or a section with nothing in it promises something and does not say it.",
)
ORDER = rule(
    "section-order",
    Severity.ERROR,
    "The order carries meaning: thanks before the ending, the ending before the practical part.",
)
UNKNOWN = rule(
    "section-unknown",
    Severity.ERROR,
    "What stands in no section of the kind is looked at by no rule.",
)
WORDS_MISSING = rule(
    "words-missing",
    Severity.ERROR,
    "Some words only a person who knows the client can write, and the letter waits for them.",
    in_draft=Severity.WARNING,
)
WORDS_UNUSED = rule(
    "words-unused",
    Severity.WARNING,
    "Words somebody wrote and the letter does not print are lost without anybody noticing.",
)


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Compare the sections of the text with those of the kind."""
    yield from _missing(facts, text)
    yield from _empty(facts, text)
    yield from _unknown(facts, text)
    yield from _order(facts, text)
    yield from _words(facts, text)


def _template(facts: Facts) -> Place:
    return facts.kind_file.place("sections")


def _missing(facts: Facts, text: Text) -> Iterator[Finding]:
    said = {section.says for section in text.sections}
    for number, spec in enumerate(facts.spec.sections):
        if spec.id not in said and not spec.optional:
            yield MISSING.finding(
                f"The letter does not say {spec.says}.",
                f'Add <section data-says="{spec.id}"> to the template, or take it out of a condition.',
                facts.kind_file.place(f"sections[{number}]"),
            )


def _empty(facts: Facts, text: Text) -> Iterator[Finding]:
    for section in text.sections:
        if not any(sign.isalnum() for sign in section.body):
            yield EMPTY.finding(
                f"The section {section.says} has nothing in it.",
                "Say it, or leave out the whole section with its heading.",
                _template(facts),
            )


def _unknown(facts: Facts, text: Text) -> Iterator[Finding]:
    known = [spec.id for spec in facts.spec.sections]
    for section in text.sections:
        if section.says not in known:
            yield UNKNOWN.finding(
                f"The kind has no section {section.says!r}.",
                did_you_mean(section.says, known, "Add it to `sections` in kind.yaml."),
                _template(facts),
            )
        elif section.inside:
            yield UNKNOWN.finding(
                f"The section {section.says} lies within the section {section.inside}.",
                "Close one before the next begins.",
                _template(facts),
            )
    if text.outside:
        yield UNKNOWN.finding(
            "Some of the letter stands in no section.",
            "Move it into the section it belongs to.",
            _template(facts),
        )


def _order(facts: Facts, text: Text) -> Iterator[Finding]:
    known = [spec.id for spec in facts.spec.sections]
    said = [section.says for section in text.sections if section.says in known]
    for earlier, later in pairwise(said):
        if known.index(later) <= known.index(earlier):
            what = "comes twice" if later == earlier else f"comes after {earlier}"
            yield ORDER.finding(
                f"The section {later} {what}.", f"The order is: {', '.join(known)}.", _template(facts)
            )


def _words(facts: Facts, text: Text) -> Iterator[Finding]:
    for gap in text.gaps:
        yield WORDS_MISSING.finding(
            f"The personal words for {gap.name} are still to be written: {gap.text.strip('[]')}.",
            f"Write a sentence or two in the case at `words: {gap.name}:`.",
            facts.in_case(f"words.{gap.name}"),
            draft=facts.draft,
        )
    yield from _unused(facts, text)


def _unused(facts: Facts, text: Text) -> Iterator[Finding]:
    with_words = [spec.id for spec in facts.spec.sections if spec.words != "none"]
    without = [spec.id for spec in facts.spec.sections if spec.words == "none"]
    for name, words in facts.case.words.items():
        near = did_you_mean(name, with_words)
        if name in with_words:
            message, remedy = (
                f"The template does not print the words for {name}.",
                f"Print `words.{name}` in it.",
            )
            is_lost = " ".join(facts.say(words).split()) not in text.everything
        else:
            message = f"This letter prints no words for {name}."
            remedy = near or f"It prints words for: {', '.join(with_words)}."
            # Other words may be for another letter about the same case.
            is_lost = bool(near) or name in without
        if is_lost:
            yield WORDS_UNUSED.finding(message, remedy, facts.in_case(f"words.{name}"))
