"""`letters task done`: entering that something is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.model.history import TaskOpened
from letters.office import open_office
from tests.caseload import silent
from tests.commands.conftest import Run
from tests.register import telling

LETTER = TaskOpened(task="letter", what="Read it.", kind="outreach", addressee="kim", file="drafts/D-1.pdf")
RETURNED = TaskOpened(task="returned", what="Ask where they live.", letter="L-1")


@pytest.fixture(autouse=True)
def _told(office: Path) -> None:
    silent.tell(
        open_office(office / "practice.yaml"), silent.entered("C-1"), (LETTER, "C-1"), (RETURNED, "C-1")
    )


def entries() -> list[str]:
    return [entry.event for entry in telling.entries(open_office(Path("practice.yaml")).register())]


def test_what_is_done_is_entered(letters: Run) -> None:
    told = letters("task", "done", "3", "--because", "they moved", "--by", "lena-brook")
    assert (told.code, told.out, told.err) == (0, "", "Task 3 about C-1 is done.\n")
    entry = telling.entries(open_office(Path("practice.yaml")).register())[-1]
    assert (entry.event, entry.by) == ("task-closed", "lena-brook")
    assert entry.content["because"] == "they moved"
    # As the days of the examples count, and not as the clock of this machine does.
    assert entry.at[:10] in {"2026-11-22", "2026-11-23"}


def test_what_is_done_already_is_told_and_not_entered_again(letters: Run) -> None:
    letters("task", "done", "3")
    before = entries()
    told = letters("task", "done", "3")
    assert (told.code, told.err) == (0, "Task 3 was done already; nothing was entered.\n")
    assert entries() == before


def test_a_letter_that_is_not_issued_needs_a_word_and_its_draft_is_named(letters: Run) -> None:
    told = letters("task", "done", "2")
    assert told.code == 2
    assert "Task 2 is a letter, which is done once it is issued." in told.said
    told = letters("task", "done", "2", "--because", "said it on the phone")
    assert (told.code, told.said) == (0, "Task 2 about C-1 is done. Throw its draft away: drafts/D-1.pdf")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["99"], "There is no task 99."),
        (["1"], "There is no task 1."),
        (["0"], "0 is not in the range"),
        (["99999999999999999999"], "is not in the range"),
        (["three"], "'three' is not a valid integer"),
        (["3", "--because", " "], "What stands after --because is empty."),
        (["3", "--because", "one\ntwo"], "What stands after --because has more than one line."),
        (["3", "--because", "red \x1b[31m"], "holds signs that cannot be seen"),
        (["3", "--because", "x" * 401], "is longer than"),
        (["3", "--by", "nobody"], "The practice has nobody with the id 'nobody'."),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_entered(
    letters: Run, arguments: list[str], message: str
) -> None:
    before = entries()
    told = letters("task", "done", *arguments)
    assert (told.code, told.out) == (2, "")
    assert message in told.said
    assert entries() == before
