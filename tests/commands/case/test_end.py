"""`letters case end`: every guard through the command line, and what an ending brings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from letters.lifecycle import DECEASED
from tests.commands.case.conftest import Enter
from tests.commands.conftest import Run, Told

LOST = ("--reason", "LOST_CONTACT", "--yes", "--by", "sam-rivera")


def end(letters: Run, *more: object, number: str = "C-1001") -> Told:
    return letters("case", "end", number, *(more or LOST))


def known(letters: Run, number: str = "C-1001") -> Any:
    return json.loads(letters("case", "show", number, "--json").out)


def close(office: Path, *, ends_on: str, number: str = "C-1001") -> None:
    """Have a closing letter be issued that tells the client a day."""
    from letters.model.history import LetterIssued
    from letters.office import open_office
    from letters.register.store import Actor

    digests = dict.fromkeys(("kind_digest", "input_digest", "sha256"), "0" * 64)
    told = {
        "letter": "L-0000000000000001",
        "kind": "closing-lost-contact",
        "version": "0",
        "addressee": "jordan",
    }
    told |= {"route": "", "language": "en", "dated": "2026-11-10", "folder": "issued", "step": "closing"}
    event = LetterIssued.model_validate({**told, **digests, "ends_on": ends_on, "for_silence": True})
    with open_office(office / "practice.yaml").register().writing(Actor("sam-rivera", "sam")) as writing:
        writing.append(event, number)


@pytest.mark.usefixtures("anywhere")
def test_an_ended_case_keeps_reason_date_and_time_and_leaves_the_list(enter: Enter, letters: Run) -> None:
    enter()
    told = end(letters)
    assert told.code == 0
    assert told.out == "C-1001 ended on 2026-11-22: Contact was lost (LOST_CONTACT).\n"
    assert "Nothing was sent. To tell the client: letters issue ended-notice C-1001" in told.said
    (ending,) = known(letters)["endings"]
    assert (ending["reason"], ending["on"], ending["without"]) == ("LOST_CONTACT", "2026-11-22", None)
    assert ending["at"].startswith("2026-11-22T")
    assert ending["at"].endswith("-08:00")
    assert letters("case", "list").out == ""
    assert "C-1001" in letters("case", "list", "--include-inactive").out


def test_before_confirming_it_says_what_the_client_would_see(
    enter: Enter, typing: Callable[..., Told], letters: Run
) -> None:
    enter()
    told = typing("case", "end", "C-1001", "--reason", "CONFLICT", "--at", "2026-11-20 09:30", typed="n\n")
    assert told.code == 1
    seen = told.said.partition("The client would see: “")[2].partition("”")[0]
    assert seen == (
        "Ended: November 20, 2026, 9:30 AM PST. You can book again at harborfamily.example/book, or by "
        "phone: (503) 555-0100."
    )
    assert "Case C-1001 was left as it is." in told.err
    assert known(letters)["endings"] == []


def test_at_a_terminal_it_asks_for_the_reason(
    enter: Enter, typing: Callable[..., Told], letters: Run
) -> None:
    enter()
    told = typing("case", "end", "C-1001", typed="moved\ny\n")
    assert told.code == 0, told.err
    assert "MOVED Client moved away" in told.said
    assert known(letters)["endings"][0]["reason"] == "MOVED"


def test_where_nobody_can_be_asked_it_says_what_would_happen(enter: Enter, letters: Run) -> None:
    enter()
    told = end(letters, "--reason", "LOST_CONTACT")
    assert told.code == 2
    assert "Case C-1001 would be entered as ended. Nothing was done. help: Add --yes to do it." in told.said
    assert "Avery" not in told.err
    assert known(letters)["endings"] == []


@pytest.mark.parametrize(
    ("more", "message", "remedy"),
    [
        (("--yes",), "Why it ended is not said.", "`letters case end --reasons` lists them."),
        (
            ("--reason", "LOST_CONTCAT", "--yes"),
            "There is no reason LOST_CONTCAT.",
            "Did you mean LOST_CONTACT?",
        ),
        (
            ("--reason", "MOVED", "--without-letter", "x", "--yes"),
            "What stands after --without-letter says nothing.",
            "Say it in a few words.",
        ),
    ],
)
def test_a_wrong_use_is_said(
    enter: Enter, letters: Run, more: tuple[str, ...], message: str, remedy: str
) -> None:
    enter()
    told = end(letters, *more)
    assert (told.code, told.out) == (2, "")
    assert message in told.said
    assert remedy in told.said


def test_the_reasons_are_listed_without_a_case(letters: Run) -> None:
    told = letters("case", "end", "--reasons")
    assert (told.code, told.err) == (0, "")
    assert "\n  LOST_CONTACT            Contact was lost\n" in told.out
    from letters import reasons

    assert all(f"  {code} " in told.out for code in reasons.known())


def stopped(letters: Run, *more: object, number: str = "C-1001") -> list[str]:
    """The codes of what stops an ending, all at once; nothing is entered then."""
    before = len(known(letters, number)["endings"])
    told = end(letters, *more, number=number)
    assert (told.code, told.out) == (1, "")
    assert told.err.endswith(f"Case {number} was not ended.\n")
    assert len(known(letters, number)["endings"]) == before
    return [
        line.partition("[")[2].partition("]")[0]
        for line in told.err.splitlines()
        if line.startswith("error[")
    ]


def test_not_before_the_notice_has_run(enter: Enter, letters: Run, office: Path) -> None:
    enter()
    close(office, ends_on="2026-12-06")
    assert stopped(letters) == ["notice-running"]


def test_once_the_notice_has_run_it_ended_on_the_day_the_client_was_told(
    enter: Enter, letters: Run, office: Path
) -> None:
    enter()
    close(office, ends_on="2026-11-20")
    assert end(letters).out.startswith("C-1001 ended on 2026-11-20: ")
    assert stopped(letters) == ["already-ended"]


def test_not_while_an_appointment_lies_ahead(enter: Enter, letters: Run) -> None:
    enter(appointments=[{"at": "2026-11-24T10:00-08:00"}, {"at": "2026-11-25T10:00-08:00", "missed": "yes"}])
    assert stopped(letters) == ["appointment-ahead"]


def test_not_without_a_letter_or_a_call_or_a_reason_for_neither(enter: Enter, letters: Run) -> None:
    enter(contacts=None)
    assert stopped(letters) == ["no-letter-or-call"]
    why = ("--without-letter", "no safe way to reach them")
    assert end(letters, *LOST, *why).code == 0
    assert known(letters)["endings"][0]["without"] == why[1]


@pytest.mark.parametrize("reason", ["CONFLICT", "NONPAYMENT", "LOST_CONTACT"])
def test_danger_stops_what_the_provider_ends(enter: Enter, letters: Run, reason: str) -> None:
    enter(confidential={"danger": "yes"})
    assert stopped(letters, "--reason", reason, "--yes") == ["danger"]


@pytest.mark.parametrize("reason", ["CLIENT_CHOICE", "GOALS_MET"])
def test_danger_does_not_stop_what_the_client_ends(enter: Enter, letters: Run, reason: str) -> None:
    enter(confidential={"danger": "yes"})
    assert end(letters, "--reason", reason, "--yes").code == 0


def test_every_refusal_is_told_at_once(enter: Enter, letters: Run, office: Path) -> None:
    enter(appointments=[{"at": "2026-11-24T10:00-08:00"}], confidential={"danger": "yes"})
    close(office, ends_on="2026-12-06")
    assert stopped(letters) == ["notice-running", "appointment-ahead", "danger"]


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        ("2026-01-02", ["ends-before-start", "ends-before-session"]),
        ("2026-08-10", ["ends-before-session"]),
        ("2026-11-23", ["ends-in-future"]),
    ],
)
def test_the_day_lies_within_what_is_known(enter: Enter, letters: Run, on: str, codes: list[str]) -> None:
    enter()
    assert stopped(letters, *LOST, "--on", on) == codes


def test_a_moment_to_come_is_none(enter: Enter, letters: Run) -> None:
    enter()
    told = end(letters, *LOST, "--at", "2026-11-23 08:00")
    assert (told.code, "error[in-future]" in told.err) == (1, True)


def test_a_death_is_entered_in_the_case_first(enter: Enter, letters: Run) -> None:
    enter()
    assert stopped(letters, "--reason", DECEASED, "--yes") == ["no-death-entered"]


def test_the_dead_are_owed_no_word(enter: Enter, letters: Run) -> None:
    enter("C-1008", contacts=None)
    told = end(letters, "--reason", DECEASED, "--yes", number="C-1008")
    assert told.code == 0, told.err
    assert "ended-notice" not in told.err
    assert "would see" not in told.err


def test_letters_that_were_prepared_are_called_off(enter: Enter, letters: Run, office: Path) -> None:
    from tests.commands.case.test_contact import prepare

    enter()
    prepare(office)
    told = end(letters)
    assert "Called off: outreach to jordan must not leave" in told.said
    assert known(letters)["tasks"] == []


@pytest.mark.usefixtures("anywhere")
def test_ended_restarted_and_ended_again_keeps_three_events(enter: Enter, letters: Run) -> None:
    enter()
    assert end(letters).code == 0
    assert letters("case", "restart", "C-1001", "--yes").code == 0
    assert end(letters, *LOST, "--without-letter", "they asked to stop").code == 0
    told = [one["event"] for one in json.loads(letters("case", "history", "C-1001", "--json").out)]
    assert told == ["case-entered", "case-ended", "case-restarted", "case-ended"]
    assert [one["restarted_on"] for one in known(letters)["endings"]] == ["2026-11-22", None]


def test_the_end_of_a_couple_leaves_the_relationship_of_one_of_them_alone(enter: Enter, letters: Run) -> None:
    enter("C-1002")
    enter("C-1001", clients=[{"id": "khadija", "name": "خديجة الهاشمي"}])
    before = known(letters)
    assert end(letters, number="C-1002").code == 0
    assert known(letters) == before


@pytest.mark.usefixtures("anywhere")
def test_of_two_at_once_one_ends_it_and_the_other_is_told(enter: Enter, office: Path) -> None:
    enter()
    command = [sys.executable, "-m", "letters", "case", "end", "C-1001", *LOST]
    both = [
        subprocess.Popen(
            command, cwd=office, env=os.environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    told = [(*one.communicate(timeout=120), one.returncode) for one in both]
    assert sorted(code for _, _, code in told) == [0, 1]
    (loser,) = [err for _, err, code in told if code]
    assert "error[already-ended]" in loser


def test_nobody_is_called_about_a_letter_once_it_has_ended(enter: Enter, letters: Run, office: Path) -> None:
    from letters.model.history import TaskOpened
    from letters.office import open_office
    from letters.register.store import Actor

    enter()
    with open_office(office / "practice.yaml").register().writing(Actor("sam-rivera", "sam")) as writing:
        opened = TaskOpened(task="no-route", what="Call jordan.", kind="outreach", addressee="jordan")
        writing.append(opened, "C-1001")
    told = letters("case", "end", "C-1001", "--reason", "MOVED", "--yes")
    assert told.code == 0, told.said
    assert "Not called for any more (task " in told.said
    assert letters("task", "list").out == ""
