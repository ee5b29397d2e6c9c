"""Tasks: what there is to do, and entering that it is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.caseload import tasks
from letters.errors import UsageError
from letters.model.history import TaskClosed, TaskOpened
from letters.office import Office
from letters.register.chain import Entry
from tests.caseload import silent
from tests.register import telling

LETTER = TaskOpened(task="letter", what="Read it.", kind="outreach", addressee="kim", file="drafts/D-1.pdf")
RETURNED = TaskOpened(task="returned", what="Ask where they live.", letter="L-1")
ANSWER = TaskOpened(task="answer", what="Call back.")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A practice with five tasks, the last of which is canceled already."""
    office = silent.practice(tmp_path / "office")
    silent.tell(
        office,
        *[silent.entered("C-1"), silent.entered("C-2")],
        *[(LETTER, "C-1"), (RETURNED, "C-1"), (ANSWER, "C-2"), (ANSWER, "C-2")],
        (TaskClosed(number=6, outcome="canceled", because="they answered"), "C-2"),
    )
    return office


def last(office: Office) -> Entry:
    return telling.entries(office.register())[-1]


def test_what_is_open_is_listed_and_what_is_closed_where_it_is_asked_for(office: Office) -> None:
    register = office.register()
    assert [one.number for one in tasks.listed(register)] == [3, 4, 5]
    assert [one.number for one in tasks.listed(register, "C-2")] == [5]
    assert [(one.number, one.outcome) for one in tasks.listed(register, "C-2", closed=True)] == [
        (5, None),
        (6, "canceled"),
    ]


def test_a_case_that_is_not_there_has_no_tasks(office: Office) -> None:
    with pytest.raises(UsageError, match="There is no case C-9"):
        tasks.listed(office.register(), "C-9")


def test_what_is_done_is_entered_with_how_it_was_done(office: Office) -> None:
    closed = tasks.done(office.register(), silent.SAM, silent.AT, 4, "they moved to Gresham")
    assert (closed.before, closed.task.case_number) == (False, "C-1")
    entry = last(office)
    assert (entry.event, entry.by, entry.case_number) == ("task-closed", "sam-rivera", "C-1")
    assert entry.content == {"number": 4, "outcome": "done", "because": "they moved to Gresham"}
    assert [one.number for one in tasks.listed(office.register())] == [3, 5]


@pytest.mark.parametrize(("number", "outcome"), [(4, "done"), (6, "canceled")])
def test_what_is_closed_stays_as_it_is(office: Office, number: int, outcome: str) -> None:
    register = office.register()
    if number == 4:
        tasks.done(register, silent.SAM, silent.AT, number)
    before = last(office)
    closed = tasks.done(register, silent.SAM, silent.AT, number)
    assert (closed.before, closed.task.outcome) == (True, outcome)
    assert last(office) == before


def test_a_letter_is_done_by_hand_only_with_a_word_on_how(office: Office) -> None:
    register = office.register()
    with pytest.raises(UsageError, match="is a letter, which is done once it is issued"):
        tasks.done(register, silent.SAM, silent.AT, 3)
    assert 3 in [one.number for one in tasks.listed(register)]
    assert not tasks.done(register, silent.SAM, silent.AT, 3, "said it on the phone").before
    assert 3 not in [one.number for one in tasks.listed(register)]


@pytest.mark.parametrize("number", [1, 99])
def test_a_number_that_is_no_task_is_refused(office: Office, number: int) -> None:
    with pytest.raises(UsageError, match=f"There is no task {number}"):
        tasks.done(office.register(), silent.SAM, silent.AT, number)


def test_a_letter_to_approve_is_done_by_hand_only_with_a_word_and_one_to_mend_without(office: Office) -> None:
    about = {"what": "Do it.", "kind": "outreach", "addressee": "kim"}
    silent.tell(
        office,
        *[(TaskOpened.model_validate({"task": sort, **about}), "C-2") for sort in ("approve", "mend")],
    )
    approve, mend = [one.number for one in tasks.listed(office.register(), "C-2")][-2:]
    with pytest.raises(UsageError, match="is a letter to read, which is done once it is approved") as raised:
        tasks.done(office.register(), silent.SAM, silent.AT, approve)
    assert "Approve it, as `letters task list` says." in str(raised.value.remedy)
    assert not tasks.done(office.register(), silent.SAM, silent.AT, approve, "nobody needs it").before
    assert not tasks.done(office.register(), silent.SAM, silent.AT, mend).before
    assert [one.task for one in tasks.listed(office.register(), "C-2")] == ["answer"]


def test_what_is_open_about_a_letter_is_of_its_kind_and_to_its_reader(office: Office) -> None:
    about = {"what": "Do it.", "kind": "outreach", "addressee": "kim"}
    others = [{"addressee": "lee"}, {"kind": "transfer"}, {"task": "letter"}]
    story = [{"task": "approve", **about, **one} for one in ({}, *others, {"task": "mend"})]
    silent.tell(office, *[(TaskOpened.model_validate(one), "C-2") for one in story])
    with office.register().writing(silent.SAM, silent.AT) as writing:
        found = tasks.about_letter(writing.connection, "C-2", "outreach", "kim")
        assert [one.task for one in found] == ["approve", "mend"]
        tasks.close(writing, found[0], "canceled", "it is not needed")
        found = tasks.about_letter(writing.connection, "C-2", "outreach", "kim")
    assert [one.task for one in found] == ["mend"]
    assert last(office).content["because"] == "it is not needed"
