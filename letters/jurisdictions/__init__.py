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


def known() -> list[str]:
    """The ids of all jurisdictions."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(jurisdiction: str) -> Jurisdiction:
    """Read a jurisdiction, laid over its country. Raises KeyError when it is not known."""
    if jurisdiction not in known():
        raise KeyError(jurisdiction)
    own = _read(FOLDER / f"{jurisdiction}.yaml")
    country, dash, _ = jurisdiction.partition("-")
    if not dash:
        return own
    said = {name: getattr(own, name) for name in own.model_fields_set}
    return _read(FOLDER / f"{country}.yaml").model_copy(update=said)


@cache
def _read(file: Path) -> Jurisdiction:
    reading = read(file, Jurisdiction)
    if reading.value is None:
        raise ValueError(f"the data of {file.stem} has errors: {reading.findings}")
    return reading.value
