"""What letter is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class KeptCase:
    """A case as the register has it: its number, its text as a case file, and the digest of what it says."""

    number: str
    text: str
    digest: str

    def __str__(self) -> str:
        return self.number


@dataclass(frozen=True)
class RowCase:
    """A case as a row of a table tells it, laid over what the register has of it.

    `row` is where it stands, such as `row 17`, and `data` the tree of texts that a case file would hold.
    """

    number: str
    table: str
    row: str
    data: Mapping[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.number} ({self.row})"


@dataclass(frozen=True)
class Order:
    """What letter is wanted, and about which case: a file, standard input, a row, or one of the register."""

    kind: str
    case: Path | Literal["-"] | KeptCase | RowCase
    dated: date
    draft: bool
    practice: Path | None = None
    to: str | None = None
    language: str | None = None
    large_print: bool = False
    encoding: str | None = None  # of the case
    file_copy: bool = False  # also for a draft
    asked_on: date | None = None  # the day of the asking, where the letter's date may be another
    is_approved: bool = False  # the date is the one it was approved with
    envelope: str | None = None  # where it is not the practice's own
    # The personal part in the letter's language, by section, in the place of what the case has.
    words: Mapping[str, str] | None = field(default=None, repr=False)

    @property
    def known_on(self) -> date:
        """The day on which it is decided who may get it: a letter may leave some days after its date."""
        return max(self.dated, self.asked_on or self.dated)

    @property
    def case_file(self) -> Path | None:
        """The file of the case, where it is one."""
        return self.case if isinstance(self.case, Path) else None
