"""The spool gives back what was kept, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.batch.spool import Spool
from letters.errors import MachineError
from tests.test_issuing_mishaps import disk


@given(st.lists(st.binary(max_size=200)), st.randoms())
def test_everything_comes_back_in_any_order(kept: list[bytes], chance: st.DataObject) -> None:
    with Spool() as spool:
        places = [(spool.keep(data), data) for data in kept]
        chance.shuffle(places)  # type: ignore[attr-defined]
        for place, data in places:
            assert spool.take(place) == data
        assert spool.take(spool.keep(b"more")) == b"more"


def test_nobody_else_sees_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spool() as spool:
        spool.keep(b"a client's name")
        assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_room_it_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written is tried again when the file is closed, and must not fail once more."""

    def fill() -> None:
        with Spool() as spool:
            for _ in range(100):
                spool.keep(bytes(5000))

    with disk(tmp_path / "disk", "size=64k") as folder:
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        with pytest.raises(MachineError, match="cannot be used: No space left on device") as caught:
            fill()
    assert "TMPDIR" in caught.value.remedy


def test_without_a_folder_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(MachineError, match="cannot be used: No such file"):
        Spool()
