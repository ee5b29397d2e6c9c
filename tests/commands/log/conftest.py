"""A register to stand beside: one case, and a letter that was issued to its client."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.caseload.kept import Kept, keep


@pytest.fixture
def kept(office: Path) -> Kept:
    return keep(office, None, "C-1103")


@pytest.fixture
def letter(kept: Kept) -> str:
    """The name of a letter to Samira."""
    return kept.issue("one")
