"""What a row says under each name, as it was read, so that it can be written down again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from letters.model.secrecy import Path
from letters.sources.document import Data, field_name
from letters.tables.cells import Cell, UnusableError, cell_text
from letters.tables.header import Header, column_letters
from letters.tables.names import name_of


class Written(Protocol):
    """What was read of one row."""

    def texts(self) -> dict[str, str]:
        """The text of everything that is filled in, by its name, in order."""


@dataclass(frozen=True)
class Cells:
    """The cells of a row, below the names of the columns."""

    header: Header
    cells: Sequence[Cell]

    def texts(self) -> dict[str, str]:
        """What stands in a column without a name, or beside the table, has the letters of its column."""
        kinds = {column.index: column.kind for column in self.header.read}
        names, found = self.header.kept, {}
        for index, cell in enumerate(self.cells):
            named = names.get(index) or (self._is_beside(index) and f"column {column_letters(index)}")
            if named and (text := _as_read(cell, kinds.get(index, object))):
                found[named] = text
        return found

    def _is_beside(self, index: int) -> bool:
        return index >= len(self.header.names) or not self.header.names[index]


@dataclass(frozen=True)
class Entries:
    """The tree of a case that stands in a line of its own; `beside` are names that are none of its fields."""

    data: Data
    beside: tuple[tuple[str, str], ...] = ()

    def texts(self) -> dict[str, str]:
        """Every value by the name its column would have."""
        return dict([*self.beside, *((_named(path), text) for path, text in _leaves(self.data, ()))])


def _as_read(cell: Cell, kind: type) -> str:
    try:
        return cell_text(cell, kind)
    except UnusableError as error:
        # A number that has lost digits keeps a look that is not taken for a value.
        return error.text or (f"{cell:G}" if isinstance(cell, int | float) else str(cell).strip())


def _named(path: Path) -> str:
    try:
        return name_of(path)
    except (KeyError, AttributeError, IndexError):  # a path that no column leads to
        return field_name(path)


def _leaves(data: Data, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _leaves(value, (*path, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, (*path, number))
    elif data.strip():
        yield path, data.strip()
