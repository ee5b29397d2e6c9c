"""How the cases of a batch were when their letters were issued: what is as it was is not written again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from letters import approval, kinds
from letters.files import publish
from letters.gathering import read_practice
from letters.register.chain import canonical

if TYPE_CHECKING:
    from letters.office import Office

STATE = "seen.json"
OF_REGISTER = "register"  # in the place of the digest of a row


@dataclass(frozen=True)
class Look:
    """The last entry about a case, the digest of its row, and to whom its letters are."""

    changed: int
    row: str
    addressees: tuple[str, ...]


@dataclass
class Seen:
    """How each case was, and the digest of all that surrounds them."""

    around: str = ""
    cases: dict[str, Look] = field(default_factory=dict)


def digest_of(data: object, to: str | None) -> str:
    """The digest of what a row says."""
    return sha256(canonical([data, to]).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def around(kind: str, office: Office) -> str:
    """The digest of all that a letter is made from besides its case; empty where it cannot be told."""
    practice, known = read_practice(office.file).document, kinds.find(kind, office.own_kinds).document
    jurisdiction = office.jurisdiction()
    if practice is None or known is None or jurisdiction is None:
        return ""
    parts = approval.surroundings(practice, known, jurisdiction)
    files = {text for one in office.practice.enclosures.values() for text in one.file.values()}
    enclosed = [[name, _digest(office.folder / name)] for name in sorted(files)]
    return sha256(canonical([parts, enclosed]).encode()).hexdigest()


def _digest(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def read(out: Path) -> Seen:
    """What an earlier run noted down; nothing where it did not, or the file is damaged."""
    try:
        told = json.loads((out / STATE).read_text("utf-8"))
        cases = {
            number: Look(one[0], one[1], tuple(map(str, one[2]))) for number, one in told["cases"].items()
        }
        return Seen(told["around"], cases)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return Seen()


def keep(out: Path, around_it: str, looks: Mapping[str, Look]) -> None:
    """Note down how cases are. Raises MachineError where that cannot be written."""
    cases = {number: [one.changed, one.row, one.addressees] for number, one in looks.items()}
    publish(out / STATE, json.dumps({"around": around_it, "cases": cases}).encode())
