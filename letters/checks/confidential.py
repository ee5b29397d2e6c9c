"""Whether anything confidential stands in the letter after all.

Templates are never given confidential fields, but people write: into the personal words, the
name of a document, what a referral asks. So the finished text is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Place, Severity, rule
from letters.model.case import Reachable

RUN = 4  # as many words in a row of a longer note are no coincidence
SHORT = 3  # a value of at most so many words is searched for as a whole
LONG_WORD = 7  # letters; words this long carry the meaning of a note

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
OTHER_PERSON = rule(
    "other-person",
    Severity.ERROR,
    "A letter shows nobody else's address, phone or email, not even to their family.",
    "45 CFR 164.522(b), confidential communications",
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

Secret = tuple[str, str, Place]  # what the field is called, its value, where it stands


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Search the finished text for what must not be in it; findings never repeat the value."""
    for name, value, place in _secrets(facts):
        if _holds(text.everything, value):
            yield _leak(text, name, value, place)
        elif _hinted(facts, value):
            yield CONFIDENTIAL_WORD.finding(
                f"The personal part of the letter uses a word of the confidential field {name}.",
                "Read it as a stranger would, and choose another word if it gives something away.",
                place,
            )
    yield from _others(facts, text)
    if re.search(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)", text.everything):
        message = "The letter holds what looks like a social security number."
        yield IDENTITY_NUMBER.finding(
            message, "Remove it from the case, or leave out the digits.", facts.in_case("words")
        )
    reason = facts.case.ending.reason if facts.case.ending else None
    if reason and "_" in reason and reason in text.everything:
        message = "The letter prints the code of the reason for ending."
        yield REASON_CODE.finding(message, "Say it in words, or not at all.", facts.in_case("ending.reason"))


def _secrets(facts: Facts) -> Iterator[Secret]:
    for field in ("diagnosis", "notes", "suspicion"):
        if value := getattr(facts.case.confidential, field):
            yield f"`{field}` of the case", value, facts.in_case(f"confidential.{field}")
    for person, entry in facts.practice.people.items():
        for field in ("leaving", "notes"):
            if value := getattr(entry.confidential, field):
                place = facts.in_practice(f"people.{person}.confidential.{field}")
                yield f"`{field}` of {person}", value, place


def _leak(text: Text, name: str, value: str, place: Place) -> Finding:
    where = next((section.says for section in text.sections if _holds(section.text, value)), "")
    message = f"The letter gives away the confidential field {name}"
    if where:
        message += f", in the section {where}"
    return CONFIDENTIAL.finding(
        f"{message}.", "Say it without that, in the words or fields the section prints.", place
    )


def _holds(text: str, value: str) -> bool:
    """Whether a text gives a value away: a short one as a whole, a longer one in a run of words."""
    said = _words(text)
    return any(_contains(said, part) for part in _parts(value))


def _parts(value: str) -> Iterator[list[str]]:
    for clause in re.split(r"[,;:.\n/()]+", value):
        words = _words(clause)
        if 0 < len(words) <= SHORT and len("".join(words)) > 3:
            yield words
    words = _words(value)
    yield from (words[start : start + RUN] for start in range(len(words) - RUN + 1))


def _contains(said: list[str], part: list[str]) -> bool:
    stems = [_stem(word) for word in part]
    return any(
        all(word.startswith(stem) for word, stem in zip(said[start:], stems, strict=False))
        for start in range(len(said) - len(part) + 1)
    )


def _hinted(facts: Facts, value: str) -> bool:
    """Whether a telling word of a note stands in what somebody wrote for this letter."""
    telling = [_stem(word) for word in _words(value) if len(word) >= LONG_WORD]
    written = _words(" ".join(_written(facts)))
    return any(word.startswith(stem) for stem in telling for word in written)


def _written(facts: Facts) -> Iterable[str]:
    yield from facts.case.words.values()
    request = facts.case.request
    if request is not None:
        yield from (request.asked, request.why_now, request.risk or "", request.communication or "")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _stem(word: str) -> str:
    """Cut the ending off a long word, so that `dismissed` is found in `dismissal`."""
    return word[: max(5, len(word) - 2)] if len(word) > 6 else word


def _others(facts: Facts, text: Text) -> Iterator[Finding]:
    own = set(_reach_of(facts.addressee.person)) if facts.addressee.person else set()
    digits, said = re.sub(r"\D", "", text.everything), text.everything.casefold()
    practice = re.sub(r"\D", "", facts.practice.phone + (facts.practice.records.phone or ""))
    for path, person in facts.case.everyone():
        for value in set(_reach_of(person)) - own:
            number = re.sub(r"\D", "", value) if re.fullmatch(r"[+\d\s().-]+", value) else ""
            if (
                len(number) > 6 and number[-9:] in digits and number[-9:] not in practice
            ) or value.casefold() in said:
                yield OTHER_PERSON.finding(
                    f"The letter shows how to reach {person.id}, who is not its addressee.",
                    "Remove it from the words or fields that print it.",
                    facts.in_case(path),
                )
                break


def _reach_of(person: Reachable) -> Iterator[str]:
    yield from (line for address in person.addresses for line in address.lines if len(line) > 5)
    yield from (phone.number for phone in person.phones)
    yield from (email.address for email in person.emails)
