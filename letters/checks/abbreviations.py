"""Short words in capitals and codes, such as HIV or F33.1, and whether a text holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from letters.checks import likeness
from letters.checks.common_words import COMMON, SHORT

_SHORT = re.compile(r"(?=.*[^\W\d])[^\W_]{2,3}")
_CAPITALS = re.compile(r"(?<![^\W_])[^\W_]{3,6}(?![^\W_])")
_WHOLE_WORD = re.compile(r"[^\W_]{7}")
_CODE = re.compile(r"(?<![^\W_])[A-Za-z]\d\d(?:\.?\w{1,4})?(?![^\W_])")
_BETWEEN = r"[^\w'’\n]"  # what a quick hand puts between letters; I'd and it's are words


@dataclass(frozen=True)
class Abbreviation:
    """A short word that tells something by itself, as it is written."""

    letters: str

    def stands_in(self, text: str, harmless: Sequence[str] = ()) -> bool:
        """Whether a text holds it: in any letter case, and with signs between, as far as it is no other word.

        `harmless` are the pieces of the text in which two letters are something else.
        """
        text = normalize("NFKC", text)
        if len(self.letters) > 2:
            return self._is_spread_in(text)
        for piece in harmless:
            text = text.replace(normalize("NFKC", piece), ";")
        # Two capitals before a number are a state of the United States.
        forms = {self.letters, self.letters.upper()}
        if self.letters.casefold() not in SHORT:
            forms.add(self.letters.lower())
        spread = "|".join(rf"{re.escape(form[0])}[.-]?{re.escape(form[1])}" for form in forms)
        return re.search(rf"(?<!\w)(?:{spread})(?!\w)(?!\W{{1,3}}\d{{5}})", text) is not None

    def _is_spread_in(self, text: str) -> bool:
        if self.letters.isupper() and self.letters.casefold() in SHORT:
            between = rf"(?:{_BETWEEN}|_){{0,2}}"
            spread = between.join(map(re.escape, self.letters))
            apart = rf"{_BETWEEN}{{1,2}}".join(map(re.escape, self.letters.lower()))
            return re.search(rf"(?<![^\W_])(?:{spread}|{apart})(?![^\W_])", text) is not None
        letters = "".join(likeness.words(self.letters))
        spread = rf"(?:{_BETWEEN}|_){{0,2}}".join(map(re.escape, letters))
        return re.search(rf"(?<![^\W_]){spread}(?![^\W_])", likeness.folded(text)) is not None


def abbreviations(value: str, alone: Sequence[str]) -> Iterator[Abbreviation]:
    """The abbreviations and codes of a list of terms; those of two letters only where they stand `alone`."""
    clauses = [normalize("NFKC", clause).strip() for clause in alone]
    found = {clause for clause in clauses if _SHORT.fullmatch(clause)}
    for clause in clauses:
        # Where somebody writes whole words in capitals, these are no sign of an abbreviation.
        if not (clause.isupper() and _WHOLE_WORD.search(clause)):
            found.update(word for word in _CAPITALS.findall(clause) if word.isupper())
    found.update(re.sub(r"\W", "", code) for code in _CODE.findall(normalize("NFKC", value)))
    yield from (Abbreviation(word) for word in sorted(found) if word.casefold() not in COMMON)
