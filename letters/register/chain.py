"""The chain of entries: each carries the digest of the one before.

The content of an entry goes into its digest by way of a digest of its own, made with a salt. Once
content and salt are erased, the chain still holds, and nobody can find out by trying what was
written.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any

from letters.findings import Finding, Place, Severity, rule
from letters.model.history import CaseErased

ALTERED = rule(
    "altered-entry",
    Severity.ERROR,
    "The history says who was written to, and when. "
    "An entry that was changed afterwards makes it worthless as proof.",
)
MISSING = rule(
    "missing-entry",
    Severity.ERROR,
    "Nothing is ever taken out of the history; what was told once stays told.",
)
BEGINNING = "0" * 64  # what the first entry carries


@dataclass(frozen=True)
class Entry:
    """One entry of the history.

    `at` is the moment in UTC, `by` the person of the practice or the name on this machine, `login` the name
    on the machine. `body` is the event as JSON; it and `salt` are None where the content was erased.
    """

    seq: int
    at: str
    by: str
    login: str
    event: str
    case_number: str | None
    body: str | None
    salt: str | None
    body_digest: str
    previous: str
    digest: str

    @property
    def content(self) -> dict[str, Any]:
        """The event's fields; empty where they were erased."""
        return json.loads(self.body) if self.body is not None else {}


_MAYBE = dict.fromkeys(("case_number", "body", "salt"), str | None)
# The type of each field.
ENTRY: dict[str, Any] = {field.name: str for field in fields(Entry)} | {"seq": int} | _MAYBE


@dataclass(frozen=True)
class Head:
    """The last entry: its number, 0 where there is none, and its digest."""

    seq: int = 0
    digest: str = BEGINNING


def canonical(data: object) -> str:
    """Write data as JSON in the one way that digests are made of."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def link(head: Head, at: str, by: str, login: str, event: str, case_number: str | None, body: str) -> Entry:
    """Make the entry that follows another."""
    salt = secrets.token_hex(16)
    entry = Entry(
        *(head.seq + 1, at, by, login, event, case_number, body, salt),
        body_digest=_body_digest(salt, body),
        previous=head.digest,
        digest="",
    )
    return replace(entry, digest=_digest(entry))


def faults(entries: Iterable[Entry], head: Head, place: Place) -> Iterator[Finding]:
    """Go along the chain and tell every entry that was altered, and every gap."""
    expected, erasing, empty = Head(), _Erasing(), set[int]()
    for entry in entries:
        if not _is_typed(entry):
            # Whatever follows a number that is none does not follow from the entry before.
            yield _altered(entry, "does not have the content it was entered with", place)
            continue
        if entry.seq <= expected.seq:
            yield _altered(entry, "does not stand in its place", place)
        elif entry.seq > expected.seq + 1:
            yield _gap(expected.seq + 1, entry.seq - 1, place)
        elif entry.previous != expected.digest:
            yield _altered(entry, "does not follow from the entry before it", place)
        if _digest(entry) != entry.digest:
            yield _altered(entry, "does not have the content it was entered with", place)
        elif entry.body is None and entry.salt is None:
            empty.add(entry.seq)
        elif _body_digest(entry.salt, entry.body) != entry.body_digest:
            yield _altered(entry, "does not have the content it was entered with", place)
        if not erasing.believe(entry):
            yield _altered(
                entry, "does not name all entries about the cases it tells of, and no others", place
            )
        expected = Head(entry.seq, entry.digest)
    for seq in sorted(empty - erasing.erased):
        yield MISSING.finding(
            f"The content of entry {seq} is gone, and no erasure tells of it.", _RESTORE, place
        )
    for seq in sorted(erasing.erased - empty):
        message = f"The content of entry {seq} is there, although an erasure tells that it was removed."
        yield ALTERED.finding(message, _RESTORE, place)
    if expected.seq < head.seq:
        yield _gap(expected.seq + 1, head.seq, place)
    elif expected != head:
        message = f"The last entry is not the one that the register holds to be the last, {head.seq}."
        yield ALTERED.finding(message, _RESTORE, place)


_RESTORE = (
    "Compare with a backup: `letters register backup` made it, and `letters log verify` looks at one too."
)


def _altered(entry: Entry, what: str, place: Place) -> Finding:
    about = f" about case {entry.case_number}" if entry.case_number else ""
    return ALTERED.finding(f"Entry {entry.seq} ({entry.event}{about}) {what}.", _RESTORE, place)


def _gap(first: int, last: int, place: Place) -> Finding:
    which = f"Entry {first} is" if first == last else f"The entries {first} to {last} are"
    return MISSING.finding(f"{which} missing.", _RESTORE, place)


class _Erasing:
    """Which entries were erased, as far as the entries that tell of it can be believed.

    An erasure empties whole cases. One that names less, or more, was not written by this program.
    """

    def __init__(self) -> None:
        self.erased: set[int] = set()
        self._kept: dict[str, list[int]] = {}  # the entries about each case that are not erased

    def believe(self, entry: Entry) -> bool:
        """Take note of an entry; say whether it can be believed."""
        if entry.case_number is not None:
            self._kept.setdefault(entry.case_number, []).append(entry.seq)
        if entry.event != CaseErased.name:
            return True
        numbers, named = _erased_by(entry)
        about = [seq for number in numbers for seq in self._kept.get(number, [])]
        if not about or sorted(about) != sorted(named):
            return False
        self.erased.update(about)
        for number in numbers:
            self._kept.pop(number, None)
        return True


def _erased_by(entry: Entry) -> tuple[set[str], list[int]]:
    """The cases and the entries that an entry says were erased; an altered one may say anything."""
    try:
        return {str(number) for number in entry.content["numbers"]}, [
            int(seq) for seq in entry.content["entries"]
        ]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return set(), []


def _is_typed(entry: Entry) -> bool:
    """Whether each field is of its type; a database may hold anything in any column."""
    return all(isinstance(getattr(entry, name), known) for name, known in ENTRY.items())


def _digest(entry: Entry) -> str:
    fields = [
        entry.seq,
        entry.at,
        entry.by,
        entry.login,
        entry.event,
        entry.case_number,
        entry.body_digest,
        entry.previous,
    ]
    return _sha256(canonical(fields))


def _body_digest(salt: str | None, body: str | None) -> str:
    return _sha256(f"{salt}\n{body}")


def _sha256(text: str) -> str:
    # Signs that are no text are for the database to refuse; here they are compared like any others.
    return sha256(text.encode(errors="surrogatepass")).hexdigest()
