"""Runs are killed, meet, and run out of room: no letter is torn, lost, or issued twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def tried(what: str, tmp_path: Path, folder: Path | None = None) -> dict[str, Any]:
    """Try a mishap in a program of its own, and return what it says came of it."""
    folder = folder or tmp_path / "out"
    folder.mkdir(exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "tests.support.issuing_rounds",
        str(tmp_path / "office"),
        str(folder),
        what,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_killed_runs_leave_whole_letters_and_the_next_run_finishes(tmp_path: Path) -> None:
    result = tried("kill", tmp_path)

    assert result["torn"] == []
    assert result["unfinished"] == 0
    # Otherwise no kill fell into the middle of the work, and nothing was tried.
    assert result["halfway"] > 2


def test_runs_at_the_same_instant_issue_each_letter_once(tmp_path: Path) -> None:
    assert tried("race", tmp_path) == {"torn": [], "wrong": 0}


def test_without_room_nothing_is_left_and_the_next_run_goes_on(tmp_path: Path) -> None:
    result = tried("no_room", tmp_path)

    code, message = result["stopped"]
    assert code == 4
    assert "cannot be written: it is larger than this disk allows." in message
    assert result["left"] == []
    assert result["letters"] == 4


@contextmanager
def disk(folder: Path, options: str) -> Iterator[Path]:
    """A disk in memory, where this machine allows one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("options", "message"), [("size=64k", "the disk is full"), ("ro", "that disk can only be read")]
)
def test_a_full_or_locked_disk_stops_the_run_and_tears_no_letter(
    options: str, message: str, tmp_path: Path
) -> None:
    with disk(tmp_path / "disk", options) as folder:
        result = tried("mounted", tmp_path, folder)

    assert result["stopped"] is not None
    code, said = result["stopped"]
    assert code == 4
    assert message in said
    assert result["torn"] == []


def test_different_letters_about_one_matter_at_the_same_instant_are_not_both_issued(tmp_path: Path) -> None:
    assert tried("rival", tmp_path) == {"issued": [1] * 16, "stopped": ["already-issued"] * 16}
