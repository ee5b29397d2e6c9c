"""Every rule of the program is tried by a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import letters
from letters.rulebook import all_rules

TESTS = Path(__file__).parents[1]
QUOTED = re.compile(r'"([a-z]+(?:-[a-z]+)*)"')
RULES = {rule.code: rule for rule in all_rules()}


def named() -> dict[str, list[str]]:
    """The tests that name each rule by its code, this one left out."""
    found: dict[str, list[str]] = {code: [] for code in RULES}
    for path in sorted(TESTS.rglob("test_*.py")):
        if path != Path(__file__):
            for code in found.keys() & set(QUOTED.findall(path.read_text("utf-8"))):
                found[code].append(path.name)
    return found


NAMED = named()


def test_every_rule_that_is_declared_is_looked_at() -> None:
    sources = (path.read_text("utf-8") for path in Path(letters.__path__[0]).rglob("*.py"))
    declared = sum(len(re.findall(r"^ *[A-Z_]+ = rule\(", source, re.MULTILINE)) for source in sources)
    assert len(RULES) == declared > 60


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_rule_is_named_by_a_test(code: str) -> None:
    assert NAMED[code]


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_rule_says_why_in_sentences(code: str) -> None:
    assert re.fullmatch(r"[A-Z`].*\.", RULES[code].why)
