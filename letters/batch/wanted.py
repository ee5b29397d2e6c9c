"""What a batch is to be made of, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from letters.errors import UsageError
from letters.spelling import did_you_mean
from letters.tables.names import known_names, paths_of, plain, worded

if TYPE_CHECKING:
    from letters.caseload.reported import FileOrStdin
    from letters.register.queries import Filter

Sort = Literal["row", "name", "postcode"]
_CONDITION = re.compile(r"\s*(.+?)\s*(!=|=)\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True)
class Condition:
    """A value that a case must have, or must not have; compared without regard to case."""

    name: str
    path: tuple[str | int, ...]
    value: str
    is_equal: bool

    def holds(self, data: object) -> bool:
        """Whether it holds for the tree of texts of a case; what is not said is empty."""
        for step in self.path:
            try:
                data = data[step]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                data = ""
        said = data.strip().casefold() if isinstance(data, str) else ""
        return (said == self.value.casefold()) is self.is_equal


def condition(text: str, columns: Mapping[str, str]) -> Condition:
    """Read COLUMN=VALUE or COLUMN!=VALUE; `columns` are the practice's own names of columns.

    Raises UsageError for anything else.
    """
    found = _CONDITION.fullmatch(text)
    own = {plain(name): stands_for for name, stands_for in columns.items()}
    paths = paths_of(own.get(plain(found[1]), found[1])) if found else []
    if found is None:
        raise UsageError(
            f"{text!r} is no condition.", "Write COLUMN=VALUE or COLUMN!=VALUE, such as clinician=sam-rivera."
        )
    if not paths:
        raise UsageError(
            f"There is no column {found[1]!r} to choose by.",
            did_you_mean(worded(found[1]), known_names(), "`letters columns KIND` lists the columns."),
        )
    return Condition(found[1], tuple(paths[0]), found[3], found[2] == "=")


@dataclass(frozen=True)
class Given:
    """Where the cases are: in files, or in the register, with rows of tables laid over them."""

    files: Sequence[FileOrStdin] = ()
    register: Filter | None = None
    encoding: str | None = None
    sheet: str | None = None
    ignore_columns: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which letters are wanted. `limit` is how many of them at most."""

    kind: str
    given: Given
    dated: date
    asked_on: date
    language: str | None = None
    large_print: bool = False
    accepted: Mapping[str, str] = field(default_factory=dict)
    conditions: Sequence[Condition] = ()
    limit: int | None = None
    sort: Sort = "row"
    is_resumed: bool = False  # its letters keep the date on which it was begun

    def is_meant(self, data: Mapping[str, Any] | object) -> bool:
        """Whether a case is among those that are wanted."""
        return all(one.holds(data) for one in self.conditions)
