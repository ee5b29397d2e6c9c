"""A disk that is full, can only be read, or is kept busy."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import event

from letters.errors import MachineError
from letters.register import database
from letters.register.backup import back_up
from letters.register.exporting import export
from letters.register.location import FILE_NAME
from letters.register.verifying import verify
from tests.register.telling import ANNA, entered, entries, opened, tell
from tests.test_issuing_mishaps import disk


def test_without_room_a_transaction_is_undone_and_told(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register, [(entered("C-1"), "C-1")])
    before = entries(register)
    pages = (tmp_path / FILE_NAME).stat().st_size // 4096

    def little(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    event.listen(register.engine, "connect", little)
    many = [(entered(f"D-{number}", contacts=9), f"D-{number}") for number in range(30)]
    with pytest.raises(MachineError, match="the disk is full") as caught:
        tell(register, many)
    assert caught.value.exit_code == 4
    assert "Make room" in caught.value.remedy
    assert entries(register) == before
    assert verify(register)[1] == []
    event.remove(register.engine, "connect", little)
    tell(register, many)
    assert verify(register)[1] == []


def test_on_a_full_disk_nothing_is_torn(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "size=640k") as folder:
        register = opened(None, folder)
        done = itertools.count()

        def fill() -> None:
            for number in done:
                tell(register, [(entered(f"C-{number}", contacts=9), f"C-{number}")])

        with pytest.raises(MachineError, match="the disk is full") as caught:
            fill()
        assert caught.value.exit_code == 4
        assert len(entries(register)) == next(done) - 1 > 2
        assert verify(opened(None, folder))[1] == []
        for refused in (
            lambda: back_up(register.engine, register.where, folder / "backup"),
            lambda: export(register, folder / "out"),
        ):
            with pytest.raises(MachineError, match="full"):
                refused()
        assert not list(folder.glob("backup*"))
        subprocess.run(["mount", "-o", "remount,size=8m", str(folder)], check=True)
        tell(register, [(entered("D-1", contacts=9), "D-1")])
        assert verify(register)[1] == []


def test_on_a_disk_that_can_only_be_read_it_is_told(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "size=8m") as folder:
        tell(opened(None, folder), [(entered("C-1"), "C-1")])
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(MachineError, match="cannot be") as caught:
            tell(opened(None, folder), [(entered("C-2"), "C-2")])
        assert caught.value.exit_code == 4
        with pytest.raises(MachineError, match="cannot be opened: Read-only file system"):
            opened(str(folder / "other.sqlite"), folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_or_file_one_may_not_write_to_is_told(tmp_path: Path) -> None:
    tell(opened(None, tmp_path), [(entered("C-1"), "C-1")])
    for path, mode in ((tmp_path / FILE_NAME, 0o400), (tmp_path / FILE_NAME, 0o000), (tmp_path, 0o500)):
        kept = path.stat().st_mode
        path.chmod(mode)
        try:
            with pytest.raises(MachineError, match="cannot be"):
                tell(opened(None, tmp_path), [(entered("C-2"), "C-2")])
        finally:
            path.chmod(kept)
    assert len(entries(opened(None, tmp_path))) == 1


def test_a_register_that_another_program_keeps_busy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT", 0.05)
    register, other = opened(None, tmp_path), opened(None, tmp_path)
    with register.writing(ANNA), pytest.raises(MachineError, match="another program keeps it busy"):
        tell(other, [(entered("C-1"), "C-1")])
