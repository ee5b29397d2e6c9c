"""A case as the register has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.findings import FoundError, errors
from letters.model.case import Case
from letters.order import KeptCase
from letters.register import queries
from letters.sources import read_text

if TYPE_CHECKING:
    from letters.office import Office
    from letters.register.store import Connection


def kept_case(office: Office, number: str) -> KeptCase:
    """Take a case from the register, to write letters about. Raises UsageError as `queries.find` does."""
    with office.register(make=False).reading() as connection:
        text = queries.case_file(connection, number)
        return KeptCase(number, text, queries.digest(connection, number))


def case_of(connection: Connection, number: str) -> Case:
    """Read a case as everything about it says.

    Raises UsageError as `queries.find` does, FoundError where what was entered cannot be read any more.
    """
    reading = read_text(queries.case_file(connection, number), f"case {number}", Case, is_at_hand=False)
    if reading.value is None:
        raise FoundError(errors(reading.findings))
    return reading.value
