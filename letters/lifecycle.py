"""The life of a case: where it stands, what is due next, and what may not happen.

Pure functions: a case's history goes in as events, its standing comes out. Nothing here knows what time it
is; whoever asks says the day.

    ACTIVE → (review due) → OUTREACH → OUTREACH_FINAL → CLOSING → ENDED → (restart) → ACTIVE

The client's answer, or a session, leads back to ACTIVE from everywhere but ENDED, and but from a CLOSING for
another reason than silence: a bill that is not paid, or an ending that was agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

Step = Literal["outreach", "outreach-final", "closing"]

# Nobody writes to the dead, and nobody waits for them.
DECEASED = "DECEASED"


class State(StrEnum):
    """Where a case stands, in the order of its life. REVIEW_DUE is a matter of the day: see `state_on`."""

    ACTIVE = "active"
    REVIEW_DUE = "review-due"
    OUTREACH = "outreach"
    OUTREACH_FINAL = "outreach-final"
    CLOSING = "closing"
    ENDED = "ended"


_RANK = {state: number for number, state in enumerate(State)}


@dataclass(frozen=True)
class _Happened:
    on: date  # as the practice counts days


@dataclass(frozen=True)
class Opened(_Happened):
    """The case came into the register; silence counts from the last session, where that is known."""

    last_seen: date | None = None


class Seen(_Happened):
    """A session took place."""


class Attempted(_Happened):
    """The practice tried to reach the client and did not."""


class Answered(_Happened):
    """The client answered, or got in touch."""


@dataclass(frozen=True)
class Wrote(_Happened):
    """A letter was issued; one that ends the relationship says when, and whether silence is why."""

    letter: str
    step: Step | None = None
    ends_on: date | None = None
    for_silence: bool = False


@dataclass(frozen=True)
class Voided(_Happened):
    """A letter never left: it counts as never written, on whatever day that is found out."""

    letter: str


@dataclass(frozen=True)
class Ended(_Happened):
    """The relationship was entered as ended, `at` a local time of the practice with its zone.

    `ends_on` is the day it ended where that is not `on`; `without` says why there was no letter and no call.
    """

    reason: str
    at: datetime
    ends_on: date | None = None
    without: str | None = None


class Restarted(_Happened):
    """An ended relationship goes on."""


_Lived = Seen | Attempted | Answered | Wrote | Ended | Restarted
Event = _Lived | Opened | Voided


@dataclass(frozen=True)
class Standing:
    """Where a case stands after all that happened.

    `attempts` count from `silent_since`; `letters` and `called` (anything was logged, attempt or answer) from
    `since`, the first day known of a case or the day it was last restarted. `stepped_on` is the day of the
    latest letter of the step the case is at; `ends_on` and `for_silence` are of the closing letter in
    force; `named_end` is the latest day a letter named, also where the client answered since.
    """

    state: State
    silent_since: date
    attempts: int = 0
    stepped_on: date | None = None
    ends_on: date | None = None
    for_silence: bool = False
    letters: tuple[str, ...] = ()
    called: bool = False
    named_end: date | None = None
    endings: tuple[Ended, ...] = ()
    since: date = date.min
    history: tuple[Event, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether the relationship goes on."""
        return self.state is not State.ENDED


def standing(events: Iterable[Event]) -> Standing:
    """Fold a history into where the case stands.

    Events count in the order of their days, those of one day as they arrived: a call of last week that is
    logged today does not undo the letter of yesterday. A voided letter is left out. Raises ValueError unless
    the history begins with the opening of the case.
    """
    history = tuple(events)
    if not history or not isinstance(history[0], Opened):
        raise ValueError("the history of a case begins with its opening")
    lived = sorted(_lived(history), key=lambda event: event.on)
    # Where nobody knows of a session, silence counts from the first day anything is known of.
    first = min([history[0].on, *(event.on for event in lived)])
    now = Standing(State.ACTIVE, first, since=first, history=history)
    for event in lived:
        now = _step(now, event)
    return now


def after(now: Standing, event: Event) -> Standing:
    """Where a case stands after one more event. Raises ValueError for a standing without its history."""
    return standing((*now.history, event))


def _lived(history: tuple[Event, ...]) -> Iterator[_Lived]:
    """What took place: letters that left, and of an opening the last session before it."""
    voided = {event.letter for event in history if isinstance(event, Voided)}
    for event in history:
        if isinstance(event, Opened):
            if event.last_seen:
                yield Seen(event.last_seen)
        elif not isinstance(event, Voided) and not (isinstance(event, Wrote) and event.letter in voided):
            yield event


def _step(now: Standing, event: _Lived) -> Standing:
    match event:
        case Seen():
            return _heard(now, event.on)
        case Answered():
            return replace(_heard(now, event.on), called=True)
        case Attempted():
            return replace(now, attempts=now.attempts + 1, called=True)
        case Wrote():
            return _written(now, event)
        case Ended():
            return replace(_unstepped(now, State.ENDED), endings=(*now.endings, event))
        case Restarted():
            fresh = Standing(State.ACTIVE, event.on, endings=now.endings, since=event.on, history=now.history)
            return now if now.is_open else fresh


def _heard(now: Standing, on: date) -> Standing:
    """The client was heard of: silence starts anew, and what was begun because of silence is over."""
    heard = replace(now, silent_since=on, attempts=0)
    stays = not now.is_open or (now.state is State.CLOSING and not now.for_silence)
    return heard if stays else _unstepped(heard, State.ACTIVE)


def _written(now: Standing, letter: Wrote) -> Standing:
    """A letter of a step leads there, never back, and never out of an ending."""
    known = replace(now, letters=(*now.letters, letter.letter))
    if letter.step is None:
        return known
    state = State(letter.step)
    if letter.step != "closing":
        # Two people of one case are written to on the same day: that is one attempt.
        again = now.state is state and now.stepped_on == letter.on
        known = replace(known, attempts=now.attempts + (not again))
    if _RANK[state] < _RANK[now.state]:
        return known
    moved = replace(known, state=state, stepped_on=letter.on)
    return _closing(now, moved, letter) if letter.step == "closing" else moved


def _closing(before: Standing, moved: Standing, letter: Wrote) -> Standing:
    """Of several closing letters the latest end holds, and one reason that is not silence is enough."""
    days = [day for day in (before.ends_on, letter.ends_on) if day]
    for_silence = letter.for_silence and (before.for_silence or before.state is not State.CLOSING)
    named = [day for day in (before.named_end, letter.ends_on) if day]
    return replace(
        moved, ends_on=max(days, default=None), for_silence=for_silence, named_end=max(named, default=None)
    )


def _unstepped(now: Standing, state: State) -> Standing:
    return replace(now, state=state, stepped_on=None, ends_on=None, for_silence=False)


@dataclass(frozen=True)
class Pace:
    """How long a practice waits, in days, and how often it tries before it closes for silence."""

    silence: int = 90
    wait: int = 7
    attempts: int = 2


@dataclass(frozen=True)
class Due:
    """The next step of a case, and the day from which it is due: a later one than today says to wait."""

    step: Literal["outreach", "outreach-final", "closing", "end"]
    on: date


def state_on(now: Standing, today: date, pace: Pace) -> State:
    """The state as of a day: an active case is due for review once it has been silent for so many days."""
    silent = now.state is State.ACTIVE and (today - now.silent_since).days >= pace.silence
    return State.REVIEW_DUE if silent else now.state


def due(now: Standing, today: date, pace: Pace) -> Due | None:
    """The next step of a case: none for an ended one, and for an active one that is not due for review.

    The last outreach letter is the one that completes the attempts of the pace; with too few of them the
    same letter is due again. A closing without a day may be ended from the day of its letter.
    """
    if now.state is State.ACTIVE:
        review = state_on(now, today, pace) is State.REVIEW_DUE
        return Due("outreach", now.silent_since + timedelta(pace.silence)) if review else None
    stepped = now.stepped_on or now.silent_since
    answer_by = stepped + timedelta(pace.wait)
    match now.state:
        case State.OUTREACH:
            return Due("outreach-final" if now.attempts >= pace.attempts - 1 else "outreach", answer_by)
        case State.OUTREACH_FINAL:
            return Due("closing" if now.attempts >= pace.attempts else "outreach-final", answer_by)
        case State.CLOSING:
            return Due("end", now.ends_on or stepped)
    return None
