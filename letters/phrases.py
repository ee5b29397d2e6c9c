"""Phrases that letters do not say, from a file for each language, and whether a text holds one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category, normalize

from letters.model.phrase import PhraseGroup, Phrases
from letters.sources import read

FOLDER = Path(__file__).parent / "templates" / "phrases"
_STOP = "|"  # stands for a sign that a phrase does not go on past, such as a comma
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """A phrase that a text holds: as listed, and as written there."""

    phrase: str
    written: str


@dataclass(frozen=True)
class _Index:
    """A list of phrases, to look up: where in it those stand that begin with a word, and where others do."""

    beginnings: tuple[str, ...]
    begun: Mapping[str, list[int]]
    others: list[int]


class _Plain(dict[int, str]):
    """What each sign is compared as: always one sign, so that places stay the same."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        base = normalize("NFKD", sign)[0].casefold()
        if not sign.isalnum():
            base = " " if sign in " -‐‑" else "'" if sign in "'’" else _STOP
        self[code] = base if len(base) == 1 else sign
        return self[code]


_PLAIN = _Plain()


def languages() -> list[str]:
    """The languages that have a list."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def groups(language: str) -> Mapping[str, PhraseGroup]:
    """The groups of phrases for a language, by their ids, the same in each; none where it has no list."""
    return _known(language.split("-")[0]).groups


def plain_words(language: str) -> Mapping[str, str]:
    """A plain word for each hard one; none where the language has no list."""
    return _known(language.split("-")[0]).plain


def find(text: str, phrases: Iterable[str]) -> Iterator[Hit]:
    """Find each phrase that a text holds, where it comes first; one in capitals only in capitals."""
    text, folded, words = _folded(text)
    listed = tuple(phrases)
    index = _index(listed)
    begun = [place for word in index.begun.keys() & words for place in index.begun[word]]
    for place in sorted((*begun, *index.others)):
        # Most phrases are in no text, so a pattern is made only for those that may be.
        if index.beginnings[place] not in folded:
            continue
        phrase = listed[place]
        written = (text[found.start() : found.end()] for found in _pattern(phrase).finditer(folded))
        found = next((said for said in written if said.isupper() or not phrase.isupper()), None)
        if found:
            yield Hit(phrase, found)


@cache
def _known(language: str) -> Phrases:
    file = FOLDER / f"{language}.yaml"
    if not file.is_file():
        return Phrases(groups={}, plain={})
    reading = read(file, Phrases)
    if reading.value is None:
        raise ValueError(f"the phrases in {file.name} have errors: {reading.findings}")
    return reading.value


@lru_cache(maxsize=256)
def _folded(text: str) -> tuple[str, str, frozenset[str]]:
    """A text without signs that have no look; the same as it is compared, sign by sign; the words of that."""
    if not text.isascii():
        text = "".join(sign for sign in normalize("NFC", text) if category(sign) != "Cf")
    text = " ".join(text.split())
    folded = text.translate(_PLAIN)
    return text, folded, frozenset(_WORD.findall(folded))


@lru_cache(maxsize=64)
def _index(listed: tuple[str, ...]) -> _Index:
    begun: dict[str, list[int]] = defaultdict(list)
    others: list[int] = []
    beginnings = tuple(map(_beginning, listed))
    for place, (phrase, beginning) in enumerate(zip(listed, beginnings, strict=True)):
        word = _WORD.match(beginning)
        is_whole = word and (word.end() < len(beginning) or "*" not in phrase)
        (begun[word[0]] if word and is_whole else others).append(place)
    return _Index(beginnings, dict(begun), others)


def _beginning(phrase: str) -> str:
    """All of a phrase, or what stands before an ending that may be any."""
    return phrase.partition("*")[0].translate(_PLAIN)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    any_ending = r"[\w']*"
    words = (re.escape(part.translate(_PLAIN)) for part in phrase.split("*"))
    return re.compile(f"(?<!\\w){any_ending.join(words)}(?!\\w)")
