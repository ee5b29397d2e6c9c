"""Several desks at one register, and desks that are switched off: nothing is lost, torn or told twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from letters.model.history import LetterAgain
from letters.register import queries
from letters.register.store import Register, history
from letters.register.verifying import verify
from tests.register.telling import ANNA, AT, entered, opened, tell

ROOT = Path(__file__).parents[2]


def tried(what: str, address: str | None, folder: Path) -> dict[str, Any]:
    """Try something in programs of their own."""
    command = [sys.executable, "-m", "tests.register.desks", what, address or "", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert not done.stderr, done.stderr
    return result


def test_desks_that_begin_a_register_at_the_same_instant_all_get_it(
    address: str | None, tmp_path: Path
) -> None:
    assert tried("opening", address, tmp_path) == {"ended": [0] * 8, "found": []}


def test_eight_desks_that_write_at_once_lose_nothing(address: str | None, tmp_path: Path) -> None:
    result = tried("writing", address, tmp_path)
    assert result == {"ended": [0] * 8, "entries": 2000, "in order": True, "found": []}


def test_a_desk_that_is_killed_leaves_a_register_with_all_it_was_told_is_there(
    address: str | None, tmp_path: Path
) -> None:
    result = tried("killed", address, tmp_path)
    assert {name: result[name] for name in ("lost", "torn", "found")} == {"lost": [], "torn": [], "found": []}
    # Otherwise no kill fell into a transaction, or none was ever done.
    assert result["halfway"] > 5
    assert result["done"] > 5


def test_a_reader_sees_the_register_as_it_was_while_others_write(address: str | None, tmp_path: Path) -> None:
    register, other = opened(address, tmp_path), opened(address, tmp_path)
    tell(register, [(entered("C-1"), "C-1")])
    with register.reading() as reader:
        before = list(history(reader)), queries.known(reader, "C-1")
        tell(other, [(entered("C-2"), "C-2"), (entered("C-3"), "C-3")])
        assert (list(history(reader)), queries.known(reader, "C-1")) == before
        assert queries.known(reader, "C-2") is None
    with register.reading() as reader:
        assert len(list(history(reader))) == 3
        assert queries.known(reader, "C-2") is not None


def test_what_is_not_finished_nobody_else_sees_and_an_exception_undoes(
    address: str | None, tmp_path: Path
) -> None:
    register, other = opened(address, tmp_path), opened(address, tmp_path)

    def half(reader: Register) -> None:
        with register.writing(ANNA, AT) as writing:
            writing.append(entered("C-1"), "C-1")
            with reader.reading() as connection:
                assert list(history(connection)) == []
            writing.append(LetterAgain(letter="L-1", because="x", folder="."), "C-1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half(other)
    with other.reading() as connection:
        assert list(history(connection)) == []
        assert queries.known(connection, "C-1") is None
    tell(register, [(entered("C-1"), "C-1")])
    assert verify(other)[1] == []
