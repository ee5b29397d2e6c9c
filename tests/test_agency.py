"""The caseload of `examples/agency` is as planned, and the program finds in it what a second reading does."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from letters.findings import errors
from letters.letter import write
from letters.order import Order
from letters.tables import Row, open_table
from maintain import agency
from maintain.agency import ASSIGNMENTS, CLIENTS, NAMES, NAMES_IN, PLAN, Draw, Entry, Sort
from tests.support import tally
from tests.support.caseloads import surroundings
from tests.support.desk import TODAY
from tests.support.tally import Expected

PRACTICE = agency.FOLDER / "practice.yaml"
SCRIPTS = {"Arabic": "ARABIC", "Hebrew": "HEBREW", "Chinese": "CJK", "Korean": "HANGUL"}
# Mistakes that the row itself has: there is no case to write a letter of.
UNREADABLE = {"bad-value", "missing-field"}
# What concerns several rows, or an import: writing one letter cannot find it.
FIRST = 50  # rows whose letters are made in truth; the others are checked only
AMONG_ROWS = {"case-twice", "entered-twice", "odd-postcode"}


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
    if sort.of_second:
        first, second = replace(sort, rows=sort.rows // 2, of_second=()), Counter(sort.of_second)
        later = Counter({("problem", code): number * first.rows for code, number in second.items()})
        return planned(first, accepts_unconfirmed=accepts_unconfirmed) + later
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
    assert cautious == {"issued": 330, "withheld": 92, "problem": 60}
    assert accepted == {"issued": 351, "withheld": 92, "problem": 39}


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


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example, to write from."""
    return Path(shutil.copytree(agency.FOLDER, tmp_path_factory.mktemp("agency") / "office"))


@pytest.fixture(scope="module")
def checked(office: Path) -> dict[str, Any]:
    """What a batch of all 400 rows finds before it would make anything."""
    ran = batch(office, "--dry-run", "--json")
    assert ran.returncode == 1, ran.stderr
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


def batch(office: Path, *options: str, table: str = "clients.csv") -> subprocess.CompletedProcess[str]:
    """Run the batch in the folder of the practice."""
    return subprocess.run(
        [sys.executable, "-m", "letters", "batch", "clinician-leaving", table, *options],
        cwd=office,
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def differing(report: dict[str, Any], wanted: list[Expected]) -> list[tuple[Expected, object]]:
    """The letters of which a report says otherwise than the tally."""
    given: dict[int, dict[str, tuple[str, set[str]]]] = defaultdict(dict)
    for one in report["letters"]:
        codes = {found["code"] for found in one["findings"] if found["severity"] != "note"}
        status = one["status"].replace("planned", "issued")
        given[int(one["source"].removeprefix("row "))][one["addressee"]] = status, codes
    assert sum(map(len, given.values())) == len(report["letters"]) == len(wanted)
    # Of a row with a mistake the tally names no addressee.
    pairs = [(one, given[one.row].get(one.to) or next(iter(given[one.row].values()))) for one in wanted]
    return [
        (one, (status, codes))
        for one, (status, codes) in pairs
        if status != one.status or (one.code not in codes if one.code else codes)
    ]


def test_a_batch_comes_to_what_the_tally_says_of_every_letter(checked: dict[str, Any]) -> None:
    assert checked["counts"] == {"planned": 330, "withheld": 92, "problem": 60}
    assert differing(checked, tally.tally(CLIENTS, accepts_unconfirmed=False)) == []


def test_a_batch_tells_of_households_as_often_as_planned(checked: dict[str, Any]) -> None:
    told = [found["code"] for one in checked["letters"] for found in one["findings"]]
    assert told.count("one-home") == len(tally.same_households(CLIENTS))


@pytest.fixture(scope="module")
def issued(office: Path, checked: dict[str, Any]) -> dict[str, Any]:
    """What becomes of the letters of the first rows when they are made."""
    assert checked["letters"]  # and nothing was left by that
    assert {file.name for file in office.iterdir()} == {file.name for file in agency.FOLDER.iterdir()}
    head = CLIENTS.read_text("utf-8").splitlines(keepends=True)[: FIRST + 1]
    (office / "first.csv").write_text("".join(head), "utf-8")
    ran = batch(office, "--out", "leaving", "--workers", "2", "--json", table="first.csv")
    assert ran.returncode == 1, ran.stderr
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


def test_the_first_letters_are_issued_as_the_tally_says(office: Path, issued: dict[str, Any]) -> None:
    assert differing(issued, tally.tally(office / "first.csv", accepts_unconfirmed=False)) == []


def test_each_issued_letter_is_there_in_its_language_and_its_envelope(
    office: Path, issued: dict[str, Any]
) -> None:
    wanted = {
        (one.case, one.to): one
        for one in tally.tally(office / "first.csv", accepts_unconfirmed=False)
        if one.status == "issued"
    }
    lines = (office / "leaving" / "manifest.jsonl").read_text("utf-8").splitlines()
    told = [one for one in map(json.loads, lines) if one["status"] == "issued"]
    assert len(told) == len(wanted) == issued["counts"]["issued"] > 30
    for one in told:
        expects = wanted[one["case"], one["addressee"]]
        name = "LRC Office" if expects.is_discreet else "Linnet Row Community Counseling"
        assert (one["language"], one["sender"]) == (expects.language, name)
        letter = (office / "leaving" / one["file"]).read_bytes()
        assert hashlib.sha256(letter).hexdigest() == one["sha256"]
        copy = office / "leaving" / "letters" / f"{one['letter']}.file-copy.pdf"
        assert copy.exists() == (expects.language == "es")


def test_most_cases_have_a_new_clinician_who_stays_and_each_is_one_of_the_table() -> None:
    with ASSIGNMENTS.open(encoding="utf-8", newline="") as text:
        given = list(csv.DictReader(text))
    theirs = {entry.cells["case"] for entry in entries() if entry.cells["clinician"] == agency.LEAVING}
    assert len({one["case"] for one in given} & theirs) == len(given) == agency.ASSIGNED
    assert {one["handover to"] for one in given} == set(agency.STAYING)
    assert sum(one["handover consent signed"] != "" for one in given) == agency.CONSENTED
