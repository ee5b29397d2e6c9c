"""The table to fill in: what a spreadsheet program makes of it, and that it is read back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from letters import kinds
from letters.commands.columns import _blanks
from letters.tables import open_table
from letters.tables.blanks import Blank
from letters.tables.forms import LISTS, csv_form, xlsx_form
from tests.tables.making import codes

KIND = "closing-nonpayment"
FILLED: dict[str, str | float | date] = {
    **{
        "case": "C-1001",
        "opened": date(2026, 3, 2),
        "clinician": "sam-rivera",
        "client name": "Jordan Avery",
    },
    **{"address line 1": "44 Alder Avenue", "country": "US", "postcode": "01234", "address safe": "yes"},
    **{"balance": 120.5, "currency": "USD", "as of": date(2026, 11, 1)},
}


def form(kind: str) -> list[Blank]:
    found = kinds.find(kind)
    assert found.spec is not None
    return _blanks(found, found.spec, None)


def sheet_of(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("kind", kinds.folders())
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_form_is_read_back_without_a_fault_but_that_it_is_empty(
    kind: str, ending: str, tmp_path: Path
) -> None:
    blanks = form(kind)
    path = tmp_path / f"cases.{ending}"
    path.write_bytes(csv_form(blanks) if ending == "csv" else xlsx_form(blanks, kind))
    table = open_table(path, for_letters=True)
    assert [one.message for one in table.findings] == [
        "This table has no rows below the names of its columns."
    ]
    assert table.names == tuple(blank.name for blank in blanks)
    assert list(table) == []


def test_a_form_that_is_filled_in_comes_to_a_case(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_form(form("payment-reminder"), "x")))
    sheet = book.worksheets[0]
    names = [cell.value for cell in next(sheet.iter_rows(max_row=1))]
    for name, value in FILLED.items():
        sheet.cell(2, names.index(name) + 1).value = value
    book.save(tmp_path / "cases.xlsx")
    table = open_table(tmp_path / "cases.xlsx")
    (row,) = table
    assert (codes(table.findings), row.findings) == ([], [])
    assert row.value is not None
    assert row.value.clients[0].addresses[0].postcode == "01234"
    assert row.value.opened == date(2026, 3, 2)


def test_each_column_has_a_note_and_stays_in_sight() -> None:
    sheet = sheet_of(xlsx_form(form(KIND), KIND))
    notes = {str(cell.value): cell.comment.text for cell in sheet[1] if cell.comment}
    assert list(notes) == [blank.name for blank in form(KIND)]
    assert "Required." in notes["case"]
    assert "Dark columns are required." in notes["case"]
    assert notes["opened"] == "The day the case was opened.\nA day, as 2026-12-31.\nRequired."
    assert "One of: yes, no." in notes["address safe"]
    assert sheet.freeze_panes == "B2"


def test_required_columns_look_other_than_the_rest() -> None:
    sheet = sheet_of(xlsx_form(form(KIND), KIND))
    looks = {str(cell.value): cell.fill.start_color.rgb for cell in sheet[1]}
    assert looks["case"] == looks["balance"] != looks["city"]
    assert len({looks["case"], looks["referral name"], looks["city"]}) == 3


def test_what_is_entered_is_checked_and_lists_are_offered() -> None:
    blanks = form(KIND)
    sheet = sheet_of(xlsx_form(blanks, KIND))
    rules = {
        blanks[next(iter(rule.sqref.ranges)).min_col - 1].name: rule
        for rule in sheet.data_validations.dataValidation
    }
    assert rules["address safe"].formula1 == '"yes,no"'
    assert rules["country"].formula1.startswith(f"{LISTS}!$")
    assert (rules["opened"].type, rules["balance"].type) == ("date", "decimal")
    assert "client name" not in rules
    assert "clinician" not in rules  # no practice, so nobody to choose from


def test_formats_keep_zeros_and_dates() -> None:
    blanks = form(KIND)
    sheet = sheet_of(xlsx_form(blanks, KIND))
    formats = {
        blank.name: sheet.column_dimensions[get_column_letter(index)].number_format
        for index, blank in enumerate(blanks, 1)
    }
    assert [formats[name] for name in ("case", "postcode")] == ["@", "@"]
    assert formats["opened"] == "yyyy-mm-dd"


def test_the_lists_are_out_of_sight_and_nothing_is_a_formula() -> None:
    content = xlsx_form(form(KIND), KIND)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden"]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_form_is_the_same_each_time() -> None:
    assert xlsx_form(form(KIND), KIND) == xlsx_form(form(KIND), KIND)


def test_a_csv_is_marked_as_utf_8() -> None:
    assert csv_form(form(KIND)).startswith(b"\xef\xbb\xbfcase,opened,clinician,client name,")
