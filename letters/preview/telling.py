"""Findings and the history, as the page tells them."""

from __future__ import annotations

from collections.abc import Iterable

from letters.caseload.telling import whole_history
from letters.findings import Finding, Severity
from letters.office import Office
from letters.preview.views import Entry, Told
from letters.register import queries
from letters.register.opening import is_there

_MOST_ENTRIES = 40
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
# The fields of the page that mend what these say.
_TARGETS = {"language": "language", "addressee": "to", "backdated": "dated"}


def targeted(findings: Iterable[Finding]) -> tuple[Told, ...]:
    """The findings, the gravest first, each once and with the field of the page that mends it."""
    unique = {(one.code, one.message, str(one.place)): one for one in findings}
    told = [Told(one, _target(one)) for one in unique.values()]
    return tuple(sorted(told, key=lambda one: _WEIGHT[one.finding.severity]))


def _target(finding: Finding) -> str:
    path = finding.place.field if finding.place else ""
    if path.startswith("words."):
        return path
    return _TARGETS.get(finding.code, "")


def log_of(number: str | None, office: Office) -> tuple[Entry, ...]:
    """What happened in the case, the latest first; nothing where the register does not know it."""
    if number is None or not is_there(office.where):
        return ()
    with office.register(make=False).reading() as connection:
        if queries.known(connection, number) is None:
            return ()
        told = whole_history(connection, number, office.practice.time_zone)
    people = office.practice.people
    return tuple(
        Entry(one.at, people[one.by].name if one.by in people else one.by, one.text)
        for one in reversed(told[-_MOST_ENTRIES:])
    )
