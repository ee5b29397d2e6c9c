"""Reasons for an ending: codes for the file and for statistics, never for a letter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from letters.model.reason import Reasons
from letters.sources import read

FILE = Path(__file__).parent / "reasons.yaml"


@cache
def known() -> list[str]:
    """The codes of all reasons."""
    reading = read(FILE, Reasons)
    if reading.value is None:
        raise ValueError(f"the reasons have errors: {reading.findings}")
    return list(reading.value.reasons)
