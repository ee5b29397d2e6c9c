"""Rows that say too little to be cases of their own: laid over the cases they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from letters.caseload.reported import Gathered, Reported, Short, laid_over
from letters.findings import Finding, Place, Severity, rule
from letters.register import queries
from letters.register.tables import ERASED, MERGED
from letters.sources.reading import MISSING_FIELD

if TYPE_CHECKING:
    from letters.register.store import Connection

CASE_GONE = rule(
    "case-gone",
    Severity.ERROR,
    "A number that was merged into another or erased tells of the past; a case that is entered under it "
    "would bring back what was put away.",
)
_NAMED = 5  # cases


@dataclass
class Completed:
    """The cases that rows make together with the register, and what is wrong with the other rows."""

    reported: list[Reported] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faulty: int = 0


def completed(gathered: Gathered, connection: Connection | None) -> Completed:
    """Lay each row that says too little over its case; say what is missing only where that is not known."""
    result = Completed()
    tables: dict[str, list[Short]] = defaultdict(list)
    for one in gathered.short:
        tables[one.table].append(one)
    for name, rows in tables.items():
        unknown = [one for one in rows if not _complete(one, connection, result)]
        if unknown:
            result.faulty += len(unknown)
            result.findings += gathered.lacking.get(name, [])
            result.findings += [finding for one in unknown for finding in one.lacking]
            result.findings += _not_known(name, unknown) if len(unknown) < len(rows) else ()
    return result


def _complete(one: Short, connection: Connection | None, result: Completed) -> bool:
    """Whether the case of a row is known, and what came of it is in the result."""
    if connection is None or not one.number or queries.known(connection, one.number) is None:
        return False
    findings = gone(one.number, one.place, connection)
    reported = None
    if not findings and not one.is_faulty:
        reported, findings = laid_over(one.data, one.place, queries.data(connection, one.number))
    result.findings += findings
    if reported is None:
        result.faulty += 1
    else:
        result.reported.append(reported)
    return True


def _not_known(table: str, rows: Sequence[Short]) -> Iterator[Finding]:
    """Name the cases that a table was not written to enter, as a slip in a number is likely."""
    names = [one.number for one in rows if one.number]
    if names:
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        yield MISSING_FIELD.finding(
            f"Not in the register, and said too little of to be entered: {', '.join(names[:_NAMED])}{more}.",
            "Correct the numbers, or fill in what a new case needs.",
            Place(table),
        )


def gone(number: str, place: Callable[[str], Place], connection: Connection | None) -> list[Finding]:
    """Whether a number is one that was merged into another, or erased."""
    row = queries.known(connection, number) if connection else None
    if row and row.status == MERGED:
        message = f"Case {number} was merged into {row.merged_into}."
        remedy = f"Write the number {row.merged_into}, if this is about the same relationship."
        return [CASE_GONE.finding(message, remedy, place("case"))]
    if row and row.status == ERASED:
        message = f"The data of case {number} was erased, and its number stays with that."
        return [CASE_GONE.finding(message, "Give a case that begins anew a new number.", place("case"))]
    return []
