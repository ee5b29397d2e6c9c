"""Who is in a caseload twice: a case in two rows, a person in two cases, two cases in one home."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from letters.caseload import doubles
from letters.caseload.doubles import Key
from letters.caseload.importing import CASE_TWICE
from letters.caseload.reported import Reported
from letters.checks.homes import same_home, short_postcode
from letters.checks.likeness import words
from letters.findings import Finding, Severity, rule
from letters.model.case import Case

if TYPE_CHECKING:
    from letters.batch.reading import Item
    from letters.batch.spool import Place, Spool
    from letters.register.store import Connection

ONE_HOME = rule(
    "one-home",
    Severity.NOTE,
    "Letters that come to one home together are seen together: whoever opens one may ask about the other.",
)

_COMPARED = 20  # cases with one address that are compared with each further one


class Doubles:
    """Remembers of each case what tells it from others, and keeps the cases themselves in the spool."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._rows: dict[str, list[tuple[Item, list[int]]]] = defaultdict(list)
        self._people: dict[Key, dict[str, Place]] = defaultdict(dict)
        self._homes: dict[tuple[str, ...], dict[str, Place]] = defaultdict(dict)

    def add(self, item: Item, numbers: list[int]) -> None:
        """Remember a case, and which letters it came to."""
        case = item.value
        if item.number:
            # What a row says is not needed any more, and a caseload has many.
            self._rows[item.number].append((_without_data(item), numbers))
        if case is None:
            return
        if case.case in self._people[doubles.key_of(case)]:
            return
        place = self._spool.keep(pickle.dumps(case))
        self._people[doubles.key_of(case)][case.case] = place
        for home in _homes(case):
            self._homes[home][case.case] = place

    def found(self, connection: Connection | None) -> Iterator[tuple[int, Finding]]:
        """Each letter with what was found about it."""
        yield from self._twice()
        yield from self._one_person(connection)
        yield from self._one_home()

    def _twice(self) -> Iterator[tuple[int, Finding]]:
        for rows in self._rows.values():
            for (one, letters), (other, others) in combinations(rows, 2):
                if one.to and other.to and one.to != other.to:
                    continue  # a row for each letter
                for item, before, numbers in ((one, other, letters), (other, one, others)):
                    message = f"Case {item.number} is here twice: also at {before.source}."
                    remedy = "Keep the one that holds."
                    yield from (
                        (no, CASE_TWICE.finding(message, remedy, item.place("case"))) for no in numbers
                    )

    def _one_person(self, connection: Connection | None) -> Iterator[tuple[int, Finding]]:
        known = doubles.known(connection, set(self._people)) if connection else {}
        for key, cases in self._people.items():
            kept = [number for number in known.get(key, ()) if number not in cases]
            if len(cases) + len(kept) < 2:
                continue
            read = {number: self._case(place) for number, place in cases.items()}
            others = [case for number in kept if (case := doubles.case_of(connection, number))]
            for number, case in read.items():
                for other in others:
                    if doubles.is_one_person(case, other):
                        yield from self._of(number, case, other)
                        if doubles.contradict(case, other):  # nobody knows which of the two holds
                            yield from self._of(other.case, other, case)
                        break
                others.append(case)

    def _of(self, number: str, case: Case, other: Case) -> Iterator[tuple[int, Finding]]:
        for item, numbers in self._rows.get(number, ()):
            finding = doubles.finding(Reported(case, {}, item.place), other)
            yield from ((one, finding) for one in numbers)

    def _one_home(self) -> Iterator[tuple[int, Finding]]:
        for cases in self._homes.values():
            read: list[Case] = []
            for number, place in cases.items() if len(cases) > 1 else ():
                case = self._case(place)
                # Where many live, as in a residence, one of the others stands for all.
                other = next((one for one in read[:_COMPARED] if _are_neighbors(one, case)), None)
                read.append(case)
                if other is None:
                    continue
                item, numbers = self._rows[number][0]
                message = f"Cases {other.case} and {number} have the same address."
                remedy = "See whether both letters may arrive there together."
                finding = ONE_HOME.finding(message, remedy, item.place("case"))
                yield from ((letter, finding) for letter in numbers[:1])

    def _case(self, place: Place) -> Case:
        case: Case = pickle.loads(self._spool.take(place))  # noqa: S301 - our own, from `add`
        return case


def _without_data(item: Item) -> Item:
    return type(item)(item.source, item.number, None, None, item.place, to=item.to)


def _homes(case: Case) -> Iterator[tuple[str, ...]]:
    """What addresses of one home have in common, as far as they are written alike."""
    for client in case.clients:
        for address in client.addresses:
            if address.safe:
                yield (short_postcode(address.postcode or ""), *words(address.lines[0]))


def _are_neighbors(one: Case, other: Case) -> bool:
    return not doubles.is_one_person(one, other) and _share_home(one, other)


def _share_home(one: Case, other: Case) -> bool:
    mine = [address for client in one.clients for address in client.addresses if address.safe]
    theirs = [address for client in other.clients for address in client.addresses if address.safe]
    return any(same_home(a, b) for a in mine for b in theirs)
