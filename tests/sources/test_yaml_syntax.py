"""The commonest slips in YAML are told in plain words, with the key of the mended line."""

from __future__ import annotations

import pytest

from letters.sources import yaml
from letters.sources.text import SourceText


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        ("a: 1\nb:\n\tc: 1\n", "3:1", "indented with a tab", "spaces"),
        ("a:\n  - b: 1\n\tc: 2\n", "3:1", "indented with a tab", "spaces"),
        ("case:C-1\nopened: 1\n", "1:5", "no space after the colon", "as in case: value."),
        ("a: 1\nopened:2026-01-01\nb: 2\n", "2:7", "no space after the colon", "as in opened: value."),
        ('a: 1\nb: "Sam\nc: 2\n', "2:4", "never closed", "same quote"),
        ("a: 1\nb: 'Sam\nc: 2\n", "2:4", "never closed", "same quote"),
        ("a: 'It's me'\n", "1:8", "text after the closing quote", "double quotes"),
        ('a: "Sam" Rivera\n', "1:10", "text after the closing quote", "double quotes"),
        ("a: @home\n", "1:4", "cannot begin with @", "quotes"),
        ("a: %x\n", "1:4", "cannot begin with %", "quotes"),
        ("a: `x`\n", "1:4", "cannot begin with `", "quotes"),
        ("a: * bold\n", "1:4", "cannot begin with *", "quotes"),
        ("a: & Co\n", "1:4", "cannot begin with &", "quotes"),
        ("a: 1\nsaid: Note: call me\n", "2:11", "has a colon in it", 'as in said: "value".'),
        ("a: 1\n  b: 2\n", "2:3", "does not line up", "below the fields"),
        ("a:\n    b: 1\n  c: 2\n", "3:3", "does not line up", "below the fields"),
        ("a:\n  - b: 1\n  c: 2\n", "3:3", "does not line up", "below the fields"),
        ("a: [b, c\nd: 1\n", "1:4", "bracket that begins here is not closed", "line 2"),
        ("a: {b: 1 c: 2}\nd: 1\n", "1:4", "not closed, or a comma is missing", "line 1"),
        ('a: "C:\\Users"\n', "1:9", "backslash", "single quotes"),
        ("a: 1\nSam\nb: 2\n", "2:1", "no colon", "name: value"),
        ('a: "08610\nb: 1\nc: "Sam"\n', "1:4", "closed only in line 3", "same quote"),
        ('a: "08610\nb: 1\nc: ""\n', "1:4", "closed only in line 3", "same quote"),
        ("a: 'tis\nb: 1\nc: O'Neil\n", "1:4", "closed only in line 3", "same quote"),
        ("a: “Sam: x”\n", "1:8", "has a colon in it", 'as in a: "value".'),
    ],
)
def test_a_slip_is_told_with_place_and_remedy(text: str, place: str, message: str, remedy: str) -> None:
    flaw = yaml.read_tree(text).flaws[-1]

    found = SourceText("", text).place(flaw.start, flaw.end)
    assert flaw.rule.code == "yaml-syntax"
    assert message in flaw.message
    assert remedy in flaw.remedy
    assert f"{found.line}:{found.column}" == place


@pytest.mark.parametrize(
    "text", ["a: [b #4, c]\nd: 1\n", "a: [12 Elm St # 4]\nd: 1\n", "a: {b: [x # y], c: 1}\n"]
)
def test_a_comment_that_swallows_a_bracket_is_told(text: str) -> None:
    (flaw,) = yaml.read_tree(text).flaws

    assert "# begins a comment" in flaw.message
    assert text[flaw.start] == "#"


def test_a_number_sign_in_quotes_is_not_taken_for_the_fault() -> None:
    flaw = yaml.read_tree("a: ['Apt #4', \"# ]\", c\nd: 1\n").flaws[-1]

    assert "bracket that begins here is not closed" in flaw.message


@pytest.mark.parametrize("text", ["confidential:\n  a:Rosebud\n  b: c\n", "confidential:\n  a: Rosebud: b\n"])
def test_a_confidential_line_is_not_shown_mended(text: str) -> None:
    flaw = yaml.read_tree(text).flaws[-1]

    assert flaw.rule.code == "yaml-syntax"
    assert "Rosebud" not in flaw.message + flaw.remedy
