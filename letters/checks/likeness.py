"""Whether two texts read the same, however they are written.

Letter case, accents, spacing, punctuation, invisible signs and look-alikes from other alphabets
make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, decimal, normalize

# Small letters of Cyrillic, Greek and phonetic alphabets, and the Latin ones they look like.
_LOOK_ALIKE = str.maketrans(
    "авеһіјкмнорсѕтухԁԛԝѵ" + "αβεικνορτυχγ" + "ıɡɑ" + "ᴀʙᴄᴅᴇꜰғɢʜɪᴊᴋʟᴍɴᴏᴘꞯǫʀꜱᴛᴜᴠᴡʏᴢ",
    "abehijkmhopcstyxdqwv" + "abeikvoptuxy" + "iga" + "abcdeffghijklmnopqqrstuvwyz",
)
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Hangul without a look


class _Look(dict[int, str]):
    """What each sign of a text in small letters looks like, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        has_look = category(sign) not in ("Mn", "Me", "Cf") and sign not in _FILLERS
        self[code] = _digit(sign).translate(_LOOK_ALIKE) if has_look else ""
        return self[code]


_LOOK = _Look()
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ENOUGH_TOGETHER = 8  # letters; fewer stand in a row by chance where a word ends in the next
_SPLIT = 5  # letters; two words are a shorter one by chance
_INFLECTED = 7  # letters; of words this long only the stem has to agree
_BETWEEN_DIGITS = r"[\W_]{0,3}"
_SUBSCRIBER = 7  # digits; what is dialed without an area code
_NATIONAL = 9  # digits that are the same with and without a country code or a trunk zero
_EXTENSION = re.compile(r"[\s,;]*(?:ext|extension|x|#|p)[\s.:=]*\d+\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """The folded words of a text; parted by spaces, and run together, for a quick look."""

    words: Sequence[str]
    spaced: str
    together: str

    def has_in_row(self, wanted: Sequence[str]) -> bool:
        """Whether words stand in a row, each in any form, or run together with nothing between them."""
        if not wanted:
            return False
        joined = "".join(wanted)
        if (len(joined) >= _ENOUGH_TOGETHER or is_spaceless(joined)) and joined in self.together:
            return True
        return all(f" {_stem(word)}" in self.spaced for word in wanted) and any(
            all(is_form_of(word, of) for word, of in zip(self.words[start:], wanted, strict=False))
            for start in range(len(self.words) - len(wanted) + 1)
        )

    def has_split(self, word: str) -> bool:
        """Whether a word stands there in two parts, as `bi-polar` does."""
        if len(word) < _SPLIT or word not in self.together:
            return False
        return any(one + other in _forms(word) for one, other in pairwise(self.words))


@lru_cache(maxsize=16)
def said(text: str) -> Said:
    """Take a text apart."""
    found = words(text)
    return Said(found, f" {' '.join(found)}", "".join(found))


@lru_cache(maxsize=256)
def folded(text: str) -> str:
    """A text as it looks to a reader who minds neither case nor accents."""
    if text.isascii():
        return text.casefold()
    return normalize("NFKD", normalize("NFKC", text).casefold()).translate(_LOOK)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return re.findall(r"[^\W_]+", folded(text))


def is_form_of(word: str, of: str) -> bool:
    """Whether a word is another one or a form of it, as `dismissal` is of `dismissed`."""
    return word in _forms(of) if len(of) < _INFLECTED else word.startswith(_stem(of))


def has_form(words: Iterable[str], of: str) -> bool:
    """Whether one of some words is another word or a form of it."""
    if len(of) < _INFLECTED:
        return not _forms(of).isdisjoint(words)
    stem = _stem(of)
    return any(word.startswith(stem) for word in words)


def is_spaceless(text: str) -> bool:
    """Whether a text is in a script that puts no spaces between words."""
    return len(text) > 1 and all(_SPACELESS.match(sign) for sign in text)


def has_name(text: str, name: str) -> bool:
    """Whether a text holds a name as a word of its own, in the letter case given or in capitals."""
    text, name = normalize("NFC", text), normalize("NFC", name)
    if _SPACELESS.search(name):
        return name in text
    forms = {name, name.upper()}
    # A pattern costs more than a look, and most names are not there.
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms if form in text)


def has_number(text: str, number: str) -> bool:
    """Whether a text holds a telephone number, with or without its country or area code."""
    digits, plain = re.sub(r"\D", "", folded(number)), folded(text)
    if not digits or digits[-_SUBSCRIBER:] not in _digits_of(plain):
        return False
    if len(digits) < _SUBSCRIBER:
        return bool(re.search(rf"(?<!\d){_spaced(digits)}(?!\d)", plain))
    # Digits just before would be another area code.
    local = rf"(?<!\d)(?<!\d[\W_])(?<!\d[\W_][\W_]){_spaced(digits[-_SUBSCRIBER:])}(?!\d)"
    return bool(re.search(rf"{_spaced(digits[-_NATIONAL:])}(?!\d)|{local}", plain))


@lru_cache(maxsize=8)
def _digits_of(plain: str) -> str:
    return re.sub(r"\D+", "", plain)


def dialed(number: str) -> str:
    """A telephone number without an extension."""
    return _EXTENSION.sub("", number)


def national(number: str) -> str:
    """The digits of a telephone number that do not depend on where the call comes from."""
    return re.sub(r"\D", "", folded(dialed(number)))[-_NATIONAL:]


def same_number(one: str, other: str) -> bool:
    """Whether two telephone numbers may be one, also where one has no area code."""
    numbers = national(one), national(other)
    shared = min(map(len, numbers))
    if shared < _SUBSCRIBER:
        return numbers[0] == numbers[1] != ""
    return numbers[0][-shared:] == numbers[1][-shared:]


def _forms(word: str) -> set[str]:
    return {word, f"{word}s", f"{word}es"}


def _stem(word: str) -> str:
    return word if len(word) < _INFLECTED else word[: max(5, len(word) - 2)]


def _digit(sign: str) -> str:
    return str(decimal(sign)) if sign.isdecimal() else sign


def _spaced(digits: str) -> str:
    return _BETWEEN_DIGITS.join(digits)
