from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from letters.commands.doctor import command
from letters.errors import MachineError


def test_a_machine_that_has_everything_is_told_so() -> None:
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0, result.output
    rows = [line.split("  ")[0] for line in result.stdout.splitlines()]
    assert rows[1:] == [
        "Python 3.11 or later",
        "pango-1.0",
        "pangoft2-1.0",
        "harfbuzz-subset",
        "typefaces",
        "Noto Sans Arabic",
        "Noto Sans Hebrew",
        "test page",
    ]
    assert "a PDF of" in result.stdout


def test_what_is_missing_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.machine._loads", lambda file: "harfbuzz" not in file)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr("sys.platform", "linux")
    result = CliRunner().invoke(command, ["--json"])
    assert isinstance(result.exception, MachineError)
    assert result.exception.exit_code == 4
    assert "harfbuzz-subset" in result.exception.message
    assert "sudo apt-get install libharfbuzz-subset0" in result.exception.remedy
    report = json.loads(result.stdout)
    assert report["install"] == "sudo apt-get install libharfbuzz-subset0"
    assert [part["name"] for part in report["parts"] if not part["is_there"]] == ["harfbuzz-subset"]


def test_without_a_known_package_manager_the_missing_parts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.machine._loads", lambda file: "harfbuzz" not in file)
    monkeypatch.setattr("shutil.which", lambda _: None)
    result = CliRunner().invoke(command, [])
    assert isinstance(result.exception, MachineError)
    assert "harfbuzz-subset" in result.exception.message
    assert result.exception.remedy
    assert "missing" in result.stdout


@pytest.mark.parametrize("found", ["", None])
def test_typefaces_of_other_scripts_are_only_for_those_who_need_them(
    monkeypatch: pytest.MonkeyPatch, found: str | None
) -> None:
    monkeypatch.setattr("letters.machine._ask_fontconfig", lambda _: found)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr("sys.platform", "linux")
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0, result.output
    (row,) = [line for line in result.stdout.splitlines() if line.startswith("Noto Sans Arabic")]
    assert "  optional" in row
    assert "missing" not in result.stdout
    assert "Noto Sans Hebrew is only needed for letters with Hebrew in them.\n" in result.stderr
    assert "To install it: sudo apt-get install " in result.stderr
    report = json.loads(CliRunner().invoke(command, ["--json"]).stdout)
    optional = [part["name"] for part in report["parts"] if part["optional_for"]]
    assert optional == ["Noto Sans Arabic", "Noto Sans Hebrew"]
