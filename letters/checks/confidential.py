"""Whether anything confidential stands in the letter after all.

Templates are never given confidential fields, but people write: into the personal words, the
name of a document, what a referral asks. So the finished text is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from letters import reasons
from letters.checks import likeness
from letters.checks.disclosure import Secret, secrets
from letters.checks.text import Text
from letters.checks.written import place_of, written
from letters.facts import Facts
from letters.findings import Finding, Severity, rule

CONFIDENTIAL = rule(
    "confidential",
    Severity.ERROR,
    "What is confidential (a diagnosis, notes, why somebody left) never reaches a letter.",
    "45 CFR 164.502(b); APA Ethics Code 4.04",
)
CONFIDENTIAL_WORD = rule(
    "confidential-word",
    Severity.WARNING,
    "A word that stands in a confidential note and in the personal part of a letter may give the note away.",
    "45 CFR 164.502(b); APA Ethics Code 4.04",
)
IDENTITY_NUMBER = rule(
    "identity-number",
    Severity.ERROR,
    "A social security number in a letter is a stolen identity waiting to happen.",
)
REASON_CODE = rule(
    "reason-code",
    Severity.ERROR,
    "The reason for an ending is for the file; the letter says it in words of its own or not at all.",
)

# Nine digits that are not grouped are an account or a parcel as well, unless they are named.
_IDENTITY_NUMBER = re.compile(
    r"(?<!\d)\d{3}[-‐–—−./_ ]{1,3}\d{2}[-‐–—−./_ ]{1,3}\d{4}(?!\d)"
    r"|\b(?:ssn|social security|seguro social)\b[^\d]{0,30}\d(?:[-‐–—−./_ ]{0,3}\d){8}(?!\d)"
)
_WITHHELD = "What is wrong here cannot be said without repeating something confidential."


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Search the finished text for what must not be in it; findings never repeat the value."""
    kept = list(secrets(facts))
    printed = _written_words(facts, text) if kept else set()
    for secret in kept:
        if secret.is_told_by(text.everything):
            yield _leak(facts, text, secret)
        elif secret.is_hinted_at_by(printed):
            yield CONFIDENTIAL_WORD.finding(
                f"The personal part of the letter uses a word of the confidential field {secret.name}.",
                "Read it as a stranger would, and choose another word if it gives something away.",
                secret.place,
            )
    if holds_identity_number(text.everything):
        yield IDENTITY_NUMBER.finding(
            "The letter holds what looks like a social security number.",
            "Remove it from the case, or leave out the digits.",
            place_of(facts, holds_identity_number) or facts.in_case("words"),
        )
    if _holds_code(facts, text.everything):
        yield REASON_CODE.finding(
            "The letter prints the code of a reason for ending.",
            "Say it in words, or not at all.",
            place_of(facts, lambda said: _holds_code(facts, said)) or facts.in_case("ending.reason"),
        )


def discreet(facts: Facts, findings: Iterable[Finding]) -> list[Finding]:
    """Take out of findings, and out of the lines they show, whatever repeats something confidential."""
    found = list(findings)
    kept = list(secrets(facts)) if found else []
    return [_discreet(kept, finding) for finding in found]


def holds_identity_number(text: str) -> bool:
    """Whether something in a text looks like a social security number."""
    return _IDENTITY_NUMBER.search(likeness.folded(text)) is not None


def _leak(facts: Facts, text: Text, secret: Secret) -> Finding:
    where = next((f"the section {one.says}" for one in text.sections if secret.is_told_by(one.text)), "")
    if secret.is_told_by(text.subject):
        where = "the subject"
    message = f"The letter gives away the confidential field {secret.name}{', in ' if where else ''}{where}."
    return CONFIDENTIAL.finding(
        message,
        "Say it without that, in the words or fields that are printed there.",
        place_of(facts, secret.is_told_by) or secret.place,
    )


def _written_words(facts: Facts, text: Text) -> set[str]:
    """The words somebody wrote for this letter: those of the case that it prints."""
    return {word for _, said in written(facts) for word in likeness.words(said)}.intersection(
        likeness.said(text.everything).words
    )


def _holds_code(facts: Facts, text: str) -> bool:
    """Whether a text holds a code as such; one that is a single word too only where it is the case's own.

    What stays with the practice may: the closing record has to.
    """
    if facts.spec.to == "file":
        return False
    own = facts.case.ending.reason if facts.case.ending else ""
    if own and re.search(rf"(?<!\w){re.escape(own)}(?!\w)", text):
        return True
    # Most letters hold no such sign, and a look for it costs next to nothing.
    return "_" in text and _codes((*reasons.known(), own)).search(text) is not None


@lru_cache(maxsize=16)
def _codes(codes: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these codes that are more than a single word."""
    joined = "|".join(re.escape(code) for code in codes if "_" in code)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def _discreet(kept: list[Secret], finding: Finding) -> Finding:
    place = finding.place
    if place and place.excerpt and _is_telling(kept, place.excerpt):
        place = replace(place, excerpt="", length=1)
    message = _WITHHELD if _is_telling(kept, finding.message) else finding.message
    remedy = f"See `letters rules {finding.code}`." if _is_telling(kept, finding.remedy) else finding.remedy
    return replace(finding, message=message, remedy=remedy, place=place)


def _is_telling(kept: list[Secret], text: str) -> bool:
    return holds_identity_number(text) or any(secret.is_told_by(text) for secret in kept)
