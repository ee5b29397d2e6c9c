"""What files, folders, tables and standard input report of cases."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest

from letters.caseload.reported import Gathered, gather
from letters.findings import Severity
from tests.support.desk import EXAMPLES

CASE = (EXAMPLES / "harbor" / "cases" / "C-1001.yaml").read_bytes()
ROWS = b"case,opened,clinician,client name\nC-1,2026-01-10,sam-rivera,Ann Lee\nC-2,2026-01-10,sam-rivera,Bo\n"


def numbers(found: Gathered) -> list[str]:
    return [one.case.case for one in found.reported]


def codes(found: Gathered) -> list[str]:
    return [finding.code for finding in found.findings]


def test_a_folder_stands_for_the_case_files_in_it(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "harbor" / "cases", tmp_path / "cases")
    shutil.copy(EXAMPLES / "harbor" / "practice.yaml", tmp_path / "cases")
    for name in ("notes.txt", ".hidden.yaml", "~C-1.yaml"):
        (tmp_path / "cases" / name).write_text("nothing that is read")
    (tmp_path / "cases" / "more").mkdir()
    found = gather([tmp_path / "cases"])
    assert (len(found.reported), found.findings) == (29, [])
    assert numbers(found) == sorted(numbers(found))


def test_a_folder_without_case_files_is_told(tmp_path: Path) -> None:
    found = gather([tmp_path])
    assert (codes(found), found.faulty) == (["file"], 1)


def test_files_and_rows_come_together_and_a_file_named_twice_once(tmp_path: Path) -> None:
    file, rows = tmp_path / "C-1001.yaml", tmp_path / "rows.csv"
    file.write_bytes(CASE)
    rows.write_bytes(ROWS)
    found = gather([file, rows, file])
    assert numbers(found) == ["C-1001", "C-1", "C-2"]
    assert [one.is_row for one in found.reported] == [False, True, True]
    places = [one.place("clinician") for one in found.reported]
    assert places[0].line == 7
    assert [place.field for place in places[1:]] == ["row 2, column clinician", "row 3, column clinician"]


def test_everything_is_read_and_told_at_once(tmp_path: Path) -> None:
    file, rows = tmp_path / "C-1001.yaml", tmp_path / "rows.csv"
    file.write_bytes(CASE.replace(b"opened: 2026-03-02", b"opened: 2026-02-30"))
    rows.write_bytes(ROWS.replace(b"2026-01-10,sam-rivera,Bo", b"soon,sam-rivera,Bo"))
    found = gather([file, rows, tmp_path / "gone.yaml"])
    assert (codes(found), numbers(found), found.faulty) == (["bad-value", "bad-value", "file"], ["C-1"], 3)


def test_a_table_with_a_fault_of_its_own_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("")
    found = gather([tmp_path / "rows.csv"])
    assert (codes(found), found.faulty) == (["file"], 1)


def test_tables_in_a_folder_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "C-1001.yaml").write_bytes(CASE)
    (tmp_path / "rows.csv").write_bytes(ROWS)
    found = gather([tmp_path])
    assert (numbers(found), found.faulty) == (["C-1001"], 0)
    assert [(one.code, one.severity) for one in found.findings] == [("file", Severity.WARNING)]
    assert "no tables: rows.csv." in found.findings[0].message


def test_unknown_columns_are_let_be_when_that_is_asked_for(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_bytes(
        ROWS.replace(b"client name", b"client name,shoe size")
        .replace(b"Lee", b"Lee,9")
        .replace(b"Bo", b"Bo,7")
    )
    assert "unknown-column" in codes(gather([rows]))
    assert numbers(gather([rows], ignore=True)) == ["C-1", "C-2"]


class Peekless(io.BytesIO):
    """A standard input of a test, or of a program that hands in bytes."""


@pytest.mark.parametrize("wrap", [io.BufferedReader, lambda raw: raw])
@pytest.mark.parametrize(("content", "expected"), [(CASE, ["C-1001"]), (ROWS, ["C-1", "C-2"])])
def test_standard_input_is_a_case_or_a_table(
    monkeypatch: pytest.MonkeyPatch, wrap: type, content: bytes, expected: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(wrap(Peekless(content))))
    assert numbers(gather(["-"])) == expected
