"""A file that is no text, or another sort of text, is told as what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from letters.findings import Finding
from letters.sources import Reading, read, read_text
from letters.sources.opening import LARGEST_FILE
from tests.sources.models import GOOD_YAML, Plan


def only(reading: Reading[Plan]) -> Finding:
    (finding,) = reading.findings
    assert reading.value is None
    assert finding.code == "file"
    return finding


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").touch()

    finding = only(read(tmp_path / "pla.yaml", Plan))

    assert finding.message == "There is no such file."
    assert "plan.yaml?" in finding.remedy


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "folder" in only(read(tmp_path, Plan)).message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.touch(0o000)

    assert "may not be read" in only(read(file, Plan)).message


@pytest.mark.parametrize("name", ["nowhere/plan.yaml", "x" * 300, "a\0b"])
def test_an_impossible_name_is_said(tmp_path: Path, name: str) -> None:
    assert only(read(tmp_path / name, Plan)).remedy


@pytest.mark.parametrize("text", ["", "   \n", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(text)

    assert only(read(file, Plan)).message == "This file is empty."


def test_a_file_that_is_too_large_is_said(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    with file.open("wb") as opened:
        opened.truncate(LARGEST_FILE + 1)

    assert "larger than 5 MB" in only(read(file, Plan)).message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04 and more", "a Word file, a spreadsheet or another ZIP archive"),
        (b"{\\rtf1\\ansi Dear Jordan}", "a Word file (RTF)"),
        (b"%PDF-1.7", "a PDF"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, what: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_bytes(content)

    assert only(read(file, Plan)).message == f"This is {what}, not a text file."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan.csv", "id\nC-1\n"),
        ("plan.yaml", "id,name\nC-1,Jordan\n"),
        ("-", 'id;name\nC-1;"Jordan; Avery"\n'),
        ("plan.yaml", 'id\tname\nC-1\t"Jordan" Avery\n'),
    ],
)
def test_a_table_is_named(name: str, text: str) -> None:
    assert "a table" in only(read_text(text, name, Plan)).message


@pytest.mark.parametrize("name", ["plan.csv", "-"])
def test_what_has_fields_is_no_table(name: str) -> None:
    assert read_text(GOOD_YAML, name, Plan).findings == []


def test_prose_with_commas_is_no_table() -> None:
    (finding,) = read_text("Dear Sam, hello\nyours\n", "plan.yaml", Plan).findings

    assert finding.code == "bad-value"


def test_a_pipe_in_the_place_of_a_file_is_said_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "plan.yaml"
    os.mkfifo(pipe)

    assert "a pipe or a device" in only(read(pipe, Plan)).message
    assert "a pipe or a device" in only(read(Path("/dev/zero"), Plan)).message


def test_what_a_shell_hands_over_is_read() -> None:
    reader, writer = os.pipe()
    os.write(writer, GOOD_YAML.encode())
    os.close(writer)
    try:
        assert read(Path(f"/dev/fd/{reader}"), Plan).value
    finally:
        os.close(reader)
