"""Jurisdictions: what the law and the land add to a letter, read from data files.

A state's file (`us-or.yaml`) lies over its country's (`us.yaml`): what it says replaces what
the country says, the rest stays.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from letters.model.jurisdiction import Jurisdiction
from letters.sources import read

FOLDER = Path(__file__).parent


@cache
def known() -> list[str]:
    """The ids of all jurisdictions."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def load(jurisdiction: str) -> Jurisdiction:
    """Read a jurisdiction, laid over its country. Raises KeyError when it is not known."""
    if jurisdiction not in known():
        raise KeyError(jurisdiction)
    own = _read(jurisdiction)
    country, dash, _ = jurisdiction.partition("-")
    if not dash:
        return own
    said = {name: getattr(own, name) for name in own.model_fields_set}
    return _read(country).model_copy(update=said)


def _read(jurisdiction: str) -> Jurisdiction:
    reading = read(FOLDER / f"{jurisdiction}.yaml", Jurisdiction)
    if reading.value is None:
        raise ValueError(f"the data of {jurisdiction} has errors: {reading.findings}")
    return reading.value
