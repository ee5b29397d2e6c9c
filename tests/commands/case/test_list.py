"""`letters case list`: the open cases, the longest silent first."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.commands.case.conftest import Enter
from tests.commands.conftest import Run


@pytest.fixture
def several(enter: Enter, letters: Run) -> None:
    """Four cases: one silent, one that was written to, one that is active, and one ended."""
    enter("C-1001")
    enter("C-1306", clinician="lena-brook")
    enter("C-1303")
    enter("C-1002")
    letters("case", "end", "C-1002", "--reason", "MOVED", "--yes")


def numbers(letters: Run, *more: object) -> list[str]:
    return [one["number"] for one in listed(letters, *more)]


def listed(letters: Run, *more: object) -> list[dict[str, Any]]:
    told = letters("case", "list", "--json", *more)
    assert told.code == 0, told.err
    found: list[dict[str, Any]] = json.loads(told.out)
    return found


@pytest.mark.usefixtures("several")
def test_the_table_has_the_open_cases_by_silence(letters: Run) -> None:
    told = letters("case", "list")
    assert (told.code, told.err) == (0, "")
    assert [line.split() for line in told.out.splitlines()] == [
        ["number", "client", "clinician", "state", "last", "seen", "days", "silent"],
        ["C-1001", "Jordan", "Avery", "sam-rivera", "review-due", "2026-08-11", "103"],
        ["C-1306", "Thandiwe", "Nkosi-O'Rourke", "lena-brook", "outreach", "2026-08-20", "94"],
        ["C-1303", "Ελένη", "Παπαδοπούλου", "sam-rivera", "active", "2026-08-31", "83"],
    ]


@pytest.mark.usefixtures("anywhere", "several")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("--state", "review-due"), ["C-1001"]),
        (("--state", "active"), ["C-1303"]),
        (("--state", "active", "--state", "review-due"), ["C-1001", "C-1303"]),
        (("--state", "outreach", "--state", "review-due"), ["C-1001", "C-1306"]),
        (("--state", "ended"), ["C-1002"]),
        (("--state", "closing"), []),
        (("--clinician", "lena-brook"), ["C-1306"]),
        (("--clinician", "dana-okafor"), []),
        (("--silent", "94"), ["C-1001", "C-1306"]),
        (("--silent", "94", "--state", "outreach"), ["C-1306"]),
        (("--include-inactive",), ["C-1002", "C-1001", "C-1306", "C-1303"]),
        (("--limit", "1"), ["C-1001"]),
    ],
)
def test_what_is_wanted_is_found(letters: Run, wanted: tuple[str, ...], found: list[str]) -> None:
    assert numbers(letters, *wanted) == found


@pytest.mark.usefixtures("several")
def test_the_pace_of_the_practice_says_when_a_review_is_due(letters: Run, office: Any) -> None:
    with (office / "practice.yaml").open("a") as file:
        file.write("review: {silence: 83}\n")
    assert numbers(letters, "--state", "review-due") == ["C-1001", "C-1303"]


@pytest.mark.usefixtures("several")
def test_ended_ones_are_listed_with_reason_and_day(letters: Run) -> None:
    first, *_ = listed(letters, "--include-inactive")
    assert (first["state"], first["ended_on"], first["reason"]) == ("ended", "2026-11-22", "MOVED")
    assert first["reason_label"] == "Client moved away"
    line = letters("case", "list", "--include-inactive").out.splitlines()[1]
    assert line.endswith("ended       2026-07-02  143          2026-11-22  Client moved away")


@pytest.mark.usefixtures("several")
def test_a_short_list_says_how_many_are_left_out(letters: Run) -> None:
    told = letters("case", "list", "--limit", "2")
    assert len(told.out.splitlines()) == 3
    assert told.err == "… and 1 more. --limit shows more of them, --csv and --json all.\n"


def test_the_table_stops_at_a_hundred_and_the_rest_does_not(letters: Run, office: Any) -> None:
    from letters.model.history import CaseEntered
    from letters.office import open_office
    from letters.register.store import Actor

    client = {"id": "c", "name": "=Ana"}
    with open_office(office / "practice.yaml").register().writing(Actor("sam-rivera", "sam")) as writing:
        for number in range(1001, 1102):
            data: dict[str, Any] = {
                "case": f"N-{number}",
                "relationship": "individual",
                "opened": "2026-03-02",
            }
            data |= {"clinician": "sam-rivera", "clients": [client]}
            writing.append(CaseEntered(data=data), f"N-{number}")
    told = letters("case", "list")
    assert len(told.out.splitlines()) == 101
    assert told.err.startswith("… and 1 more.")
    assert len(numbers(letters)) == 101
    sheet = letters("case", "list", "--csv").product
    assert sheet.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"))))
    assert len(rows) == 102
    assert rows[0] == [
        *("case", "client", "clinician", "state", "last session", "days silent"),
        *("ended on", "reason", "reason label"),
    ]
    # A spreadsheet takes what begins with = for a formula.
    assert rows[1] == ["N-1001", "'=Ana", "sam-rivera", "review-due", "", "265", "", "", ""]


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            ("--state", "closing"),
            "No case is like that. --include-inactive looks among the ended ones as well.\n",
        ),
        (("--silent", "500", "--include-inactive"), "No case is like that.\n"),
    ],
)
def test_an_empty_list_is_a_sentence(letters: Run, wanted: tuple[str, ...], said: str) -> None:
    told = letters("case", "list", *wanted)
    assert (told.code, told.out, told.err) == (0, "", said)


def test_no_open_case_is_said(enter: Enter, letters: Run) -> None:
    enter()
    letters("case", "end", "C-1001", "--reason", "MOVED", "--yes")
    assert letters("case", "list").err.startswith("There is no open case.")


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (("--clinician", "sam-rivra"), "Did you mean sam-rivera?"),
        (("--json", "--csv"), "Leave out one of --json and --csv."),
        (("--state", "gone"), "'gone' is not one of"),
        (("--silent", "-1"), "-1 is not in the range"),
    ],
)
def test_a_wrong_use_is_said(letters: Run, wanted: tuple[str, ...], message: str) -> None:
    told = letters("case", "list", *wanted)
    assert (told.code, told.out) == (2, "")
    assert message in told.said


def test_without_a_register_it_says_how_one_begins(letters: Run, office: Any) -> None:
    told = letters("case", "list")
    assert (told.code, "letters case import" in told.err) == (2, True)
    assert not (office / "register.sqlite").exists()
