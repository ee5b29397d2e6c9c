"""No cell of a list runs as a formula, and none loses what it says."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters.spreadsheet import csv_table, defused
from letters.tables.cells import DEFUSED, UnusableError, cell_text

RUN = "=+-@＝＋－＠"
DANGEROUS = (*RUN, "\t", "\r", "\n")
TEXTS = st.text(st.characters(codec="utf-8")) | st.builds(
    lambda before, sign, rest: before + sign + rest,
    st.text("\t\r\n \u00a0\u200b\ufeff\x00'"),
    st.sampled_from(DANGEROUS),
    st.text(),
)


def read(table: bytes) -> list[list[str]]:
    """A table as a program reads it."""
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("sign", RUN)
@pytest.mark.parametrize("before", ["", " ", "\t", "\r\n", "\u00a0", "\u200b", "\ufeff", "\x00"])
def test_a_formula_gets_an_apostrophe(before: str, sign: str) -> None:
    assert defused(f"{before}{sign}1+1") == f"'{f'{before}{sign}1+1'.lstrip()}"


@pytest.mark.parametrize("text", ["", "José", "12 Pier Street", "a=b", "'=1", "O'Brien & Söhne <Ltd>", "# 4"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


@given(TEXTS)
def test_no_cell_begins_with_a_sign_that_runs(text: str) -> None:
    cell = defused(text)
    assert not cell.startswith(DANGEROUS)
    assert not cell.lstrip("\ufeff\u200b\x00 ").startswith(tuple(RUN))


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2)))
def test_a_program_reads_every_cell_back(rows: list[list[str]]) -> None:
    told = [[defused(cell) for cell in row] for row in rows]
    assert read(csv_table(["one", "two"], rows)) == [["one", "two"], *told]
    assert all(cell.removeprefix("'") in written or cell == written for cell, written in zip(
        [cell for row in told for cell in row], [cell for row in rows for cell in row], strict=True
    ))  # fmt: skip


def as_read(cell: str) -> str:
    """A cell as our own reader of tables takes it, or why it does not."""
    try:
        return cell_text(cell, str)
    except UnusableError as error:
        return error.message


@given(TEXTS)
@example("=1+1")
@example("-5.00")
@example("+1 503 555 0188")
@example("'=1")
def test_our_own_reader_takes_the_apostrophe_off_again(text: str) -> None:
    undone = tuple(sign[1:] for sign in DEFUSED)
    if defused(text).startswith("'") and not text.strip().startswith(("'", *undone)):
        return  # signs that no fact begins with: the reader leaves them defused
    assert as_read(defused(text)) == as_read(text)


def test_names_survive_a_spreadsheet() -> None:
    table = csv_table(["name"], [["José"]])
    assert table == "\ufeffname\r\nJosé\r\n".encode()


def test_half_a_character_is_told() -> None:
    assert csv_table(["name"], [["a\ud800"]]).decode("utf-8-sig") == "name\r\na\\ud800\r\n"
