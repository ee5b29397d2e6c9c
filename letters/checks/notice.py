"""Whether there is enough time between the letter and the end it announces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from letters.facts import Facts
from letters.findings import Finding, Place, Rule, Severity, rule
from letters.model.jurisdiction import Notice

NOTICE = rule(
    "notice",
    Severity.ERROR,
    "Where the law, or what every practice owes, says how many days lie between a letter and the end it "
    "announces, fewer leave somebody without care they are entitled to.",
)
CUSTOM = rule(
    "notice-custom",
    Severity.WARNING,
    "Where no law says how long the notice is, custom and codes of ethics still ask for enough time to find "
    "other help.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the notice that is given with the figures of the jurisdiction."""
    asked = facts.jurisdiction.notice_for(facts.spec.announced, facts.practice.profession)
    end, place = _end(facts)
    if end is None or not asked:
        return
    least = next((one for one in asked if one.is_stopping), None)
    usual = next((one for one in asked if not one.is_stopping), None)
    short = _short(facts, NOTICE, least, end, place) if least else None
    if short is None and usual:
        short = _short(facts, CUSTOM, usual, end, place)
    if short:
        yield short


def _end(facts: Facts) -> tuple[date | None, Place]:
    """The day a letter announces as the end, and where it is written."""
    case, closing = facts.case, facts.practice.closing
    match facts.spec.announced:
        case "clinician-leaving":
            last_day = facts.clinician.last_day if facts.clinician else None
            return last_day, facts.in_practice(f"people.{case.clinician}.last_day")
        case "practice-closing":
            return (closing.on if closing else None), facts.in_practice("closing.on")
    return (case.ending.on if case.ending else None), facts.in_case("ending.on")


def _short(facts: Facts, broken: Rule, asked: Notice, end: date, place: Place) -> Finding | None:
    """The finding where too few days are given; a letter cannot arrive before it is made."""
    given = max((end - facts.known_on).days, 0)
    if given >= asked.days:
        return None
    needs = f"the law asks for {asked.days}" if asked.binding else f"{asked.days} are customary"
    message = (
        f"From the letter's date ({facts.known_on}) to the end ({end}) {_days(given)}; in "
        f"{facts.jurisdiction.name} {needs}."
    )
    remedy = f"End on {facts.known_on + timedelta(asked.days)} or later."
    return replace(broken.finding(message, remedy, place), authority=asked.source)


def _days(number: int) -> str:
    return "there is 1 day" if number == 1 else f"there are {number or 'no'} days"
