"""Backups: consistent while others write, private, and as good as the register."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from letters.errors import MachineError, UsageError
from letters.register import backup
from letters.register.backup import back_up, copy_to
from letters.register.exporting import restore
from letters.register.store import Register
from letters.register.verifying import verify
from tests.register.telling import ANNA, entered, entries, opened, tell


def reopened(copy: Path, folder: Path) -> Register:
    """A backup as a register: the file itself, or one that the history was read into."""
    if copy.suffix == ".sqlite":
        return opened(str(copy), folder)
    register = opened(str(folder / "restored.sqlite"), folder)
    restore(register, copy, ANNA)
    return register


def test_a_backup_opens_and_holds_the_same(told: Register, tmp_path: Path) -> None:
    copy = back_up(told.engine, told.where, tmp_path / "backups" / "register")
    assert copy.name.startswith("register-20")
    other = reopened(copy, tmp_path)
    assert entries(other) == entries(told)
    assert verify(other) == (verify(told)[0], [])
    tell(other, [(entered("C-9"), "C-9")])
    assert verify(other)[1] == []


def test_a_backup_is_one_file_for_its_owners_eyes(told: Register, tmp_path: Path) -> None:
    copy = back_up(told.engine, told.where, tmp_path / "backups" / "register")
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_several_backups_in_one_second_have_names_of_their_own(told: Register, tmp_path: Path) -> None:
    copies = {back_up(told.engine, told.where, tmp_path / "backups" / "register") for _ in range(3)}
    assert len(copies) == 3
    assert {copy.read_bytes() for copy in copies} == {next(iter(copies)).read_bytes()}


def test_nothing_is_written_over(told: Register, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(UsageError, match=r"already a file .*mine"):
        copy_to(told.engine, told.where, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_folder_that_cannot_be_is_told(told: Register, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="a part of its path is a file"):
        copy_to(told.engine, told.where, tmp_path / "file" / "copy")


def test_a_backup_comes_to_its_end_while_others_write(
    address: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A page at a time, so that many entries come in between; a copy that began again after each had no end.
    monkeypatch.setattr(backup, "_PAGES", 1)
    register, other = opened(address, tmp_path), opened(address, tmp_path)
    tell(register, [(entered(f"C-{number}"), f"C-{number}") for number in range(50)])
    written, stop = [0], threading.Event()

    def write() -> None:
        while not stop.is_set():
            number = f"D-{written[0]}"
            tell(other, [(entered(number), number)])
            written[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [
            back_up(register.engine, register.where, tmp_path / "backups" / "register") for _ in range(3)
        ]
    finally:
        stop.set()
        writer.join()
    assert written[0] > 3
    for number, copy in enumerate(copies):
        (tmp_path / str(number)).mkdir()
        kept = reopened(copy, tmp_path / str(number))
        head, found = verify(kept)
        assert found == []
        assert entries(register)[: head.seq] == entries(kept)


def test_a_damaged_register_is_told_and_leaves_no_copy(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register, [(entered(f"C-{number}"), f"C-{number}") for number in range(50)])
    file = tmp_path / "register.sqlite"
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 100)
    with pytest.raises(MachineError, match="damaged"):
        copy_to(register.engine, register.where, tmp_path / "copies" / "copy")
    assert list((tmp_path / "copies").iterdir()) == []
