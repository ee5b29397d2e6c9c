"""`letters register import`: only into an empty register, and only what is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run

pytestmark = pytest.mark.usefixtures("letter")


def test_a_register_that_is_not_empty_stays_as_it_is(letters: Run) -> None:
    letters("register", "export", "out")
    told = letters("register", "import", "out/history.jsonl")
    assert (told.code, "is not empty" in told.said) == (2, True)


def test_a_damaged_history_is_not_read(letters: Run) -> None:
    letters("register", "export", "out")
    history = Path("out/history.jsonl")
    history.write_text(history.read_text("utf-8").replace("Belmont", "Delmont"), "utf-8")
    told = letters("--register", "new.sqlite", "register", "import", history)
    assert (told.code, "is damaged" in told.said) == (2, True)
    assert letters("--register", "new.sqlite", "log", "list").out == ""


def test_other_files_are_told_for_what_they_are(letters: Run) -> None:
    told = letters("--register", "new.sqlite", "register", "import", "register.sqlite")
    assert (told.code, "is a register already" in told.said) == (2, True)
    told = letters("--register", "new.sqlite", "register", "import", "practice.yaml")
    assert (told.code, "is not the history of a register" in told.said) == (2, True)
    assert letters("--register", "new.sqlite", "register", "import", "none.jsonl").code == 2
    assert not Path("none.jsonl").exists()
