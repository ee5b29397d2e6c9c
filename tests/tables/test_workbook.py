"""Workbooks as spreadsheet programs leave them."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from letters.findings import Severity
from letters.tables import Row, Table
from tests.tables.making import (
    ADDRESSED,
    HEADER,
    HOME,
    ROW,
    an_xls,
    codes,
    ods,
    places,
    read_bytes,
    repacked,
    saved,
    xlsx,
)


def read_xlsx(
    folder: Path, *rows: Any, change: Callable[[Worksheet], None] | None = None, **options: Any
) -> tuple[Table, list[Row]]:
    return read_bytes(folder, xlsx(*rows, change=change), "cases.xlsx", **options)


def test_cells_of_every_sort_come_to_a_case(tmp_path: Path) -> None:
    header = (*ADDRESSED, "postcode", "address safe", "born", "balance", "currency", "as of", "phone")
    cells = (
        *("C-1001", date(2026, 3, 2), "sam-rivera", "Jordan Avery", "44 Alder Avenue", "US"),
        *(97201, True, datetime(1991, 5, 4), 120.5, "USD", date(2026, 11, 1), 15035550188),
    )
    table, rows = read_xlsx(tmp_path, header, cells)

    assert table.findings == []
    assert rows[0].findings == []
    assert rows[0].value is not None
    client, money = rows[0].value.clients[0], rows[0].value.money
    assert rows[0].value.opened == date(2026, 3, 2)
    assert client.born == date(1991, 5, 4)
    assert (client.addresses[0].postcode, client.addresses[0].safe) == ("97201", True)
    assert client.phones[0].number == "15035550188"
    assert money is not None
    assert str(money.balance) == "120.5"


def test_rows_and_columns_are_named_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    rows_with_space = [(), (), ("", "", *HEADER), (), ("", "", *ROW), ("", "", *ROW[:3], "")]
    _, rows = read_xlsx(tmp_path, *rows_with_space)
    assert [row.number for row in rows] == [5, 6]
    assert rows[0].value is not None
    assert places(rows[1].findings) == ["row 6, column F (client name)"]


def test_a_table_that_begins_further_down_and_right_keeps_its_letters(tmp_path: Path) -> None:
    def shift(sheet: Worksheet) -> None:
        for place, (name, cell) in enumerate(zip(HEADER, (*ROW[:3], "#N/A"), strict=True), 4):
            sheet.cell(3, place, name)
            sheet.cell(7, place, cell)

    _, rows = read_xlsx(tmp_path, change=shift)
    assert places(rows[0].findings) == ["row 7, column G (client name)"]
    assert codes(rows[0].findings) == ["cell-error"]


def test_a_failed_formula_is_told_even_where_its_cell_may_be_empty(tmp_path: Path) -> None:
    _, rows = read_xlsx(tmp_path, (*HEADER, "phone"), (*ROW, "#REF!"), (*ROW, "555"))
    assert codes(rows[0].findings) == ["cell-error"]
    assert places(rows[0].findings) == ["row 2, column E (phone)"]
    assert rows[1].findings == []


def test_of_a_formula_the_kept_value_counts(tmp_path: Path) -> None:
    kept = b'<c r="D2" t="str"><f>A1</f><v>Kept Avery</v></c>'
    content = repacked(
        xlsx(HEADER, (*ROW[:3], "=A1")),
        "xl/worksheets/sheet1.xml",
        lambda part: re.sub(rb'<c r="D2".*?</c>', kept, part),
    )
    _, rows = read_bytes(tmp_path, content, "cases.xlsx")
    assert rows[0].value is not None
    assert rows[0].value.clients[0].name == "Kept Avery"


def test_a_formula_that_was_never_worked_out_is_told(tmp_path: Path) -> None:
    _, rows = read_xlsx(tmp_path, (*HEADER, "phone"), (*ROW, "=A1"))
    assert codes(rows[0].findings) == ["cell-error"]
    assert places(rows[0].findings) == ["row 2, column E (phone)"]


def test_a_postcode_keeps_the_zeros_that_its_format_shows(tmp_path: Path) -> None:
    def as_postcodes(sheet: Worksheet) -> None:
        sheet["G2"].number_format = "00000"
        sheet["G3"].number_format = "[<=99999]00000;00000\\-0000"

    header = (*ADDRESSED, "postcode")
    _, rows = read_xlsx(tmp_path, header, (*HOME, 1201), (*HOME, 12010123), change=as_postcodes)
    found = [row.value.clients[0].addresses[0].postcode for row in rows if row.value]
    assert found == ["01201", "01201-0123"]


def test_a_long_number_is_told_and_as_text_it_is_kept(tmp_path: Path) -> None:
    header = (*HEADER, "records sent how", "records sent tracking")
    text = "9405511899223197428490"
    _, rows = read_xlsx(tmp_path, header, (*ROW, "Post", int(text)), (*ROW, "Post", text))
    assert codes(rows[0].findings) == ["digits-lost"]
    assert rows[1].value is not None
    assert rows[1].value.records.sent is not None
    assert rows[1].value.records.sent.tracking == text


def test_a_date_and_time_has_no_zone_and_is_told_once(tmp_path: Path) -> None:
    _, rows = read_xlsx(tmp_path, (*HEADER, "offered 1"), (*ROW, datetime(2026, 12, 1, 10, 15)))
    assert codes(rows[0].findings) == ["bad-value"]
    assert "does not say its offset" in rows[0].findings[0].message


def test_a_text_that_became_a_date_is_doubted(tmp_path: Path) -> None:
    _, rows = read_xlsx(tmp_path, ADDRESSED, (*ROW, date(2026, 3, 4), "US"))
    assert codes(rows[0].findings) == ["date-in-text"]
    assert rows[0].value is not None


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    table, rows = read_xlsx(tmp_path, HEADER, ROW, ROW, change=hide)
    assert codes(table.findings) == ["hidden-rows"]
    assert table.findings[0].message == "A row of this sheet is hidden, and read all the same."
    assert [row.value is not None for row in rows] == [True, True]


def test_hidden_columns_are_read_and_told(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        for letters in ("B", "D", "K"):  # nothing is in the last of them
            sheet.column_dimensions[letters].hidden = True

    table, rows = read_bytes(tmp_path, xlsx(HEADER, ROW, change=hide), "cases.xlsx")
    (told,) = table.findings
    assert (told.code, told.severity) == ("hidden-columns", Severity.NOTE)
    assert told.message == "Columns B, D of this sheet are hidden, and read all the same."
    assert [row.value is not None for row in rows] == [True]


def test_of_merged_cells_the_first_has_the_value_and_that_is_told(tmp_path: Path) -> None:
    table, rows = read_xlsx(tmp_path, HEADER, ROW, ROW, change=lambda sheet: sheet.merge_cells("C2:C3"))
    assert codes(table.findings) == ["merged-cells"]
    assert rows[0].value is not None
    assert places(rows[1].findings) == ["row 3, column C (clinician)"]


def book_of_three() -> bytes:
    book = openpyxl.Workbook()
    for title, name in (("Dana", "Jordan"), ("Sam", "Robin"), ("Lists", "Hidden")):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append((*ROW[:3], name))
    book["Lists"].sheet_state = "hidden"
    book.create_sheet("Blank")
    del book["Sheet"]
    return saved(book)


def test_the_first_sheet_is_read_and_others_that_are_filled_are_named(tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, book_of_three(), "cases.xlsx")
    assert codes(table.findings) == ["other-sheets"]
    assert "Sam" in table.findings[0].message
    assert "Lists" not in table.findings[0].message
    assert "Blank" not in table.findings[0].message
    assert rows[0].value is not None
    assert rows[0].value.clients[0].name == "Jordan"


def test_a_sheet_can_be_asked_for(tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, book_of_three(), "cases.xlsx", sheet="Sam")
    assert table.findings == []
    assert rows[0].value is not None
    assert rows[0].value.clients[0].name == "Robin"
    table, _ = read_bytes(tmp_path, book_of_three(), "cases.xlsx", sheet="Dama")
    assert table.findings[0].remedy == "Did you mean Dana?"


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, an_xls(), "cases.xls")
    assert table.findings == []
    assert rows[0].value is not None
    assert rows[0].value.opened == date(2026, 3, 2)
    assert rows[0].value.clients[0].addresses[0].postcode == "97202"
    assert rows[0].value.clients[0].addresses[0].safe is True


def test_an_open_document_is_read(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    day = '<table:table-cell office:value-type="date" office:date-value="2026-03-02"/>'
    head = "".join(map(cell, (*HEADER, "address line 1", "country", "postcode", "address safe")))
    row = (
        cell(ROW[0]) + day + cell(ROW[2]) + cell(ROW[3]) + cell("44 Alder Avenue") + cell("US")
        + '<table:table-cell office:value-type="float" office:value="97202"/>'
        + '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    )  # fmt: skip
    rows_of = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in (head, row))
    table, rows = read_bytes(tmp_path, ods(rows_of), "cases.ods")
    assert table.findings == []
    assert rows[0].value is not None
    assert rows[0].value.opened == date(2026, 3, 2)
    assert rows[0].value.clients[0].addresses[0].postcode == "97202"


GOOD = xlsx(HEADER, ROW)
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "damaged"),
        ("a.xlsx", GOOD[: len(GOOD) // 2], "damaged"),
        ("a.xlsx", GOOD[:200] + bytes(40) + GOOD[240:], "damaged"),
        ("a.xlsx", b"case,opened\n", "no spreadsheet"),
        ("a.xls", b"<html><table><tr><td>case</td></tr></table>", "web page"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(2000), "damaged"),
        ("a.xlsx", ENCRYPTED, "password"),
        ("a.ods", b"PK\x03\x04", "damaged"),
        ("a.csv", GOOD, "not a text"),
        ("a.csv", b"%PDF-1.7", "a PDF"),
        ("a.xlsx", xlsx(), "empty"),
    ],
)
def test_what_is_no_workbook_is_one_clear_finding(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    table, rows = read_bytes(tmp_path, content, name)
    assert codes(table.findings) == ["file"]
    assert said in table.findings[0].message
    assert rows == []


def test_a_missing_file_a_folder_and_a_large_file_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.tables import open_table, opening

    (tmp_path / "cases.csv").write_text("case\n")
    (tmp_path / "folder.csv").mkdir()
    assert "Did you mean" in open_table(tmp_path / "case.csv").findings[0].remedy
    assert "folder" in open_table(tmp_path / "folder.csv").findings[0].message
    monkeypatch.setattr(opening, "LARGEST_TABLE", 3)
    assert "larger" in open_table(tmp_path / "cases.csv").findings[0].message


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.tables import workbook

    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 100_000)
    bomb = repacked(GOOD, "xl/worksheets/sheet1.xml", lambda part: part + b" " * 200_000)
    table, _ = read_bytes(tmp_path, bomb, "cases.xlsx")
    assert codes(table.findings) == ["file"]
    assert "too large unpacked" in table.findings[0].message


def test_a_lone_cell_at_the_end_of_the_sheet_does_not_take_all_memory(tmp_path: Path) -> None:
    table, rows = read_xlsx(tmp_path, HEADER, ROW, change=lambda sheet: sheet.__setitem__("XFD1048576", "x"))
    assert codes(table.findings) == ["file"]
    assert "row 1,048,576" in table.findings[0].message
    assert rows == []


def test_a_cell_repeated_without_end_does_not_take_all_memory(tmp_path: Path) -> None:
    text = 'office:value-type="string"><text:p>case</text:p>'
    cell = f'<table:table-cell table:number-columns-repeated="16384" {text}'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    table, rows = read_bytes(tmp_path, ods(row), "cases.ods")
    assert codes(table.findings) == ["file"]
    assert rows == []


def test_a_file_damaged_anywhere_never_brings_a_traceback(tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - not for secrets
    said = set()
    for content in (GOOD, an_xls()):
        for _ in range(40):
            damaged = bytearray(content)
            for _ in range(chance.randrange(1, 30)):
                damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
            table, rows = read_bytes(tmp_path, bytes(damaged), "cases.xlsx")
            said |= {
                code
                for findings in (table.findings, *(row.findings for row in rows))
                for code in codes(findings)
            }
    assert "file" in said


def test_a_workbook_comes_through_a_pipe_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from letters.tables import open_table

    class Piped:
        buffer = io.BytesIO(GOOD)

    monkeypatch.setattr(sys, "stdin", Piped())
    assert [row.value is not None for row in open_table("-")] == [True]


def test_a_small_workbook_with_one_immense_part_is_refused_at_once(tmp_path: Path) -> None:
    bomb = repacked(GOOD, "xl/worksheets/sheet1.xml", lambda part: part + b" " * 30_000_000)
    table, _ = read_bytes(tmp_path, bomb, "cases.xlsx")
    assert "too large unpacked" in table.findings[0].message
