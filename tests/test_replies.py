"""A client who answers cancels whatever was queued next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.model.history import TaskClosed, TaskOpened
from letters.register import queries
from letters.register.chain import Entry
from letters.register.store import history
from letters.replies import READING, cancel_queued, is_of_a_step
from tests.register import telling


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


def test_only_prepared_letters_of_this_case_are_canceled(address: str | None, tmp_path: Path) -> None:
    register = telling.opened(address, tmp_path)
    letter = TaskOpened(task="letter", what="write", kind="outreach", addressee="c")
    telling.tell(register, [(telling.entered(number), number) for number in ("C-1", "C-2")])
    telling.tell(
        register, [(letter, "C-1"), (TaskOpened(task="answer", what="call"), "C-1"), (letter, "C-2")]
    )
    with register.writing(telling.ANNA, telling.AT) as writing:
        (canceled,) = cancel_queued(writing, "C-1", date(2026, 11, 20))
        assert cancel_queued(writing, "C-1", date(2026, 11, 20)) == []
    with register.reading() as connection:
        assert [(task.case_number, task.task) for task in queries.tasks(connection)] == [
            ("C-1", "answer"),
            ("C-2", "letter"),
        ]
        last: Entry = [*history(connection)][-1]
    assert (canceled.case_number, last.case_number) == ("C-1", "C-1")
    assert last.body
    event = TaskClosed.model_validate_json(last.body)
    assert (event.number, event.outcome) == (canceled.number, "canceled")
    assert event.because == "the client answered on 2026-11-20"


def test_where_a_client_was_heard_of_nobody_looks_for_a_way_to_them(tmp_path: Path) -> None:
    register = telling.opened(None, tmp_path)
    stuck = TaskOpened(task="no-route", what="call c", kind="outreach", addressee="c")
    telling.tell(register, [(telling.entered("C-1"), "C-1"), (stuck, "C-1")])
    with register.writing(telling.ANNA, telling.AT) as writing:
        (closed,) = cancel_queued(writing, "C-1", date(2026, 11, 20))
        assert (closed.task, queries.tasks(writing.connection)) == ("no-route", [])


def test_of_what_is_read_or_mended_only_letters_for_silence_are_called_off(tmp_path: Path) -> None:
    register = telling.opened(None, tmp_path)
    story = [
        TaskOpened(task=sort, what="Read it.", kind="a-kind", addressee="c", step=step, for_silence=silence)
        for sort in READING
        for step, silence in ((None, False), ("closing", False), ("outreach", True))
    ]
    telling.tell(register, [(telling.entered("C-1"), "C-1"), *[(one, "C-1") for one in story]])
    with register.writing(telling.ANNA, telling.AT) as writing:
        canceled = cancel_queued(writing, "C-1", date(2026, 11, 20))
        left = queries.tasks(writing.connection)
    assert [(one.task, one.data["step"]) for one in canceled] == [
        ("approve", "outreach"),
        ("mend", "outreach"),
    ]
    assert [is_of_a_step(one) for one in left] == [False, True, False, True]
