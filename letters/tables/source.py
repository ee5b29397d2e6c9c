"""What every sort of table gives: names in a first row, and rows of cells below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from letters.findings import Finding
from letters.tables.cells import Cell


@dataclass(frozen=True)
class Record:
    """The cells of a row with its number; and what is wrong with the whole of it, so that it is not read."""

    number: int
    cells: Sequence[Cell] = ()
    trouble: Finding | None = None


class Source(Protocol):
    """A table before anything is known of cases."""

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the table as a whole."""

    @property
    def header(self) -> Record | None:
        """The first row that is not empty; None where all are."""

    def records(self) -> Iterator[Record]:
        """The rows below the header, from the first one, each time it is asked."""
