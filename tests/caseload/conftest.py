"""A practice and its register, on each sort of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.caseload.kept import Kept, keep
from tests.support.desk import TODAY


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """A practice with two cases: C-1103, of Samira, and C-1001, of Jordan."""
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    address = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    return keep(tmp_path / "office", address, "C-1103", "C-1001")


@pytest.fixture
def kept_in_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """The same practice with its register in a file, for what concerns that file."""
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return keep(tmp_path / "office", None, "C-1103", "C-1001")
