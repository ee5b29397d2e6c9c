"""`letters new`: what a newcomer types first, and the next commands as they are printed."""

from __future__ import annotations

import os
import re
import resource
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]

FILES = [
    *("cases/C-1001.yaml", "practice.yaml"),
    *("schema/case.json", "schema/jurisdiction.json", "schema/kind.json", "schema/practice.json"),
]


@pytest.fixture(autouse=True)
def _stand_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_workspace_is_made_and_its_files_are_named(letters: Run, tmp_path: Path) -> None:
    told = letters("new", "office")
    assert told.code == 0
    assert files_in(tmp_path / "office") == FILES
    assert sorted(told.out.splitlines()) == [f"office/{name}" for name in FILES]


@pytest.mark.parametrize("folder", ["office", "my office", "deep/er/office", "büro"])
def test_the_commands_it_prints_work_as_they_are(
    letters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    told = letters("new", folder)
    (where,) = re.findall(r"Next: (cd .*), put your practice", told.err)
    (command,) = re.findall(r"^  (letters .*)$", told.err, re.MULTILINE)
    monkeypatch.chdir(tmp_path / shlex.split(where)[1])
    drafted = letters(*shlex.split(command)[1:])
    assert drafted.code == 0
    assert drafted.err.startswith(
        "note[example-data]: The practice file still holds what `letters new` made up"
    )
    assert drafted.err.endswith("\n1 note\nWrote the draft to draft.pdf.\n")
    assert Path("draft.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("day", ["2024-02-29", "2026-11-22", "2031-01-01"])
def test_the_starter_has_nothing_to_mend_on_any_day_but_that_it_is_made_up(
    letters: Run, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setenv("LETTERS_TODAY", day)
    letters("new", "office")
    checked = letters("check", "closing-lost-contact", "office/cases/C-1001.yaml")
    assert (checked.code, checked.out) == (1, "")
    assert checked.err.startswith("warning[example-data]: ")
    assert checked.err.endswith("\n1 warning\n")


def test_the_editor_finds_the_schema_that_each_file_names(letters: Run, tmp_path: Path) -> None:
    letters("new", "office")
    written = list((tmp_path / "office").rglob("*.yaml"))
    assert len(written) == 2
    for path in written:
        (named,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", path.read_text(), re.MULTILINE)
        schema = path.parent / named
        assert schema.read_bytes() == letters("schema", schema.stem).product


def test_a_workspace_is_for_its_owners_eyes(letters: Run, tmp_path: Path) -> None:
    letters("new", "office")
    modes = {path: path.stat().st_mode & 0o077 for path in (tmp_path / "office").rglob("*")}
    assert len(modes) > 5
    assert set(modes.values()) == {0}


def test_a_folder_with_other_things_in_it_is_fine(letters: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert letters("new", ".").code == 0
    assert files_in(tmp_path) == sorted([*FILES, "notes.txt"])
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("taken", FILES)
def test_nothing_is_overwritten_nor_half_made(letters: Run, tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("mine")
    told = letters("new", ".")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"error: There is {taken} already.\n help: Choose another folder")
    assert files_in(tmp_path) == [taken]
    assert (tmp_path / taken).read_text() == "mine"


def test_a_file_is_no_place_for_a_workspace(letters: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert letters("new", "file").code == 2
    told = letters("new", "file/office")
    assert told.code == 4
    assert "a part of its path is a file and not a folder" in told.said


def test_without_a_folder_the_usage_is_explained(letters: Run) -> None:
    told = letters("new")
    assert (told.code, told.err) == (
        2,
        "error: Missing argument 'DIR'.\n help: letters new --help shows what there is.\n",
    )


@pytest.mark.parametrize("folder", ["office/cases", "office/deep/er", "office/schema/../new"])
def test_a_workspace_within_another_is_refused(letters: Run, tmp_path: Path, folder: str) -> None:
    letters("new", "office")
    before = sorted(tmp_path.rglob("*"))
    told = letters("new", folder)
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        f"error: {folder} lies in the workspace of office/practice.yaml.\n"
        " help: Work in that one, or choose a folder outside it; nothing was written.\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_a_practice_file_of_another_sort_is_not_hidden_by_a_second_one(letters: Run, tmp_path: Path) -> None:
    (tmp_path / "practice.json").write_text("{}")
    told = letters("new", ".")
    assert (told.code, files_in(tmp_path)) == (2, ["practice.json"])
    assert "the workspace of practice.json" in told.err


def test_a_workspace_beside_the_one_stood_in_is_fine(
    letters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters("new", "office")
    monkeypatch.chdir(tmp_path / "office")
    assert letters("new", "../second").code == 0
    assert files_in(tmp_path / "second") == FILES


def test_without_room_nothing_is_left_and_the_next_run_can_begin(letters: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    full = subprocess.run(
        [sys.executable, "-m", "letters", "new", "deep/office"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (full.returncode, full.stdout) == (4, "")
    assert "cannot be written" in full.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert letters("new", "deep/office").code == 0
