"""Every rule of the checks is tried by a test."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import letters.checks
from letters.findings import RULES, Rule

HERE = Path(__file__).parent
QUOTED = re.compile(r'"([a-z]+(?:-[a-z]+)*)"')


def declared() -> dict[str, str]:
    """The codes of the rules that the checks hold as constants, each with its module."""
    names = [found.name for found in pkgutil.iter_modules(letters.checks.__path__, "letters.checks.")]
    return {
        value.code: name
        for name in names
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, Rule)
    }


DECLARED = declared()


def files_naming(code: str) -> list[str]:
    """The files of tests that name a code, this one left out."""
    others = [path for path in HERE.glob("test_*.py") if path.name != Path(__file__).name]
    return [path.name for path in others if code in QUOTED.findall(path.read_text())]


def test_there_are_rules_to_look_at() -> None:
    assert len(DECLARED) >= 25
    assert set(DECLARED) <= set(RULES)
    sources = "".join(path.read_text() for path in Path(letters.checks.__path__[0]).glob("*.py"))
    assert len(DECLARED) == len(re.findall(r"= rule\(", sources))


@pytest.mark.parametrize("code", sorted(DECLARED))
def test_the_rule_is_named_by_a_test(code: str) -> None:
    assert files_naming(code)


def test_a_rule_that_no_test_names_would_be_found() -> None:
    assert files_naming("no-" + "such-rule") == []


@pytest.mark.parametrize("code", sorted(DECLARED))
def test_the_rule_says_why_in_sentences(code: str) -> None:
    assert re.fullmatch(r"[A-Z`].*\.", RULES[code].why)
