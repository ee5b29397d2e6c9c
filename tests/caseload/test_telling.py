"""Telling: a sentence for every event, and where a case stands in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from letters.caseload.telling import SENTENCES, next_words, sentence, short_moment, state_words
from letters.lifecycle import Answered, Attempted, Ended, Event, Opened, Pace, Wrote, standing
from letters.model.history import EVENTS, CaseErased, LetterSentBack, TaskClosed
from tests.register.telling import STORY, data, sent_back

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, 30, tzinfo=timezone(-timedelta(hours=8)))
OPENED = Opened(date(2026, 3, 2), date(2026, 8, 11))


def test_every_event_has_a_sentence() -> None:
    assert set(SENTENCES) == set(EVENTS.values())


@pytest.mark.parametrize("position", range(len(STORY)))
def test_what_happened_is_told_in_words(position: int) -> None:
    event, _ = STORY[position]
    told = sentence(event, data("C-2"))
    assert told[0].isupper() or told[0].isdigit()
    assert len(told.split()) >= 3
    assert "Zenobia" not in told
    assert "None" not in told


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            TaskClosed(number=4, outcome="canceled", because="the client answered on 2026-11-20"),
            "Task 4 is not called for any more: the client answered on 2026-11-20.",
        ),
        (
            CaseErased(numbers=["C-1"], entries=[1, 2], because="it is time"),
            "The personal data was erased, 2 entries: it is time",
        ),
        (
            sent_back(),
            "The letter outreach to c, dated 2026-09-01, was sent back: The second line is rude.",
        ),
    ],
)
def test_some_sentences(event: TaskClosed | CaseErased | LetterSentBack, told: str) -> None:
    assert sentence(event) == told


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-10-20T10:15:30-07:00", "2026-10-20 10:15 -07:00"),
        ("2026-10-20T10:15Z", "2026-10-20 10:15 +00:00"),
        (AT, "2026-11-22 10:30 -08:00"),
    ],
)
def test_a_moment_has_its_offset(at: str | datetime, told: str) -> None:
    assert short_moment(at) == told


@pytest.mark.parametrize(
    ("events", "state", "after"),
    [
        (
            [Answered(date(2026, 11, 20))],
            "Active; last heard of on 2026-11-20, 2 days ago.",
            "Nothing is due before 2027-02-18, when a review is.",
        ),
        (
            [Attempted(date(2026, 10, 1))],
            "Due for review; last heard of on 2026-08-11, 103 days ago, 1 attempt since.",
            "Next: an outreach letter, due since 2026-11-09: letters draft outreach C-1",
        ),
        (
            [Wrote(date(2026, 11, 15), "L-1", "outreach")],
            "Outreach since 2026-11-15; last heard of on 2026-08-11, 103 days ago, 1 attempt since.",
            "Next: the last outreach letter, due today: letters draft outreach-final C-1",
        ),
        (
            [Wrote(date(2026, 11, 1), "L-1", "outreach"), Wrote(date(2026, 11, 20), "L-2", "outreach-final")],
            "Last outreach since 2026-11-20; last heard of on 2026-08-11, 103 days ago, 2 attempts since.",
            "Next: the closing letter, due from 2026-11-27: letters draft closing-lost-contact C-1",
        ),
        (
            [Wrote(date(2026, 11, 1), "L-1", "closing", date(2026, 12, 6), for_silence=True)],
            "Closing since 2026-11-01, to end on 2026-12-06; last heard of on 2026-08-11, 103 days ago.",
            "Next: entering the end, due from 2026-12-06: letters case end C-1",
        ),
        (
            [Ended(TODAY, "MOVED", AT)],
            "Ended on 2026-11-22, entered 2026-11-22 10:30 -08:00: Client moved away (MOVED).",
            "Nothing is due. If the work goes on: letters case restart C-1",
        ),
    ],
)
def test_where_a_case_stands_and_what_comes_next(events: list[Event], state: str, after: str) -> None:
    now = standing([OPENED, *events])
    assert state_words(now, TODAY, Pace()) == state
    assert next_words(now, TODAY, Pace(), "C-1") == after
