"""What a worker of a cluster does, here without the cluster."""

from __future__ import annotations

import os
import pickle
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.apart import seal, unseal
from letters.batch import elsewhere
from letters.batch.elsewhere import Answer, Call, Room, do, versions
from letters.batch.packing import pack, send
from letters.batch.work import Checked, Task, check
from letters.files import locked
from tests.support.desk import Desk


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of the worker."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


@pytest.fixture
def room(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    assert temporary.is_dir()
    one = Room()
    monkeypatch.setattr(elsewhere, "_ROOM", one)
    yield one
    one.close()


def a_call(patience: float = 60) -> Call:
    return Call(versions(), seal(abs, -1), patience)


def test_a_pack_is_asked_for_once(room: Room, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    file = tmp_path / "home" / "practice.json"
    request = seal(check, send(Task(desk.order(practice=file), {})))
    packed = pack(file)
    without = Call(versions(), request, 60, packed.digest)
    assert do(without).status == "lacking"
    for call in (Call(versions(), request, 60, packed.digest, packed.data), without):
        answer = do(call)
        assert answer.status == "done"
        assert isinstance(unseal(answer.data), Checked)
    room.leave()
    assert do(without).status == "lacking"


def test_another_version_is_refused(room: Room) -> None:
    answer = do(Call({**versions(), "letters": "0.0.1"}, seal(abs, -1), 60))
    assert answer.status == "refused"
    assert pickle.loads(answer.data) == versions()  # noqa: S301 - our own
    assert room._folder is None


def test_what_makes_the_bytes_is_compared() -> None:
    assert {"Python", "letters", "weasyprint", "pydyf", "zlib", "system"} <= set(versions())
    assert "missing" not in {versions()[name] for name in ("weasyprint", "jinja2", "babel", "pikepdf")}


def test_nothing_of_a_letter_is_shown() -> None:
    shown = f"{a_call()!r} {a_call()} {Answer('done', b'Casey')!r}"
    assert shown == "<a letter> <a letter> <done>"


@pytest.mark.usefixtures("room")
def test_what_ends_its_process_is_tried_once_more(tmp_path: Path) -> None:
    request = seal(end_at_first, str(tmp_path / "tried"))
    answer = do(Call(versions(), request, 60))
    assert answer.status == "done"
    assert unseal(answer.data) == "at last"


def end_at_first(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return "at last"


def test_after_a_while_with_nothing_to_do_all_is_removed(
    room: Room, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "IDLE", 0.2)
    assert do(a_call()).status == "done"
    process = room._free[0]._process
    until = time.monotonic() + 20
    while list(temporary.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(temporary.iterdir())
    assert process.poll() is not None


def test_what_a_killed_worker_left_is_swept_away(room: Room, temporary: Path) -> None:
    left = temporary / "letters-worker-killed"
    left.mkdir()
    (left / "lock").touch()
    (left / "practice.yaml").write_text("name: Somebody")
    other = temporary / "letters-worker-at-work"
    other.mkdir()
    (other / "lock").touch()
    with locked(other / "lock") as is_ours:
        assert is_ours
        assert do(a_call()).status == "done"
    folders = {one.name for one in temporary.glob("letters-worker-*")}
    assert folders == {other.name, Path(str(room._folder)).name}


@pytest.mark.usefixtures("room")
def test_a_worker_without_room_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    answer = do(a_call())
    assert answer.status == "unable"
    assert pickle.loads(answer.data) == "No such file or directory"  # noqa: S301 - our own
