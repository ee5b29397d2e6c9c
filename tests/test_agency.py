"""The caseload of `examples/agency` is as planned, and the program finds in it what a second reading does."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from letters.findings import errors
from letters.letter import write
from letters.order import Order
from letters.tables import Row, open_table
from maintain import agency
from maintain.agency import ASSIGNMENTS, CLIENTS, NAMES, NAMES_IN, PLAN, Draw, Entry, Sort
from tests.support import tally
from tests.support.desk import TODAY
from tests.support.tally import Expected

PRACTICE = agency.FOLDER / "practice.yaml"
SCRIPTS = {"Arabic": "ARABIC", "Hebrew": "HEBREW", "Chinese": "CJK", "Korean": "HANGUL"}
# Mistakes that the row itself has: there is no case to write a letter of.
UNREADABLE = {"bad-value", "missing-field"}
# What concerns several rows, or an import: writing one letter cannot find it.
AMONG_ROWS = {"case-twice", "odd-postcode"}


@cache
def entries() -> list[Entry]:
    """The rows in the order of the table, each with its sort."""
    return agency.caseload(Draw())


@cache
def rows() -> list[Row]:
    """The rows as the program reads them."""
    return list(open_table(CLIENTS))


@cache
def expected(*, accepts_unconfirmed: bool) -> dict[int, list[Expected]]:
    """What must become of each row, by its number."""
    found: dict[int, list[Expected]] = {row.number: [] for row in rows()}
    for one in tally.tally(CLIENTS, accepts_unconfirmed=accepts_unconfirmed):
        found[one.row].append(one)
    return found


def planned(sort: Sort, *, accepts_unconfirmed: bool) -> Counter[tuple[str, str]]:
    """How many letters of all rows of a sort come to what, by status and code."""
    each = Counter({("issued", ""): sort.issued})
    each += Counter(("withheld", code) for code in sort.withheld)
    each += Counter(("problem", code) for code in sort.problem)
    late = ("issued", "") if accepts_unconfirmed else ("problem", "address-unconfirmed")
    each += Counter({late: sort.unconfirmed})
    return Counter({what: number * sort.rows for what, number in each.items()})


def test_the_script_gives_the_tables_as_they_are_kept() -> None:
    for file, text in agency.made().items():
        assert file.read_bytes() == text.encode(), file.name


def test_there_are_400_rows_as_many_of_each_sort_as_planned() -> None:
    assert len(rows()) == 400
    assert Counter(entry.sort.name for entry in entries()) == {sort.name: sort.rows for sort in PLAN}


@pytest.mark.parametrize("accepts_unconfirmed", [False, True])
def test_the_tally_finds_for_each_sort_what_the_plan_says(accepts_unconfirmed: bool) -> None:
    found: dict[str, Counter[tuple[str, str]]] = {sort.name: Counter() for sort in PLAN}
    outcomes = expected(accepts_unconfirmed=accepts_unconfirmed)
    for row, entry in enumerate(entries(), 2):
        found[entry.sort.name] += Counter((one.status, one.code) for one in outcomes[row])
    wanted = {sort.name: planned(sort, accepts_unconfirmed=accepts_unconfirmed) for sort in PLAN}
    assert found == wanted


def test_the_counts_that_a_batch_must_reach() -> None:
    cautious = Counter(one.status for one in tally.tally(CLIENTS, accepts_unconfirmed=False))
    accepted = Counter(one.status for one in tally.tally(CLIENTS, accepts_unconfirmed=True))
    assert cautious == {"issued": 334, "withheld": 92, "problem": 56}
    assert accepted == {"issued": 355, "withheld": 92, "problem": 35}


def test_one_person_and_one_household_under_two_numbers_are_found_as_often_as_planned() -> None:
    by_name = {sort.name: sort.rows for sort in PLAN}
    assert len(tally.same_people(CLIENTS)) == by_name["same person under two numbers"] / 2
    assert len(tally.same_households(CLIENTS)) == by_name["two cases in one household"] / 2


def test_names_are_in_eleven_languages_as_often_as_planned() -> None:
    assert len(NAMES_IN) == 11
    assert Counter(filter(None, map(language_of, entries()))) == NAMES_IN


def language_of(entry: Entry) -> str:
    """The language of the first client's name: by its script, else by the list of names."""
    name = entry.cells["client name"]
    for language, script in SCRIPTS.items():
        if name and unicodedata.name(name[0]).startswith(script):
            return language
    if name in agency.SINGLE_NAMES:
        return "English"
    families = ((one, family) for one, names in NAMES.items() for family in names[1].split())
    return next((one for one, family in families if family.replace("_", " ") in name), "")


def test_every_row_without_a_mistake_of_its_own_is_read_and_no_other() -> None:
    unread = {row.number for row in rows() if row.value is None}
    mistaken = {
        row for row, each in expected(accepts_unconfirmed=False).items() if each[0].code in UNREADABLE
    }
    assert unread == mistaken
    assert {finding.code for row in rows() for finding in row.findings} == UNREADABLE
    assert open_table(CLIENTS).findings == []


def samples() -> Iterator[tuple[str, Row, Expected]]:
    """The first row of each sort for which a letter can be written, with all that must come of it."""
    seen = set()
    outcomes = expected(accepts_unconfirmed=False)
    for entry, row in zip(entries(), rows(), strict=True):
        codes = {one.code for one in outcomes[row.number]}
        if entry.sort.name not in seen and not codes & (UNREADABLE | AMONG_ROWS):
            seen.add(entry.sort.name)
            yield from ((entry.sort.name, row, one) for one in outcomes[row.number])


def test_writing_a_letter_of_each_sort_finds_what_the_tally_does(tmp_path: Path) -> None:
    found, wanted = {}, {}
    for sort, row, one in samples():
        file = tmp_path / f"{row.number}.json"
        file.write_text(json.dumps(row.data, ensure_ascii=False), "utf-8")
        order = Order("clinician-leaving", file, TODAY, draft=False, practice=PRACTICE, to=one.to or None)
        letter, findings = write(order)
        found[sort, one.to] = [finding.code for finding in errors(findings) or findings][:1]
        wanted[sort, one.to] = [one.code] if one.code else []
        assert (letter is None) == bool(errors(findings))
    assert len(found) > 50
    assert found == wanted


def test_most_cases_have_a_new_clinician_who_stays_and_each_is_one_of_the_table() -> None:
    with ASSIGNMENTS.open(encoding="utf-8", newline="") as text:
        given = list(csv.DictReader(text))
    theirs = {entry.cells["case"] for entry in entries() if entry.cells["clinician"] == agency.LEAVING}
    assert len({one["case"] for one in given} & theirs) == len(given) == agency.ASSIGNED
    assert {one["handover to"] for one in given} == set(agency.STAYING)
    assert sum(one["handover consent signed"] != "" for one in given) == agency.CONSENTED
