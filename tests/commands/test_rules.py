from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from letters.commands.rules import command
from letters.errors import UsageError
from letters.rulebook import all_rules

ROOT = Path(__file__).parent.parent.parent
DECLARATION = re.compile(r'= rule\(\s*"([a-z-]+)"')


LOAD_ALL = """
import pkgutil, importlib, letters
from letters.findings import RULES
for module in pkgutil.walk_packages(letters.__path__, "letters."):
    if module.name not in ("letters.__main__", "letters.cli") and ".commands" not in module.name:
        importlib.import_module(module.name)
print(*sorted(RULES))
"""


def test_every_rule_declared_anywhere_in_the_program_is_listed() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOAD_ALL], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = subprocess.run(
        [sys.executable, "-m", "letters", "rules", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    codes = [entry["code"] for entry in json.loads(told.stdout)]
    assert codes == loaded.stdout.split()
    assert len(codes) > 3


def test_every_code_in_the_source_is_listed() -> None:
    declared = {
        code for path in (ROOT / "letters").rglob("*.py") for code in DECLARATION.findall(path.read_text())
    }
    assert len(declared) > 3
    assert declared <= {rule.code for rule in all_rules()}


def test_every_rule_has_a_reason_in_sentences() -> None:
    rules = all_rules()
    assert len(rules) > 3
    assert [rule.code for rule in rules if not re.fullmatch(r"[A-Z].*[.]", rule.why, re.DOTALL)] == []
    assert [rule.code for rule in rules if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)] == []


def test_the_list_has_a_line_for_each_check() -> None:
    lines = CliRunner().invoke(command, []).output.splitlines()
    assert lines[0].split() == ["check", "weighs", "reason"]
    assert [line.split()[0] for line in lines[1:]] == [rule.code for rule in all_rules()]


def test_one_check_is_explained_with_its_authority() -> None:
    chosen = next(rule for rule in all_rules() if rule.authority)
    told = CliRunner().invoke(command, [chosen.code]).output
    assert chosen.why in told
    assert f"authority:  {chosen.authority}" in told


def test_checks_as_json() -> None:
    told = json.loads(CliRunner().invoke(command, ["--json"]).output)
    assert [entry["code"] for entry in told] == [rule.code for rule in all_rules()]
    assert set(told[0]) == {"code", "severity", "in_draft", "why", "authority"}
    (one,) = json.loads(CliRunner().invoke(command, ["--json", told[0]["code"]]).output)
    assert one == told[0]


def test_an_unknown_check_is_answered_with_the_nearest() -> None:
    code = all_rules()[0].code
    result = CliRunner().invoke(command, [code + "s"])
    assert isinstance(result.exception, UsageError)
    assert result.exception.remedy == f"Did you mean {code}?"
    with pytest.raises(UsageError, match="There is no check"):
        CliRunner().invoke(command, ["zzzzzzzzz"], catch_exceptions=False)


def test_a_word_that_is_in_the_name_of_a_check_is_not_taken_for_it() -> None:
    result = CliRunner().invoke(command, ["nope"])
    assert isinstance(result.exception, UsageError)
    assert result.exception.remedy == "`letters rules` lists the checks."
