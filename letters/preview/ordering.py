"""From what a page asks for to the order of a letter."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from math import isfinite
from pathlib import Path

from letters.caseload.kept import kept_case
from letters.clock import now
from letters.entering import entering, told
from letters.model.case import Case
from letters.office import Office
from letters.order import KeptCase, Order
from letters.personal import tidy
from letters.preview.views import Asked
from letters.register import queries
from letters.register.opening import is_there
from letters.sources import remembered

WORDS = "words."  # what the names of the fields of personal words begin with
REASON = "accept."  # and those of the reasons for accepting a warning
_YEARS = range(1900, 2200)
_MOST_DIGITS = 18  # of the number of an entry


def order_of(asked: Asked, office: Office, words: Mapping[str, str]) -> Order:
    """The order of the letter, by the page's fields where it has them, with these words laid over the case's.

    Raises UsageError for a case that is not there.
    """
    ref, fields = asked.ref, asked.fields
    today = now(office.practice.time_zone).date()
    return Order(
        ref.kind,
        _case(asked, office),
        _day(fields.get("dated")) or ref.dated or today,
        draft=False,
        practice=office.file,
        to=fields.get("to") or ref.to,
        language=fields.get("language") or ref.language,
        large_print=fields["large_print"] == "yes" if "large_print" in fields else ref.large_print,
        envelope=fields.get("envelope") or ref.envelope,
        words=dict(words),
        asked_on=today,
    )


def _case(asked: Asked, office: Office) -> Path | KeptCase:
    case = asked.ref.case
    if not isinstance(case, Path):
        return kept_case(office, case)
    number = _worded(case, office)
    return kept_case(office, number) if number else case


def _worded(file: Path, office: Office) -> str | None:
    """The number of a case whose file the register has nothing against but newer words: those count then."""
    case = remembered(file, Case)
    if case.value is None or case.document is None or not is_there(office.where):
        return None
    number = case.value.case
    with office.register(make=False).reading() as connection:
        row = queries.known(connection, number)
        if row is None or not row.is_open or queries.source(connection, number) == office.source(file):
            return None
        news = entering(connection, told(case.value, case.document.data, office.own_kinds))
    is_worded = all(change.path.split(".")[0] == "words" for change in news.changes)
    return number if is_worded and not news.contacts else None


def _day(text: str | None) -> date | None:
    """The day that somebody chose; an empty or half-typed one, such as of the year 202, counts as none."""
    with suppress(ValueError):
        day = date.fromisoformat(text or "")
        return day if day.year in _YEARS else None
    return None


def words_of(fields: Mapping[str, str]) -> dict[str, str]:
    """The personal words that were typed, by section."""
    return {name.removeprefix(WORDS): tidy(text) for name, text in fields.items() if name.startswith(WORDS)}


def reasons_of(fields: Mapping[str, str]) -> dict[str, str]:
    """The reasons for accepting warnings, by code."""
    return {
        name.removeprefix(REASON): text.strip()
        for name, text in fields.items()
        if name.startswith(REASON) and text.strip()
    }


def scale_of(fields: Mapping[str, str]) -> float:
    """How many pixels of the screen a CSS pixel has, times the zoom."""
    try:
        scale = float(fields.get("scale", "1"))
    except ValueError:
        return 1.0
    return scale if isfinite(scale) else 1.0


def base_of(fields: Mapping[str, str]) -> int | None:
    """The entry of the register that the words on the page were begun on."""
    base = fields.get("base", "")
    return int(base) if base.isdecimal() and len(base) <= _MOST_DIGITS else None
