"""What is confidential in a letter's data, and whether a text gives it away."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from unicodedata import normalize

from letters.checks import likeness
from letters.checks.abbreviations import Abbreviation, abbreviations
from letters.checks.common_words import COMMON
from letters.facts import Facts
from letters.findings import Place

RUN = 4  # as many words of a note in a row, not all of them common, are no coincidence
TELLING = 4  # letters; shorter words say little by themselves
LONG_WORD = 7  # letters; words this long carry the meaning of a note
_CLAUSE = re.compile(r"[,;:.\n/()、。]+")
_CLAUSE_LETTERS = 10  # a short clause of a note with fewer is found in any letter
_SPACELESS_LETTERS = 5  # the same for scripts without spaces


@dataclass(frozen=True)
class Secret:
    """A confidential value: what its field is called, and where it stands.

    A list of `terms`, as a diagnosis is, gives itself away by any of them; a note by a run of words.
    In `harmless`, such as a line of the reader's address, two letters tell nothing.
    """

    name: str
    value: str
    at: Callable[[], Place]
    terms: bool
    harmless: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.at()

    def is_told_by(self, text: str) -> bool:
        """Whether a text gives it away."""
        said = likeness.said(text)
        return (
            any(said.has_in_row(part) for part in self._gist.fragments)
            or any(said.has_split(part[0]) for part in self._gist.fragments if len(part) == 1)
            or any(short.stands_in(text, self.harmless) for short in self._gist.abbreviations)
        )

    def is_hinted_at_by(self, said: Collection[str]) -> bool:
        """Whether one of its telling words is among those of a text, in any form."""
        return any(likeness.has_form(said, of) for of in self._gist.telling)

    @property
    def _gist(self) -> Gist:
        return _gist(self.value, terms=self.terms)


class Gist:
    """What gives a confidential value away, worked out once."""

    def __init__(self, value: str, *, terms: bool) -> None:
        self.value, self.terms = value, terms

    @cached_property
    def _clauses(self) -> list[str]:
        return _CLAUSE.split(normalize("NFKC", self.value))

    @cached_property
    def fragments(self) -> list[list[str]]:
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
    def abbreviations(self) -> list[Abbreviation]:
        """The short forms by which it may be called."""
        if self.terms:
            return list(abbreviations(self.value, self._clauses))
        alone = self.value if len(likeness.words(self.value)) == 1 else ""
        return list(abbreviations(alone, [alone]))

    @cached_property
    def telling(self) -> list[str]:
        """The words of which any hints at it."""
        clauses = [likeness.words(clause) for clause in self._clauses]
        alone = [part[0] for part in clauses if len(part) == 1 and _is_telling(part[0])]
        long = [word for word in likeness.words(self.value) if len(word) >= LONG_WORD and _is_telling(word)]
        return alone + long


# Few: what the practice keeps is the same in each letter, and what a case does is soon forgotten.
@lru_cache(maxsize=8)
def _gist(value: str, *, terms: bool) -> Gist:
    return Gist(value, terms=terms)


def secrets(facts: Facts) -> Iterator[Secret]:
    """Every confidential value of the case and of the practice's people."""
    names, harmless = list(_names(facts)), tuple(_harmless(facts))
    for field in ("diagnosis", "notes", "suspicion"):
        if value := getattr(facts.case.confidential, field):
            place = partial(facts.in_case, f"confidential.{field}")
            is_note = field != "diagnosis"
            told = _without(names, value) if is_note else value
            yield Secret(f"`{field}` of the case", told, place, not is_note, harmless)
    closing = facts.practice.closing
    if closing and closing.confidential.reason:
        place = partial(facts.in_practice, "closing.confidential.reason")
        reason = closing.confidential.reason
        yield Secret("`reason` of the practice's closing", reason, place, True, harmless)
    for person, entry in facts.practice.people.items():
        if entry.new_place and not entry.new_place.may_share:
            place = partial(facts.in_practice, f"people.{person}.new_place")
            yield Secret(f"`new_place` of {person}", entry.new_place.name, place, False, harmless)
        for field in ("leaving", "notes"):
            if value := getattr(entry.confidential, field):
                place = partial(facts.in_practice, f"people.{person}.confidential.{field}")
                yield Secret(f"`{field}` of {person}", value, place, field == "leaving", harmless)


def _harmless(facts: Facts) -> Iterator[str]:
    """The lines of a letter that are addresses, or the letters after somebody's name."""
    yield from facts.practice.address.lines
    yield from facts.addressee.names
    yield from facts.addressee.address.lines if facts.addressee.address else ()
    for person in facts.practice.people.values():
        if person.credentials:
            yield f"{person.name}, {person.credentials}"
            yield f"{person.name} {person.credentials}"  # as lines of the signature


def _names(facts: Facts) -> Iterator[str]:
    """The names that a letter may hold."""
    case, practice = facts.case, facts.practice
    yield from (option.name for option in case.referrals)
    yield from (practice.name, practice.records.custodian, *facts.addressee.names)
    yield from [case.provider.organization] if case.provider else []
    yield from (name for _, person in case.everyone() for name in (person.name, person.called))
    yield from (person.name for person in practice.people.values())


def _without(names: Sequence[str], note: str) -> str:
    """A note without names; all of it if it is no more than these."""
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
