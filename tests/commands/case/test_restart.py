"""`letters case restart`: an ended relationship goes on with its history whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.commands.case.conftest import Enter
from tests.commands.conftest import Run, Told


@pytest.fixture
def ended(enter: Enter, letters: Run) -> None:
    """A case that has ended."""
    enter()
    assert letters("case", "end", "C-1001", "--reason", "LOST_CONTACT", "--yes").code == 0


def known(letters: Run) -> Any:
    return json.loads(letters("case", "show", "C-1001", "--json").out)


@pytest.mark.usefixtures("ended")
def test_it_is_back_in_the_list_with_all_that_was(letters: Run) -> None:
    before = known(letters)
    told = letters("case", "restart", "C-1001", "--because", "She called and asked to", "--yes")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "C-1001 goes on from 2026-11-22.",
        "Active; last heard of on 2026-11-22, 0 days ago.",
        "Nothing is due before 2027-02-20, when a review is.",
    ]
    after = known(letters)
    assert after["contacts"] == before["contacts"]
    assert after["endings"] == [{**before["endings"][0], "restarted_on": "2026-11-22"}]
    assert "C-1001" in letters("case", "list").out
    history = letters("case", "history", "C-1001").out
    assert "The relationship goes on from 2026-11-22: She called and asked to" in history


@pytest.mark.usefixtures("ended")
def test_the_task_to_ask_is_done_by_it(letters: Run) -> None:
    mail = ("--channel", "email", "--outcome", "received", "--by", "sam-rivera")
    letters("case", "contact", "C-1001", *mail)
    (task,) = known(letters)["tasks"]
    told = letters("case", "restart", "C-1001", "--yes")
    assert told.err == f"Done by this: task {task['number']}.\n"
    assert known(letters)["tasks"] == []


def test_an_open_case_has_nothing_to_restart(enter: Enter, letters: Run) -> None:
    enter()
    told = letters("case", "restart", "C-1001", "--yes")
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("error[still-open]: This case is open.")
    assert told.err.endswith("Case C-1001 was not restarted.\n")


@pytest.mark.usefixtures("ended")
def test_it_is_not_done_unasked(letters: Run, typing: Callable[..., Told]) -> None:
    told = letters("case", "restart", "C-1001")
    assert told.code == 2
    assert told.said.startswith("error: Case C-1001 would go on from 2026-11-22. Nothing was done.")
    asked = typing("case", "restart", "C-1001", typed="n\n")
    assert asked.code == 1
    assert "Case C-1001, Jordan Avery, would go on from 2026-11-22." in asked.said
    assert known(letters)["state"] == "ended"
    assert typing("case", "restart", "C-1001", typed="y\n").code == 0
    assert known(letters)["state"] == "active"


@pytest.mark.usefixtures("ended")
def test_a_reason_that_says_nothing_is_refused(letters: Run) -> None:
    told = letters("case", "restart", "C-1001", "--yes", "--because", " ")
    assert (told.code, known(letters)["state"]) == (2, "ended")
