"""YAML is read as strings with places, and only what a person writes by hand is taken."""

from __future__ import annotations

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.sources import yaml
from letters.sources.document import Tree


def found(text: str) -> list[tuple[str, int]]:
    return [(flaw.rule.code, flaw.start) for flaw in yaml.read_tree(text).flaws]


@pytest.mark.parametrize(
    "value", ["no", "on", "01234", "12:30", "1.10", "null", "Null", "0x1F", "2026-08-11", "1e3", ".nan"]
)
def test_a_value_is_the_text_as_written(value: str) -> None:
    assert yaml.read_tree(f"key: {value}\n{value}: key\n").data == {"key": value, value: "key"}


@pytest.mark.parametrize("nothing", ["", "~", "''", "# a note"])
def test_nothing_is_empty_text(nothing: str) -> None:
    assert yaml.read_tree(f"key: {nothing}\nother: x\n").data == {"key": "", "other": "x"}


def test_every_value_and_key_has_its_place() -> None:
    text = 'a: one\nb: [two, {c: "three"}]\n'

    tree = yaml.read_tree(text)

    values = {path: text[slice(*span)] for path, span in tree.values.items() if path}
    keys = {path: text[slice(*span)] for path, span in tree.keys.items()}
    assert values == {
        ("a",): "one",
        ("b",): '[two, {c: "three"}]',
        ("b", 0): "two",
        ("b", 1): '{c: "three"}',
        ("b", 1, "c"): '"three"',
    }
    assert keys == {("a",): "a", ("b",): "b", ("b", 1, "c"): "c"}


def test_places_count_characters_whatever_their_width() -> None:
    text = "ä: 漢字\r\n👩: x\r\nb: y\r\n"

    tree = yaml.read_tree(text)

    assert {path: text[slice(*span)] for path, span in tree.values.items() if path} == {
        ("ä",): "漢字",
        ("👩",): "x",
        ("b",): "y",
    }


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("a: &x 1\nb: *x\n", [("yaml-alias", 3), ("yaml-alias", 11)]),
        ("a: &x [*x]\n", [("yaml-alias", 3), ("yaml-alias", 7)]),
        ("a: !!python/name:os.system x\n", [("yaml-tag", 3)]),
        ("!!binary a: x\n", [("yaml-tag", 0)]),
        ("a: 1\na: 2\n", [("duplicate-key", 5)]),
        ('a: 1\n"a": {b: [*c]}\n', [("duplicate-key", 5)]),
        ("é: 1\ne\u0301: 2\n", [("duplicate-key", 5)]),
        ("? [a, b]\n: c\n", [("yaml-key", 2)]),
        ("'': c\n", [("yaml-key", 0)]),
        ("a:\n  <<: {b: c}\n", [("yaml-merge", 5)]),
        ("a: 1\n---\nb: 2\n", [("yaml-documents", 5)]),
    ],
)
def test_what_no_person_needs_is_refused_with_its_place(text: str, flaws: list[tuple[str, int]]) -> None:
    assert found(text) == flaws


def test_of_two_equal_keys_the_second_is_told_with_the_line_of_the_first() -> None:
    tree = yaml.read_tree("x: 0\na.b: 1\na.b: 2\n")

    assert tree.data == {"x": "0", "a.b": "1"}
    assert [flaw.message for flaw in tree.flaws] == ["This group has the field a.b already, in line 2."]


def test_a_key_that_comes_again_and_again_is_told_once() -> None:
    (flaw,) = yaml.read_tree("x: 0\na: 1\na: 2\nb: 1\na: 3\n").flaws

    assert flaw.start == 10
    assert flaw.message == "This group has the field a 3 times, first in line 2."


@pytest.mark.parametrize(
    "text", ["[" * 21 + "]" * 21, "{a: " * 21 + "}" * 21, "\n".join(" " * n + "a:" for n in range(30))]
)
def test_what_is_nested_too_deeply_is_refused(text: str) -> None:
    assert [code for code, _ in found(text)] == ["too-deep"]


def test_twenty_groups_are_not_too_deep() -> None:
    assert found("[" * 20 + "]" * 20) == []


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_a_hundred_thousand_openings_are_no_crash(text: str) -> None:
    assert yaml.read_tree(text).flaws


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a: Apt #4\n", "#4"),
        ("a: #4 Main Street\n", "#4 Main Street"),
        ("- Apt\t#4\n", "#4"),
        ("- 12 Elm St # 4\n", "# 4"),
        ("a: Elm St # 4b \n", "# 4b"),
        ("a: Elm St # Apt. 4\r\n", "# Apt. 4"),
        ("- 12 Elm St # 4, rear\n", "# 4, rear"),
    ],
)
def test_text_that_was_taken_as_a_comment_is_told(text: str, lost: str) -> None:
    (flaw,) = yaml.read_tree(text).flaws

    assert flaw.rule.code == "yaml-comment"
    assert text[flaw.start : flaw.end] == lost


@pytest.mark.parametrize(
    "text",
    [
        "a: x # a note\n",
        "a: 'x' #4\n",
        "#4\na: x\n",
        "a: x#4\n",
        "a: x ##### note\n",
        "a: '#4'\n",
        "a: none  # 3 tries\n",
        "- your sister # 3 tries\n",
        "- 12 Elm St # the old one\n",
    ],
)
def test_a_comment_that_is_one_is_left_alone(text: str) -> None:
    assert found(text) == []


PIECES = st.sampled_from(
    ["a: ", "b: ", "x", "é漢", "\n", "  ", "- ", "[", "]", "{", "}", ", ", "'", '"', "#4", " #", "👩", "\r\n"]
)


@settings(deadline=None, max_examples=200)
@given(text=st.lists(PIECES, max_size=20).map("".join))
def test_both_parsers_see_the_same_in_what_they_take(text: str) -> None:
    trees: list[Tree | None] = []
    for loader in (pyyaml.SafeLoader, getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)):
        builder = yaml._Builder(text)
        try:
            builder.read(iter(pyyaml.parse(text, Loader=loader)))
        except pyyaml.YAMLError:
            trees.append(None)
        else:
            trees.append(builder.tree)

    first, second = trees
    if first and second:
        assert first.data == second.data
        assert first.keys == second.keys
