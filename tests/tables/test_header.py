"""What a first row names, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.findings import Severity
from letters.tables.header import ELSEWHERE, column_letters, read_header
from letters.tables.names import paths_of
from tests.tables.making import HEADER, ROW, codes, places, read_csv


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_in_a_spreadsheet(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.parametrize(
    ("unknown", "meant"),
    [("adress line 1", "address line 1"), ("Clinican", "clinician"), ("last_sesion", "last session"),
     ("client 2 nmae", "client 2 name")],
)  # fmt: skip
def test_an_unknown_column_is_an_error_with_the_nearest_known_name(unknown: str, meant: str) -> None:
    header = read_header([*HEADER, unknown], "cases.csv")
    assert codes(header.findings) == ["unknown-column"]
    assert header.findings[0].remedy == f"Did you mean {meant}?"
    assert places(header.findings) == ["row 1, column E"]


def test_an_unknown_column_like_no_other_can_be_ignored() -> None:
    names = [*HEADER, "internal remark", "batch"]
    assert "--ignore-columns" in read_header(names, "cases.csv").findings[0].remedy
    assert codes(read_header(names, "cases.csv", ignore=["Internal_Remark"]).findings) == ["unknown-column"]
    assert read_header(names, "cases.csv", ignore=["Internal_Remark", "batch"]).findings == ()
    (told,) = read_header(names, "cases.csv", ignore=True).findings
    assert (told.code, told.severity) == ("unknown-column", Severity.WARNING)
    assert told.message == "Not read, as --ignore-columns says: E (internal remark), F (batch)."


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_what_others_call_a_column_leads_to_ours(name: str) -> None:
    assert paths_of(name) == []
    assert paths_of(ELSEWHERE[name])
    (told,) = read_header([*HEADER, name], "cases.csv").findings
    assert told.remedy == f"Did you mean {ELSEWHERE[name]}?"


def test_parts_of_a_name_are_put_into_one_column() -> None:
    findings = read_header([*HEADER[:3], "First Name", "Last Name"], "cases.csv").findings
    assert {one.remedy for one in findings[:2]} == {"Put the whole name into one column: client name."}


def test_a_misspelled_column_is_told_once_and_not_in_every_row(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, (*HEADER, "adress line 1", "country"), (*ROW, "44 Alder Avenue", "US"))
    assert codes(rows[0].findings) == []
    assert rows[0].value is None


def test_a_table_with_too_many_columns_is_told(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, (*HEADER, *map(str, range(3000))), ROW)
    assert codes(table.findings) == ["file"]
    assert rows == []


def test_a_known_column_is_ignored_where_it_is_named(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, (*HEADER, "born"), (*ROW, "unknown"), ignore=["born"])
    assert rows[0].findings == []


def test_no_row_has_a_case_where_the_header_has_an_error(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, (*HEADER, "remark"), (*ROW, "x"), (*ROW[:3], "", ""))
    assert codes(table.findings) == ["unknown-column"]
    assert [row.value for row in rows] == [None, None]
    assert [codes(row.findings) for row in rows] == [[], ["missing-field"]]


def test_two_columns_for_one_value_are_told_however_they_are_written() -> None:
    header = read_header([*HEADER, "phone", "Client_Phone_1 number"], "cases.csv")
    assert codes(header.findings) == ["duplicate-column"]
    assert header.findings[0].message == "Column E is for phone already."
    assert places(header.findings) == ["row 1, column F"]


def test_columns_that_every_row_needs_are_asked_for_once(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, ("case", "opened"), ROW[:2], ("C-2", "x"))
    assert [finding.message for finding in table.findings] == [
        "There is no column clinician.",
        "There is no column client name.",
    ]
    assert [codes(row.findings) for row in rows] == [[], ["bad-value"]]


def test_a_first_row_without_any_known_name_is_one_finding_that_quotes_nothing(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, ROW, ROW)
    assert codes(table.findings) == ["file"]
    assert "Jordan" not in str(table.findings)
    assert rows == []


def test_names_of_somebody_s_own_stand_for_columns(tmp_path: Path) -> None:
    own = {"MRN": "case", "Admit Date": "opened", "Provider": "clinician", "Patient": "client name"}
    table, rows = read_csv(tmp_path, ("mrn", "ADMIT DATE", "Provider", "patient"), ROW, columns=own)
    assert table.findings == []
    assert rows[0].value is not None
    assert rows[0].value.clients[0].name == "Jordan Avery"


def test_a_name_of_one_s_own_for_a_column_that_is_none_is_told() -> None:
    header = read_header([*HEADER, "DOB"], "cases.csv", columns={"dob": "client borne"}, ignore=True)
    assert codes(header.findings) == ["unknown-column"]
    assert header.findings[0].remedy == "Did you mean client born?"


def test_doubtful_characters_in_a_name_are_told() -> None:
    header = read_header([*HEADER, "pho\u200bne"], "cases.csv")
    assert codes(header.findings) == ["unknown-column", "zero-width"]


def test_the_header_is_the_first_row_that_is_not_empty(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, (), ("", "", "", ""), (*HEADER, "x"), (*ROW, ""))
    assert places(table.findings) == ["row 3, column E"]
    assert rows[0].number == 4
