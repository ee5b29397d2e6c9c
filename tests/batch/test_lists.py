"""The lists of a batch say of each letter what became of it, and of each row how to mend it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from letters.batch.lists import (
    MANIFEST,
    PROBLEMS,
    manifest_csv,
    manifest_jsonl,
    problems_csv,
    tracked_post_csv,
    withheld_csv,
)
from letters.batch.outcome import Enclosed, Outcome
from letters.findings import Finding, Place, Severity
from letters.tables import open_table

ISSUED = Outcome(
    number=1,
    status="issued",
    source="row 2",
    case="C-1001",
    addressee="jordan",
    letter="L-4n5hqysbqr5fe9ap",
    route=("José Núñez", "44 Alder Avenue", "Portland, OR 97202"),
    name="José Núñez",
    postcode="97202",
    country="US",
    envelope="us-10",
    sender="HFC Office",
    language="es",
    pages=2,
    sha256="9f" * 32,
    enclosed=(Enclosed("enclosures/notice.pdf", 1), Enclosed("enclosures/release.pdf", 2)),
)
NAMES = ["case", "client name", "postcode"]


def finding(message: str, remedy: str = "", column: str = "") -> Finding:
    place = Place("clients.csv", field=f"row 3, {column}") if column else None
    return Finding("test", Severity.ERROR, message, remedy, place)


WITHHELD = Outcome(
    number=2,
    status="withheld",
    source="row 3",
    case="C-1002",
    addressee="kim",
    name="Kim Lee",
    findings=(finding("No address is safe.", "Call them."), finding("They asked for no contact.")),
)
PROBLEM = Outcome(
    number=3,
    status="problem",
    source="row 17",
    findings=(
        finding("There is no such day.", "Write it as in 2026-03-02.", "column F (opened)"),
        finding("There is no name.", "Fill it in."),
    ),
    cells={"case": "C-1003", "client name": "=Kim", "postcode": "01234"},
)
FAILED = Outcome(
    number=4, status="failed", source="row 18", case="C-1004", findings=(finding("It stalled."),)
)
ALL = [ISSUED, WITHHELD, PROBLEM, FAILED]


def rows(table: bytes) -> list[dict[str, str]]:
    """The rows of a list, by their columns."""
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True))


def test_the_manifest_has_every_letter_in_order() -> None:
    found = rows(manifest_csv(ALL))
    assert [(row["number"], row["status"]) for row in found] == [
        ("1", "issued"),
        ("2", "withheld"),
        ("3", "problem"),
        ("4", "failed"),
    ]
    assert all(tuple(row) == MANIFEST for row in found)


def test_the_manifest_says_where_a_letter_is_and_what_it_was() -> None:
    assert rows(manifest_csv([ISSUED])) == [
        {
            "number": "1",
            "source": "row 2",
            "case": "C-1001",
            "addressee": "jordan",
            "status": "issued",
            "letter": "L-4n5hqysbqr5fe9ap",
            "pages": "2",
            "language": "es",
            "route": "José Núñez, 44 Alder Avenue, Portland, OR 97202",
            "envelope": "us-10",
            "sender": "HFC Office",
            "sha256": "9f" * 32,
            "file": "letters/L-4n5hqysbqr5fe9ap.pdf",
            "enclosures": "enclosures/notice.pdf (1 page); enclosures/release.pdf (2 pages)",
            "why": "",
        }
    ]


def test_a_letter_that_was_not_made_has_no_file_and_no_pages() -> None:
    (row,) = rows(manifest_csv([replace(FAILED, letter="L-4n5hqysbqr5fe9ap")]))
    assert (row["file"], row["pages"], row["why"]) == ("", "", "It stalled.")


def test_programs_get_the_same_with_lists_as_lists() -> None:
    entries = [json.loads(line) for line in manifest_jsonl(ALL).decode().splitlines()]
    more = ("name", "postcode", "country", "replaces", "held")
    assert all(tuple(entry) == (*MANIFEST, *more) for entry in entries)
    assert entries[0]["route"] == list(ISSUED.route)
    assert entries[0]["enclosures"][1] == {"file": "enclosures/release.pdf", "pages": 2}
    assert entries[1]["pages"] is None
    assert entries[1]["why"][0] == {"code": "test", "message": "No address is safe.", "remedy": "Call them."}


def test_who_was_not_written_to_is_told_with_what_to_do() -> None:
    assert rows(withheld_csv(ALL)) == [
        {
            "number": "2",
            "source": "row 3",
            "case": "C-1002",
            "addressee": "kim",
            "name": "Kim Lee",
            "why": "(1) No address is safe. (2) They asked for no contact.",
            "what to do": "(1) Call them.",
        }
    ]


def test_a_problem_is_told_before_the_columns_of_its_own_table() -> None:
    table = problems_csv(ALL, NAMES)
    assert table.decode("utf-8-sig").splitlines()[0] == "row,problem,mend,case,client name,postcode"
    assert rows(table) == [
        {
            "row": "17",
            "problem": "(1) opened: There is no such day. (2) There is no name.",
            "mend": "(1) Write it as in 2026-03-02. (2) Fill it in.",
            "case": "C-1003",
            "client name": "'=Kim",
            "postcode": "01234",
        }
    ]


def test_a_row_of_several_letters_stands_once() -> None:
    other = replace(PROBLEM, number=9, findings=(PROBLEM.findings[1], finding("No address.", "Add one.")))
    (row,) = rows(problems_csv([PROBLEM, other], NAMES))
    assert row["problem"] == "(1) opened: There is no such day. (2) There is no name. (3) No address."


def test_the_columns_of_an_earlier_list_are_written_anew() -> None:
    table = problems_csv([PROBLEM], ["Row", "problem", "Mend", *NAMES])
    assert table.decode("utf-8-sig").splitlines()[0] == "row,problem,mend,case,client name,postcode"


def test_what_stood_beside_the_table_comes_last() -> None:
    beside = replace(PROBLEM, cells={**PROBLEM.cells, "column G": "call first"})
    table = problems_csv([beside, replace(PROBLEM, source="row 18")], NAMES)
    assert [row["column G"] for row in rows(table)] == ["call first", ""]
    assert table.decode("utf-8-sig").splitlines()[0].endswith("postcode,column G")


def test_a_list_of_problems_is_read_as_the_table_was(tmp_path: Path) -> None:
    table = tmp_path / "problems.csv"
    table.write_bytes(problems_csv([PROBLEM], NAMES))
    read = open_table(table, ignore=PROBLEMS)
    assert list(read.names)[-len(NAMES) :] == NAMES
    (row,) = read
    assert {name: row.cells()[name] for name in NAMES} == PROBLEM.cells


def test_what_was_mended_and_what_was_issued_is_no_problem() -> None:
    assert rows(problems_csv([ISSUED, WITHHELD, FAILED], NAMES)) == []


def test_tracked_post_has_the_address_as_printed() -> None:
    assert rows(tracked_post_csv(ALL)) == [
        {
            "letter": "L-4n5hqysbqr5fe9ap",
            "name": "José Núñez",
            "address 1": "44 Alder Avenue",
            "address 2": "Portland, OR 97202",
            **{f"address {number}": "" for number in range(3, 7)},
            "postcode": "97202",
            "country": "US",
            "tracking": "",
        }
    ]


def test_a_long_address_loses_no_line() -> None:
    lines = tuple(f"line {number}" for number in range(9))
    long, short = rows(tracked_post_csv([replace(ISSUED, route=lines), ISSUED]))
    assert [long["name"], *(long[f"address {number}"] for number in range(1, 9))] == list(lines)
    assert short["address 8"] == ""


def test_a_letter_without_an_address_goes_by_no_post() -> None:
    assert rows(tracked_post_csv([replace(ISSUED, route=())])) == []


@given(st.text(), st.text(), st.text())
def test_no_cell_of_any_list_runs(name: str, line: str, message: str) -> None:
    told = Finding("test", Severity.ERROR, message, message)
    made = [
        replace(one, name=name, case=name, route=(name, line), sender=line, source=line, findings=(told,))
        for one in ALL
    ]
    made[2] = replace(made[2], cells={"case": line})
    for table in (
        manifest_csv(made),
        withheld_csv(made),
        problems_csv(made, ["case"]),
        tracked_post_csv(made),
    ):
        cells = [
            cell
            for row in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True)
            for cell in row
        ]
        assert len(cells) >= 8
        assert [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠\t\r\n"))] == []


@given(st.lists(st.sampled_from(ALL)))
def test_every_outcome_is_in_the_lists_it_belongs_to(outcomes: list[Outcome]) -> None:
    numbered = [replace(one, number=n, source=f"row {n}") for n, one in enumerate(outcomes, 1)]
    assert len(rows(manifest_csv(numbered))) == len(outcomes)
    assert len(manifest_jsonl(numbered).splitlines()) == len(outcomes)
    assert len(rows(withheld_csv(numbered))) == outcomes.count(WITHHELD)
    assert len(rows(problems_csv(numbered, NAMES))) == outcomes.count(PROBLEM)
    assert len(rows(tracked_post_csv(numbered))) == outcomes.count(ISSUED)
