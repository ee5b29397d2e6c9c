"""What became of each letter of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from letters.findings import Finding

Status = Literal["planned", "issued", "withheld", "problem", "failed"]


@dataclass(frozen=True)
class Enclosed:
    """A fixed document that goes behind a letter: its file below the batch's folder, and its pages."""

    file: str
    pages: int


@dataclass(frozen=True)
class Outcome:
    """One letter of a batch, or one row that none came of.

    `number` counts the letters as they are planned, from 1. `source` is where the case was read, as a
    person would say it: `row 17`, a file's name, or empty for a case of the register. `withheld` is who must
    not be written to, or not like this; `problem` is what can be mended in the table; `failed` is a letter
    that could not be made, which is nobody's fault at the practice. `cells` are the row as it was read, by
    the names of its columns. `route` are the lines of the address as printed. One
    that `is_held` was issued, and must not leave any more; nor must the letter that it `replaces`.
    `entry` is the register's last entry about it, where it was issued in this run.
    """

    number: int
    status: Status
    source: str
    case: str = ""
    addressee: str = ""
    letter: str = ""
    route: tuple[str, ...] = ()
    name: str = ""  # of the addressee, as lists are sorted by it
    postcode: str = ""
    country: str = ""
    envelope: str = ""
    sender: str = ""
    language: str = ""
    pages: int = 0
    sha256: str = ""
    findings: tuple[Finding, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    enclosed: tuple[Enclosed, ...] = ()
    is_held: bool = False
    is_sent: bool = False
    entry: int = 0
    replaces: str = ""
