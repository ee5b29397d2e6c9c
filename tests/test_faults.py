"""The log of faults; what is written into it is tested at the door."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.faults import record


def test_where_there_is_not_even_a_folder_for_temporary_files_there_is_no_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))

    def no_folder() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", no_folder)

    assert record(ValueError("SECRET"), "draft") is None


def test_a_log_that_cannot_lie_where_logs_do_lies_among_temporary_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))

    log = record(ValueError("SECRET"), "draft")

    assert log is not None
    assert log.parent == tmp_path / "temporary"
    assert "SECRET" not in log.read_text()
