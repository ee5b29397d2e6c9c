"""Tables as text: encodings, separators, quotes, and rows that are not whole."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

import pytest

from letters.tables import open_table
from tests.tables.making import HEADER, HOME, ROW, codes, csv_text, places, read_bytes, read_csv

TEXT = csv_text(HEADER, (*ROW[:3], "José Muñoz"))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.replace("\r\n", "\n").encode(), None),
        (TEXT.replace("\r\n", "\r").encode(), None),
        (TEXT.rstrip().encode(), None),
    ],
)
def test_a_table_is_read_in_its_encoding(content: bytes, encoding: str | None, tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, content, encoding=encoding)
    assert table.findings == []
    assert [row.value.clients[0].name for row in rows if row.value] == ["José Muñoz"]


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (TEXT.encode("cp1252"), "--encoding cp1252"),
        (TEXT.encode("utf-16"), "--encoding utf-16"),
        (csv_text(HEADER, ROW).encode("utf-16-le"), "--encoding utf-16-le"),
    ],
)
def test_another_encoding_is_said_and_never_guessed(content: bytes, remedy: str, tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, content)
    assert codes(table.findings) == ["encoding"]
    assert remedy in table.findings[0].remedy
    assert [row.value for row in rows] == [None]


def test_an_encoding_that_is_none_is_told(tmp_path: Path) -> None:
    table, _ = read_bytes(tmp_path, TEXT.encode(), encoding="utf-9")
    assert codes(table.findings) == ["encoding"]
    table, _ = read_bytes(tmp_path, TEXT.encode("cp1252"), encoding="utf-8")
    assert codes(table.findings) == ["encoding"]


def test_a_byte_that_is_wrong_far_down_is_told_with_its_line(tmp_path: Path) -> None:
    content = csv_text(HEADER, *[ROW] * 30_000).encode() + TEXT.splitlines()[1].encode("cp1252")
    path = tmp_path / "cases.csv"
    path.write_bytes(content)
    table = open_table(path)
    assert codes(table.findings) == ["encoding"]
    assert str(table.findings[0].place) == f"{path}:30002"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["cases.csv", "cases.tsv"])
def test_the_separator_is_found_from_the_header(separator: str, name: str, tmp_path: Path) -> None:
    text = TEXT.replace(",", separator)
    table, rows = read_bytes(tmp_path, text.encode(), name)
    assert table.findings == []
    assert len([row for row in rows if row.value]) == 1


def test_a_cell_in_quotes_may_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    text = f"{','.join(HEADER)},words closing\r\n" + '{},{},{},"Avery, J. ""Jo""","One.\r\nTwo."\r\n'.format(
        *ROW[:3]
    )
    _, rows = read_bytes(tmp_path, (text + csv_text((*ROW, ""))).encode())
    assert rows[0].value is not None
    assert rows[0].value.clients[0].name == 'Avery, J. "Jo"'
    assert rows[0].value.words["closing"] == {"": "One.\nTwo."}
    assert [row.number for row in rows] == [2, 3]


@pytest.mark.parametrize("row", [ROW[:3], (*ROW, "more"), ("C-1, Inc", *ROW)])
def test_a_ragged_row_is_an_error_that_names_it(row: tuple[str, ...], tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, HEADER, ROW, row, ROW)
    assert table.findings == []
    assert [codes(row.findings) for row in rows] == [[], ["ragged-row"], []]
    assert places(rows[1].findings) == ["row 3"]
    assert rows[1].value is None


def test_empty_cells_beyond_the_header_do_no_harm(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, (*ROW, "", " "))
    assert rows[0].findings == []


def test_a_quote_that_is_never_closed_is_told_where_it_opens(tmp_path: Path) -> None:
    text = csv_text(HEADER, ROW, (*ROW[:3], '"Jordan'), ROW, ROW)
    _, rows = read_bytes(tmp_path, text.encode())
    assert [(row.number, codes(row.findings)) for row in rows] == [(2, []), (3, ["csv-syntax"])]
    assert "never closed" in rows[1].findings[0].message
    assert "Jordan" not in str(rows[1].findings)


def test_a_quote_closed_in_the_midst_of_a_cell_is_told(tmp_path: Path) -> None:
    text = csv_text(HEADER, (*ROW[:3], '"Jo" Avery'), ROW)
    _, rows = read_bytes(tmp_path, text.encode())
    assert [codes(row.findings) for row in rows] == [["csv-syntax"], []]
    assert rows[1].number == 3


def test_rows_swallowed_by_a_quote_are_not_read_as_others(tmp_path: Path) -> None:
    text = csv_text(HEADER, (*ROW[:3], '"Jordan'), ROW, (*ROW[:3], '"Robin"'), ROW)
    _, rows = read_bytes(tmp_path, text.encode())
    assert [(row.number, codes(row.findings)) for row in rows] == [(2, ["csv-syntax"])]


def test_a_cell_over_the_cap_is_told_with_its_row(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, HEADER, (*ROW[:3], "x" * (csv.field_size_limit() + 1)), ROW)
    assert [codes(row.findings) for row in rows] == [["csv-syntax"], []]
    assert "131,072" in rows[0].findings[0].message


def test_a_table_of_nothing_is_told(tmp_path: Path) -> None:
    for content in (b"", b"\xef\xbb\xbf", b"\r\n\r\n", b",,\n , ,\n"):
        table, rows = read_bytes(tmp_path, content)
        assert codes(table.findings) == ["file"], content
        assert "empty" in table.findings[0].message
        assert rows == []


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    table, rows = read_csv(tmp_path, HEADER)
    assert codes(table.findings) == ["file"]
    assert rows == []


def test_a_header_that_is_torn_is_told(tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, f'"{csv_text(HEADER, ROW)}'.encode())
    assert codes(table.findings) == ["csv-syntax"]
    assert rows == []


def test_rows_are_read_one_by_one_and_not_before_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(csv_text(HEADER, *[ROW] * 50_000).encode())
    first = next(iter(open_table(path)))
    assert (first.number, first.findings) == (2, [])


def test_a_file_that_is_gone_meanwhile_is_told(tmp_path: Path) -> None:
    table, _ = read_csv(tmp_path, HEADER, ROW)
    (tmp_path / "cases.csv").unlink()
    assert [codes(row.findings) for row in table] == [["file"]]


def test_a_longer_row_than_needed_keeps_its_case(tmp_path: Path) -> None:
    _, rows = read_csv(tmp_path, (*HEADER, "address line 1", "country"), HOME)
    assert rows[0].value is not None
    assert rows[0].value.clients[0].addresses[0].country == "US"
