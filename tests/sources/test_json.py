"""JSON is read as strings with places, as strictly as its standard."""

from __future__ import annotations

import json as standard

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.sources import json


def test_numbers_and_truths_stay_as_written() -> None:
    text = '{"a": 120.00, "b": -1e5, "c": true, "d": false, "e": null, "f": ' + "9" * 5000 + "}"

    assert json.read_tree(text).data == {
        "a": "120.00",
        "b": "-1e5",
        "c": "true",
        "d": "false",
        "e": "",
        "f": "9" * 5000,
    }


def test_every_value_and_key_has_its_place() -> None:
    text = '{"a": 1,\n "b": [{"c": "é"}]}'

    tree = json.read_tree(text)

    assert {path: text[slice(*span)] for path, span in tree.values.items()} == {
        (): text,
        ("a",): "1",
        ("b",): '[{"c": "é"}]',
        ("b", 0): '{"c": "é"}',
        ("b", 0, "c"): '"é"',
    }
    assert text[slice(*tree.keys[("b", 0, "c")])] == '"c"'


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ('{"a": NaN}', 6, "not a number that can be written"),
        ('{"a": -Infinity}', 6, "not a number that can be written"),
        ('{"a": 1,}', 7, "a comma after the last entry"),
        ('["a", ]', 4, "a comma after the last entry"),
        ('{"a": 1} // note', 9, "no comments"),
        ('{/* note */ "a": 1}', 1, "no comments"),
        ('{"a": # note\n 1}', 6, "no comments"),
        ("{'a': 1}", 1, "name of a field belongs here"),
        ("{\"a\": 'x'}", 6, "Texts are in double quotes"),
        ('{"a": yes}', 6, "Text belongs in double quotes"),
        ('{"a": 01234}', 6, "not written as JSON wants it"),
        ('{"a": 2026-01-01}', 6, "not written as JSON wants it"),
        ('{"a": 1 "b": 2}', 8, "A comma or } belongs here"),
        ('{"a" 1}', 5, "A colon belongs here"),
        ('{"a": "x\ny"}', 6, "not closed on its line"),
        ('{"a": "x', 6, "not closed on its line"),
        ('{"a": [1', 6, "[ that begins here is never closed"),
        ('{"a": "\\x"}', 7, "not known"),
        ('{"a":', 5, "ends where a value belongs"),
        ('{"a": 1} {"b": 2}', 9, "after the end of the data"),
        ('{"a": ,}', 6, "A value belongs here"),
    ],
)
def test_a_slip_is_told_with_its_place(text: str, at: int, message: str) -> None:
    (flaw,) = json.read_tree(text).flaws

    assert message in flaw.message
    assert flaw.start == at
    assert flaw.remedy


def test_duplicate_keys_are_told_and_reading_goes_on() -> None:
    tree = json.read_tree('{"a": 1,\n "a": {"c": 1, "c": 2},\n "b": 2, "b": 3}')

    assert tree.data == {"a": "1", "b": "2"}
    assert [flaw.rule.code for flaw in tree.flaws] == ["duplicate-key"] * 3
    assert ("a", "c") not in tree.values


def test_nesting_ends_at_twenty() -> None:
    assert json.read_tree("[" * 20 + "]" * 20).flaws == []
    assert [flaw.rule.code for flaw in json.read_tree("[" * 100_000).flaws] == ["too-deep"]


JSON = st.recursive(
    st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@settings(deadline=None, max_examples=150)
@given(data=JSON, ascii_only=st.booleans())
def test_what_the_standard_library_writes_is_read_the_same(data: object, ascii_only: bool) -> None:
    tree = json.read_tree(standard.dumps(data, ensure_ascii=ascii_only))

    duplicates = [flaw for flaw in tree.flaws if flaw.rule.code == "duplicate-key"]
    assert tree.flaws == duplicates
    assert duplicates or tree.data == data


@settings(deadline=None, max_examples=200)
@given(text=st.text(alphabet="{}[]\",:\\u0aetrufalsn1.-+ \n/#'", max_size=30))
def test_nothing_is_taken_that_the_standard_library_refuses(text: str) -> None:
    tree = json.read_tree(text)

    if not tree.flaws and text.strip(" \t\n\r"):
        standard.loads(text)
