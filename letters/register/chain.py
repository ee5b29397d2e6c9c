"""The chain of entries: each carries the digest of the one before.

The content of an entry goes into its digest by way of a digest of its own, made with a salt. Once
content and salt are erased, the chain still holds, and nobody can find out by trying what was
written.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from letters.findings import Finding, Place, Severity, rule

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
    expected, erased, empty = Head(), set[int](), set[int]()
    for entry in entries:
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
        erased.update(_erased_by(entry))
        expected = Head(entry.seq, entry.digest)
    for seq in sorted(empty - erased):
        yield MISSING.finding(
            f"The content of entry {seq} is gone, and no erasure tells of it.", _RESTORE, place
        )
    for seq in sorted(erased - empty):
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


def _erased_by(entry: Entry) -> list[int]:
    """What an entry says was erased; an altered one may say anything."""
    if entry.event != "case-erased" or entry.body is None:
        return []
    try:
        return [int(seq) for seq in entry.content["entries"]]
    except (ValueError, KeyError, TypeError):
        return []


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
    return sha256(canonical(fields).encode()).hexdigest()


def _body_digest(salt: str | None, body: str | None) -> str:
    return sha256(f"{salt}\n{body}".encode()).hexdigest()
