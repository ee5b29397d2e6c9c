"""The register of fields, and the collecting of those a kind declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.spelling import did_you_mean

Value = str | list[str] | dict[str, str] | list[dict[str, str]]
Compute = Callable[[Facts], Value]

UNKNOWN_FIELD = rule(
    "kind-field",
    Severity.ERROR,
    "A kind may declare only fields that exist; what is confidential is no field at all.",
    "minimum disclosure: 45 CFR 164.502(b)",
)
MISSING_DATA = rule(
    "missing-data",
    Severity.ERROR,
    "A letter cannot be said in full when the data for a part of it is missing.",
)


@dataclass(frozen=True)
class Field:
    """One field: its dotted name, what it holds, where that is written, and how it is computed."""

    name: str
    holds: str
    written_at: str
    compute: Compute


FIELDS: dict[str, Field] = {}


def field(name: str, holds: str, written_at: str) -> Callable[[Compute], Compute]:
    """Register a field. Raises ValueError when its name is taken.

    `written_at` is a path in the case, or in the practice after `practice:`; CLIENT and CLINICIAN
    stand for the paths of those of the letter.
    """

    def register(compute: Compute) -> Compute:
        if name in FIELDS:
            raise ValueError(f"there are two fields {name}")
        FIELDS[name] = Field(name, holds, written_at, compute)
        return compute

    return register


def collect(facts: Facts) -> tuple[dict[str, Any], list[Finding]]:
    """Compute the fields a kind declares: nested dicts by their dotted names, and what is missing.

    What several fields are computed from is missed once.
    """
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    missed: set[str] = set()
    for number, declared in enumerate(facts.spec.fields):
        name = declared.removesuffix("?")
        if name not in FIELDS:
            findings.append(_unknown(facts, number, name))
            continue
        value = FIELDS[name].compute(facts)
        if not value and name == declared and FIELDS[name].written_at not in missed:
            missed.add(FIELDS[name].written_at)
            findings.append(_missing(facts, FIELDS[name]))
        _put(values, name, value)
    return values, findings


def _put(values: dict[str, Any], name: str, value: Value) -> None:
    group, _, rest = name.partition(".")
    if rest:
        values.setdefault(group, {})[rest] = value
    else:
        values[group] = value


def _unknown(facts: Facts, number: int, name: str) -> Finding:
    place = facts.kind_file.place(f"fields[{number}]")
    if "confidential" in name:
        return UNKNOWN_FIELD.finding(
            f"{name} is confidential, and no template is ever given it.", "Remove it from `fields`.", place
        )
    remedy = did_you_mean(name, FIELDS, "`letters kinds --fields` lists the fields there are.")
    return UNKNOWN_FIELD.finding(f"There is no field {name}.", remedy, place)


def _missing(facts: Facts, missing: Field) -> Finding:
    file, _, path = missing.written_at.rpartition(":")
    path = path.replace("CLINICIAN", f"people.{facts.case.clinician}").replace("CLIENT", facts.client_path)
    where = "practice file" if file else "case"
    return MISSING_DATA.finding(
        f"This kind of letter needs {missing.holds}, and the {where} does not give it.",
        f"Write it in the {where} at `{path}`.",
        facts.in_practice(path) if file else facts.in_case(path),
    )
