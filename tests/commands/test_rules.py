from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from letters import jurisdictions
from letters.commands import Session
from letters.commands.rules import ADVICE, command
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
    result = CliRunner().invoke(command, ["unit"])
    assert isinstance(result.exception, UsageError)
    assert result.exception.remedy == "`letters rules` lists the checks."


def of_place(*words: str, practice: Path | None = None) -> Result:
    """What is told of a place."""
    return CliRunner().invoke(
        command, ["--jurisdiction", *words], obj=Session(practice), standalone_mode=False
    )


def own(folder: Path, name: str, text: str) -> Path:
    """Give a practice a jurisdiction of its own, and name the practice file."""
    (folder / "jurisdictions").mkdir()
    (folder / "jurisdictions" / name).write_text(text)
    practice = folder / "practice.yaml"
    practice.write_text("name: not read")
    return practice


def test_the_help_says_that_it_is_no_legal_advice_and_who_approves() -> None:
    told = " ".join(CliRunner().invoke(command, ["--help"]).output.split())
    assert ADVICE in told
    assert "not legal advice" in ADVICE
    assert "the clinician, or a lawyer for the place" in ADVICE


@pytest.mark.parametrize("place", jurisdictions.known())
def test_everything_that_applies_in_a_place_is_told_with_source_and_day(place: str) -> None:
    data = jurisdictions.load(place)
    told = of_place(place).output

    assert told.startswith(f"{place}: {data.name}")
    assert ADVICE in told
    entries = [*data.notice, *data.retention, *data.authorities, *data.texts, *data.crisis]
    entries += [one for one in (data.access, data.complaint, data.emergency) if one]
    assert len(entries) >= 6
    assert told.count("    source:   ") == told.count("    checked:  ") == len(entries)
    assert [one.source for one in entries if one.source not in told] == []
    assert [one.text for one in data.texts if one.text not in told] == []
    assert [line.reach["es"] for line in data.crisis if line.reach["es"] not in told] == []


def test_a_figure_is_told_with_its_weight_and_for_whom() -> None:
    told = of_place("us-nj").output

    announced = "provider-ending, nonpayment, lost-contact"
    assert f"  30 days, by law: {announced}\n    for:      medicine\n" in told
    assert "    how:      by certified mail" in told
    assert "  90 days, custom or guidance, no law: practice-closing\n" in told
    assert "  7 years, by law\n    for:      social-work\n    minors:   at least until 7 years after" in told


def test_a_place_as_json() -> None:
    told = json.loads(of_place("us-nj", "--json").output)

    assert told["id"] == "us-nj"
    assert told["advice"] == ADVICE
    (law,) = [one for one in told["notice"] if one["binding"]]
    assert (law["days"], law["professions"]) == (30, ["medicine"])
    assert law["source"] == "N.J.A.C. 13:35-6.22(c)"
    assert told["texts"][0]["when"] == "part2"


def test_an_unknown_place_is_answered_with_those_there_are() -> None:
    result = of_place("us-zz")

    assert isinstance(result.exception, UsageError)
    assert result.exception.message == "There is no data for the jurisdiction 'us-zz'."
    assert result.exception.remedy == f"Choose one of: {', '.join(jurisdictions.known())}."


def test_a_check_and_a_place_are_not_looked_up_together() -> None:
    result = of_place("us-nj", all_rules()[0].code)

    assert isinstance(result.exception, UsageError)
    assert "one at a time" in result.exception.message


def test_a_practices_own_place_is_told(tmp_path: Path) -> None:
    practice = own(tmp_path, "us-zz.yaml", "name: Somewhere\ncountry: US\nmajority: 19\n")
    result = of_place("us-zz", practice=practice)

    assert result.return_value == 0
    assert result.output.startswith("us-zz: Somewhere, with what applies in us\n")
    assert "from the age of 19." in result.output
    assert "988" in result.output


def test_mistakes_in_a_practices_own_place_are_shown(tmp_path: Path) -> None:
    practice = own(tmp_path, "us-zz.yaml", "name: Somewhere\ncuntry: US\n")
    result = of_place("us-zz", practice=practice)

    assert result.return_value == 1
    assert "us-zz.yaml:2:1" in result.output
    assert "Somewhere, with" not in result.output


def test_places_are_completed() -> None:
    (option,) = [one for one in command.params if one.name == "jurisdiction"]
    found = option.type.shell_complete(None, option, "us-")  # type: ignore[arg-type]
    assert [one.value for one in found] == ["us-ca", "us-nj", "us-or"]
