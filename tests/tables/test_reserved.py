"""Columns that are no fields of a case: the addressee, and what a report on problems says of a row."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from letters.findings import Severity
from letters.tables.header import read_header
from letters.tables.names import paths_of
from letters.tables.reserved import IGNORE, REPORT, TO
from tests.tables.making import HEADER, ROW, codes, places, read_bytes, read_csv, xlsx


@pytest.mark.parametrize("name", [TO, IGNORE, *REPORT])
def test_none_of_them_is_the_name_of_a_field(name: str) -> None:
    assert paths_of(name) == []


def test_the_column_to_says_who_is_written_to(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, (*HEADER, "To"), (*ROW, "robin"), (*ROW, ""), for_letters=True)
    assert table.findings == []
    assert [(row.to, row.value is not None) for row in rows] == [("robin", True), (None, True)]
    assert table.names == (*HEADER, "To")


def test_where_no_letter_is_written_the_column_to_is_let_be_and_told(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, (*HEADER, "to"), (*ROW, "robin"))
    (told,) = table.findings
    assert (told.code, told.severity) == ("column-let-be", Severity.NOTE)
    assert places([told]) == ["row 1, column E"]
    assert [(row.to, row.value is not None) for row in rows] == [(None, True)]


def test_two_columns_for_the_addressee_are_told() -> None:
    header = read_header([*HEADER, "to", "Recipient"], "cases.csv", columns={"recipient": "to"})
    assert codes(header.findings) == ["duplicate-column"]
    assert header.findings[0].message == "Column E is for to already."


def test_what_is_wrong_with_an_addressee_is_told_in_its_column(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, (*HEADER, "to"), (*ROW, "#N/A"), for_letters=True)
    assert places(rows[0].findings) == ["row 2, column E (to)"]
    assert rows[0].value is None


def test_a_report_on_problems_is_read_again_as_the_table_it_came_from(tmp_path: Path) -> None:
    header = ("Row", "Problem", "Mend", *HEADER, "to")
    said = ("17", "row 17: There is nothing.", "Fill it in", *ROW, "robin")
    table, rows = read_csv(tmp_path, header, said, for_letters=True)
    assert table.findings == []
    assert table.names == (*HEADER, "to")
    assert [(row.number, row.value is not None, row.to) for row in rows] == [(2, True, "robin")]
    assert rows[0].cells() == dict(zip((*HEADER, "to"), (*ROW, "robin"), strict=True))


def test_a_row_of_a_report_that_nobody_mended_is_not_passed_over(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, ("row", *HEADER), ("17", "", "", "", ""))
    assert codes(rows[0].findings) == ["missing-field"] * 4


def test_the_cells_of_a_row_are_all_that_is_filled_in_by_the_names_as_written(tmp_path: Path) -> None:
    header = ("MRN", *HEADER[1:], "Room", " Address  safe", "", "phone")
    row = ("C-1", "2026-02-30", "sam-rivera", "", "12 b", "Maybe", "left over", "'+1 503 555 0188")
    _, rows = read_csv(tmp_path, header, row, columns={"mrn": "case", "room": "ignore"})
    assert rows[0].value is None
    assert rows[0].cells() == {
        "MRN": "C-1",
        "opened": "2026-02-30",
        "clinician": "sam-rivera",
        "Room": "12 b",
        "Address safe": "Maybe",
        "column G": "left over",
        "phone": "+1 503 555 0188",
    }


def test_the_cells_of_a_spreadsheet_are_kept_as_people_see_them(tmp_path: Path) -> None:
    header = (*HEADER, "address safe", "balance", "notes", "phone", "city")
    row = ("C-1", date(2026, 3, 2), "sam-rivera", "#REF!", True, 12.5, datetime(2026, 3, 4), 10**16, 5)
    _, rows = read_bytes(tmp_path, xlsx(header, row), "cases.xlsx")
    assert rows[0].value is None
    assert rows[0].cells() == {
        **dict(zip(HEADER, ("C-1", "2026-03-02", "sam-rivera", "#N/A"), strict=True)),
        **{"address safe": "yes", "balance": "12.5", "notes": "2026-03-04", "phone": "1E+16", "city": "5"},
    }


def test_a_row_that_is_ragged_keeps_its_cells(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, (*ROW, "Inc", "x"), ROW[:2])
    assert [row.cells() for row in rows] == [
        {**dict(zip(HEADER, ROW, strict=True)), "column E": "Inc", "column F": "x"},
        dict(zip(HEADER[:2], ROW[:2], strict=True)),
    ]


def test_a_column_of_ones_own_can_be_let_be(tmp_path: Path) -> None:
    own = {"Staff Notes": "ignore", "born": "Ignore"}
    table, rows = read_csv(tmp_path, (*HEADER, "staff_notes", "born"), (*ROW, "x", "unknown"), columns=own)
    assert table.findings == []
    assert rows[0].findings == []
    assert rows[0].value is not None
    table, _ = read_csv(tmp_path, (*HEADER, "ignore"), (*ROW, "x"))
    assert codes(table.findings) == ["unknown-column"]
