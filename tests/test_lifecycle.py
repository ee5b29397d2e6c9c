"""Where a case stands after all that happened, and what is due next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import product
from typing import get_args

import pytest

from letters.guards import Ahead, refusals
from letters.lifecycle import (
    Answered,
    Attempted,
    Due,
    Ended,
    Event,
    Opened,
    Pace,
    Restarted,
    Seen,
    Standing,
    State,
    Step,
    Voided,
    Wrote,
    after,
    due,
    standing,
    state_on,
)

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=-5)))
AHEAD = Ahead(TODAY)
PACE = Pace()


def ago(days: int) -> date:
    """A day that lies so many days before today; a negative number lies ahead."""
    return TODAY - timedelta(days)


def wrote(days: int, step: Step | None = None, letter: str = "", **more: object) -> Wrote:
    """A letter issued so many days ago."""
    return Wrote(ago(days), letter or f"{step}-{days}", step, **more)  # type: ignore[arg-type]


def ended(on: date = TODAY, **more: object) -> Ended:
    """An ending for which nothing is missing."""
    return Ended(on, **{"reason": "MUTUAL", "at": NOON, "without": "agreed at the last session", **more})  # type: ignore[arg-type]


def codes(now: Standing, event: Event, ahead: Ahead = AHEAD, *, by_provider: bool = True) -> list[str]:
    """What stops an event."""
    return [one.code for one in refusals(now, event, ahead, by_provider=by_provider)]


RECENT, SILENT = Opened(ago(40), last_seen=ago(40)), Opened(ago(30), last_seen=ago(100))
LAST = "the-last-letter"
ENDING = wrote(8, "closing", LAST, ends_on=TODAY)
HISTORIES: dict[str, list[Event]] = {
    "active": [RECENT],
    "review-due": [SILENT],
    "outreach": [SILENT, wrote(8, "outreach", LAST)],
    "outreach-final": [SILENT, wrote(15, "outreach"), wrote(8, "outreach-final", LAST)],
    "closing/silence": [SILENT, wrote(15, "outreach"), replace(ENDING, for_silence=True)],
    "closing/other": [RECENT, wrote(15, "outreach"), ENDING],
    "ended": [SILENT, wrote(8, "closing", LAST), ended(ago(1))],
}  # fmt: skip
EVENTS: dict[str, Event] = {
    "opened": Opened(TODAY),
    "seen": Seen(TODAY),
    "attempted": Attempted(TODAY),
    "answered": Answered(TODAY),
    "wrote": wrote(0),
    "outreach": wrote(0, "outreach"),
    "final": wrote(0, "outreach-final"),
    "silence": wrote(0, "closing", for_silence=True),
    "closing": wrote(0, "closing", ends_on=ago(-30)),
    "voided": Voided(TODAY, LAST),
    "ended": ended(),
    "restarted": Restarted(TODAY),
}
# The state that follows, or what stops the event.
TABLE = """
                | active         | review-due     | outreach       | outreach-final | closing/silence | closing/other | ended
opened          | ! already-open | ! already-open | ! already-open | ! already-open | ! already-open  | ! already-open| ! already-open
seen            | active         | active         | active         | active         | active          | closing       | ended
attempted       | active         | review-due     | outreach       | outreach-final | closing         | closing       | ended
answered        | active         | active         | active         | active         | active          | closing       | ended
wrote           | active         | review-due     | outreach       | outreach-final | closing         | closing       | ended
outreach        | outreach       | outreach       | outreach       | outreach-final | closing         | closing       | ! already-ended
final           | outreach-final | outreach-final | outreach-final | outreach-final | closing         | closing       | ! already-ended
silence         | closing        | closing        | closing        | closing        | closing         | closing       | ! already-ended
closing         | closing        | closing        | closing        | closing        | closing         | closing       | ! already-ended
voided          | active         | review-due     | review-due     | outreach       | outreach        | outreach      | ended
ended           | ended          | ended          | ended          | ended          | ended           | ended         | ! already-ended
restarted       | ! not-ended    | ! not-ended    | ! not-ended    | ! not-ended    | ! not-ended     | ! not-ended   | active
"""  # noqa: E501


def cells() -> dict[tuple[str, str], str]:
    """The table: what happens to a case in a state."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines()]
    return {(state, row[0]): cell for row in rows for state, cell in zip(head[1:], row[1:], strict=True)}


def test_the_table_is_whole() -> None:
    assert set(cells()) == set(product(HISTORIES, EVENTS))
    assert {name.partition("/")[0] for name in HISTORIES} == set(State)
    assert {type(event) for event in EVENTS.values()} == set(get_args(Event))
    steps = {event.step for event in EVENTS.values() if isinstance(event, Wrote)}
    assert steps == {None, *get_args(Step)}


@pytest.mark.parametrize("state", HISTORIES)
def test_a_history_leads_to_its_state(state: str) -> None:
    now = standing(HISTORIES[state])
    assert state_on(now, TODAY, PACE) == state.partition("/")[0]
    assert now.for_silence == (state == "closing/silence")


@pytest.mark.parametrize(("state", "event"), list(cells()))
def test_every_event_in_every_state(state: str, event: str) -> None:
    now, happening = standing(HISTORIES[state]), EVENTS[event]
    stopped = codes(now, happening)
    expected = cells()[state, event]
    if expected.startswith("!"):
        assert stopped == [expected.removeprefix("! ")]
    else:
        assert stopped == []
        assert state_on(after(now, happening), TODAY, PACE) == expected


class TestSilence:
    def test_counts_from_the_last_session_that_the_file_names(self) -> None:
        assert standing([SILENT]).silent_since == ago(100)

    def test_counts_from_the_opening_where_no_session_is_known(self) -> None:
        assert standing([Opened(ago(5))]).silent_since == ago(5)

    def test_counts_from_what_is_known_before_the_opening(self) -> None:
        assert standing([Opened(ago(5)), Attempted(ago(9)), Attempted(ago(7))]).silent_since == ago(9)
        assert standing([Opened(ago(5)), Attempted(ago(9)), Seen(ago(7))]).silent_since == ago(7)

    def test_starts_anew_with_the_latest_session_or_answer(self) -> None:
        now = standing([SILENT, Seen(ago(3)), Answered(ago(20)), Seen(ago(9))])
        assert now.silent_since == ago(3)

    @pytest.mark.parametrize(("days", "state"), [(89, "active"), (90, "review-due"), (91, "review-due")])
    def test_makes_a_review_due_after_ninety_days(self, days: int, state: str) -> None:
        assert state_on(standing([Opened(ago(days))]), TODAY, PACE) == state

    def test_that_is_broken_forgets_the_attempts(self) -> None:
        assert standing([SILENT, Attempted(ago(9)), Answered(ago(8))]).attempts == 0
        assert standing([SILENT, Attempted(ago(9)), Seen(ago(8)), Attempted(ago(7))]).attempts == 1

    def test_lasts_as_long_as_the_practice_says(self) -> None:
        assert state_on(standing([Opened(ago(30))]), TODAY, Pace(silence=30)) is State.REVIEW_DUE

    def test_is_no_matter_while_reaching_out(self) -> None:
        assert state_on(standing(HISTORIES["outreach"]), TODAY, PACE) is State.OUTREACH

    def test_ended_before_an_older_letter(self) -> None:
        imported: list[Event] = [Opened(TODAY, last_seen=ago(3)), wrote(10, "outreach")]
        assert standing(imported).state is State.ACTIVE


class TestOrder:
    def test_an_older_answer_does_not_cancel_a_later_letter(self) -> None:
        now = standing([SILENT, wrote(2, "outreach"), Answered(ago(5))])
        assert (now.state, now.silent_since, now.attempts) == (State.OUTREACH, ago(5), 1)

    def test_a_later_answer_cancels_a_letter_that_is_entered_late(self) -> None:
        assert standing([SILENT, Answered(ago(2)), wrote(5, "outreach")]).state is State.ACTIVE

    def test_events_of_one_day_count_as_they_arrive(self) -> None:
        assert standing([SILENT, wrote(0, "outreach"), Answered(TODAY)]).state is State.ACTIVE
        assert standing([SILENT, Answered(TODAY), wrote(0, "outreach")]).state is State.OUTREACH

    @pytest.mark.parametrize("history", [[], [Seen(TODAY)], [Attempted(TODAY), Opened(TODAY)]])
    def test_a_history_begins_with_the_opening(self, history: list[Event]) -> None:
        with pytest.raises(ValueError, match="begins with its opening"):
            standing(history)

    def test_a_standing_without_its_history_goes_no_further(self) -> None:
        with pytest.raises(ValueError, match="begins with its opening"):
            after(Standing(State.ACTIVE, TODAY), Seen(TODAY))

    def test_a_case_that_was_merged_may_have_been_opened_twice(self) -> None:
        now = standing([SILENT, wrote(20, "outreach"), Opened(ago(1), last_seen=ago(10))])
        assert (now.state, now.silent_since, now.since) == (State.ACTIVE, ago(10), ago(100))


class TestLetters:
    def test_of_two_people_on_one_day_are_one_attempt(self) -> None:
        couple: list[Event] = [SILENT, wrote(8, "outreach", "a"), wrote(8, "outreach", "b")]
        assert standing(couple).attempts == 1
        assert standing(couple).letters == ("a", "b")
        couple += [wrote(1, "outreach-final", "c"), wrote(1, "outreach-final", "d")]
        assert standing(couple).attempts == 2

    def test_of_another_day_are_another_attempt_and_time_to_answer_starts_anew(self) -> None:
        now = standing([SILENT, wrote(8, "outreach"), wrote(2, "outreach")])
        assert (now.state, now.attempts, now.stepped_on) == (State.OUTREACH, 2, ago(2))

    def test_and_calls_are_attempts(self) -> None:
        now = standing([SILENT, Attempted(ago(9)), Attempted(ago(9)), wrote(8, "outreach"), wrote(7)])
        assert now.attempts == 3

    def test_of_two_steps_on_one_day_are_two_attempts(self) -> None:
        assert standing([SILENT, wrote(8, "outreach"), wrote(8, "outreach-final")]).attempts == 2

    def test_never_lead_back(self) -> None:
        now = standing([SILENT, wrote(9, "outreach-final"), wrote(2, "outreach")])
        assert (now.state, now.stepped_on, now.attempts) == (State.OUTREACH_FINAL, ago(9), 2)

    def test_to_close_leave_the_latest_end_standing(self) -> None:
        first, second = ago(-30), ago(-10)
        couple: list[Event] = [
            RECENT,
            wrote(1, "closing", ends_on=first),
            wrote(0, "closing", ends_on=second),
        ]
        assert standing(couple).ends_on == first
        assert standing([*couple, Voided(TODAY, "closing-1")]).ends_on == second

    @pytest.mark.parametrize("order", [(True, False), (False, True)])
    def test_to_close_are_for_silence_only_if_all_are(self, order: tuple[bool, bool]) -> None:
        one, two = (
            wrote(day, "closing", for_silence=silent) for day, silent in zip((3, 2), order, strict=True)
        )
        assert not standing([SILENT, one, two]).for_silence
        assert standing([SILENT, one, two, Answered(ago(1))]).state is State.CLOSING

    def test_to_close_for_silence_are_over_once_the_client_answers(self) -> None:
        now = standing([SILENT, wrote(3, "closing", ends_on=ago(-4), for_silence=True), Answered(ago(1))])
        assert (now.state, now.ends_on, now.stepped_on, now.for_silence) == (State.ACTIVE, None, None, False)
        assert now.letters == ("closing-3",)

    def test_voided_leave_no_trace_of_their_step(self) -> None:
        before: list[Event] = [SILENT, Attempted(ago(20)), wrote(15, "outreach")]
        voided: list[Event] = [
            *before,
            wrote(3, "closing", "x", ends_on=ago(-9), for_silence=True),
            Voided(TODAY, "x"),
        ]
        assert standing(voided) == standing(before)

    def test_to_an_ended_case_are_kept_without_moving_it(self) -> None:
        now = standing([*HISTORIES["ended"], wrote(0, letter="the-notice")])
        assert (now.state, now.letters) == (State.ENDED, (LAST, "the-notice"))


class TestEndings:
    def test_all_stay_in_the_history(self) -> None:
        first, second = ended(ago(20)), ended(ago(2))
        now = standing([SILENT, first, Restarted(ago(9)), second])
        assert (now.state, now.endings, now.is_open) == (State.ENDED, (first, second), False)

    def test_a_restart_begins_with_nothing_but_the_endings(self) -> None:
        history: list[Event] = [*HISTORIES["ended"], Attempted(TODAY), Restarted(TODAY)]
        now = standing(history)
        assert now == Standing(State.ACTIVE, TODAY, endings=now.endings, since=TODAY)
        assert len(now.endings) == 1
        assert now.is_open

    def test_a_restart_of_an_open_case_changes_nothing(self) -> None:
        assert standing([*HISTORIES["outreach"], Restarted(TODAY)]) == standing(HISTORIES["outreach"])

    def test_an_ending_clears_what_was_running(self) -> None:
        now = standing([*HISTORIES["closing/silence"], ended()])
        assert (now.stepped_on, now.ends_on, now.for_silence) == (None, None, False)


class TestDue:
    @pytest.mark.parametrize(
        ("history", "expected"),
        [
            ([Opened(ago(89))], None),
            ([Opened(ago(90))], Due("outreach", TODAY)),
            ([Opened(ago(100))], Due("outreach", ago(10))),
            ([SILENT, wrote(6, "outreach")], Due("outreach-final", ago(-1))),
            ([SILENT, wrote(7, "outreach")], Due("outreach-final", TODAY)),
            ([SILENT, wrote(9, "outreach"), wrote(2, "outreach-final")], Due("closing", ago(-5))),
            ([SILENT, wrote(2, "outreach-final")], Due("outreach-final", ago(-5))),
            ([SILENT, Attempted(ago(3)), wrote(2, "outreach-final")], Due("closing", ago(-5))),
            ([SILENT, wrote(2, "closing", ends_on=ago(-9))], Due("end", ago(-9))),
            ([SILENT, wrote(2, "closing")], Due("end", ago(2))),
            (HISTORIES["ended"], None),
        ],
    )
    def test_is_the_next_step_with_its_day(self, history: list[Event], expected: Due | None) -> None:
        assert due(standing(history), TODAY, PACE) == expected

    def test_asks_for_a_third_attempt_where_the_practice_wants_three(self) -> None:
        patient = Pace(wait=10, attempts=3)
        once: list[Event] = [SILENT, wrote(12, "outreach")]
        assert due(standing(once), TODAY, patient) == Due("outreach", ago(2))
        twice: list[Event] = [*once, Attempted(ago(4))]
        assert due(standing(twice), TODAY, patient) == Due("outreach-final", ago(2))


def test_an_answer_does_not_let_the_practice_end_before_the_day_a_letter_named() -> None:
    closing = Wrote(ago(3), "L-1", "closing", TODAY + timedelta(11), for_silence=True)
    now = standing([SILENT, closing, Answered(ago(1))])

    assert (now.state, now.ends_on, now.named_end) == (State.ACTIVE, None, TODAY + timedelta(11))
    ending = Ended(TODAY, "LOST_CONTACT", NOON)
    assert "notice-running" in [one.code for one in refusals(now, ending, Ahead(TODAY))]
    # The client may end it themselves.
    assert "notice-running" not in [
        one.code for one in refusals(now, ending, Ahead(TODAY), by_provider=False)
    ]
    voided = standing([*now.history, Voided(TODAY, "L-1")])
    assert voided.named_end is None
