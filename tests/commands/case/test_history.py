"""`letters case history`: every entry in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from letters.model.history import CaseMerged
from letters.office import open_office
from letters.register.erasing import erase
from letters.register.queries import data
from letters.register.store import Actor
from tests.commands.case.conftest import Enter
from tests.commands.conftest import Run

SAM = Actor("sam-rivera", "sam")


def told(letters: Run, number: str = "C-1001") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(letters("case", "history", number, "--json").out)
    return found


@pytest.mark.usefixtures("anywhere")
def test_it_tells_who_when_and_what(enter: Enter, letters: Run) -> None:
    enter()
    letters("case", "end", "C-1001", "--reason", "MOVED", "--yes", "--by", "lena-brook")
    first, last = told(letters)
    assert (first["by"], first["text"]) == ("sam-rivera", "The case was entered, with 2 contacts.")
    assert last["by"] == "lena-brook"
    assert last["text"].startswith("The relationship was entered as ended on 2026-11-22, at 2026-11-22 ")
    assert last["text"].endswith(" -08:00. Reason: Client moved away (MOVED).")
    header, *lines = letters("case", "history", "C-1001").out.splitlines()
    assert header.split() == ["entry", "when", "who", "what"]
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert " -08:00  sam-rivera  The case was entered" in lines[0]


def test_a_change_says_which_values_and_never_what_is_confidential(enter: Enter, letters: Run) -> None:
    enter()
    enter(clinician="lena-brook", confidential={"diagnosis": "something new"})
    text = told(letters)[1]["text"]
    assert text == "The data of the case was changed: clinician, confidential.danger, confidential.diagnosis."
    assert "something" not in letters("case", "history", "C-1001").out


@pytest.mark.usefixtures("anywhere")
def test_what_happened_in_a_merged_case_is_told_too(enter: Enter, letters: Run, office: Path) -> None:
    enter("C-1001")
    enter("C-1001", case="C-2001")
    with open_office(office / "practice.yaml").register().writing(SAM) as writing:
        writing.append(CaseMerged(other="C-2001", data=data(writing.connection, "C-1001")), "C-1001")
    assert [(one["entry"], one["case"]) for one in told(letters)] == [
        (1, "C-1001"),
        (2, "C-2001"),
        (3, "C-1001"),
    ]
    assert "[C-2001] The case was entered" in letters("case", "history", "C-1001").out
    other = letters("case", "history", "C-2001")
    assert (other.code, "Name C-1001 instead." in other.err) == (2, True)


@pytest.mark.usefixtures("anywhere")
def test_of_an_erased_case_it_tells_that_it_was_erased(enter: Enter, letters: Run, office: Path) -> None:
    enter("C-1002")
    enter("C-1001")
    with open_office(office / "practice.yaml").register().writing(SAM) as writing:
        erase(writing, "C-1001", "seven years have passed")
    first, last = told(letters)
    assert (first["entry"], first["erased"], first["text"]) == (2, True, "What this entry told was erased.")
    assert (last["event"], last["erased"]) == ("case-erased", False)
    assert last["text"] == "The personal data was erased, 1 entry: seven years have passed"
    assert len(told(letters, "C-1002")) == 1


def test_a_case_that_never_was_is_said(enter: Enter, letters: Run) -> None:
    enter()
    assert letters("case", "history", "C-1010").code == 2
