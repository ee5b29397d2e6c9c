"""`letters new`: what a newcomer types first, and the next commands as they are printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.conftest import Run

FILES = [
    *("cases/C-1001.yaml", "practice.yaml"),
    *("schema/case.json", "schema/kind.json", "schema/practice.json"),
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
    assert (drafted.code, drafted.err) == (0, "Wrote the draft to draft.pdf.\n")
    assert Path("draft.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("day", ["2024-02-29", "2026-11-22", "2031-01-01"])
def test_the_starter_case_has_nothing_to_mend_on_any_day(
    letters: Run, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setenv("LETTERS_TODAY", day)
    letters("new", "office")
    checked = letters("check", "closing-lost-contact", "office/cases/C-1001.yaml")
    assert (checked.code, checked.out, checked.err) == (0, "", "Nothing to mend in 1 letter.\n")


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
    assert "a part of its path is a file and not a folder" in told.err


def test_without_a_folder_the_usage_is_explained(letters: Run) -> None:
    told = letters("new")
    assert (told.code, told.err) == (
        2,
        "error: Missing argument 'DIR'.\n help: letters new --help shows what there is.\n",
    )
