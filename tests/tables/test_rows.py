"""A row becomes a case, or every problem of it is told with row and column."""

from __future__ import annotations

import io
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from letters.findings import Severity
from letters.model.case import Case
from letters.sources import read
from letters.tables import is_table, open_table
from letters.terminal import show_findings
from tests.tables.making import (
    ADDRESSED,
    HEADER,
    HOME,
    ROW,
    codes,
    csv_text,
    places,
    read_bytes,
    read_csv,
)

CASE = """\
case: C-1001
relationship: individual
opened: 2026-03-02
last_session: 2026-08-11
clinician: sam-rivera
clients:
  - id: client-1
    name: Jordan Avery
    addresses: [{lines: [44 Alder Avenue, Apt 4], city: Portland, postcode: "97202", country: US, safe: yes}]
    phones: [{number: +1 503 555 0188, voicemail: callback-only}]
ending: {reason: LOST_CONTACT, on: 2026-12-06}
money: {balance: 120.00, currency: USD, as_of: 2026-11-01}
words: {last-day: It was good to work with you.}
confidential: {danger: no}
"""
COLUMNS = {
    **dict(zip(HEADER, ROW, strict=True)),
    "Last_Session": "2026-08-11",
    "ADDRESS LINE 1": "44 Alder Avenue",
    "address-line-2": "Apt 4",
    "city": "Portland",
    "postcode": "97202",
    "country": "US",
    "address safe": "TRUE",
    "phone": "+1 503 555 0188",
    "phone voicemail": "callback-only",
    "ending reason": "LOST_CONTACT",
    "ending on": "2026-12-06",
    "balance": "120.00",
    "currency": "USD",
    "as of": "2026-11-01",
    "words last day": "It was good to work with you.",
    "danger": "no",
}


def test_a_row_comes_to_the_same_case_as_a_case_file(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(CASE)
    table, rows = read_csv(tmp_path, list(COLUMNS), list(COLUMNS.values()))

    assert table.findings == []
    assert [(row.number, row.findings) for row in rows] == [(2, [])]
    assert rows[0].value == read(tmp_path / "case.yaml", Case).value
    assert rows[0].value is not None
    assert rows[0].value.money is not None
    assert rows[0].value.money.balance == Decimal("120.00")


def test_the_tree_of_a_row_is_what_a_case_file_would_hold(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, ADDRESSED, HOME)
    assert rows[0].data == {
        "case": "C-1001",
        "opened": "2026-03-02",
        "clinician": "sam-rivera",
        "clients": [
            {
                "name": "Jordan Avery",
                "addresses": [{"lines": ["44 Alder Avenue"], "country": "US"}],
                "id": "client-1",
            }
        ],
        "relationship": "individual",
    }


def test_all_problems_of_a_row_are_told_with_row_and_column(tmp_path: Path) -> None:
    header = (*ADDRESSED, "address safe", "balance")
    bad = ("C 1", "2026-02-30", "sam-rivera", "", "44 Alder Avenue", "", "maybe", "12,5")
    text = csv_text(header, (*HOME, "yes", "")) + ",".join([*bad[:-1], '"12,5"']) + "\n"
    _, rows = read_bytes(tmp_path, text.encode())

    assert rows[0].value is not None
    assert rows[1].value is None
    assert list(zip(codes(rows[1].findings), places(rows[1].findings), strict=True)) == [
        ("bad-value", "row 3, column A (case)"),
        ("bad-value", "row 3, column B (opened)"),
        ("missing-field", "row 3, column D (client name)"),
        ("missing-field", "row 3, column F (country)"),
        ("bad-value", "row 3, column G (address safe)"),
        ("bad-value", "row 3, column H (balance)"),
        ("missing-field", "row 3"),
        ("missing-field", "row 3"),
    ]
    missing = rows[1].findings[3]
    assert (missing.message, missing.remedy) == (
        "There is nothing in the column country.",
        "Fill in column F (country).",
    )
    assert rows[1].findings[-1].message == "This row needs a column as of, and there is none."


def test_a_finding_reads_as_the_spreadsheet_shows_it(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, ADDRESSED, (*HOME[:3], "", *HOME[4:]))
    paper = io.StringIO()
    show_findings(rows[0].findings, stream=paper)
    assert f"--> {tmp_path}/cases.csv: row 2, column D (client name)\n" in paper.getvalue()


def test_rows_are_counted_with_the_empty_ones_and_those_are_passed_over(tmp_path: Path) -> None:
    text = csv_text(HEADER, ROW) + "\r\n,,,\r\n , ,,\r\n" + csv_text(("C-2", "x", *ROW[2:]))
    table, rows = read_bytes(tmp_path, text.encode())
    assert [row.number for row in rows] == [2, 6]
    assert places(rows[1].findings) == ["row 6, column B (opened)"]
    assert table.findings == []


def test_a_table_can_be_gone_through_again(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, HEADER, ROW, ROW)
    assert list(table) == rows
    assert len(rows) == 2


def test_several_clients_need_to_say_what_they_are(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, (*HEADER, "client 2 name"), (*ROW, "Robin"), (*ROW, ""))
    assert [row.value is None for row in rows] == [True, False]
    assert rows[0].findings[0].message == "This row needs a column relationship, and there is none."


def test_what_is_wrong_in_a_later_entry_is_told_in_its_column(tmp_path: Path) -> None:
    header = (*HEADER, "relationship", "client 2 name", "client 2 born", "client 3 name", "client 3 born")
    _, rows = read_csv(tmp_path, header, (*ROW, "family", "", "", "Robin", "x"))
    assert places(rows[0].findings) == ["row 2, column I (client 3 born)"]


def test_a_confidential_value_is_never_quoted(tmp_path: Path) -> None:
    header = (*HEADER, "danger", "diagnosis", "confidential notes")
    _, rows = read_csv(tmp_path, header, (*ROW, "grave peril", "secret\x07thing", "JosÃ©phine"))
    told = " ".join(f"{one.message} {one.remedy} {one.place}" for one in rows[0].findings)
    assert codes(rows[0].findings) == ["bad-value", "control-character", "mojibake"]
    assert not any(word in told for word in ("grave", "peril", "secret", "thing", "phine"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jor\x00dan", "control-character"),
        ("Jor\u202edan", "direction-override"),
        ("Jor\ufffddan", "replacement-character"),
        ("Jor\U000e0041dan", "tag-character"),
        ("Jor\u200bdan", "zero-width"),
        ("Jord\u0430n", "mixed-script"),
        ("JosÃ©", "mojibake"),
        ("\u2067Jordan", "direction-override"),
        ("#REF!", "cell-error"),
        ("9.4E+21", "digits-lost"),
    ],
)
def test_doubtful_text_is_told_with_its_column(text: str, code: str, tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, (*ROW[:3], text))
    assert codes(rows[0].findings) == [code]
    assert places(rows[0].findings) == ["row 2, column D (client name)"]
    is_error = rows[0].findings[0].severity is Severity.ERROR
    assert (rows[0].value is None) is is_error


@pytest.mark.parametrize(
    "name", ["O'Brien & Söhne <Ltd>", "محمد", "王小明", "Nguyễn Thị Minh", "Apt #4", "'s Wit"]
)
def test_names_of_any_sort_are_kept(name: str, tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, (*ROW[:3], name))
    assert rows[0].findings == []
    assert rows[0].value is not None
    assert rows[0].value.clients[0].name == name


def test_our_own_defused_cells_are_read_back(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, (*HEADER, "phone"), (*ROW, "'+1 503 555 0188"))
    assert rows[0].value is not None
    assert rows[0].value.clients[0].phones[0].number == "+1 503 555 0188"


def test_a_cell_in_a_column_without_a_name_is_told(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, (*HEADER, ""), (*ROW, ""), (*ROW, "call first"))
    assert table.findings == []
    assert [codes(row.findings) for row in rows] == [[], ["nameless-column"]]
    _, rows = read_csv(tmp_path, (*HEADER, ""), (*ROW, "call first"), ignore=True)
    assert rows[0].findings == []


def test_standard_input_is_read_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(csv_text(HEADER, ROW).encode())

    monkeypatch.setattr(sys, "stdin", Piped())
    table = open_table("-")
    assert (table.name, table.findings) == ("standard input", [])
    assert [row.value is not None for row in table] == [True]
    assert len(list(table)) == 1


@pytest.mark.parametrize("name", ["a.csv", "a.TSV", "b/a.xlsx", "a.xls", "a.ods"])
def test_a_table_is_known_by_its_ending(name: str) -> None:
    assert is_table(Path(name))
    assert not is_table(Path(name).with_suffix(".yaml"))
