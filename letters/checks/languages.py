"""Whether everything in the letter is in its reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from letters.checks import likeness
from letters.checks.text import Text
from letters.checks.written import phrases
from letters.facts import Facts
from letters.findings import Finding, Place, Severity, rule
from letters.model.texts import is_said_in

UNTRANSLATED = rule(
    "untranslated",
    Severity.WARNING,
    "A sentence in a language its reader does not have tells them nothing, and it may be the important one.",
)


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Check what was written by people, as far as this letter prints it."""
    if facts.is_copy:
        return  # the copy for the file is as English as the case allows
    everything = " ".join(text.everything.split())
    for texts, usual, place in _printed(facts):
        said = " ".join(facts.say(texts).split())
        is_words = any(sign.isalpha() for sign in said)
        if is_words and not is_said_in(texts, facts.language, usual) and likeness.has_name(everything, said):
            tag = _tag_of(facts, texts)
            yield UNTRANSLATED.finding(
                f"The letter is in {facts.language}, and this is {f'in {tag}' if tag else 'not'}.",
                f"Write it in both: {{{tag or usual}: …, {facts.language.split('-')[0]}: …}}.",
                place(),
            )


def _tag_of(facts: Facts, texts: Mapping[str, str]) -> str:
    """The language of the text that the letter says; empty where the text does not say."""
    return next(tag for tag, text in texts.items() if text == facts.say(texts))


def _printed(facts: Facts) -> Iterator[tuple[Mapping[str, str], str, Callable[[], Place]]]:
    """Every text, the language it is in where it does not say, and its place."""
    for path, texts in phrases(facts):
        yield texts, facts.usual_language, partial(facts.in_case, path)
    for path, written in _of_practice(facts):
        if written:
            yield written, facts.practice.language, partial(facts.in_practice, path)


def _of_practice(facts: Facts) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    practice = facts.practice
    yield "hours", practice.hours
    yield "booking", practice.booking
    yield "records.kept", practice.records.kept
    yield "payment.ways", practice.payment.ways if practice.payment else None
    handover = facts.case.handover
    for person in dict.fromkeys((facts.signer_id, facts.case.clinician, handover.to if handover else None)):
        if person in practice.people:
            yield f"people.{person}.role", practice.people[person].role
