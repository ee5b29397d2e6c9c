"""What never happens to a case: every guard on its own, and any history at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.guards import Ahead, refusals
from letters.lifecycle import (
    Answered,
    Attempted,
    Ended,
    Event,
    Opened,
    Restarted,
    Seen,
    State,
    Step,
    Voided,
    Wrote,
    after,
    standing,
)
from tests.test_lifecycle import EVENTS, HISTORIES, NOON, RECENT, SILENT, TODAY, ago, codes, ended, wrote

OPEN = [state for state in HISTORIES if state != "ended"]


class TestGuards:
    @pytest.mark.parametrize(("days", "stopped"), [(1, []), (0, []), (-1, ["notice-running"])])
    def test_notice_has_run(self, days: int, stopped: list[str]) -> None:
        now = standing([RECENT, wrote(20, "closing", ends_on=ago(days))])
        assert codes(now, ended()) == stopped

    def test_notice_says_the_day_to_wait_for(self) -> None:
        now = standing([RECENT, wrote(20, "closing", ends_on=date(2026, 12, 6))])
        [refusal] = refusals(now, ended(), Ahead(TODAY))
        assert "Wait until 2026-12-06." in refusal.remedy

    @pytest.mark.parametrize("days", [{"on": ago(6)}, {"ends_on": ago(6)}, {"on": ago(6), "ends_on": ago(5)}])
    def test_no_end_is_dated_back_into_the_notice(self, days: dict[str, date]) -> None:
        now = standing([RECENT, wrote(20, "closing", ends_on=ago(5))])
        [refusal] = refusals(now, ended(**days), Ahead(TODAY))
        assert (refusal.code, refusal.remedy) == ("notice-running", f"Give {ago(5)} or a later day.")
        assert codes(now, ended(**dict.fromkeys(days, ago(5)))) == []

    @pytest.mark.parametrize(("days", "stopped"), [(1, []), (0, []), (-1, ["appointment-ahead"])])
    def test_no_day_of_an_appointment_is_ahead(self, days: int, stopped: list[str]) -> None:
        assert codes(standing([RECENT]), ended(), Ahead(TODAY, (ago(days),))) == stopped

    @pytest.mark.parametrize(("minutes", "stopped"), [(-1, []), (0, []), (1, ["appointment-ahead"])])
    @pytest.mark.parametrize("zone", ["same", "other", "none", "none at the end"])
    def test_no_hour_of_an_appointment_is_ahead(self, minutes: int, stopped: list[str], zone: str) -> None:
        booked, at = NOON + timedelta(minutes=minutes), NOON
        if zone == "other":
            booked = booked.astimezone(UTC)
        elif zone == "none":
            booked = booked.replace(tzinfo=None)
        elif zone == "none at the end":
            at = at.replace(tzinfo=None)
        assert codes(standing([RECENT]), ended(at=at), Ahead(TODAY, (booked,))) == stopped

    def test_appointments_are_one_refusal_that_names_the_last(self) -> None:
        booked = (ago(-3), NOON + timedelta(9), ago(-1), ago(4))
        [refusal] = refusals(standing([RECENT]), ended(), Ahead(TODAY, booked))
        assert "2026-12-01" in refusal.message
        assert "2026-12-01" in refusal.remedy

    @pytest.mark.parametrize("word", [Attempted(ago(1)), Answered(ago(1)), wrote(1), wrote(1, "outreach")])
    def test_a_letter_or_a_call_comes_first(self, word: Event) -> None:
        unsaid = ended(without=None)
        assert codes(standing([RECENT]), unsaid) == ["no-letter-or-call"]
        assert codes(standing([RECENT, word]), unsaid) == []

    @pytest.mark.parametrize("without", [None, "", "  "])
    def test_a_session_is_neither_and_blanks_are_no_reason(self, without: str | None) -> None:
        assert codes(standing([RECENT, Seen(ago(1))]), ended(without=without)) == ["no-letter-or-call"]

    def test_a_letter_that_never_left_is_none(self) -> None:
        now = standing([RECENT, wrote(2, letter="x"), Voided(ago(1), "x")])
        assert codes(now, ended(without=None)) == ["no-letter-or-call"]

    def test_a_letter_or_call_from_before_the_restart_is_none(self) -> None:
        past: list[Event] = [
            RECENT,
            Attempted(ago(9)),
            wrote(9),
            ended(ago(8)),
            Attempted(ago(7)),
            Restarted(ago(6)),
        ]
        assert codes(standing(past), ended(without=None)) == ["no-letter-or-call"]

    def test_the_dead_get_neither_letter_nor_notice(self) -> None:
        now = standing([RECENT, wrote(2, "closing", ends_on=ago(-9))])
        assert codes(now, ended(reason="DECEASED", without=None)) == []
        assert codes(standing([RECENT]), ended(reason="DECEASED", without=None)) == []

    def test_even_for_the_dead_an_appointment_is_canceled_first(self) -> None:
        found = codes(standing([RECENT]), ended(reason="DECEASED"), Ahead(TODAY, (ago(-1),)))
        assert found == ["appointment-ahead"]

    @pytest.mark.parametrize("state", OPEN)
    def test_danger_stops_what_the_provider_ends(self, state: str) -> None:
        now, danger = standing(HISTORIES[state]), Ahead(TODAY, danger=True)
        assert codes(now, ended(), danger) == ["danger"]
        assert codes(now, ended(), danger, by_provider=False) == []

    @pytest.mark.parametrize("days", [{"on": ago(-1)}, {"ends_on": ago(-1)}, {"at": NOON + timedelta(1)}])
    def test_an_ending_has_come(self, days: dict[str, date]) -> None:
        assert codes(standing([RECENT]), ended(**days)) == ["ends-in-future"]

    @pytest.mark.parametrize(("days", "stopped"), [(41, ["ends-before-start"]), (40, []), (39, [])])
    @pytest.mark.parametrize("field", ["on", "ends_on"])
    def test_an_ending_comes_after_the_beginning(self, field: str, days: int, stopped: list[str]) -> None:
        assert codes(standing([RECENT]), ended(**{field: ago(days)})) == stopped

    def test_an_ending_comes_after_the_restart(self) -> None:
        now = standing([RECENT, ended(ago(8)), Restarted(ago(6))])
        assert codes(now, ended(ago(7))) == ["ends-before-start"]
        assert codes(now, ended(ago(6))) == []

    def test_a_case_that_came_in_late_may_have_ended_before(self) -> None:
        assert codes(standing([Opened(TODAY, last_seen=ago(50))]), ended(ends_on=ago(45))) == []

    @pytest.mark.parametrize(("days", "stopped"), [(9, ["restart-before-end"]), (8, []), (7, [])])
    def test_a_restart_comes_after_the_ending(self, days: int, stopped: list[str]) -> None:
        assert codes(standing([RECENT, ended(ago(8))]), Restarted(ago(days))) == stopped

    @pytest.mark.parametrize("kind", ["seen", "attempted", "answered", "restarted"])
    @pytest.mark.parametrize(("days", "stopped"), [(1, []), (0, []), (-1, ["in-future"])])
    def test_nothing_is_logged_before_it_takes_place(self, kind: str, days: int, stopped: list[str]) -> None:
        history = HISTORIES["ended" if kind == "restarted" else "active"]
        assert codes(standing(history), replace(EVENTS[kind], on=ago(days))) == stopped

    def test_a_letter_may_bear_a_later_day(self) -> None:
        assert codes(standing([SILENT]), wrote(-1, "outreach")) == []

    def test_are_told_all_at_once(self) -> None:
        now = standing([Opened(ago(9)), wrote(2, "closing", "x", ends_on=ago(-9)), wrote(1)])
        booked = Ahead(TODAY, (ago(-2),), danger=True)
        found = codes(now, ended(ago(10), ends_on=ago(-1), without=None), booked)
        assert found == [
            "ends-before-start",
            "ends-in-future",
            "notice-running",
            "appointment-ahead",
            "danger",
        ]
        untold = codes(standing([Opened(ago(9))]), ended(without=None), booked)
        assert untold == ["no-letter-or-call", "appointment-ahead", "danger"]


class Memory:
    """What the rules say of an ending, worked out without the fold: it goes by days in their order."""

    def __init__(self) -> None:
        self.open, self.told = True, False
        self.closing: list[Wrote] = []
        self.named: list[Wrote] = []  # also after an answer: the practice keeps to what it wrote

    def remember(self, event: Event) -> None:
        match event:
            case Restarted() | Ended():
                self.open, self.told, self.closing, self.named = isinstance(event, Restarted), False, [], []
            case Wrote():
                self.told = True
                self.closing += [event] if event.step == "closing" else []
                self.named += [event] if event.step == "closing" else []
            case Attempted() | Answered():
                self.told = True
        if isinstance(event, Seen | Answered) and all(letter.for_silence for letter in self.closing):
            self.closing = []

    def stops(
        self, event: Ended, booked: tuple[date, ...], danger: bool, *, by_provider: bool = True
    ) -> list[str]:
        """The guards that an ending of an open case breaks."""
        alive = event.reason != "DECEASED"
        letters = self.named if by_provider else self.closing
        broken = {
            "notice-running": alive and any((one.ends_on or FIRST) > event.on for one in letters),
            "no-letter-or-call": alive and not (self.told or event.without),
            "appointment-ahead": any(day > event.on for day in booked),
            "danger": danger and by_provider,
        }
        return [code for code, is_broken in broken.items() if is_broken]


FIRST = ago(400)
DAYS = st.integers(0, 60).map(lambda days: FIRST + timedelta(days))
LETTERS = st.sampled_from([f"letter-{number}" for number in range(6)])
STEPS = st.sampled_from([None, *get_args(Step)])
OPENED = st.builds(Opened, st.just(FIRST + timedelta(30)), last_seen=st.none() | DAYS)


def an_ending(on: date, reason: str, ends_on: date | None, without: str | None) -> Ended:
    """An ending at noon."""
    return Ended(on, reason, datetime(on.year, on.month, on.day, 12, tzinfo=UTC), ends_on, without)


SOME_DAY = st.none() | DAYS
EVENT: st.SearchStrategy[Event] = st.one_of(
    st.builds(Seen, DAYS),
    st.builds(Attempted, DAYS),
    st.builds(Answered, DAYS),
    st.builds(Wrote, DAYS, LETTERS, STEPS, SOME_DAY, st.booleans()),
    st.builds(Wrote, DAYS, LETTERS, st.just("closing"), DAYS, st.booleans()),
    st.builds(Voided, DAYS, LETTERS),
    st.builds(
        an_ending, DAYS, st.sampled_from(["MUTUAL", "DECEASED"]), SOME_DAY, st.sampled_from([None, "agreed"])
    ),
    st.builds(Restarted, DAYS),
)
ANYTHING = st.lists(EVENT, max_size=14)
Around = tuple[tuple[date, ...], bool]
AROUND = st.builds(lambda booked, danger: (tuple(booked), danger), st.lists(DAYS, max_size=1), st.booleans())


def whole(events: list[Event]) -> list[Event]:
    """The same events with a name of its own for each letter, as the register gives."""
    return [
        replace(event, letter=f"letter-{number}") if isinstance(event, Wrote) else event
        for number, event in enumerate(events)
    ]


class TestAnyHistory:
    @given(OPENED, ANYTHING)
    def test_gives_a_standing_that_makes_sense(self, opened: Opened, events: list[Event]) -> None:
        now = standing([opened, *events])
        assert now.state is not State.REVIEW_DUE
        assert now.attempts >= 0
        assert now.since <= now.silent_since
        assert (now.stepped_on is None) == (now.state in (State.ACTIVE, State.ENDED))
        assert now.state is State.CLOSING or (now.ends_on is None and not now.for_silence)
        assert len(now.endings) == sum(isinstance(event, Ended) for event in events)

    @given(OPENED, ANYTHING, st.integers(0, 14))
    def test_goes_on_step_by_step(self, opened: Opened, events: list[Event], cut: int) -> None:
        history = [opened, *sorted(events, key=lambda event: event.on)]
        now = standing(history[: cut + 1])
        for event in history[cut + 1 :]:
            now = after(now, event)
        assert now == standing(history)

    @given(OPENED, ANYTHING)
    def test_without_its_letters_is_as_if_they_were_never_written(
        self, opened: Opened, events: list[Event]
    ) -> None:
        voids = [Voided(TODAY, event.letter) for event in events if isinstance(event, Wrote)]
        unwritten = [event for event in events if not isinstance(event, Wrote)]
        assert standing([opened, *events, *voids]) == standing([opened, *unwritten])

    @given(OPENED, st.lists(EVENT, max_size=10, unique_by=lambda event: event.on), st.randoms())
    def test_of_different_days_may_arrive_in_any_order(
        self, opened: Opened, events: list[Event], chance: Random
    ) -> None:
        shuffled = list(events)
        chance.shuffle(shuffled)
        assert standing([opened, *shuffled]) == standing([opened, *events])


class TestAnyHistoryThatTheGuardsLetThrough:
    @given(OPENED, ANYTHING, AROUND)
    def test_keeps_every_ending(self, opened: Opened, events: list[Event], around: Around) -> None:
        history: list[Event] = [opened]
        now, latest = standing(history), FIRST
        for event in whole(events):
            latest = max(latest, event.on)
            if codes(now, event, Ahead(latest, *around)):
                continue
            before, now = now, after(now, event)
            history.append(event)
            assert now.endings == before.endings + ((event,) if isinstance(event, Ended) else ())
            moves = isinstance(event, Ended | Restarted)
            assert now.is_open == (before.is_open != moves)
        assert now == standing(history)

    @given(ANYTHING, AROUND)
    def test_ends_only_as_it_may(self, events: list[Event], around: Around) -> None:
        now, memory = standing([Opened(FIRST)]), Memory()
        lived = [event for event in whole(events) if not isinstance(event, Voided)]
        for event in sorted(lived, key=lambda event: event.on):
            for reason, without, ours in product(["MUTUAL", "DECEASED"], [None, "agreed"], [True, False]):
                ending = an_ending(event.on, reason, None, without)
                stopped = memory.stops(ending, *around, by_provider=ours)
                expected = stopped if memory.open else ["already-ended"]
                assert codes(now, ending, Ahead(event.on, *around), by_provider=ours) == expected
            if not codes(now, event, Ahead(event.on, *around)):
                now = after(now, event)
                memory.remember(event)
            assert now.is_open == memory.open
