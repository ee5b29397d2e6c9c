"""A register on each sort of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.register.store import Register
from tests.register import telling

DATABASES = ["sqlite", "postgresql"]


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest) -> str | None:
    """Where a register is to be: None for a file in the practice's folder."""
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def register(address: str | None, tmp_path: Path) -> Register:
    """A new, empty register."""
    return telling.opened(address, tmp_path)


@pytest.fixture
def told(register: Register) -> Register:
    """A register with a story in it that has every sort of event but an erasure."""
    telling.tell(register)
    return register
