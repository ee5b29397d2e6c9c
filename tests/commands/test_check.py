"""`letters check`: everything that is wrong, at once, each with its place."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
TEN_MISTAKES = ROOT / "tests" / "fixtures" / "ten-mistakes.yaml"
FOUND = [
    ("3:15", "bad-value"),  # a word with a typing error
    ("4:9", "bad-value"),  # 30 February
    ("5:1", "unknown-field"),
    ("8:5", "missing-field"),
    ("10:11", "bad-value"),  # a date that could be two
    ("17:15", "bad-value"),  # neither yes nor no
    ("19:9", "duplicate-key"),
    ("21:13", "bad-value"),  # no list
    ("23:10", "bad-value"),  # 25 o'clock
    ("26:50", "mixed-script"),  # a Cyrillic letter that looks Latin
]
CASE = "cases/C-1001.yaml"
KIND = "closing-lost-contact"


def place(finding: dict[str, object]) -> str:
    return f"{finding['line']}:{finding['column']}"


@pytest.mark.usefixtures("office")
def test_ten_mistakes_are_ten_findings_in_one_run(letters: Run) -> None:
    told = letters("--practice", "practice.yaml", "check", KIND, TEN_MISTAKES, "--json")
    found = json.loads(told.out)
    assert [(place(finding), finding["code"]) for finding in found] == FOUND
    assert {finding["file"] for finding in found} == {str(TEN_MISTAKES)}
    assert all(finding["message"].endswith(".") for finding in found)
    assert all(finding["remedy"].endswith((".", "?", ")")) for finding in found)
    assert len({finding["message"] for finding in found}) == 10
    assert (told.code, told.err) == (1, "")


def test_ten_mistakes_are_shown_to_a_person_with_their_places() -> None:
    where = TEN_MISTAKES.relative_to(ROOT)
    arguments = ["--practice", "examples/harbor/practice.yaml", "check", KIND, str(where)]
    told = subprocess.run(
        [sys.executable, "-m", "letters", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = told.stderr.splitlines()
    assert [line.split()[-1] for line in lines if line.lstrip().startswith("-->")] == [
        f"{where}:{at}" for at, _ in FOUND
    ]
    assert lines[-1] == "9 errors, 1 warning"
    assert [line for line in lines if line.startswith("Traceback")] == []
    assert (told.returncode, told.stdout) == (1, "")


@pytest.mark.usefixtures("office")
def test_the_carets_stand_under_what_is_meant_in_a_line_that_was_cut(letters: Run) -> None:
    before, after = "中e\u0301x" * 40, "y" * 200
    text = Path(CASE).read_text().replace("supports:\n", f'supports:\n  - "{before}\u202e{after}"\n')
    told = letters("check", KIND, "-", stdin=text.encode())
    shown = told.err.splitlines()
    carets = next(number for number, line in enumerate(shown) if "^" in line and not line.strip(" |^"))
    above = shown[carets - 1].partition("| ")[2]
    columns = [sign for sign in above for _ in range({"中": 2, "\u0301": 0}.get(sign, 1))]
    assert columns[shown[carets].partition("| ")[2].index("^")] == "�"
    assert "error[direction-override]" in told.err


@pytest.mark.usefixtures("office")
def test_nothing_to_mend(letters: Run) -> None:
    told = letters("check", KIND, CASE)
    assert (told.code, told.out, told.err) == (0, "", "Nothing to mend in 1 letter.\n")
    assert letters("check", KIND, CASE, CASE).err == "Nothing to mend in 2 letters.\n"
    told = letters("check", KIND, CASE, "--json")
    assert (told.code, told.out, told.err) == (0, "[]\n", "")


@pytest.mark.usefixtures("office")
def test_a_warning_counts_as_something_to_mend(letters: Run) -> None:
    told = letters("check", KIND, CASE, "--dated", "2027-04-01")
    assert told.code == 1
    text = Path(CASE).read_text().replace("confirmed: 2026-10-06", "confirmed: 2026-01-06")
    told = letters("check", KIND, "-", stdin=text.encode())
    assert told.code == 1
    assert told.err.splitlines()[-1] == "1 warning"
    assert "--> standard input:" in told.err


@pytest.mark.usefixtures("office")
def test_the_findings_of_all_cases_come_together(letters: Run) -> None:
    told = letters("check", KIND, "cases/C-1003.yaml", CASE, "cases/C-1008.yaml", "--json")
    assert [(finding["code"], finding["file"]) for finding in json.loads(told.out)] == [
        ("safe-contact", "cases/C-1003.yaml"),
        ("deceased", "cases/C-1008.yaml"),
    ]
    assert told.code == 1


@pytest.mark.usefixtures("office")
def test_among_several_cases_those_that_are_fine_are_named(letters: Run) -> None:
    told = letters("check", KIND, "cases/C-1003.yaml", CASE)
    assert told.code == 1
    assert told.err.splitlines()[-2:] == ["1 error", f"Nothing to mend in {CASE}."]
    assert "Nothing to mend in cases/C-1003.yaml" not in told.err


@pytest.mark.usefixtures("office")
def test_nothing_is_written(letters: Run) -> None:
    before = sorted(Path().rglob("*"))
    letters("check", KIND, CASE)
    assert sorted(Path().rglob("*")) == before


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("cases/C-1001.yml", "help: Did you mean cases/C-1001.yaml?"),
        ("cases", "error[file]: This is a folder, not a file."),
        ("logo.svg", "error["),
    ],
)
def test_a_case_that_cannot_be_read_is_a_finding(letters: Run, case: str, said: str) -> None:
    told = letters("check", KIND, case)
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert f"--> {case}" in told.err


def test_an_empty_standard_input_is_said(letters: Run, office: Path) -> None:
    assert office.is_dir()
    told = letters("check", KIND, "-")
    assert told.code == 1
    assert "This file is empty." in told.err


def test_without_a_practice_there_is_nothing_to_check_against(
    letters: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.parent)
    told = letters("check", KIND, "-", stdin=b"case: C-1")
    assert told.code == 2
    assert told.err == (
        "error: There is no practice.yaml beside the case, in this folder or in one above.\n"
        " help: Make one with `letters new`, or name one with --practice.\n"
    )
    assert letters("check", KIND, f"office/{CASE}").code == 0


@pytest.mark.usefixtures("office")
def test_what_the_register_has_against_a_letter_is_told_as_well(letters: Run) -> None:
    assert letters("check", KIND, CASE).code == 0
    assert not Path("register.sqlite").exists()
    letters("issue", KIND, CASE)
    assert letters("check", KIND, CASE).code == 0  # that very letter was issued
    told = letters("check", KIND, "C-1001", "--dated", "2026-11-23")
    assert (told.code, "warning[already-issued]" in told.err) == (1, True)
    Path("copy.yaml").write_text(Path(CASE).read_text().replace("97202", "97203"))
    told = letters("check", KIND, "copy.yaml")
    assert (told.code, "error[register-differs]" in told.err) == (1, True)
