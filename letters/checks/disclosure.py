"""What is confidential in a letter's data, and whether a text gives it away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from unicodedata import normalize

from letters.checks import likeness
from letters.checks.common_words import COMMON
from letters.facts import Facts
from letters.findings import Place

RUN = 4  # as many words of a note in a row, not all of them common, are no coincidence
TELLING = 4  # letters; shorter words say little by themselves
LONG_WORD = 7  # letters; words this long carry the meaning of a note
_CLAUSE = re.compile(r"[,;:.\n/()、。]+")
_ABBREVIATION = re.compile(r"(?=.*[^\W\d])[^\W_]{2,3}")
_CLAUSE_LETTERS = 10  # a short clause of a note with fewer is found in any letter
_SPACELESS_LETTERS = 5  # the same for scripts without spaces


@dataclass(frozen=True)
class Secret:
    """A confidential value: what its field is called, and where it stands.

    A list of `terms`, as a diagnosis is, gives itself away by any of them; a note by a run of words.
    """

    name: str
    value: str
    place: Place
    terms: bool

    def is_told_by(self, text: str) -> bool:
        """Whether a text gives it away."""
        said = likeness.said(text)
        return any(said.has_in_row(part) for part in self._fragments) or any(
            re.search(rf"(?<!\w){re.escape(short)}(?!\w)", normalize("NFKC", text))
            for short in self._abbreviations
        )

    def is_hinted_at_by(self, said: Sequence[str]) -> bool:
        """Whether one of its telling words is among those of a text, in any form."""
        return any(likeness.is_form_of(word, of) for of in self._telling for word in said)

    @cached_property
    def _clauses(self) -> list[str]:
        return _CLAUSE.split(normalize("NFKC", self.value))

    @cached_property
    def _fragments(self) -> list[list[str]]:
        """The runs of words that give it away, the whole of it among them."""
        whole = likeness.words(self.value)
        clauses = [likeness.words(clause) for clause in self._clauses]
        parts = [part for part in clauses if self._gives_away(part)]
        if not set(whole) <= COMMON and (len("".join(whole)) >= TELLING or likeness.is_spaceless(whole[0])):
            parts.append(whole)
        return [*parts, *_runs(whole), *(_pairs(whole) if self.terms else ())]

    def _gives_away(self, clause: list[str]) -> bool:
        letters, telling = "".join(clause), sum(map(_is_telling, clause))
        if likeness.is_spaceless(letters):
            return self.terms or len(letters) >= _SPACELESS_LETTERS
        return telling > 0 if self.terms else telling > 1 and len(letters) >= _CLAUSE_LETTERS

    @cached_property
    def _abbreviations(self) -> list[str]:
        """Words of two or three letters: `MS` is one, the `Ms` in a name is not."""
        alone = self._clauses if self.terms else [normalize("NFKC", self.value)]
        short = [clause.strip() for clause in alone]
        return [word for word in short if _ABBREVIATION.fullmatch(word) and word.casefold() not in COMMON]

    @cached_property
    def _telling(self) -> list[str]:
        clauses = [likeness.words(clause) for clause in self._clauses]
        alone = [part[0] for part in clauses if len(part) == 1 and _is_telling(part[0])]
        long = [word for word in likeness.words(self.value) if len(word) >= LONG_WORD and _is_telling(word)]
        return alone + long


def secrets(facts: Facts) -> Iterator[Secret]:
    """Every confidential value of the case and of the practice's people."""
    for field in ("diagnosis", "notes", "suspicion"):
        if value := getattr(facts.case.confidential, field):
            place = facts.in_case(f"confidential.{field}")
            is_note = field != "diagnosis"
            told = _without_names(facts, value) if is_note else value
            yield Secret(f"`{field}` of the case", told, place, not is_note)
    closing = facts.practice.closing
    if closing and closing.confidential.reason:
        place = facts.in_practice("closing.confidential.reason")
        yield Secret("`reason` of the practice's closing", closing.confidential.reason, place, terms=True)
    for person, entry in facts.practice.people.items():
        for field in ("leaving", "notes"):
            if value := getattr(entry.confidential, field):
                place = facts.in_practice(f"people.{person}.confidential.{field}")
                yield Secret(f"`{field}` of {person}", value, place, field == "leaving")


def _without_names(facts: Facts, note: str) -> str:
    """A note without the names that a letter may hold; all of it if it is no more than these."""
    case = facts.case
    names = [option.name for option in case.referrals]
    names += [facts.practice.name, facts.practice.records.custodian, *facts.addressee.names]
    names += [case.provider.organization] if case.provider else []
    names += [name for _, person in case.everyone() for name in (person.name, person.called)]
    names += [person.name for person in facts.practice.people.values()]
    rest = note
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, ";")
    return rest if any(map(_is_telling, likeness.words(rest))) else note


def _runs(whole: list[str]) -> Iterator[list[str]]:
    """From each word on, the shortest run that holds enough words, and a long telling one or two."""
    for start in range(len(whole) - RUN + 1):
        weight = 0
        for end, word in enumerate(whole[start:], start + 1):
            weight += _is_telling(word) * (2 if len(word) >= LONG_WORD else 1)
            if weight > 1 and end - start >= RUN:
                yield whole[start:end]
                break


def _pairs(whole: list[str]) -> Iterator[list[str]]:
    yield from ([*pair] for pair in pairwise(whole) if all(map(_is_telling, pair)))


def _is_telling(word: str) -> bool:
    return len(word) >= TELLING and not word.isdigit() and word not in COMMON
