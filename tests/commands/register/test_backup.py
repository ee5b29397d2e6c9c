"""`letters register backup`: a copy that was opened before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.caseload.kept import Kept
from tests.commands.conftest import Run

pytestmark = pytest.mark.usefixtures("letter")


def test_a_copy_beside_the_register_under_a_name_of_its_own(letters: Run) -> None:
    told = letters("register", "backup")
    copy = Path(told.out.strip())
    assert (told.code, copy.parent, copy.suffix) == (0, Path(), ".sqlite")
    assert copy.name.startswith("register-")
    assert copy.stat().st_mode & 0o077 == 0
    assert told.said.startswith("It has 2 entries, the last one 2:")
    assert f"letters --register {copy} log verify" in told.said
    assert letters("--register", copy, "log", "list").out == letters("log", "list").out
    assert letters("register", "backup").out.strip() != str(copy)


def test_under_a_name_that_is_given(letters: Run) -> None:
    told = letters("register", "backup", "more/copy.sqlite")
    assert (told.code, told.out) == (0, "more/copy.sqlite\n")
    again = letters("register", "backup", "more/copy.sqlite")
    assert (again.code, "There is already a file more/copy.sqlite" in again.said) == (2, True)


def test_of_a_register_on_a_server_its_history(letters: Run, kept: Kept, postgres_url: str) -> None:
    exported = letters("register", "export", "out")
    assert exported.code == 0
    letters("--register", postgres_url, "register", "import", "out")
    told = letters("--register", postgres_url, "register", "backup")
    copy = Path(told.out.strip())
    assert (told.code, copy.suffix) == (0, ".jsonl")
    assert letters("--register", "new.sqlite", "register", "import", copy).code == 0
    assert letters("--register", "new.sqlite", "log", "list").out == letters("log", "list").out
    assert kept.events() == ["case-entered", "letter-issued"]


@pytest.mark.usefixtures("office")
def test_without_a_register_there_is_none(letters: Run) -> None:
    told = letters("--register", "none.sqlite", "register", "backup")
    assert (told.code, "There is no register yet" in told.said) == (2, True)
    assert not Path("none.sqlite").exists()
