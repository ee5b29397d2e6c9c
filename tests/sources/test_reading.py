"""A file becomes a model, or all its problems are told with their places."""

from __future__ import annotations

import io
import json
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.findings import RULES, Finding, Place, Severity
from letters.sources import Reading, read, read_text, remembered
from letters.sources.reading import MOST_FINDINGS
from letters.sources.text import SourceText, caret_column
from tests.sources.models import GOOD_JSON, GOOD_YAML, Plan

TEN_MISTAKES = """\
id: two words
sort: Copule
opened: 2026-02-30
balnce: 1
clients:
  - name: Jordan #4
    born: 04.05.1991
    name: Twice
    addresses: [{lines: none, safe: maybe}]
  - name: J\u202eordan
words: [thanks]
"""


def told(reading: Reading[Plan]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place).partition(":")[2]) for finding in reading.findings]


def codes(reading: Reading[Plan]) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("name", "text"), [("plan.yaml", GOOD_YAML), ("plan.json", GOOD_JSON), ("-", GOOD_JSON)]
)
def test_a_good_file_becomes_its_model_without_a_word(name: str, text: str) -> None:
    reading = read_text(text, name, Plan)

    assert reading.findings == []
    assert reading.value is not None
    assert reading.value.clients[0].addresses[0].postcode == "01234"
    assert reading.value.words["thanks"].splitlines()[0] == "You came through"


def test_yaml_and_json_come_to_the_same_model() -> None:
    assert read_text(GOOD_YAML, "a.yaml", Plan).value == read_text(GOOD_JSON, "a.json", Plan).value


def test_ten_mistakes_are_ten_findings_each_with_its_place() -> None:
    reading = read_text(TEN_MISTAKES, "plan.yaml", Plan)

    assert reading.value is None
    assert told(reading) == [
        ("bad-value", "1:5"),
        ("bad-value", "2:7"),
        ("bad-value", "3:9"),
        ("unknown-field", "4:1"),
        ("yaml-comment", "6:18"),
        ("bad-value", "7:11"),
        ("duplicate-key", "8:5"),
        ("bad-value", "9:25"),
        ("bad-value", "9:37"),
        ("direction-override", "10:12"),
        ("bad-value", "11:1"),
    ]


def test_a_place_carries_line_excerpt_length_and_field() -> None:
    (finding,) = read_text("id: C-1\nopened: tomorrow\n", "plan.yaml", Plan).findings

    place = finding.place
    assert place is not None
    assert str(place) == "plan.yaml:2:9"
    assert (place.length, place.excerpt, place.field) == (8, "opened: tomorrow", "opened")


def test_a_missing_field_is_placed_at_what_lacks_it() -> None:
    reading = read_text("id: C-1\nclients:\n  - born: 1991-05-04\n", "plan.yaml", Plan)

    assert told(reading) == [("missing-field", "3:5")]
    assert reading.findings[0].place is not None
    assert reading.findings[0].place.field == "clients[0].name"


@pytest.mark.parametrize("text", ["opened: 2026-03-02\n", "Dear diary\n", "- id: C-1\n"])
def test_no_line_is_blamed_for_what_the_whole_file_is_or_lacks(text: str) -> None:
    (finding,) = read_text(text, "plan.yaml", Plan).findings

    assert finding.place is not None
    assert (finding.place.line, finding.place.excerpt) == (1, "")


def test_a_misspelled_field_and_what_stands_in_it_are_told_at_once() -> None:
    text = "id: C-1\nclients:\n  - nme: Jordan\n    adresses: [{lins: [1 Elm St], safe: maybe}]\n"

    reading = read_text(text, "plan.yaml", Plan)

    assert told(reading) == [
        ("unknown-field", "3:5"),
        ("unknown-field", "4:5"),
        ("unknown-field", "4:17"),
        ("bad-value", "4:41"),
    ]
    assert [f.place.excerpt for f in reading.findings if f.place][:2] == ["  - nme: …", "    adresses: …"]


def test_errors_are_kept_when_warnings_have_to_be_cut() -> None:
    text = "words:\n" + "".join(f"  a{n}: x #{n}\n" for n in range(40)) + "id: two words\n"

    findings = read_text(text, "plan.yaml", Plan).findings

    assert [finding.code for finding in findings[-2:]] == ["bad-value", "more-findings"]


def test_a_warning_leaves_the_value() -> None:
    reading = read_text("id: C-1\nclients: [{name: Jos\u00c3\u00a9}]\n", "plan.yaml", Plan)

    assert codes(reading) == ["mojibake"]
    assert reading.value is not None


def test_what_could_not_be_taken_is_not_complained_of_twice() -> None:
    reading = read_text("id: &a C-1\nopened: *a\n", "plan.yaml", Plan)

    assert codes(reading) == ["yaml-alias", "yaml-alias"]


def test_a_file_is_read_by_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(GOOD_JSON, "utf-8")
    (tmp_path / "plan.YML").write_text(GOOD_YAML, "utf-8")

    assert read(tmp_path / "plan.json", Plan).value == read(tmp_path / "plan.YML", Plan).value
    assert read(tmp_path / "plan.json", Plan).value is not None


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(GOOD_YAML, "utf-8-sig")

    assert read(file, Plan).findings == []


@pytest.mark.parametrize("text", [GOOD_YAML, GOOD_JSON])
def test_standard_input_is_read_by_what_it_holds(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    assert read("-", Plan).findings == []


@pytest.mark.parametrize("settling", [0, 0.06])
def test_what_is_remembered_of_a_file_is_what_it_holds(tmp_path: Path, settling: float) -> None:
    file = tmp_path / "plan.yaml"
    for name in ("Jordan", "Robin!", "Samira"):
        file.write_text(GOOD_YAML.replace("Jordan", name), "utf-8")
        time.sleep(settling)
        first = remembered(file, Plan)
        assert first == read(file, Plan)
        assert (remembered(file, Plan) is first) == bool(settling)
    file.unlink()
    assert codes(remembered(file, Plan)) == ["file"]


def test_a_doubtful_character_is_told_by_its_field_where_nobody_sees_the_text() -> None:
    text = GOOD_JSON.replace("You came", "You\u00ad came")
    (finding,) = read_text(text, "case 1", Plan, is_at_hand=False).findings
    assert finding.place == Place("case 1", field="words.thanks")
    assert {one.place.line is None for one in read_text(text, "plan.json", Plan).findings if one.place} == {
        False
    }


def test_another_encoding_is_said_together_with_the_other_problems(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_bytes("id: C-1\nclients: [{name: José}]\nopened: x\n".encode("cp1252"))

    assert told(read(file, Plan)) == [("encoding", "2:21"), ("bad-value", "3:9")]
    assert codes(read(file, Plan, encoding="cp1252")) == ["bad-value"]


def test_hundreds_of_findings_are_cut_and_it_is_said() -> None:
    text = "id: C-1\nclients: [" + "{}, " * 300 + "]\n"

    findings = read_text(text, "plan.yaml", Plan).findings

    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1].message == "270 more findings of this file are not shown."


PIECES = st.sampled_from(
    ["id: ", "clients:\n  - ", "name: x\n", "confidential: ", "{", "}", "[", "]", '"', "'", "\n", "  ", "\t"]
) | st.sampled_from(
    [
        "#4",
        " #4",
        ": ",
        ",",
        "- ",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "---\n",
        "é",
        "\0",
        "\ud800",
        "\u2028",
        "\r",
        "|\n",
        "\\u202e",
    ]
)
TEXTS = st.text() | st.lists(PIECES, max_size=30).map("".join)


def assert_well_placed(finding: Finding, text: str) -> None:
    place = finding.place
    assert place is not None
    assert finding.message
    if place.line is None:
        assert finding.code in ("file", "more-findings")
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= place.line <= len(lines)
    assert place.column is not None
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert 1 <= caret_column(place) <= len(place.excerpt) + 1
    assert place.length >= 1
    f"{finding.message}{finding.remedy}{place.excerpt}{place.field}".encode()


@settings(deadline=None, max_examples=250)
@given(text=TEXTS, name=st.sampled_from(["a.yaml", "a.json", "-"]))
def test_any_text_is_read_or_refused_with_places(text: str, name: str) -> None:
    reading = read_text(text, name, Plan)

    assert reading.value is not None or reading.findings
    for finding in reading.findings:
        assert_well_placed(finding, text.removeprefix("\ufeff"))


@settings(deadline=None, max_examples=150)
@given(
    content=st.binary(),
    encoding=st.sampled_from([None, "cp1252", "utf-16", "utf-7", "nonsense", "hex", "\0", "ascii"]),
)
def test_any_bytes_are_read_or_refused(
    content: bytes, encoding: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)

    reading = read(file, Plan, encoding=encoding)

    assert reading.value is not None or reading.findings


def is_a_name(text: str) -> bool:
    """Whether a text has something to be seen, and no heap of marks."""
    sorts = "".join(unicodedata.category(sign)[0] for sign in unicodedata.normalize("NFD", text.strip()))
    return bool(set(sorts) & {"L", "N"}) and sorts[:1] in ("L", "N") and "MMMMMM" not in sorts


@settings(deadline=None, max_examples=100)
@given(
    name=st.text(
        st.characters(
            codec="utf-8",
            categories=["L", "M", "N", "Pd", "Po", "Zs"],
            exclude_characters="\u115f\u1160\u3164\uffa0",  # letters without a look
        ),
        min_size=1,
        max_size=60,
    ).filter(is_a_name),
    keeps=st.booleans(),
)
def test_any_name_written_in_json_comes_back(name: str, keeps: bool) -> None:
    text = json.dumps({"id": "C-1", "clients": [{"name": name}]}, ensure_ascii=keeps)

    reading = read_text(text, "plan.json", Plan)

    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    assert errors == []
    assert reading.value is not None
    assert reading.value.clients[0].name == unicodedata.normalize("NFC", name.strip())


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
@pytest.mark.parametrize("opening", ["[", "{a: ", '{"a": ', "- "])
def test_a_hundred_thousand_brackets_are_refused(name: str, opening: str) -> None:
    reading = read_text(opening * 100_000, name, Plan)

    assert reading.value is None
    assert {"too-deep", "json-syntax", "yaml-syntax"} & set(codes(reading))


def test_every_rule_here_is_declared_once() -> None:
    assert {"file", "unknown-field", "missing-field", "bad-value", "bad-name", "more-findings"} <= set(RULES)


def test_only_the_findings_that_are_shown_get_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    placed = []
    place = SourceText.place

    def count(source: SourceText, start: int, end: int, field: str = "") -> Place:
        placed.append(start)
        return place(source, start, end, field)

    monkeypatch.setattr(SourceText, "place", count)
    text = "".join(f"k{number}: \x01\n" for number in range(3000))

    findings = read_text(text, "plan.yaml", Plan).findings

    assert len(placed) == MOST_FINDINGS == len(findings) - 1
    assert findings[-1].message.startswith("At least ")
