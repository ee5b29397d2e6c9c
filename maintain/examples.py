"""Which letter each example gives, from `examples/letters.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from letters.letter import Letter, Written, make, write
from letters.order import Order

EXAMPLES = Path(__file__).parents[1] / "examples"
TODAY = date(2026, 11, 22)  # the day the examples' dates belong to
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Example:
    """A letter about an example: the kind, to whom, and on how many pages in each language."""

    case: str
    kind: str
    pages: dict[str, int]  # by the languages it is tried in
    to: str | None = None
    dated: date = TODAY
    large_print: bool = False

    def __str__(self) -> str:
        words = [Path(self.case).name, self.kind, self.to, "large" if self.large_print else ""]
        return "-".join(word for word in words if word)

    def order(self, language: str, *, draft: bool = False) -> Order:
        """Order the letter in a language; in English, in the English of the practice."""
        office, _, number = self.case.partition("/")
        file = EXAMPLES / office / "cases" / f"{number}.yaml"
        usual = _usual_language(office)
        language = usual if usual.startswith(f"{language}-") else language
        return Order(
            self.kind, file, self.dated, draft, to=self.to, language=language, large_print=self.large_print
        )

    def write(self, language: str) -> Written:
        """Write the letter. Raises ValueError where something is found."""
        written, findings = write(self.order(language))
        if written is None or findings:
            raise ValueError(f"{self} in {language}: {findings}")
        return written

    def make(self, language: str) -> Letter:
        """Make the letter. Raises ValueError where something is found."""
        letter, findings = make(self.order(language))
        if letter is None or findings:
            raise ValueError(f"{self} in {language}: {findings}")
        return letter


@cache
def _usual_language(office: str) -> str:
    """The language of an example's practice, with its country where it names one."""
    practice = yaml.load((EXAMPLES / office / "practice.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return str(practice["language"])


@cache
def examples() -> list[Example]:
    """Every letter the examples give, in the order of the file."""
    rows = yaml.load((EXAMPLES / "letters.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return [_example(row) for row in rows]


def _example(row: dict[str, Any]) -> Example:
    pages = row["pages"] if isinstance(row["pages"], dict) else dict.fromkeys(LANGUAGES, row["pages"])
    return Example(
        case=row["case"],
        kind=row["kind"],
        pages={language: int(count) for language, count in pages.items()},
        to=row.get("to"),
        dated=date.fromisoformat(row["dated"]) if "dated" in row else TODAY,
        large_print=row.get("print") == "large",
    )


def first_of_each_kind() -> dict[str, Example]:
    """The example that shows a kind, by the kind's id."""
    return {example.kind: example for example in reversed(examples())}
