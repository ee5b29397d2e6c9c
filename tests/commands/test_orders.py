"""What the commands that make a letter have in common."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from letters.commands import Session
from letters.commands.orders import order
from letters.model.practice import LetterStyle
from tests.commands.conftest import Run

pytestmark = pytest.mark.usefixtures("office")
CASE = "cases/C-1001.yaml"
making = pytest.mark.parametrize("command", ["check", "draft", "issue"])


@making
@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("closing-lost", "Did you mean closing-lost-contact? `letters kinds` lists them all."),
        ("zzz", "`letters kinds` lists them."),
        ("../templates/referral", "Did you mean referral? `letters kinds` lists them all."),
    ],
)
def test_an_unknown_kind_is_answered_with_the_nearest(
    letters: Run, command: str, kind: str, remedy: str
) -> None:
    told = letters(command, kind, CASE)
    assert (told.code, told.out) == (2, "")
    assert told.err == f"error: There is no kind of letter called {kind!r}.\n help: {remedy}\n"


@making
def test_a_case_in_the_place_of_the_kind_is_noticed(letters: Run, command: str) -> None:
    told = letters(command, CASE, "closing-lost-contact")
    assert told.code == 2
    assert told.err == (
        f"error: {CASE} is a file and not a kind of letter.\n"
        " help: The kind comes first, then the case; `letters kinds` lists the kinds.\n"
    )


@making
def test_an_envelope_is_one_of_those_a_practice_may_have(letters: Run, command: str) -> None:
    told = letters(command, "closing-lost-contact", CASE, "--envelope", "us-9")
    assert (told.code, told.out) == (2, "")
    names = get_args(LetterStyle.model_fields["envelope"].annotation)
    assert all(name in told.err for name in names)
    told = letters(command, "closing-lost-contact", CASE, "--envelope", "c5")
    assert (told.code, "letter paper does not fold into a c5 envelope." in told.err) == (2, True)


@making
def test_the_practice_stands_before_the_command(letters: Run, command: str) -> None:
    told = letters(command, "closing-lost-contact", CASE, "--practice", "practice.yaml")
    assert told.code == 2
    assert told.err == (
        "error: The option --practice stands before the command.\n"
        " help: Write: letters --practice … COMMAND …\n"
    )


@making
def test_a_practice_that_is_not_there_is_a_finding(letters: Run, command: str) -> None:
    told = letters("--practice", "nowhere.yaml", command, "closing-lost-contact", CASE)
    assert (told.code, told.out) == (1, "")
    assert "error[file]: There is no such file.\n--> nowhere.yaml\n" in told.err


@making
@pytest.mark.parametrize("arguments", [[], ["closing-lost-contact"]])
def test_what_is_missing_is_named(letters: Run, command: str, arguments: list[str]) -> None:
    told = letters(command, *arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("error: Missing argument '" + ("CASE" if arguments else "KIND"))
    assert told.err.endswith(f"\n help: letters {command} --help shows what there is.\n")


@making
def test_a_day_that_is_none_is_refused(letters: Run, command: str) -> None:
    told = letters(command, "closing-lost-contact", CASE, "--dated", "soon")
    assert told.code == 2
    assert "'soon' is not a day of the calendar, written like 2026-12-06." in told.said


@making
@pytest.mark.parametrize("day", ["9999-12-31", "2201-01-01", "1899-12-31", "0001-01-01"])
def test_a_day_that_no_file_could_have_is_refused(letters: Run, command: str, day: str) -> None:
    told = letters(command, "closing-lost-contact", CASE, "--dated", day)
    assert told.code == 2
    assert f"{day} is not in the years 1900 to 2200." in told.said


@pytest.mark.parametrize("day", ["2200-12-31", "1900-01-01"])
def test_the_first_and_the_last_day_of_these_years_are_days(letters: Run, day: str) -> None:
    told = letters("check", "closing-lost-contact", CASE, "--dated", day)
    assert told.code in (0, 1)
    assert "is not in the years" not in told.said


@making
@pytest.mark.parametrize("tag", ["phrases/en", "../templates/en", "en/", "EN", "."])
def test_a_language_that_is_a_path_is_none(letters: Run, command: str, tag: str) -> None:
    told = letters(command, "closing-lost-contact", CASE, "--language", tag)
    assert told.code == 1
    assert f"There is no closing-lost-contact in the language {tag}." in told.said


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "closing-lost-contact", "x" * 300 + ".yaml"],
        ["check", "closing-lost-contact", "x" * 300 + "/case.yaml"],
        ["issue", "closing-lost-contact", CASE, "--out", "x" * 300],
        ["new", "x" * 300],
    ],
)
def test_a_name_too_long_for_the_disk_is_no_fault_of_ours(letters: Run, arguments: list[str]) -> None:
    told = letters(*arguments)
    assert told.code in (1, 2, 4)
    assert "too long" in told.err
    assert "fault" not in told.err


@making
def test_a_case_that_is_not_there_is_said_before_a_practice_that_is_not(
    letters: Run, office: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(office.parent)
    told = letters(command, "closing-lost-contact", "nowhere/C-1.yaml")
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        "error: There is no file nowhere/C-1.yaml.\n help: Check its name, and in which folder you stand.\n"
    )
    (office.parent / "C-2.yaml").write_text("case: C-2\n")
    assert "There is no practice.yaml" in letters(command, "closing-lost-contact", "C-2.yaml").err


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_letter_bears_the_day_it_is_at_the_practice(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LETTERS_TODAY")
    file = Path("practice.yaml")
    file.write_text(re.sub("time_zone: .*", f"time_zone: {zone}", file.read_text("utf-8")), "utf-8")
    before = datetime.now(ZoneInfo(zone)).date()
    wanted = order(Session(), "outreach", Path("cases/C-1001.yaml"), draft=True, dated=None)
    assert wanted.dated == wanted.asked_on
    assert wanted.dated in (before, datetime.now(ZoneInfo(zone)).date())
