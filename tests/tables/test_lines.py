"""JSON Lines: a case on each line, or every fault of it with the number of the line."""

from __future__ import annotations

import codecs
import io
import json
import sys
from pathlib import Path

import pytest

from letters.findings import Severity
from letters.tables import Row, Table, is_table, open_table
from letters.tables.lines import LONGEST_LINE, are_lines
from tests.tables.making import codes, places, read_bytes, read_csv

FLAT = {"case": "C-1001", "opened": "2026-03-02", "clinician": "sam-rivera", "Client_Name": "Jordan Avery"}
NESTED = {
    "case": "C-1002",
    "relationship": "individual",
    "opened": "2026-03-02",
    "clinician": "sam-rivera",
    "clients": [
        {"id": "jo", "name": "José", "addresses": [{"lines": ["1 Elm"], "country": "US", "safe": True}]}
    ],
}


def lines(*cases: object) -> str:
    return "".join(f"{case if isinstance(case, str) else json.dumps(case)}\n" for case in cases)


def read_lines(folder: Path, *cases: object, **options: object) -> tuple[Table, list[Row]]:
    return read_bytes(folder, lines(*cases).encode("utf-8", "surrogatepass"), "cases.jsonl", **options)


def test_a_flat_line_and_a_nested_one_each_come_to_a_case(tmp_path: Path) -> None:
    table, rows = read_lines(tmp_path, FLAT, "", NESTED)
    assert table.findings == []
    assert [(row.where, row.findings) for row in rows] == [("line 1", []), ("line 3", [])]
    names = [row.value.clients[0].name for row in rows if row.value]
    assert names == ["Jordan Avery", "José"]
    assert rows[1].value is not None
    assert rows[1].value.clients[0].addresses[0].safe is True


def test_a_flat_line_comes_to_the_same_case_as_a_row(tmp_path: Path) -> None:
    flat = {
        **FLAT,
        "balance": 120.50,
        "currency": "USD",
        "as of": "2026-11-01",
        "danger": False,
        "city": None,
    }
    _, rows = read_lines(tmp_path, flat)
    header = [*FLAT, "balance", "currency", "as of", "danger", "city"]
    _, same = read_csv(tmp_path, header, [*FLAT.values(), "120.5", "USD", "2026-11-01", "no", ""])
    assert rows[0].value == same[0].value
    assert rows[0].value is not None


def test_every_line_may_have_names_of_its_own(tmp_path: Path) -> None:
    table, rows = read_lines(tmp_path, FLAT, {**FLAT, "phone": "+1 503 555 0188"})
    assert [len(row.value.clients[0].phones) for row in rows if row.value] == [0, 1]
    assert table.names == (*FLAT, "phone")


def test_all_problems_of_a_line_are_told_with_its_number_and_their_names(tmp_path: Path) -> None:
    bad = {**FLAT, "opened": "2026-02-30", "Clinican": "x", "": "y", "balance": "12"}
    del bad["clinician"]
    _, rows = read_lines(tmp_path, FLAT, bad)
    assert rows[0].value is not None
    assert rows[1].value is None
    assert list(zip(codes(rows[1].findings), places(rows[1].findings), strict=True)) == [
        ("unknown-column", "line 2, Clinican"),
        ("missing-field", "line 2"),
        ("bad-value", "line 2, opened"),
        ("nameless-column", "line 2"),
        ("missing-field", "line 2"),
        ("missing-field", "line 2"),
    ]
    assert rows[1].findings[0].remedy == "Did you mean clinician?"


def test_a_missing_name_is_told_in_its_line(tmp_path: Path) -> None:
    _, rows = read_lines(tmp_path, {name: FLAT[name] for name in list(FLAT)[:3]})
    assert [(one.message, one.code) for one in rows[0].findings] == [
        ("There is no client name.", "missing-field")
    ]
    assert places(rows[0].findings) == ["line 1"]


def test_what_is_wrong_in_a_nested_line_is_told_with_its_field(tmp_path: Path) -> None:
    client = {"id": "jo", "name": "Jo", "born": "2026-13-01", "nmae": "x"}
    _, rows = read_lines(tmp_path, {**NESTED, "clients": [client]})
    assert sorted(zip(codes(rows[0].findings), places(rows[0].findings), strict=True)) == [
        ("bad-value", "line 1, clients[0].born"),
        ("unknown-field", "line 1, clients[0].nmae"),
    ]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ('{"case": "C-1", "case": "C-2"}', "duplicate-key", "has the field case already."),
        ('{"case": NaN}', "json-syntax", "not a number"),
        ('{"case": -Infinity}', "json-syntax", "not a number"),
        ('{"a":' * 30 + "1" + "}" * 30, "too-deep", "20 groups"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "too-deep", "20 groups"),
        ('{"case": "C\x00-1"}', "control-character", "U+0000"),
        ('{"case": "C-1"', "json-syntax", "never closed"),
        ('{"case": "C-1', "json-syntax", "not closed on its line"),
        ("{'case': 'C-1'}", "json-syntax", "double quotes"),
        ('{"case": "C-1"} {"case": "C-2"}', "json-syntax", "after the end"),
        ("[1, 2]", "not-a-case", "no group of fields"),
        ('"C-1"', "not-a-case", "no group of fields"),
        ("C-1001,2026-03-02", "json-syntax", ""),
        ('{"x": 1, "y": 2}', "file", "no name"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_case_is_told_and_the_others_are_read(
    line: str, code: str, said: str, tmp_path: Path
) -> None:
    said = "has a name that is known" if code == "file" else said
    table, rows = read_lines(tmp_path, FLAT, line, FLAT)
    assert table.findings == []
    assert [row.value is not None for row in rows] == [True, False, True]
    told = rows[1].findings[0]
    assert (told.code, told.place and told.place.field.split(",")[0]) == (code, "line 2")
    assert said in told.message
    assert "line 1" not in told.message
    assert len(rows[1].findings) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("Jor\u202edan", "direction-override"), ("Jor\\u202edan", "direction-override"),
     ("Jor\ufffddan", "replacement-character"), ("Jor\\u0007dan", "control-character"),
     ("Jor\\ud800dan", "lone-surrogate"), ("Jord\u0430n", "mixed-script"), ("JosÃ©", "mojibake")],
)  # fmt: skip
@pytest.mark.parametrize("case", [FLAT, NESTED])
def test_doubtful_characters_are_told(case: dict[str, object], name: str, code: str, tmp_path: Path) -> None:
    line = json.dumps(case, ensure_ascii=False).replace("Jordan Avery", name).replace("José", name)
    _, rows = read_lines(tmp_path, line)
    assert code in codes(rows[0].findings)
    is_error = any(one.severity is Severity.ERROR for one in rows[0].findings)
    assert (rows[0].value is None) is is_error


def test_a_line_without_end_is_told_and_not_read(tmp_path: Path) -> None:
    _, rows = read_lines(tmp_path, {**FLAT, "notes": "x" * LONGEST_LINE}, FLAT)
    assert [(row.number, codes(row.findings)) for row in rows] == [(1, ["file"]), (2, [])]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (codecs.BOM_UTF8 + lines(NESTED).encode(), None),
        (lines(NESTED).replace("\n", "\r\n").encode(), None),
        (lines(NESTED).rstrip().encode(), None),
        (json.dumps(NESTED, ensure_ascii=False).encode("cp1252"), "cp1252"),
        (lines(NESTED).encode("utf-16"), "utf-16"),
    ],
)
def test_lines_are_read_in_their_encoding(content: bytes, encoding: str | None, tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, content, "cases.jsonl", encoding=encoding)
    assert table.findings == []
    assert [row.value.clients[0].name for row in rows if row.value] == ["José"]


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (lines(FLAT).encode("utf-16"), "--encoding utf-16"),
        (lines(FLAT).encode("utf-16-le"), "--encoding utf-16-le"),
        (json.dumps(NESTED, ensure_ascii=False).encode("cp1252"), "--encoding cp1252"),
    ],
)
def test_another_encoding_is_said_and_never_guessed(content: bytes, remedy: str, tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, content, "cases.jsonl")
    assert codes(table.findings) == ["encoding"]
    assert remedy in table.findings[0].remedy
    assert [row.value for row in rows] == [None]


@pytest.mark.parametrize("text", ["[\n", "[" + json.dumps(FLAT) + "]", json.dumps(FLAT, indent=1), "\n \n"])
def test_json_that_is_no_json_lines_is_one_finding(text: str, tmp_path: Path) -> None:
    table, rows = read_bytes(tmp_path, text.encode(), "cases.ndjson")
    assert codes(table.findings) == ["file"]
    assert rows == []


def test_columns_of_ones_own_unknown_ones_and_days_are_as_in_any_table(tmp_path: Path) -> None:
    own = {"MRN": "case", "Admitted": "opened", "Who": "clinician", "Name": "client name", "Notes": "ignore"}
    line = {"mrn": "C-1", "admitted": "3/2/2026", "who": "sam-rivera", "name": "Jo", "notes": "x", "z": "1"}
    _, rows = read_lines(tmp_path, line, columns=own, dates="day-first", ignore=True)
    assert rows[0].value is not None
    assert rows[0].value.opened.isoformat() == "2026-02-03"
    assert codes(rows[0].findings) == ["unknown-column"]
    assert "notes" not in rows[0].findings[0].message


def test_the_addressee_is_told_beside_the_case(tmp_path: Path) -> None:
    _, rows = read_lines(
        tmp_path, {**FLAT, "To": "jo"}, {**NESTED, "to": "jo", "problem": "x"}, for_letters=True
    )
    assert [(row.to, row.value is not None) for row in rows] == [("jo", True), ("jo", True)]
    _, rows = read_lines(tmp_path, {**NESTED, "to": "jo"})
    assert (rows[0].to, rows[0].value is not None) == (None, True)


def test_what_is_but_told_about_a_name_is_told_once(tmp_path: Path) -> None:
    table, rows = read_lines(tmp_path, *[{**FLAT, "room": "12", "to": "jo"}] * 3, ignore=True)
    assert [codes(row.findings) for row in rows] == [["column-let-be", "unknown-column"], [], []]
    assert [row.value is not None for row in rows] == [True] * 3
    assert list(table) == rows


def test_what_a_nested_line_says_can_be_written_as_a_row(tmp_path: Path) -> None:
    _, rows = read_lines(tmp_path, {**NESTED, "opened": "2026-02-30", "to": "jo"}, for_letters=True)
    cells = rows[0].cells()
    assert cells["opened"] == "2026-02-30"
    _, again = read_csv(
        tmp_path, list(cells), [*{**cells, "opened": "2026-03-02"}.values()], for_letters=True
    )
    assert (again[0].to, again[0].value is not None) == ("jo", True)
    assert again[0].value is not None
    assert again[0].value.clients[0].id == "jo"


def test_lines_come_from_standard_input_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(b"\xef\xbb\xbf" + lines(FLAT, NESTED).encode())

    monkeypatch.setattr(sys, "stdin", Piped())
    table = open_table("-")
    assert [row.value is not None for row in table] == [True, True]


def test_lines_are_told_from_one_case(tmp_path: Path) -> None:
    assert are_lines(lines(FLAT, NESTED).encode())
    assert are_lines(b"\xef\xbb\xbf" + lines(FLAT).encode() + b'\n{"case": "C-2')
    assert not are_lines(lines(FLAT).encode())
    assert not are_lines(json.dumps(FLAT, indent=1).encode())
    assert not are_lines(b"case,opened\nC-1,2026-03-02\n")
    assert [is_table(tmp_path / name) for name in ("a.jsonl", "a.NDJSON", "a.json")] == [True, True, False]


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    table, rows = read_lines(tmp_path, *[FLAT] * 3)
    assert list(table) == rows
    (tmp_path / "cases.jsonl").unlink()
    assert [codes(row.findings) for row in table] == [["file"]]
