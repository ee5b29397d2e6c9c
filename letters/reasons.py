"""Reasons for an ending: codes for the file and for statistics, never for a letter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from letters.model.reason import Reason, Reasons
from letters.sources import read

FILE = Path(__file__).parent / "reasons.yaml"


@cache
def _all() -> dict[str, Reason]:
    reading = read(FILE, Reasons)
    if reading.value is None:
        raise ValueError(f"the reasons have errors: {reading.findings}")
    return reading.value.reasons


def known() -> list[str]:
    """The codes of all reasons."""
    return list(_all())


def find(code: str) -> Reason | None:
    """The reason with a code, if there is one."""
    return _all().get(code)
