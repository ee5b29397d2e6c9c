"""Jurisdictions: what the law and the land add to a letter, read from data files.

A state's file (`us-or.yaml`) lies over its country's (`us.yaml`). Its figures (the lists in
`ADDED`) are added to the country's; anything else it says stands in the place of what the
country says. A practice may keep files of its own; they come before the built-in ones.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from letters.errors import MachineError
from letters.findings import Finding, Place, Severity, rule
from letters.model.jurisdiction import Jurisdiction
from letters.sources import Reading, read

FOLDER = Path(__file__).parent
OWN = "jurisdictions"  # the folder beside a practice file
ADDED = ("notice", "retention", "authorities", "texts")
_ENDINGS = (".yaml", ".yml", ".json")

COUNTRY = rule(
    "jurisdiction-country",
    Severity.ERROR,
    "A state's data lies over its country's; alone it lacks the emergency number, the crisis lines and "
    "whatever holds in the whole country.",
)


def known(own: Path | None = None) -> list[str]:
    """The ids of all jurisdictions, those in a practice's own folder among them.

    Raises MachineError when that folder cannot be listed.
    """
    return sorted(_files(own))


def load(jurisdiction: str, own: Path | None = None) -> Jurisdiction:
    """Read a jurisdiction, laid over its country.

    Raises KeyError when it is not known, ValueError when its data has errors.
    """
    reading = find(jurisdiction, own)
    if reading.value is None:
        raise ValueError(f"the data of {jurisdiction} has errors: {reading.findings}")
    return reading.value


def find(jurisdiction: str, own: Path | None = None) -> Reading[Jurisdiction]:
    """Read a jurisdiction, laid over its country, with what is wrong with a practice's own files.

    Raises KeyError when it is not known, MachineError when the own folder cannot be listed.
    """
    files = _files(own)
    state = _read(files[jurisdiction])
    country, dash, _ = jurisdiction.partition("-")
    if not dash:
        return state
    if country not in files:
        return Reading(None, [*state.findings, _missing(country, files[jurisdiction])], state.document)
    return _laid_over(_read(files[country]), state)


def _laid_over(country: Reading[Jurisdiction], state: Reading[Jurisdiction]) -> Reading[Jurisdiction]:
    findings = [*country.findings, *state.findings]
    if country.value is None or state.value is None:
        return Reading(None, findings, state.document)
    said = {name: getattr(state.value, name) for name in state.value.model_fields_set}
    added = {name: [*getattr(country.value, name), *said[name]] for name in ADDED if name in said}
    return Reading(country.value.model_copy(update=said | added), findings, state.document)


def _missing(country: str, file: Path) -> Finding:
    return COUNTRY.finding(
        f"This is the data of a part of {country}, and there is none for {country} itself.",
        f"Add a file {country}.yaml beside it, or name this one without a dash.",
        Place(str(file)),
    )


def _files(own: Path | None) -> dict[str, Path]:
    """The file of each jurisdiction."""
    built_in = {path.stem: path for path in FOLDER.glob("*.yaml")}
    return built_in | ({path.stem: path for path in _listed(own)} if own is not None else {})


def _listed(own: Path) -> list[Path]:
    try:
        return sorted(path for path in own.iterdir() if path.suffix in _ENDINGS)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        message = f"The folder {own}, with the practice's own jurisdictions, cannot be read."
        raise MachineError(message, "Give yourself the right to read it, or move it away.") from error


def _read(file: Path) -> Reading[Jurisdiction]:
    return _built_in(file) if file.parent == FOLDER else read(file, Jurisdiction)


@cache
def _built_in(file: Path) -> Reading[Jurisdiction]:
    """Read a file that comes with the program, which does not change while it runs."""
    return read(file, Jurisdiction)
