"""Fields about days and times: what was missed, what can be booked, by when an answer is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from letters.facts import Facts
from letters.fields.registry import field
from letters.locale import dates


@field("ending.at", "the date and time, with zone, at which the case was ended", "ending.at")
def _ending_at(facts: Facts) -> str:
    ending = facts.case.ending
    return dates.long_moment(facts.local(ending.at), facts.locale) if ending and ending.at else ""


@field("missed", "the date and time of the last appointment the client missed", "appointments")
def _missed(facts: Facts) -> str:
    missed = facts.case.last_missed(facts.dated)
    return _on_the_wall(facts, missed.at) if missed else ""


@field("offered", "times that could be booked, each with its date", "offered")
def _offered(facts: Facts) -> list[str]:
    ahead = (moment for moment in facts.case.offered if moment.date() > facts.dated)
    return [_on_the_wall(facts, moment) for moment in sorted(ahead)]


@field("sessions_ahead", "the appointments until the ending, each with its date and time", "appointments")
def _sessions_ahead(facts: Facts) -> list[str]:
    ending = facts.case.ending
    last = ending.on if ending else None
    ahead = (
        one.at
        for one in facts.case.appointments
        if not one.missed and one.at.date() > facts.dated and (last is None or one.at.date() <= last)
    )
    return [_on_the_wall(facts, at) for at in sorted(ahead)]


@field("reply_by", "the day an answer is asked for by; a week on unless case or practice say so", "reply_by")
def _reply_by(facts: Facts) -> str:
    waited = timedelta(facts.practice.review.wait)
    return dates.long_date(facts.case.reply_by or facts.dated + waited, facts.locale)


@field("call.again", "the day by which one last attempt follows, where the case names one ahead", "reply_by")
def _again(facts: Facts) -> str:
    day = facts.case.reply_by
    return dates.long_date(day, facts.locale) if day and day > facts.dated else ""


def _on_the_wall(facts: Facts, at: datetime) -> str:
    """A date and time without the zone: both sides mean the clock on the practice's wall."""
    return dates.long_moment(facts.local(at).replace(tzinfo=None), facts.locale)
