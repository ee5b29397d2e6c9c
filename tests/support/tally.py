"""What must become of each row of `examples/agency/clients.csv`: a second, simple reading of the rules.

It is written from the domain brief and shares nothing with the program, so that the two can be compared. It
knows no more than the rows of that table need, and no row of it has a mistake and a reason to be withheld.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 22)
LAST_DAYS = {"dana-okafor": date(2027, 1, 15)}
STAFF = {"dana-okafor", "renate-holm", "sam-rivera", "imke-vos", "tuan-pham", "rosa-quintanal"}
STAFF |= {"bela-novak", "amir-haddad", "grace-oduya"}
LANGUAGES = ("", "en", "es")  # a letter is written in; empty is the practice's own
MAJORITY = 18
CONFIRMED_FOR = timedelta(days=90)
NEEDED = ("case", "opened", "clinician", "client name")
DATES = ("opened", "last session", "born", "died", "opted out", "confirmed")
YES_NO = ("safe", "discreet", "no contact", "barred", "danger")

Cells = dict[str, str]


@dataclass(frozen=True)
class Expected:
    """What must become of one letter, or of a row no letter comes of, where `to` is empty.

    The status is issued, withheld or problem, and `code` the rule that says why it is not issued. What is
    discreet shows the practice's other name.
    """

    row: int
    case: str
    to: str
    status: str
    code: str = ""
    is_discreet: bool = False
    language: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody in a row: the cells whose names begin with a prefix, and the id they go by."""

    cells: Cells
    prefix: str
    id: str

    def __getitem__(self, column: str) -> str:
        first = "client " if column == "name" and not self.prefix else self.prefix
        return self.cells.get(first + column, "")

    @property
    def age(self) -> int:
        """How old they are today; nobody of unknown age is taken for a minor."""
        if not self["born"]:
            return MAJORITY
        born = date.fromisoformat(self["born"])
        return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))

    def addresses(self) -> Iterator[Cells]:
        """Every address: where it is in one word, and whether it is safe, discreet and confirmed."""
        for again in ("", "2 "):
            parts = [self[f"address {again}line {line}"] for line in (1, 2)]
            far = f"address {again}" if again else ""
            home = "|".join([*parts, self[f"{far}postcode"], self[f"{far}country"]]).casefold()
            said = {
                what: self[f"address {again}{what}"].lower() for what in ("safe", "discreet", "confirmed")
            }
            if parts[0]:
                yield {"home": home, "line": parts[0]} | said

    def representatives(self) -> list[Person]:
        """Whoever is in the row as acting for them."""
        found = []
        for number in (1, 2):
            prefix = f"{self.prefix}representative {'2 ' if number == 2 else ''}"
            whose = f"{self.id}-" if self.prefix else ""
            found.append(Person(self.cells, prefix, f"{whose}representative-{number}"))
        return [one for one in found if one["name"]]


def rows_of(file: Path) -> dict[int, Cells]:
    """The rows of a table by the numbers a spreadsheet shows."""
    with file.open(encoding="utf-8", newline="") as text:
        return dict(enumerate(csv.DictReader(text), 2))


def tally(file: Path, *, accepts_unconfirmed: bool) -> list[Expected]:
    """What must become of every letter of a table."""
    rows, second = rows_of(file), _second_of_two(file)
    numbers = Counter(cells["case"] for cells in rows.values())
    found = [
        expected
        for row, cells in rows.items()
        for expected in _of_row(row, cells, numbers[cells["case"]] > 1, accepts_unconfirmed)
    ]
    return [
        replace(one, status="problem", code="entered-twice")
        if one.case in second and one.status == "issued"
        else one
        for one in found
    ]


def _second_of_two(file: Path) -> set[str]:
    """The cases of people who have an earlier row under another number."""
    cases = [cells["case"] for cells in rows_of(file).values()]
    return {case for same in same_people(file) for case in sorted(same, key=cases.index)[1:]}


def same_people(file: Path) -> set[frozenset[str]]:
    """The case numbers that belong to one person, told by name, birthday and address."""
    return _alike(file, lambda one: f"{one['name']}|{one['born']}|{_home(one)}" if one["born"] else "")


def same_households(file: Path) -> set[frozenset[str]]:
    """The case numbers of different people that share a home."""
    return _alike(file, _home) - same_people(file)


def _alike(file: Path, key: Callable[[Person], str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for cells in rows_of(file).values():
        if like := key(Person(cells, "", "client-1")):
            groups[like].add(cells["case"])
    return {frozenset(cases) for cases in groups.values() if len(cases) > 1}


def _home(person: Person) -> str:
    return next((one["home"] for one in person.addresses()), "")


def _of_row(row: int, cells: Cells, is_twice: bool, accepts_unconfirmed: bool) -> Iterator[Expected]:
    if mistake := "case-twice" if is_twice else _mistake(cells):
        yield Expected(row, cells["case"], "", "problem", mistake)
        return
    prefixes = ("", "client 2 ", "client 3 ", "client 4 ", "client 5 ")
    clients = [Person(cells, prefix, f"client-{number}") for number, prefix in enumerate(prefixes, 1)]
    clients = [one for one in clients if one["name"]]
    everyone = [*clients, *(one for client in clients for one in client.representatives())]
    for client in clients:
        addressees = [client] if client.age >= MAJORITY else _acting(client)
        if not addressees:
            yield Expected(row, cells["case"], client.id, "withheld", "no-representative")
        for person in addressees:
            # The one who lives on is told by hand.
            withheld = "deceased" if any(one["died"] for one in clients) else _stopped(person, everyone)
            yield _expected(row, person, withheld, accepts_unconfirmed)


def _mistake(cells: Cells) -> str:
    """Why nobody can tell from a row what is to be written; empty where all is well."""
    filled = {name: cell for name, cell in cells.items() if cell}
    if not all(filled.get(name) for name in NEEDED):
        return "missing-field"
    if not all(_is_date(cell) for name, cell in filled.items() if name.endswith(DATES)):
        return "bad-value"
    if any(name.endswith(YES_NO) and cell.lower() not in ("yes", "no") for name, cell in filled.items()):
        return "bad-value"
    if cells["clinician"] not in LAST_DAYS:
        return "missing-data" if cells["clinician"] in STAFF else "unknown-person"
    if any(name.endswith("language") and cell not in LANGUAGES for name, cell in filled.items()):
        return "language"
    return _contradiction(cells) or _odd_postcode(cells)


def _contradiction(cells: Cells) -> str:
    booked = cells["appointment at"][:10]
    if booked and date.fromisoformat(booked) > LAST_DAYS[cells["clinician"]]:
        return "appointment-after-end"
    if cells["last session"] and cells["last session"] < cells["opened"]:
        return "dates-disagree"
    is_childs = cells["representative relation"] in ("parent", "guardian")
    return "age-unknown" if is_childs and not cells["born"] else ""


def _odd_postcode(cells: Cells) -> str:
    is_odd = cells["country"] == "US" and not re.fullmatch(r"\d{5}(-\d{4})?", cells["postcode"])
    return "odd-postcode" if is_odd else ""


def _is_date(cell: str) -> bool:
    try:
        return str(date.fromisoformat(cell)) == cell
    except ValueError:
        return False


def _acting(client: Person) -> list[Person]:
    """Those with authority over a minor; never one whom an order bars."""
    relations = ("parent", "guardian")
    return [
        one for one in client.representatives() if one["relation"] in relations and one["barred"] != "yes"
    ]


def _stopped(person: Person, everyone: list[Person]) -> str:
    """Why nothing may be sent to somebody; empty where it may."""
    safe = next((one for one in person.addresses() if one["safe"] == "yes"), None)
    if person["no contact"] == "yes" or safe is None:
        return "safe-contact"
    others = [one for one in everyone if one["no contact"] == "yes" or one["barred"] == "yes"]
    unsafe = [one["home"] for one in person.addresses() if one["safe"] == "no"]
    unsafe += [one["home"] for other in others for one in other.addresses()]
    if safe["home"] in unsafe:
        return "safe-contact"
    log = {name: person.cells[f"contact {name}"] for name in ("outcome", "used", "came back")}
    is_back = log["outcome"] == "returned" and log["came back"] > safe["confirmed"]
    return "route-failed" if is_back and log["used"] == safe["line"] else ""


def _expected(row: int, person: Person, withheld: str, accepts_unconfirmed: bool) -> Expected:
    case = person.cells["case"]
    if withheld:
        return Expected(row, case, person.id, "withheld", withheld)
    safe = next(one for one in person.addresses() if one["safe"] == "yes")
    is_old = not safe["confirmed"] or TODAY - date.fromisoformat(safe["confirmed"]) > CONFIRMED_FOR
    if is_old and not accepts_unconfirmed:
        return Expected(row, case, person.id, "problem", "address-unconfirmed")
    language = person["language"] or "en"
    return Expected(row, case, person.id, "issued", "", safe["discreet"] != "no", language)
