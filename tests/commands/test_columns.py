"""`letters columns`: the columns of a kind as a list, as JSON, and as the table to fill in."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import openpyxl
import pytest

from letters.kinds import folders
from letters.tables import open_table
from tests.commands.conftest import Run

KIND = "clinician-leaving"


@pytest.mark.parametrize("kind", folders())
def test_the_columns_of_every_kind_are_listed(letters: Run, kind: str) -> None:
    told = letters("columns", kind)
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0].split() == ["column", "needed", "what", "belongs", "there"]
    assert lines[1].startswith("case ")
    assert "required" in lines[1]


@pytest.mark.usefixtures("office")
def test_the_columns_as_json_with_what_can_be_chosen(letters: Run) -> None:
    found = {one["column"]: one for one in json.loads(letters("columns", KIND, "--json").out)}
    assert found["clinician"]["choices"] == ["lena-brook", "sam-rivera", "dana-okafor"]
    assert found["handover to"] == {
        "column": "handover to",
        "needed": "optional",
        "holds": "the id of a person of the practice",
        "choices": ["lena-brook", "sam-rivera", "dana-okafor"],
    }
    assert found["country"]["choices"][:4] == ["US", "CA", "MX", "GB"]
    assert {"DE", "VN", "JP"} < set(found["country"]["choices"])
    assert len(found["country"]["choices"]) == len(set(found["country"]["choices"]))


def test_a_table_can_be_made_where_there_is_no_practice(
    letters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = letters("columns", KIND, "-o", "cases.xlsx")
    assert (told.code, told.out, told.err) == (0, "cases.xlsx\n", "")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("name", ["cases.xlsx", "cases.CSV"])
def test_the_table_to_fill_in_is_for_its_owner_alone_and_never_written_over(letters: Run, name: str) -> None:
    assert letters("columns", KIND, "-o", name).code == 0
    assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600
    table = open_table(Path(name))
    assert [one.code for one in table.findings] == ["file"]
    assert "no rows" in table.findings[0].message
    before = Path(name).read_bytes()
    told = letters("columns", KIND, "-o", name)
    assert told.code == 2
    assert Path(name).read_bytes() == before


@pytest.mark.usefixtures("office")
def test_the_people_of_the_practice_can_be_chosen(letters: Run) -> None:
    letters("columns", KIND, "-o", "cases.xlsx")
    sheet = openpyxl.load_workbook("cases.xlsx").worksheets[0]
    offered = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"lena-brook,sam-rivera,dana-okafor"' in offered


def test_a_csv_comes_on_standard_output(letters: Run) -> None:
    told = letters("columns", KIND, "-o", "-")
    assert told.code == 0
    assert told.product.startswith(b"\xef\xbb\xbfcase,opened,")


def test_another_ending_and_another_kind_are_told(letters: Run, tmp_path: Path) -> None:
    told = letters("columns", KIND, "-o", tmp_path / "cases.pdf")
    assert told.code == 2
    assert ".xlsx" in told.said
    told = letters("columns", "clinician-leavin")
    assert told.code == 2
    assert KIND in told.said


@pytest.mark.usefixtures("office")
def test_a_practice_of_its_own_kind_is_asked_for_what_that_needs(letters: Run) -> None:
    letters("eject", KIND, "--as", "ours")
    file = Path("kinds/ours/kind.yaml")
    file.write_text(file.read_text("utf-8").replace("  - handover?\n", "  - handover\n"), "utf-8")
    found = {one["column"]: one["needed"] for one in json.loads(letters("columns", "ours", "--json").out)}
    assert found["handover to"] == "required"
    assert letters("columns", "ours").code == 0
