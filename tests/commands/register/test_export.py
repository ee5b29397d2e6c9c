"""`letters register export` and `import`: everything out, and in again without loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run

pytestmark = pytest.mark.usefixtures("letter")


def test_what_was_written_can_be_read_in_again(letters: Run) -> None:
    told = letters("register", "export", "out")
    files = [Path(line) for line in told.out.splitlines()]
    assert (told.code, files[0], len(files)) == (0, Path("out/history.jsonl"), 7)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    assert "--register NEW.sqlite register import out/history.jsonl" in told.said
    read = letters("--register", "new.sqlite", "register", "import", "out")
    assert (read.code, read.out) == (0, "")
    assert read.said.startswith("The register new.sqlite has 2 entries now, the last one 2:")
    assert letters("--register", "new.sqlite", "log", "verify").out == letters("log", "verify").out


def test_a_folder_that_has_it_already(letters: Run) -> None:
    letters("register", "export", "out")
    told = letters("register", "export", "out")
    assert (told.code, "There is already a file" in told.said) == (2, True)
