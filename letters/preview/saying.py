"""The words of the page itself, in each of its languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
USUAL = "en"
# Each language by its own name.
TONGUES = {"en": "English", "es": "Español"}
_LOCALES = {"en": "en_US", "es": "es"}


@dataclass(frozen=True)
class Hint:
    """What a personal part is called and what belongs there; in what language the hint is."""

    label: str
    text: str
    language: str


class Saying:
    """The words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in TONGUES else USUAL
        self._words: Mapping[str, Any] = _read(self.language)
        self._locale = _LOCALES[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """A sentence, with the values it names. Raises KeyError for one there is not."""
        return str(self._words[key]).format(**values)

    def hint(self, section: str, says: str) -> Hint:
        """What belongs into a section; for one of a practice's own kinds what the kind says, in English."""
        known = self._words["sections"].get(section)
        if known:
            return Hint(known[0], known[1], self.language)
        return Hint(section.replace("-", " ").capitalize(), f"{says[:1].upper()}{says[1:]}.", USUAL)

    def kind(self, kind: str, title: str) -> str:
        """The title of a kind; an own kind's as it is written."""
        return str(self._words["kinds"].get(kind, title))

    def day(self, day: date) -> str:
        """A day in words."""
        from letters.locale import dates  # takes longer to load than the server

        return dates.long_date(day, self._locale)

    def moment(self, at: datetime) -> str:
        """A day and the time of it, without its zone: everybody here has the practice's clock."""
        from letters.locale import dates

        return f"{self.day(at.date())}, {dates.clock_time(at, self._locale)}"

    def one_of(self, names: tuple[str, ...]) -> str:
        """Several names, of which any will do."""
        from letters.locale.lists import or_list

        return or_list(names, self._locale)


@cache
def _read(language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return words
