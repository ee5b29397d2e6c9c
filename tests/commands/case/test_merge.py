"""`letters case merge`: one case of two, shown first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.case.test_import import at_terminal
from tests.commands.conftest import Run

CASE = Path("cases/C-1001.yaml")

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest) -> list[str]:
    """The options that lead to a register."""
    return ["--register", request.getfixturevalue("postgres_url")] if request.param == "postgresql" else []


def enter_twice(letters: Run, register: list[str]) -> None:
    other = CASE.read_text().replace("C-1001", "C-9001").replace("safe: yes", "safe: no")
    Path("other.yaml").write_text(other.replace("adjustment disorder", "something else"))
    letters(*register, "case", "import", CASE, "other.yaml", "--yes")


def test_what_changes_is_shown_and_needs_a_yes(letters: Run, register: list[str]) -> None:
    enter_twice(letters, register)
    merge = *register, "case", "merge", "C-9001", "--into", "C-1001"
    told = letters(*merge)
    assert told.code == 2
    assert "C-9001 would be merged into C-1001, for good." in told.said
    assert "clients[0].addresses[0].safe" in told.out
    assert "something else" not in told.out
    told = letters(
        *register, "case", "merge", "C-9001", "--into", "C-1001", "--yes", "--because", "two desks"
    )
    assert told.code == 0
    assert told.said.endswith("Merged C-9001 into C-1001. `letters case show C-1001` shows all of it.")
    gone = letters(*register, "case", "show", "C-9001")
    assert gone.code == 2
    assert "was merged into C-1001" in gone.said
    assert "two desks" not in gone.said


def test_somebody_at_a_terminal_is_asked(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    enter_twice(letters, [])
    arguments = "case", "merge", "C-9001", "--into", "C-1001"
    assert at_terminal(monkeypatch, "n\n", *arguments) == 1
    assert letters(*arguments).code == 2
    assert at_terminal(monkeypatch, "y\n", *arguments) == 0
    assert "error[case-gone]" in letters(*arguments).err


def test_separate_relationships_stay_separate(letters: Run) -> None:
    letters("case", "import", CASE, "cases/C-1002.yaml", "--yes")
    told = letters("case", "merge", "C-1002", "--into", "C-1001", "--yes")
    assert (told.code, told.out) == (1, "")
    assert "error[separate-relationships]" in told.err
    assert "several relationships of one person are separate" in told.said
    assert told.said.endswith("Nothing was merged.")


@pytest.mark.parametrize("because", ["", "so " * 200, "a\nb", "bell\x07"])
def test_a_reason_that_cannot_be_kept_is_refused(letters: Run, because: str) -> None:
    enter_twice(letters, [])
    told = letters("case", "merge", "C-9001", "--into", "C-1001", "--yes", "--because", because)
    assert told.code == 2
    assert told.said.startswith("error: What stands after --because")
