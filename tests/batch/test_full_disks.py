"""A batch that has no room, or nothing it may write to, stops and says so; with room it goes on."""

from __future__ import annotations

import csv
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support.caseloads import caseload, run
from tests.support.killing import letters, tally
from tests.test_issuing_mishaps import disk

LETTERS = 40


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return caseload(tmp_path / "office", LETTERS)


def test_on_a_full_disk_it_stops_and_with_room_it_goes_on(office: Path) -> None:
    with disk(office / "out", "size=600k") as out:
        stopped = run(office)
        assert stopped.returncode == 4
        assert "the disk is full" in stopped.stderr
        assert "Make room, then run the same command again." in stopped.stderr
        made = letters(office)
        assert 0 < made < LETTERS
        assert not list(out.rglob(".letters-*"))
        subprocess.run(["mount", "-o", "remount,size=8m", str(out)], check=True)
        again = run(office)
        assert again.returncode == 0, again.stderr
        assert f"{LETTERS - made} issued, {made} issued before." in again.stderr
        assert tally(office) == []
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        locked = run(office)
        assert locked.returncode == 4
        assert "that disk can only be read" in locked.stderr


def test_without_room_for_what_is_temporary_nothing_is_issued(office: Path) -> None:
    # Processes meet at a socket in it, whose path must be short.
    with tempfile.TemporaryDirectory() as near, disk(Path(near) / "disk", "size=48k") as folder:
        stopped = run(office, TMPDIR=str(folder))
        assert stopped.returncode == 4
        assert "The folder for temporary files cannot be used: No space left on device." in stopped.stderr
        assert "TMPDIR" in stopped.stderr
        assert list(folder.iterdir()) == []
    assert letters(office) == 0
    again = run(office)
    assert again.returncode == 0, again.stderr
    with (office / "out/manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["status"] for row in csv.DictReader(file)} == {"issued"}
