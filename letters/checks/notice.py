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
    "Where the law says how many days lie between a letter and the end it announces, fewer leave somebody "
    "without care they are entitled to.",
)
CUSTOM = rule(
    "notice-custom",
    Severity.WARNING,
    "Where no law says how long the notice is, custom and codes of ethics still ask for enough time to find "
    "other help.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Compare the notice that is given with the figures of the jurisdiction."""
    asked = facts.jurisdiction.notice_for(facts.kind, facts.practice.profession)
    end, place = _end(facts)
    if end is None or not asked:
        return
    law = next((one for one in asked if one.binding), None)
    custom = next((one for one in asked if not one.binding), None)
    if law:
        yield from _short(facts, NOTICE, law, end, place)
    if custom and (law is None or custom.days > law.days):
        yield from _short(facts, CUSTOM, custom, end, place)


def _end(facts: Facts) -> tuple[date | None, Place]:
    """The day a letter of this kind announces as the end, and where it is written."""
    case, practice = facts.case, facts.practice
    if facts.kind == "clinician-leaving":
        last_day = facts.clinician.last_day if facts.clinician else None
        return last_day, facts.in_practice(f"people.{case.clinician}.last_day")
    if facts.kind == "practice-closing":
        return (practice.closing.on if practice.closing else None), facts.in_practice("closing.on")
    return (case.ending.on if case.ending else None), facts.in_case("ending.on")


def _short(facts: Facts, broken: Rule, asked: Notice, end: date, place: Place) -> Iterator[Finding]:
    given = max((end - facts.dated).days, 0)
    if given >= asked.days:
        return
    needs = f"the law asks for {asked.days}" if asked.binding else f"{asked.days} are customary"
    message = (
        f"From the letter's date ({facts.dated}) to the end ({end}) {_days(given)}; in "
        f"{facts.jurisdiction.name} {needs}."
    )
    remedy = f"End on {facts.dated + timedelta(asked.days)} or later."
    yield replace(broken.finding(message, remedy, place), authority=asked.source)


def _days(number: int) -> str:
    return "there is 1 day" if number == 1 else f"there are {number or 'no'} days"
