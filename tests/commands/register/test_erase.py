"""`letters register erase`: asked twice, told exactly, and gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.caseload.kept import Kept
from tests.commands.conftest import Run
from tests.commands.terminal import at_terminal

WHY = ("--because", "seven years have passed")


@pytest.fixture
def over(kept: Kept, letter: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A letter of a case whose time has passed."""
    kept.end("C-1103", date(2026, 11, 22))
    monkeypatch.setenv("LETTERS_TODAY", "2034-01-01")
    return letter


def test_what_was_erased_is_told_exactly(letters: Run, kept: Kept, over: str) -> None:
    Path("register-20260101T000000Z.sqlite").write_bytes(b"")
    told = letters("register", "erase", "C-1103", *WHY, "--yes", "--by", "sam-rivera")
    assert (told.code, told.out) == (0, "")
    assert told.err.splitlines() == [
        "Erased case C-1103: the contents of 3 entries of the history.",
        "Removed:",
        f"  issued/{over}.pdf",
        "These copies of the register still hold it:",
        "  register-20260101T000000Z.sqlite",
        "Every backup and export made before still holds it, and so do case files, tables and paper.",
    ]
    assert list(Path("issued").iterdir()) == []
    assert b"Belmont" not in Path("register.sqlite").read_bytes()
    verified = letters("log", "verify")
    assert (verified.code, verified.out.splitlines()[0]) == (0, "4 entries, 0 letters, all as issued.")
    again = letters("register", "erase", "C-1103", *WHY, "--yes")
    assert (again.code, "The data of case C-1103 was erased." in again.said) == (2, True)
    assert kept.events()[-1] == "case-erased"


def test_without_a_terminal_it_takes_a_yes(letters: Run, kept: Kept, over: str) -> None:
    told = letters("register", "erase", "C-1103", *WHY)
    assert (told.code, "cannot be undone" in told.said, "--yes" in told.said) == (2, True, True)
    assert Path("issued", f"{over}.pdf").exists()
    assert "case-erased" not in kept.events()


@pytest.mark.usefixtures("over")
def test_at_a_terminal_the_number_is_typed(kept: Kept) -> None:
    code, shown = at_terminal("register", "erase", "C-1103", *WHY, typed="C-1001\n")
    assert (code, "Type C-1103 to erase" in shown, "Nothing was erased." in shown) == (2, True, True)
    assert "case-erased" not in kept.events()
    code, shown = at_terminal("register", "erase", "C-1103", *WHY, typed="C-1103\n")
    assert (code, "Erased case C-1103" in shown) == (0, True)
    assert "case-erased" in kept.events()


def test_an_open_case_and_one_that_must_be_kept_are_refused(letters: Run, kept: Kept, letter: str) -> None:
    told = letters("register", "erase", "C-1103", *WHY, "--yes", "--early")
    assert (told.code, "error[erase-open]" in told.said) == (1, True)
    kept.end("C-1103", date(2026, 11, 22))
    told = letters("register", "erase", "C-1103", *WHY, "--yes")
    assert (told.code, "error[erase-not-due]" in told.said) == (1, True)
    assert "is kept until 2033-11-22: 7 years after 2026-11-22" in told.said
    assert told.said.endswith("Nothing was erased.")
    assert Path("issued", f"{letter}.pdf").exists()
    assert letters("register", "erase", "C-1103", *WHY, "--yes", "--early").code == 0
    assert not Path("issued", f"{letter}.pdf").exists()


@pytest.mark.usefixtures("over")
def test_a_reason_that_tells_is_refused(letters: Run, kept: Kept) -> None:
    told = letters("register", "erase", "C-1103", "--because", "her relatives at +1 503 555 0163", "--yes")
    assert (told.code, "repeats something confidential" in told.said) == (2, True)
    assert "0163" not in told.said
    assert "case-erased" not in kept.events()
