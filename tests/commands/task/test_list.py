"""`letters task list`: what there is to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from letters.model.history import TaskClosed, TaskOpened
from letters.office import open_office
from tests.caseload import silent
from tests.commands.conftest import Run

pytestmark = pytest.mark.usefixtures("office")

LETTER = TaskOpened(task="letter", what="Read it.", kind="outreach", addressee="kim", file="drafts/D-1.pdf")
RETURNED = TaskOpened(task="returned", what="Ask where they live.", letter="L-1")


@pytest.fixture
def told(office: Path) -> None:  # noqa: ARG001 - it has to be there first
    silent.tell(
        open_office(Path("practice.yaml")),
        *[silent.entered("C-1"), silent.entered("C-2")],
        *[(LETTER, "C-1"), (RETURNED, "C-2"), (RETURNED, "C-1")],
        (TaskClosed(number=5, outcome="done"), "C-1"),
    )


@pytest.mark.usefixtures("told")
def test_what_is_open_is_listed_with_what_it_is_about(letters: Run) -> None:
    told = letters("task", "list")
    assert (told.code, told.err) == (0, "When one is done: letters task done NUMBER\n")
    assert told.out.splitlines() == [
        "task  case  since       draft or letter  what",
        "3     C-1   2026-11-22  drafts/D-1.pdf   Read it.",
        "4     C-2   2026-11-22  L-1              Ask where they live.",
    ]


@pytest.mark.usefixtures("told")
def test_one_case_and_what_is_done_can_be_asked_for(letters: Run) -> None:
    assert letters("task", "list", "--case", "C-2").out.count("\n") == 2
    rows = letters("task", "list", "--all", "--case", "C-1").out.splitlines()
    assert [row.split()[:4] for row in rows[1:]] == [
        ["3", "C-1", "2026-11-22", "open"],
        ["5", "C-1", "2026-11-22", "done"],
    ]


@pytest.mark.usefixtures("told")
def test_as_json_each_task_has_all_that_is_known(letters: Run) -> None:
    first, second = json.loads(letters("task", "list", "--json").out)
    assert first == {
        **{"task": 3, "case": "C-1", "sort": "letter", "opened_on": "2026-11-22", "outcome": "open"},
        **{
            "what": "Read it.",
            "kind": "outreach",
            "addressee": "kim",
            "letter": None,
            "file": "drafts/D-1.pdf",
        },
    }
    assert (second["task"], second["letter"]) == (4, "L-1")


def test_where_there_is_nothing_to_do_it_says_so(letters: Run) -> None:
    silent.tell(open_office(Path("practice.yaml")), silent.entered("C-1"))
    told = letters("task", "list", "--case", "C-1")
    assert (told.code, told.out) == (0, "")
    assert told.said.startswith("There is nothing to do about C-1.")
    assert letters("task", "list", "--all").err == "There never was a task.\n"
    assert letters("task", "list", "--json").out == "[]\n"


@pytest.mark.usefixtures("told")
def test_a_case_and_a_command_that_are_not_there_are_refused(letters: Run) -> None:
    told = letters("task", "list", "--case", "C-9")
    assert (told.code, told.out) == (2, "")
    assert "There is no case C-9 in the register." in told.said
    assert "Did you mean list?" in letters("task", "lst").said
