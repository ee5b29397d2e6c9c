from __future__ import annotations

import base64
import errno
import hashlib
import os
import random
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.errors import LettersError, MachineError
from letters.files import FileTakenError, letter_id, publish, publish_new, read_ordinary, sweep


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_published_file_holds_what_was_given_and_is_private(tmp_path: Path) -> None:
    target = tmp_path / "out" / "letters" / "one.pdf"
    publish(target, b"whole")
    assert target.read_bytes() == b"whole"
    assert mode(target) == 0o600
    assert mode(tmp_path / "out") == mode(tmp_path / "out" / "letters") == 0o700
    assert names(target.parent) == ["one.pdf"]


def test_publishing_again_replaces_the_file_whatever_its_permissions_were(tmp_path: Path) -> None:
    target = tmp_path / "one.pdf"
    target.write_bytes(b"old")
    target.chmod(0o644)
    publish(target, b"new")
    assert target.read_bytes() == b"new"
    assert mode(target) == 0o600


def test_a_link_is_replaced_and_what_it_leads_to_is_let_be(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"old")
    target = tmp_path / "one.pdf"
    target.symlink_to(elsewhere)
    publish(target, b"new")
    assert elsewhere.read_bytes() == b"old"
    assert not target.is_symlink()


def test_an_ordinary_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "one"
    file.write_bytes(b"12345")
    assert read_ordinary(file, 5) == b"12345"
    with pytest.raises(OSError, match="too large"):
        read_ordinary(file, 4)


@pytest.mark.parametrize(
    "trap",
    [
        os.mkfifo,
        Path.mkdir,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to(__file__),
        lambda _: None,
    ],
    ids=["pipe", "folder", "device", "link", "nothing"],
)
def test_what_is_no_ordinary_file_is_neither_read_nor_waited_for(
    trap: Callable[[Path], object], tmp_path: Path
) -> None:
    trap(tmp_path / "one")
    with pytest.raises(OSError, match="one"):
        read_ordinary(tmp_path / "one", 1_000_000)


def open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def test_reading_leaves_no_file_open(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"1")
    before = open_files()
    for _ in range(3):
        read_ordinary(tmp_path / "file", 1)
        with pytest.raises(OSError, match="ordinary"):
            read_ordinary(tmp_path / "pipe", 1)
    assert open_files() == before


def test_a_new_file_never_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "one.pdf"
    publish_new(target, b"first")
    with pytest.raises(FileTakenError) as caught:
        publish_new(target, b"second")
    assert isinstance(caught.value, FileExistsError)
    assert isinstance(caught.value, LettersError)
    assert caught.value.exit_code == 2
    assert "one.pdf" in caught.value.message
    assert target.read_bytes() == b"first"
    assert names(tmp_path) == ["one.pdf"]


def test_of_many_who_write_a_new_file_at_once_exactly_one_succeeds(tmp_path: Path) -> None:
    target = tmp_path / "one.pdf"
    start = Barrier(8)
    won: list[bytes] = []

    def write(content: bytes) -> None:
        start.wait()
        try:
            publish_new(target, content)
        except FileTakenError:
            return
        won.append(content)

    threads = [Thread(target=write, args=(bytes([number]) * 5000,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert target.read_bytes() == won[0]
    assert names(tmp_path) == ["one.pdf"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_without_hard_links_a_new_file_still_refuses_to_overwrite(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    target = tmp_path / "one.pdf"
    publish_new(target, b"first")
    with pytest.raises(FileTakenError):
        publish_new(target, b"second")
    assert target.read_bytes() == b"first"
    assert names(tmp_path) == ["one.pdf"]


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(MachineError) as caught:
        publish(tmp_path / "out" / "one.pdf", b"new")
    assert "is a file and not a folder" in caught.value.message
    assert caught.value.remedy


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").mkdir()
    with pytest.raises(MachineError, match="there is a folder of that name"):
        publish(tmp_path / "one.pdf", b"new")
    assert names(tmp_path) == ["one.pdf"]


def test_a_name_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="too long"):
        publish(tmp_path / ("x" * 300), b"new")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "no right to write"),
        (errno.EROFS, "can only be read"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_no_temporary_one(
    code: int, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "one.pdf"
    publish(target, b"old")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(MachineError, match=reason) as caught:
        publish(target, b"new")
    assert caught.value.exit_code == 4
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["one.pdf"]


def test_a_folder_that_cannot_be_made_is_said() -> None:
    with pytest.raises(MachineError):
        publish(Path("/proc/letters-test/one.pdf"), b"new")


def test_an_interruption_leaves_the_old_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "one.pdf"
    publish(target, b"old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["one.pdf"]


KILLED = """
import sys
from pathlib import Path
from letters.files import publish, publish_new
folder = Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number = (number + 1) % 200
    publish(folder / "one.pdf", bytes([number]) * 300_000)
    try:
        publish_new(folder / f"{number}.pdf", bytes([number]) * 300_000)
    except FileExistsError:
        (folder / f"{number}.pdf").unlink()
"""


def test_a_killed_run_leaves_whole_files_only(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - not for secrets
    left_behind = 0
    for _ in range(25):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE)
        with process:
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.001, 0.05))
            process.send_signal(signal.SIGKILL)
        for path in tmp_path.iterdir():
            if path.name.startswith("."):
                left_behind += 1
                path.unlink()
            else:
                content = path.read_bytes()
                assert len(content) == 300_000
                assert len(set(content)) == 1
    assert (tmp_path / "one.pdf").exists()
    # Otherwise no kill fell into the middle of writing, and nothing was tried.
    assert left_behind > 0


def test_sweeping_removes_what_killed_runs_left_and_nothing_else(tmp_path: Path) -> None:
    stale, fresh = tmp_path / f".letters-{'0a' * 8}.tmp", tmp_path / f".letters-{'0b' * 8}.tmp"
    linked = tmp_path / f".letters-{'0c' * 8}.tmp"
    others = [tmp_path / name for name in ("one.pdf", ".letters-notes.tmp", ".letters-xyz", ".hidden")]
    folder = tmp_path / f".letters-{'0d' * 8}.tmp"
    folder.mkdir()
    for path in (stale, fresh, *others):
        path.write_bytes(b"x")
    linked.symlink_to(others[0])
    long_ago = time.time() - 7200
    for path in (stale, *others, folder):
        os.utime(path, (long_ago, long_ago))
    assert sweep(tmp_path) == 1
    assert names(tmp_path) == sorted(path.name for path in (fresh, linked, folder, *others))


def test_a_temporary_file_left_by_a_killed_run_is_one_that_sweeping_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        publish(tmp_path / "one.pdf", b"x")
        publish_new(tmp_path / "two.pdf", b"x")
    (left,) = (path for path in tmp_path.iterdir() if path.suffix == ".tmp")
    os.utime(left, (0, 0))
    assert sweep(tmp_path) == 1
    assert names(tmp_path) == ["one.pdf", "two.pdf"]


def test_sweeping_a_folder_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    assert sweep(tmp_path / "missing") == 0


@settings(deadline=None, max_examples=100)
@given(st.binary())
def test_a_letter_id_is_safe_as_a_name_and_depends_on_the_content_alone(content: bytes) -> None:
    assert re.fullmatch(r"L-[0-9a-hjkmnp-tv-z]{16}", letter_id(content))
    assert letter_id(content) == letter_id(bytes(content))
    assert letter_id(content) != letter_id(content + b"x")


def test_a_letter_id_stays_the_same_between_versions() -> None:
    crockford = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")
    digest = hashlib.sha256(b"letter").digest()
    assert letter_id(b"letter") == "L-" + base64.b32encode(digest[:10]).decode().translate(crockford)
