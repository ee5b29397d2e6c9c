"""A batch that is killed at any instant, and again, and started again, issues each letter once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.caseloads import caseload, row, run, surroundings, write_rows
from tests.support.killing import kill_and_finish, tally

KILLS, LETTERS = 6, 30


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_killed_and_started_again_each_letter_is_issued_once(tmp_path: Path) -> None:
    seed = int(os.environ.get("LETTERS_SEED", "0")) or random.randrange(1, 10_000)  # noqa: S311
    print(f"To try the same again: LETTERS_SEED={seed}")
    folder = caseload(tmp_path / "office", LETTERS)
    killed = kill_and_finish(folder, KILLS, random.Random(seed), LETTERS // 6)  # noqa: S311
    print(killed)
    assert killed.wrong == []
    assert killed.kills["run"] + killed.kills["group"] + killed.kills["worker"] >= KILLS
    # Otherwise no kill fell into the middle of the work, and nothing was tried.
    assert any(0 < letters < LETTERS for letters in killed.instants)
    assert tally(folder) == []
    verified = subprocess.run(
        [sys.executable, "-m", "letters", "log", "verify"],
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{LETTERS} letters, all as issued." in verified.stdout


def test_the_tally_finds_what_is_not_as_it_must_be(tmp_path: Path) -> None:
    """A tally that finds nothing proves something only if it can."""
    folder = caseload(tmp_path / "office", 4)
    assert run(folder).returncode == 0
    assert tally(folder) == []
    first, second, third, fourth = sorted((folder / "out/letters").glob("L-*.pdf"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-100])
    third.rename(third.with_name("L-0000000000000000.pdf"))
    (folder / "out/letters/.letters-0123456789abcdef.tmp").write_bytes(fourth.read_bytes())
    write_rows(folder, [row(number) for number in range(5)])
    told = " ".join(tally(folder))
    for wrong in (
        f"{first.name} is missing",
        f"{second.name} is damaged",
        "L-0000000000000000.pdf is in the folder or the register alone",
        "left: .letters-0123456789abcdef.tmp",
        "K-0004: 0 letters",
        "the manifest has 4 rows",
    ):
        assert wrong in told
