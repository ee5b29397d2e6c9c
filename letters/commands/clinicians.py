"""Whose cases are asked for: somebody's of the practice, or of one who has left it and still has cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.errors import UsageError
from letters.excerpt import visible

if TYPE_CHECKING:
    from letters.office import Office
    from letters.register.store import Register


def expect_clinician(office: Office, register: Register, clinician: str | None) -> None:
    """Raise UsageError for somebody whom nobody knows: their list would be empty, and look well."""
    from letters.register import queries
    from letters.spelling import did_you_mean

    people = office.practice.people
    if clinician is None or clinician in people:
        return
    with register.reading() as connection:
        if queries.cases(connection, queries.Filter(clinician, ended=True), 1):
            return
    raise UsageError(
        f"The practice has nobody with the id {visible(clinician)!r}, and no case has such a clinician.",
        did_you_mean(clinician, people, f"It has: {', '.join(people)}."),
    )
