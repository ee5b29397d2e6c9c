"""What `docs/tables.md` shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from letters.model.practice import Practice
from letters.sources import read_text
from letters.tables import open_table
from letters.tables.header import read_header
from letters.tables.names import paths_of
from letters.tables.reserved import REPORT, TO
from tests.tables.making import codes, read_bytes

PAGE = (Path(__file__).parents[2] / "docs/tables.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def named() -> list[str]:
    rows = PAGE.partition("| column | is |")[2].partition("\n\n")[0].splitlines()[2:]
    return [name for row in rows for name in re.findall("`([^`]+)`", row.split("|")[1])]


@pytest.mark.parametrize("name", named())
def test_every_column_it_names_is_one(name: str) -> None:
    assert paths_of(name) or name in (TO, *REPORT)


def test_its_mapping_of_an_export_is_read(tmp_path: Path) -> None:
    practice = (
        "name: P\nprofession: counseling\njurisdiction: us\nphone: '1'\nrecords: {custodian: C}\n"
        "address: {lines: [1 Elm], country: US}\npeople: {sam-rivera: {name: Sam, role: Therapist}}\n"
    )
    reading = read_text(practice + block("yaml"), "practice.yaml", Practice)
    assert reading.findings == []
    assert reading.value is not None
    own, order = reading.value.columns, reading.value.table_dates
    assert read_header(list(own), "x.csv", columns=own).findings == ()
    row = ("C-1", "3/2/2026", "sam-rivera", "Jordan Avery", "5/4/1991", "yes", "Acme")
    (tmp_path / "x.csv").write_text(f"{','.join(own)},address line 1,country\n{','.join(row)},1 Elm,US\n")
    table = open_table(tmp_path / "x.csv", columns=own, dates=order)
    (only,) = table
    assert (table.findings, only.findings) == ([], [])
    assert only.value is not None
    assert only.value.clients[0].born is not None
    assert only.value.clients[0].born.isoformat() == "1991-05-04"


def test_its_lines_are_read(tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, block("json").encode(), "x.jsonl", for_letters=True)
    assert table.findings == []
    assert [(codes(row.findings), row.to) for row in rows] == [([], "client-1"), ([], None)]


def test_its_error_reads_as_it_is_told(tmp_path: Path) -> None:
    header = "case,opened,clinician,client name,address line 1,country\n"
    text = header + "\n" * 15 + "C-1,2026-03-02,sam-rivera,Jordan Avery,1 Elm,\n"
    _, rows = read_bytes(tmp_path, text.encode())
    (told,) = rows[0].findings
    assert told.place
    assert f"error: {told.message}\n   --> clients.csv: {told.place.field}\n" in block("text")
    assert f"help: {told.remedy}\n" in block("text")
