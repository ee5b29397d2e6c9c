"""How long what is known of a case must be kept, and by what figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from letters.caseload.kept import case_of
from letters.facts import is_minor
from letters.findings import FoundError
from letters.model.case import Case
from letters.model.jurisdiction import Jurisdiction, Retention
from letters.model.people import Client
from letters.model.practice import Practice
from letters.office import Office
from letters.register import queries
from letters.register.queries import CaseRow, Filter

if TYPE_CHECKING:
    from letters.register.store import Connection

_OWN = "the practice file (records: years)"
_NO_FIGURE = "neither the practice file (records: years) nor the jurisdiction says for how many years"


@dataclass(frozen=True)
class Keeping:
    """The last day on which a case must still be there; None where it cannot be told, or there is no figure.

    `figure` says how it was counted or why it cannot be told, and `source` on whose word.
    """

    until: date | None
    figure: str
    source: str = ""
    last: date | None = None

    def is_over(self, today: date) -> bool:
        """Whether that day has passed."""
        return self.until is not None and self.until < today


@dataclass(frozen=True)
class Kept:
    """A case that has ended, and how long it is kept."""

    number: str
    ended: date
    keeping: Keeping


def keep_until(case: Case, practice: Practice, jurisdiction: Jurisdiction | None, ended: date) -> Keeping:
    """How long a case that ended must be kept: by the longest figure that holds, counted from what was last.

    For somebody under age then, also until so many years after they come of age, or until that day where no
    figure says more. For who has died, as for adults.
    """
    if jurisdiction is None:
        return Keeping(None, "the data of the practice's jurisdiction cannot be read")
    holding = [one for one in jurisdiction.retention if one.holds_for(practice.profession)]
    years, source = _longest(practice, holding)
    if years is None:
        return Keeping(None, _NO_FIGURE)
    last = _last(case, ended)
    if unknown := next((one for one in case.clients if _may_be_minor(one)), None):
        return Keeping(
            None, f"{unknown.id} has a parent or guardian, and the day of birth is not known", "", last
        )
    adult = Keeping(_later(last, years), f"{_years(years)} after {last}", source, last)
    ages = [_of_minor(one, holding, jurisdiction.majority, last) for one in case.clients]
    return max([adult, *(one for one in ages if one)], key=lambda one: one.until or date.max)


def _longest(practice: Practice, holding: list[Retention]) -> tuple[int | None, str]:
    figures = [(one.years, one.source) for one in holding]
    if practice.records.years:
        figures.append((practice.records.years, _OWN))
    return max(figures, key=lambda figure: figure[0], default=(None, ""))


def _last(case: Case, ended: date) -> date:
    """The day of the last session, contact or letter, or of the ending."""
    days = [one.at.date() for one in case.contacts] + [one.on for one in case.letters]
    return max([ended, *days, *([case.last_session] if case.last_session else [])])


def _may_be_minor(client: Client) -> bool:
    """Whether somebody may be under age, and nobody can tell."""
    is_for_minor = any(one.stands_for_minor for one in client.representatives)
    return client.born is None and client.died is None and is_for_minor


def _of_minor(client: Client, holding: list[Retention], majority: int, last: date) -> Keeping | None:
    if client.died is not None or client.born is None or not is_minor(client, last, majority):
        return None
    more = [(one.years_after_majority, one.source) for one in holding if one.years_after_majority]
    years, source = max(more, key=lambda figure: figure[0], default=(0, "their age; no figure says more"))
    after = f"{_years(years)} after {client.id} comes of age" if years else f"until {client.id} comes of age"
    return Keeping(_later(client.born, majority + years), after, source, last)


def _years(number: int) -> str:
    return f"{number} year{'s' * (number != 1)}"


def _later(day: date, years: int) -> date:
    """The same day so many years later; 29 February counts as 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def due(connection: Connection, office: Office, today: date) -> tuple[list[Kept], list[Kept]]:
    """The ended cases that need not be kept any longer, and those of which it cannot be told."""
    over, unknown = list[Kept](), list[Kept]()
    jurisdiction = office.jurisdiction()
    for row in _ended(connection):
        kept = _kept(connection, row, office, jurisdiction, today)
        if kept is None:
            continue
        if kept.keeping.is_over(today):
            over.append(kept)
        elif kept.keeping.until is None:
            unknown.append(kept)
    return over, unknown


def _ended(connection: Connection) -> Iterator[CaseRow]:
    rows = queries.cases(connection, Filter(states=("ended",), ended=True))
    return (row for row in sorted(rows, key=lambda row: (row.ended_on or "", row.number)) if not row.is_open)


def _kept(
    connection: Connection, row: CaseRow, office: Office, jurisdiction: Jurisdiction | None, today: date
) -> Kept | None:
    """How long an ended case is kept; None where one look at the day tells that it is not over."""
    ended = date.fromisoformat(str(row.ended_on))
    soonest = _soonest(office.practice, jurisdiction, ended)
    if soonest is None:
        return Kept(row.number, ended, Keeping(None, _NO_FIGURE))
    if soonest >= today:
        return None
    return Kept(row.number, ended, of_case(connection, row.number, office, jurisdiction, ended))


def _soonest(practice: Practice, jurisdiction: Jurisdiction | None, ended: date) -> date | None:
    """The day up to which any case that ended then is kept, whatever else is known of it."""
    holding = jurisdiction.retention if jurisdiction else []
    years, _ = _longest(practice, [one for one in holding if one.holds_for(practice.profession)])
    return _later(ended, years) if years else None


def of_case(
    connection: Connection, number: str, office: Office, jurisdiction: Jurisdiction | None, ended: date
) -> Keeping:
    """How long a case of the register is kept."""
    try:
        case = case_of(connection, number)
    except FoundError:
        return Keeping(None, "what the register has of it has mistakes: see `letters case show`")
    return keep_until(case, office.practice, jurisdiction, ended)
