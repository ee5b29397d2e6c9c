"""People who seem to be in the register already, under another number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

from letters.caseload.doubts import shared
from letters.caseload.reported import Reported
from letters.checks.homes import same_home
from letters.checks.likeness import words
from letters.findings import Finding, Severity, rule
from letters.model.case import Case
from letters.model.people import Client
from letters.model.validation import validate
from letters.register import queries

if TYPE_CHECKING:
    from letters.register.store import Connection

ENTERED_TWICE = rule(
    "entered-twice",
    Severity.WARNING,
    "Somebody who is entered twice is silent in one of the two cases, and gets letters that are not meant "
    "for them.",
)
Key = tuple[str, tuple[str, ...]]


def find(connection: Connection | None, new: Sequence[Reported]) -> Iterator[Finding]:
    """Say which new cases look like one that is known, or like an earlier new one."""
    if not new:
        return
    wanted = {key_of(one.case) for one in new}
    found = known(connection, wanted) if connection else {}
    earlier: dict[Key, list[Case]] = defaultdict(list)
    for one in new:
        key = key_of(one.case)
        kept = (case_of(connection, number) for number in found.get(key, ()))
        for other in (*filter(None, kept), *earlier[key]):
            if other.case != one.case.case and is_one_person(one.case, other):
                yield finding(one, other)
        earlier[key].append(one.case)


def finding(one: Reported, other: Case) -> Finding:
    """Say that a case looks like another."""
    told = "".join(f" {text}" for text in dict.fromkeys(_contradictions(one.case, other)))
    return ENTERED_TWICE.finding(
        f"{one.case.case} and {other.case} seem to be the same {one.case.relationship} case: the same names, "
        f"and the same birth date or address.{told}",
        f"If they are, enter one only; of two that are entered make one: letters case merge {one.case.case} "
        f"--into {other.case}",
        one.place("case"),
    )


def contradict(one: Case, other: Case) -> bool:
    """Whether two cases of one person say otherwise what is safe."""
    return any(True for _ in (*_contradictions(one, other), *_contradictions(other, one)))


def _contradictions(one: Case, other: Case) -> Iterator[str]:
    """Where one of two cases says that something is safe, and the other that it is not."""
    for a, b in product(one.clients, other.clients):
        if not (same_name(a.name, b.name) and _is_alike(a, b)):
            continue
        if a.no_contact != b.no_contact:
            strict = one if a.no_contact else other
            yield f"They contradict each other: only {strict.case} says that nobody may contact {a.id}."
        for what, this, that in shared(a, b):
            if {this.safe, that.safe} == {True, False}:
                yes, no = (one, other) if this.safe else (other, one)
                told = f"the same {what} of {a.id} is safe in {yes.case}, and not in {no.case}"
                yield f"They contradict each other: {told}."


def known(connection: Connection, wanted: set[Key]) -> Mapping[Key, list[str]]:
    """The numbers of the cases in the register that have one of these keys."""
    found = defaultdict(list)
    for number, relationship, names in queries.called(connection):
        key = _key(relationship, [names])
        if key in wanted:
            found[key].append(number)
    return found


def case_of(connection: Connection | None, number: str) -> Case | None:
    """A case as it was entered, without its contacts."""
    return validate(Case, queries.data(connection, number))[0] if connection else None


def key_of(case: Case) -> Key:
    """What all cases of the same people have in common."""
    return _key(case.relationship, [client.name for client in case.clients])


def _key(relationship: str, names: Iterable[str]) -> Key:
    """What two cases of the same people have in common, in whatever order their names are written."""
    return relationship, tuple(sorted(word for name in names for word in words(name)))


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, in whatever order their words are written."""
    folded = sorted(words(one)), sorted(words(other))
    return folded[0] == folded[1] if all(folded) else one.strip() == other.strip()


def is_one_person(one: Case, other: Case) -> bool:
    """Whether a client of one case seems to be a client of another."""
    pairs = product(one.clients, other.clients)
    return any(same_name(a.name, b.name) and _is_alike(a, b) for a, b in pairs)


def _is_alike(one: Client, other: Client) -> bool:
    if one.born and other.born:
        return one.born == other.born
    return any(same_home(a, b) for a, b in product(one.addresses, other.addresses))
