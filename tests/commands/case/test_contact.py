"""`letters case contact`: what took place is logged, and what follows from it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.commands.case.conftest import Enter
from tests.commands.conftest import Run, Told

CALL = ("--channel", "phone", "--by", "sam-rivera", "--used", "+1 503 555 0188", "--at", "2026-11-20 10:15")


@pytest.fixture(autouse=True)
def _case(enter: Enter) -> None:
    enter()


def known(letters: Run, number: str = "C-1001") -> Any:
    return json.loads(letters("case", "show", number, "--json").out)


def call(letters: Run, *more: object, number: str = "C-1001") -> Told:
    return letters("case", "contact", number, *CALL, *more)


def test_a_call_is_logged_with_all_that_is_said_of_it(letters: Run) -> None:
    told = call(
        letters,
        *("--outcome", "voicemail", "--said", "Please call Sam back.", "--safe-check", "It was her voice."),
        *("--next", "Call again", "--next-on", "2026-11-27"),
    )
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "Logged: 2026-11-20 10:15 -08:00, sam-rivera: a call (+1 503 555 0188); left on voicemail. "
        "Said: “Please call Sam back.” Safe, because: It was her voice. Next on 2026-11-27: Call again",
        "C-1001: Due for review; last heard of on 2026-08-11, 103 days ago, 3 attempts since.",
        "Next: an outreach letter, due since 2026-11-09: letters draft outreach C-1001",
    ]
    kept = known(letters)["contacts"][0]
    assert kept.pop("in_words")
    assert kept == {
        **{"at": "2026-11-20T10:15:00-08:00", "by": "sam-rivera", "channel": "phone"},
        **{"outcome": "voicemail", "used": "+1 503 555 0188", "safe_check": "It was her voice."},
        **{"said": "Please call Sam back.", "next": "Call again", "next_on": "2026-11-27"},
    }


@pytest.mark.usefixtures("anywhere")
def test_an_answer_leads_back_to_active(enter: Enter, letters: Run) -> None:
    enter()
    told = call(letters, "--outcome", "spoke")
    assert "C-1001: Active; last heard of on 2026-11-20, 2 days ago." in told.out
    assert "Nothing is due before 2027-02-18, when a review is." in told.out


def test_an_answer_calls_off_what_was_prepared(letters: Run, office: Path) -> None:
    prepare(office)
    told = letters(
        *("case", "contact", "C-1001", "--channel", "email", "--outcome", "received", "--by", "sam-rivera")
    )
    assert "Called off: outreach to jordan must not leave" in told.said
    assert "Its file was not deleted: drafts/outreach.pdf" in told.said
    assert known(letters)["tasks"] == []


def test_an_answer_from_before_the_last_session_calls_nothing_off(letters: Run, office: Path) -> None:
    prepare(office)
    early = ("--channel", "email", "--outcome", "received", "--by", "sam-rivera", "--at", "2026-07-01 10:00")
    told = letters("case", "contact", "C-1001", *early)
    assert (told.code, told.err) == (0, "")
    assert len(known(letters)["tasks"]) == 1


def prepare(office: Path) -> None:
    """Have a draft of an outreach letter wait for somebody to issue it."""
    from letters.model.history import TaskOpened
    from letters.office import open_office
    from letters.register.store import Actor

    opened = TaskOpened(
        task="letter", what="Issue it.", kind="outreach", addressee="jordan", file="drafts/outreach.pdf"
    )
    with open_office(office / "practice.yaml").register().writing(Actor("sam-rivera", "sam")) as writing:
        writing.append(opened, "C-1001")


@pytest.mark.usefixtures("anywhere")
def test_an_answer_after_the_end_asks_whether_it_goes_on(enter: Enter, letters: Run) -> None:
    enter()
    letters("case", "end", "C-1001", "--reason", "LOST_CONTACT", "--yes")
    mail = ("--channel", "email", "--outcome", "received", "--by", "sam-rivera")
    told = letters("case", "contact", "C-1001", *mail)
    assert "Ask whether the work goes on; if so: letters case restart C-1001" in told.said
    (task,) = known(letters)["tasks"]
    assert task["task"] == "answer"
    again = letters("case", "contact", "C-1001", *mail, "--at", "00:00")
    assert "Ask whether" not in again.said
    assert len(known(letters)["tasks"]) == 1


def test_a_number_that_is_not_safe_is_logged_and_told(enter: Enter, letters: Run) -> None:
    enter("C-1003")
    told = letters(
        *("case", "contact", "C-1003", "--channel", "phone", "--outcome", "no-answer", "--by", "sam-rivera"),
        *("--used", "(503) 555-0133"),
    )
    assert told.code == 0
    assert "warning[unsafe-contact]: The number that was used is not safe: marked as not safe." in told.said
    assert "ask the client at the next safe contact whether it did harm" in told.said
    assert known(letters, "C-1003")["contacts"][0]["used"] == "(503) 555-0133"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("This is Harbor Family Counseling.", "message-tells"),
        ("It is about your next appointment.", "message-tells"),
        ("Es sobre su terapia.", "message-tells"),
        ("This is Sam Rivera, LCSW.", "message-tells"),
        ("This is Sam. Please call me back at 503 555 0100.", ""),
    ],
)
def test_a_message_that_tells_too_much_is_told(letters: Run, said: str, code: str) -> None:
    told = call(letters, "--outcome", "voicemail", "--said", said)
    assert told.code == 0
    assert told.err.partition("]")[0] == (f"warning[{code}" if code else "")


def test_a_message_where_none_may_be_left_is_told(enter: Enter, letters: Run) -> None:
    enter("C-1003")
    told = letters(
        *("case", "contact", "C-1003", "--channel", "phone", "--outcome", "voicemail", "--by", "sam-rivera"),
        *("--used", "+1 503 555 0134", "--said", "Please call Sam."),
    )
    assert "warning[message-left]: A message was left for robin, who has not permitted one" in told.said


def test_an_unknown_number_is_noted(letters: Run) -> None:
    told = letters(
        *("case", "contact", "C-1001", "--channel", "text", "--outcome", "sent", "--by", "sam-rivera"),
        *("--used", "+1 503 555 0199"),
    )
    assert (told.code, told.err.partition(":")[0]) == (0, "note[unknown-way]")


def test_a_contact_from_before_the_case_is_told(letters: Run) -> None:
    told = call(letters, "--outcome", "no-answer", "--at", "2025-11-20 10:15")
    assert "warning[before-opening]" in told.err
    assert "2025-11-20; the case was opened on 2026-03-02" in told.said


@pytest.mark.parametrize(
    ("at", "code", "says"),
    [
        ("2026-11-01 01:30", "clock-change", "2026-11-01T01:30-07:00 for the first time"),
        ("2026-03-08 02:30", "clock-change", "never came in America/Los_Angeles"),
        ("2026-11-23 10:00", "in-future", "has not come yet"),
    ],
)
def test_a_moment_that_is_none_stops_it(letters: Run, at: str, code: str, says: str) -> None:
    told = call(letters, "--outcome", "no-answer", "--at", at)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"error[{code}]")
    assert says in told.said
    assert len(known(letters)["contacts"]) == 2


def test_the_offset_settles_which_moment_it_was(letters: Run) -> None:
    told = call(letters, "--outcome", "no-answer", "--at", "2026-11-01T01:30-08:00")
    assert told.out.startswith("Logged: 2026-11-01 01:30 -08:00")


def test_without_a_time_zone_the_offset_is_asked_for(letters: Run, office: Path) -> None:
    file = office / "practice.yaml"
    file.write_text(file.read_text().replace("time_zone: America/Los_Angeles\n", ""))
    told = call(letters, "--outcome", "no-answer")
    assert told.code == 2
    assert "does not say in which time zone its clocks are" in told.said


def test_the_same_contact_is_logged_once_and_put_right_where_it_differs(letters: Run) -> None:
    call(letters, "--outcome", "no-answer")
    assert call(letters, "--outcome", "no-answer").out.startswith("Logged before, and not again: ")
    assert call(letters, "--outcome", "spoke").out.startswith("Put right in the log: ")
    assert len(known(letters)["contacts"]) == 3
    told = [one["event"] for one in json.loads(letters("case", "history", "C-1001", "--json").out)]
    assert told == ["case-entered", "contact-logged", "contact-logged"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "The log needs to know which way the contact went (--channel), and how it ended (--outcome)."),
        (
            ("--channel", "phone", "--outcome", "voicemail"),
            "The log needs to know which number or address was used (--used), and the exact message that "
            "was left (--said).",
        ),
        (
            ("--channel", "letter", "--outcome", "spoke", "--by", "sam-rivera"),
            "A contact by letter does not end with spoke.",
        ),
        (
            ("--channel", "letter", "--outcome", "returned", "--in", "--by", "sam-rivera"),
            "What comes from the client does not end with returned.",
        ),
        (
            ("--channel", "email", "--outcome", "received", "--out", "--by", "sam-rivera"),
            "What was received came from the client.",
        ),
        (("--channel", "portal", "--outcome", "sent"), "The log says who made a contact, and"),
        (
            ("--channel", "portal", "--outcome", "sent", "--by", "sam-rivera", "--to", "jorden"),
            "Case C-1001 has nobody with the id 'jorden'.",
        ),
        (
            ("--channel", "portal", "--outcome", "sent", "--by", "sam-rivera", "--said", "bell\a"),
            "What stands after --said has a character that cannot be kept.",
        ),
        (
            ("--channel", "portal", "--outcome", "sent", "--by", "sam-rivera", "--said", " "),
            "What stands after --said is empty.",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_once(
    letters: Run, arguments: tuple[str, ...], message: str
) -> None:
    used = ("--used", "44 Alder Avenue") if "letter" in arguments else ()
    told = letters("case", "contact", "C-1001", *arguments, *used)
    assert (told.code, told.out) == (2, "")
    assert message in told.said
    assert len(known(letters)["contacts"]) == 2


def test_of_several_people_the_number_tells_whom(enter: Enter, letters: Run) -> None:
    enter("C-1002")
    phone = ("--channel", "phone", "--outcome", "no-answer", "--by", "sam-rivera")
    letters("case", "contact", "C-1002", *phone, "--used", "503 555 0122")
    assert known(letters, "C-1002")["contacts"][0]["to"] == "khadija"
    told = letters("case", "contact", "C-1002", *phone, "--used", "503 555 0000")
    assert told.code == 2
    assert "With whom of the case it was is not said. help: Say it with --to: minh, khadija." in told.said


def test_the_home_of_one_is_not_safe_for_the_other(enter: Enter, letters: Run) -> None:
    enter("C-1002")
    post = ("--channel", "letter", "--outcome", "sent", "--by", "sam-rivera", "--used", "9 Fir Court")
    assert letters("case", "contact", "C-1002", *post, "--to", "minh").err == ""
    told = letters("case", "contact", "C-1002", *post, "--to", "khadija")
    assert "warning[unsafe-contact]" in told.err


def test_at_a_terminal_it_asks_for_the_rest(enter: Enter, typing: Callable[..., Told], letters: Run) -> None:
    enter("C-1003")
    typed = "phone\nsam-rivera\nno-answer\n1\n"
    told = typing("case", "contact", "C-1003", typed=typed)
    assert told.code == 0, told.err
    assert "NOT SAFE robin: +1 503 555 0133 (marked as not safe)" in told.said
    assert "1 robin: +1 503 555 0134 (leave no message)" in told.said
    assert told.out.startswith("Logged: ")
    assert known(letters, "C-1003")["contacts"][0]["used"] == "+1 503 555 0134"


def test_a_choice_that_is_not_in_the_list_is_asked_for_again(
    enter: Enter, typing: Callable[..., Told], letters: Run
) -> None:
    enter("C-1003")
    told = typing("case", "contact", "C-1003", typed="phone\nsam-rivera\nno-answer\n2\n503 555 0199\n")
    assert "There is no 2 in the list. Type what was used." in told.said
    assert known(letters, "C-1003")["contacts"][0]["used"] == "503 555 0199"


def test_what_is_chosen_from_the_list_tells_whom(
    enter: Enter, typing: Callable[..., Told], letters: Run
) -> None:
    shared = {"number": "503 555 0777", "safe": "yes"}
    clients = [{"id": one, "name": one.title(), "phones": [shared]} for one in ("rosa", "leo")]
    enter(clients=clients, relationship="couple", contacts=None)
    told = typing("case", "contact", "C-1001", typed="phone\nsam-rivera\nno-answer\n2\n")
    assert told.code == 0, told.err
    assert known(letters)["contacts"][0]["to"] == "leo"


def test_a_letter_for_silence_that_has_not_left_is_named_to_who_logs_an_answer(
    enter: Enter, letters: Run
) -> None:
    enter("C-1004", letters=None)
    issued = letters("issue", "outreach", "C-1004")
    assert issued.code == 0, issued.said
    told = letters(
        *("case", "contact", "C-1004", "--channel", "email", "--outcome", "received", "--by", "sam-rivera")
    )
    assert "was issued as nothing was heard, and is not entered as sent" in told.said
    assert "letters log void L-" in told.said


def test_at_a_terminal_it_asks_how_it_was_safe_and_what_was_said(
    typing: Callable[..., Told], letters: Run
) -> None:
    told = typing(
        "case", "contact", "C-1001", *CALL, "--outcome", "voicemail", typed="Please call Sam.\nHer voice.\n"
    )
    assert told.code == 0, told.err
    kept = known(letters)["contacts"][0]
    assert (kept["said"], kept["safe_check"]) == ("Please call Sam.", "Her voice.")


def test_who_must_not_be_contacted_and_was_is_told(enter: Enter, letters: Run) -> None:
    enter("C-1003", clients=[{"id": "robin", "name": "Robin", "no_contact": "yes"}])
    told = letters(
        *("case", "contact", "C-1003", "--channel", "in-person", "--outcome", "no-answer"),
        *("--by", "sam-rivera", "--to", "robin"),
    )
    assert "warning[unsafe-contact]: robin was contacted, and must not be." in told.said


def test_the_word_of_somebody_barred_is_no_answer(enter: Enter, letters: Run, office: Path) -> None:
    parents = [
        {"id": "ex", "name": "Ex", "relation": "parent", "barred": "yes"},
        {"id": "mum", "name": "Mum", "relation": "parent"},
    ]
    kit = {"id": "kit", "name": "Kit", "born": "2016-05-01", "representatives": parents}
    enter(clients=[kit], contacts=None)
    prepare(office)
    call = ("case", "contact", "C-1001", "--channel", "phone", "--outcome", "received", "--by", "sam-rivera")
    told = letters(*call, "--to", "ex")
    assert (told.code, "Called off" in told.said, "Due for review" in told.out) == (0, False, True), told.said
    told = letters(*call, "--to", "mum", "--at", "00:01")
    assert (told.code, "Called off" in told.said, ": Active;" in told.out) == (0, True, True), told.said


def test_a_case_that_is_not_there_is_said(letters: Run) -> None:
    told = letters("case", "contact", "C-101", *CALL, "--outcome", "no-answer")
    assert (told.code, "Did you mean C-1001?" in told.said) == (2, True)


def test_the_choices_are_those_of_the_log() -> None:
    from letters.caseload import contacts
    from letters.commands.case.contact import CHANNELS, OUTCOMES
    from letters.model.case import ContactAttempt

    assert CHANNELS == contacts.CHANNELS == get_args(ContactAttempt.model_fields["channel"].annotation)
    assert get_args(ContactAttempt.model_fields["outcome"].annotation) == OUTCOMES
    assert set(OUTCOMES) == {outcome for one in contacts.OUTCOMES.values() for outcome in one}
