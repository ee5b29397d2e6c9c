"""What may not happen in a case, and why: every guard of an ending, and of a letter to an ended case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from letters.lifecycle import (
    DECEASED,
    Answered,
    Attempted,
    Ended,
    Event,
    Opened,
    Restarted,
    Seen,
    Standing,
    Wrote,
)


@dataclass(frozen=True)
class Ahead:
    """What the day and the case file say: an appointment is a day, or a time where that is known."""

    today: date
    appointments: tuple[date | datetime, ...] = ()
    danger: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why something may not happen, and what to do about it."""

    code: str
    message: str
    remedy: str


def refusals(now: Standing, event: Event, ahead: Ahead, *, by_provider: bool = True) -> list[Refusal]:
    """Every guard an event breaks; none when it may happen.

    `by_provider`: whether it is the provider who ends the relationship, which danger forbids. What cannot be
    done in this state at all is asked nothing more. A letter may bear a later day than the one it is made on.
    """
    match event:
        case Opened():
            return [Refusal("already-open", "This case is in the register already.", "Log what is new.")]
        case Ended() | Wrote(step="outreach" | "outreach-final" | "closing") if not now.is_open:
            return [Refusal("already-ended", "This case has ended.", "Restart it first if the work goes on.")]
        case Ended():
            return [*_days(now, event, ahead.today), *_duties(now, event, ahead, by_provider)]
        case Restarted() if now.is_open:
            return [Refusal("not-ended", "This case is open.", "There is nothing to restart: go on with it.")]
        case Restarted() if now.endings and event.on < (last := now.endings[-1].on):
            message = f"The case ended on {last}, and {event.on} lies before that."
            return [Refusal("restart-before-end", message, f"Restart it on {last} or later.")]
        case Seen() | Attempted() | Answered() | Restarted() if event.on > ahead.today:
            remedy = f"Enter it on {event.on} or later, or correct the day."
            return [Refusal("in-future", f"{event.on} has not come yet.", remedy)]
    return []


def _days(now: Standing, event: Ended, today: date) -> Iterator[Refusal]:
    days = (event.on, event.ends_on or event.on)
    first, last = min(days), max(*days, event.at.date())
    if first < now.since:
        message = f"The ending is entered for {first}; what is known of the case begins on {now.since}."
        yield Refusal("ends-before-start", message, f"Give {now.since} or a later day.")
    if last > today:
        message = f"The ending is entered for {last}, which has not come yet."
        yield Refusal("ends-in-future", message, f"Wait until {last}, or give a day up to {today}.")


def _duties(now: Standing, event: Ended, ahead: Ahead, by_provider: bool) -> Iterator[Refusal]:
    """What is owed to the client before the end; to the dead, no notice and no word."""
    if event.reason != DECEASED:
        yield from _notice(now, event, ahead.today, by_provider)
        if not (now.letters or now.called or (event.without or "").strip()):
            message = "No letter was issued and no call logged since the work began, or began again."
            remedy = "Issue a letter, log a call, or say why there was neither."
            yield Refusal("no-letter-or-call", message, remedy)
    if later := [one for one in ahead.appointments if _is_ahead(one, event.at, ahead.today)]:
        last = max(f"{one:%Y-%m-%d}" for one in later)
        message = f"An appointment is still ahead: the last one booked is on {last}."
        remedy = f"Cancel what is booked, or wait until {last} has passed."
        yield Refusal("appointment-ahead", message, remedy)
    if ahead.danger and by_provider:
        remedy = "Do not end it now. See to safety first, and unmark it when the danger has passed."
        yield Refusal("danger", "The case is marked as imminent danger.", remedy)


def _notice(now: Standing, event: Ended, today: date, by_provider: bool) -> Iterator[Refusal]:
    # A client who answers calls off the ending, and may end it themselves; the practice keeps to the day.
    until = now.named_end if by_provider else now.ends_on
    if until and until > min(event.on, event.ends_on or event.on):
        message = f"The client was told that the relationship ends on {until}; it cannot end before."
        wait = f"Wait until {until}. Void the letter only if it never left."
        yield Refusal("notice-running", message, wait if until > today else f"Give {until} or a later day.")


def _is_ahead(one: date | datetime, at: datetime, today: date) -> bool:
    """A day without a time is ahead until it comes; times are local unless both have a zone."""
    if not isinstance(one, datetime):
        return one > today
    zoned = one.tzinfo is not None and at.tzinfo is not None
    return one > at if zoned else one.replace(tzinfo=None) > at.replace(tzinfo=None)
