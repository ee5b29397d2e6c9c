"""The review: who has been silent how long, which step is due, and which command does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from letters.caseload.review import Pending, Review, Wanted, pace_of, pending_on, review
from letters.lifecycle import State
from letters.model.history import CaseRestarted, LetterVoided, TaskOpened
from letters.office import Office
from letters.register import queries
from letters.register.queries import Filter
from tests.caseload import silent
from tests.caseload.silent import ago, client, entered, wrote
from tests.register import telling
from tests.support.desk import TODAY

OUTREACH, LAST, CLOSING = "outreach", "outreach-final", "closing-lost-contact"
Story = Sequence[tuple[Any, str]]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return silent.practice(tmp_path / "office")


def reviewed(office: Office, *story: tuple[Any, str], **wanted: Any) -> Review:
    silent.tell(office, *story)
    return review(office, office.register(make=False), Wanted(**wanted), TODAY)


def only(office: Office, *story: tuple[Any, str], **wanted: Any) -> Pending:
    (one,) = reviewed(office, *story, **wanted).cases
    return one


def commands(one: Pending) -> list[str]:
    return [action.command for action in one.actions]


ENDS = TODAY + timedelta(14)
TABLE = [
    # what happened, state, step, from when, command
    ([entered(silent=89)], State.ACTIVE, None, None, []),
    ([entered(silent=90)], State.REVIEW_DUE, OUTREACH, 0, ["letters draft outreach C-1"]),
    ([entered(silent=200)], State.REVIEW_DUE, OUTREACH, 110, ["letters draft outreach C-1"]),
    ([entered(), wrote(OUTREACH, 6)], State.OUTREACH, LAST, -1, []),
    ([entered(), wrote(OUTREACH, 7)], State.OUTREACH, LAST, 0, ["letters draft outreach-final C-1"]),
    ([entered(), wrote(OUTREACH, 20), wrote(LAST, 6)], State.OUTREACH_FINAL, "closing", -1, []),
    (
        [entered(), wrote(OUTREACH, 20), wrote(LAST, 8)],
        State.OUTREACH_FINAL,
        "closing",
        1,
        ["letters draft closing-lost-contact C-1"],
    ),
    # One attempt is too few for a closing: the last letter is due again.
    (
        [entered(), wrote(LAST, 8)],
        State.OUTREACH_FINAL,
        LAST,
        1,
        ["letters draft outreach-final C-1"],
    ),
    ([entered(), wrote(CLOSING, 3, ends_on=ENDS)], State.CLOSING, "end", -14, []),
    (
        [entered(), wrote(CLOSING, 30, ends_on=TODAY)],
        State.CLOSING,
        "end",
        0,
        ["letters case end C-1 --reason LOST_CONTACT"],
    ),
    # It closes for another reason than silence, which nobody has written down yet.
    (
        [entered(), wrote(CLOSING, 30, ends_on=TODAY, for_silence=False)],
        State.CLOSING,
        "end",
        0,
        ["letters case end C-1"],
    ),
    (
        [entered(ending={"reason": "MUTUAL"}), wrote(CLOSING, 30, ends_on=TODAY)],
        State.CLOSING,
        "end",
        0,
        ["letters case end C-1 --reason MUTUAL"],
    ),
]


@pytest.mark.parametrize(("story", "state", "step", "since", "expected"), TABLE)
def test_each_state_has_its_step_its_day_and_its_command(
    office: Office, story: Story, state: State, step: str | None, since: int, expected: list[str]
) -> None:
    one = only(office, *story, all=True)
    assert one.state is state
    assert (one.step and one.step.step) == step
    assert one.step is None or one.step.on.isoformat() == ago(since)
    assert one.is_due is (step is not None and since >= 0)
    assert commands(one) == expected


def test_the_longest_silence_comes_first_and_days_and_attempts_are_told(
    tmp_path: Path, address: str | None
) -> None:
    office = silent.practice(tmp_path / "office", address)
    called = telling.contact(f"{ago(5)}T10:00-08:00", by="sam-rivera", to="kim")
    data, number = entered("C-3", 120)
    found = reviewed(
        office,
        entered("C-1", 95),
        entered("C-2", 300),
        (data.model_copy(update={"contacts": [called]}), number),
        entered("C-4", 30),
        entered("C-5", 100),
        wrote(OUTREACH, 2, "C-5"),
    )
    told = [(one.case.number, one.days, one.case.attempts) for one in found.cases]
    assert told == [("C-2", 300, 0), ("C-3", 120, 1), ("C-5", 100, 1), ("C-1", 95, 0)]
    assert (found.tally.open, found.tally.due, found.tally.waiting) == (5, 3, 1)


def test_a_session_a_restart_and_a_voided_letter_count(office: Office) -> None:
    letter, _ = wrote(OUTREACH, 20, "C-1")
    found = reviewed(
        office,
        *[
            entered("C-1"),
            (letter, "C-1"),
            (LetterVoided(letter=letter.letter, because="wrong address"), "C-1"),
        ],
        *[entered("C-2", 200), (telling.ended(ago(9)), "C-2"), (CaseRestarted(on=TODAY), "C-2")],
        *[entered("C-3", 200), (telling.ended(ago(9)), "C-3")],
        all=True,
    )
    assert [(one.case.number, one.state) for one in found.cases] == [
        ("C-1", State.REVIEW_DUE),
        ("C-2", State.ACTIVE),
    ]


def test_the_practice_says_how_long_it_waits_and_how_often_it_tries(tmp_path: Path) -> None:
    pace = "{silence: 30, wait: 14, attempts: 3}"
    office = silent.practice(tmp_path / "office", review=pace)
    found = reviewed(
        office,
        *[entered("C-1", 29), entered("C-2", 30)],
        *[entered("C-3", 60), wrote(OUTREACH, 13, "C-3")],
        *[entered("C-4", 61), wrote(OUTREACH, 14, "C-4")],
    )
    told = {one.case.number: (one.step and one.step.step, one.is_due) for one in found.cases}
    assert told == {"C-2": (OUTREACH, True), "C-3": (OUTREACH, False), "C-4": (OUTREACH, True)}


def test_cases_can_be_those_of_one_clinician_and_only_so_many(office: Office) -> None:
    story = [
        *[entered("C-1", 100), entered("C-2", 110, clinician="dana-okafor"), entered("C-3", 120)],
        *[entered("C-4", 130, clinician="dana-okafor"), entered("C-5", 20, clinician="dana-okafor")],
        (TaskOpened(task="answer", what="Call back."), "C-1"),
        (TaskOpened(task="returned", what="Ask where they live."), "C-2"),
    ]
    found = reviewed(office, *story, clinician="dana-okafor")
    assert [one.case.number for one in found.cases] == ["C-4", "C-2"]
    assert [task.case_number for task in found.tasks] == ["C-2"]
    assert (found.tally.open, found.tally.due) == (3, 2)
    some = review(office, office.register(), Wanted(limit=1), TODAY)
    assert [one.case.number for one in some.cases] == ["C-4"]
    assert (some.tally.open, some.tally.due, len(some.tasks)) == (5, 4, 2)


def test_each_of_a_couple_is_written_to(office: Office) -> None:
    couple = client("minh", "Nguyễn Văn Minh"), client("khadija", "خديجة الهاشمي")
    one = only(office, entered("C-1", 100, *couple, relationship="couple"))
    assert commands(one) == [
        "letters draft outreach C-1 --to minh",
        "letters draft outreach C-1 --to khadija",
    ]
    assert [(action.kind, action.to) for action in one.actions] == [(OUTREACH, "minh"), (OUTREACH, "khadija")]
    assert one.case.names == "Nguyễn Văn Minh & خديجة الهاشمي"


def test_for_a_minor_those_with_authority_are_written_to(office: Office) -> None:
    parents = [client("ana", "Ana", relation="parent"), client("bo", "Bo", relation="parent", barred="yes")]
    child = client("kit", "Kit", born="2016-05-01", representatives=parents)
    assert commands(only(office, entered("C-1", 100, child))) == ["letters draft outreach C-1"]
    both = client(
        "kit", "Kit", born="2016-05-01", representatives=[parents[0], {**parents[1], "barred": "no"}]
    )
    silent.tell(office, entered("C-2", 100, both))
    found = review(office, office.register(), Wanted(), TODAY)
    assert [commands(one) for one in found.cases][1] == [
        "letters draft outreach C-2 --to ana",
        "letters draft outreach C-2 --to bo",
    ]


def test_a_minor_whom_nobody_may_act_for_gets_no_letter(office: Office) -> None:
    one = only(office, entered("C-1", 100, client(born="2016-05-01")))
    assert (commands(one), one.note) == ([], "Nobody may act for the client: ask sam-rivera.")


UNSAFE = {**silent.HOME, "safe": "no"}


@pytest.mark.parametrize("changes", [{"addresses": []}, {"addresses": [UNSAFE]}, {"no_contact": "yes"}])
def test_nobody_is_written_to_where_no_way_is_safe(office: Office, changes: dict[str, Any]) -> None:
    one = only(office, entered("C-1", 100, client(**changes), reachable=False))
    assert (commands(one), one.note) == ([], "No safe way to reach Kim Lee: ask sam-rivera.")


@pytest.mark.parametrize(
    ("story", "command"),
    [
        ([], "letters case contact C-1"),
        ([wrote(LAST, 9), wrote(OUTREACH, 20)], "letters draft call-script C-1"),
    ],
)
def test_whom_only_a_phone_reaches_is_called(office: Office, story: Story, command: str) -> None:
    phone = {"number": "+1 503 555 0188", "safe": "yes"}
    one = only(office, entered("C-1", 100, client(addresses=[UNSAFE], phones=[phone])), *story)
    assert commands(one) == [command]
    assert (one.actions[0].kind, one.actions[0].to) == (None, None)
    assert one.note == "No post is safe for Kim Lee, but a phone is: call, and log it."


def test_where_post_came_back_that_is_seen_to_first(office: Office) -> None:
    back = TaskOpened(task="returned", what="L-1 came back.", addressee="kim", letter="L-1")
    one = only(office, entered("C-1", 100), (back, "C-1"))
    assert commands(one) == ["letters draft outreach C-1"]
    assert one.note == "Post to Kim Lee came back: see to task 2 first."


def test_nobody_writes_to_the_dead(office: Office) -> None:
    one = only(office, entered("C-1", 100, client(died=ago(40))))
    assert commands(one) == ["letters case end C-1 --reason DECEASED"]
    assert one.note == "The client has died: no letter goes out."


def test_who_survives_a_couple_is_named_because_the_letter_has_to_be(office: Office) -> None:
    couple = client("minh", "Minh", died=ago(40)), client("khadija", "Khadija")
    one = only(office, entered("C-1", 100, *couple, relationship="couple"))
    assert commands(one) == ["letters draft outreach C-1 --to khadija"]


def test_danger_is_not_told_and_does_not_keep_anybody_from_asking(office: Office) -> None:
    one = only(office, entered("C-1", 100, confidential={"danger": "yes", "notes": "a secret"}))
    assert commands(one) == ["letters draft outreach C-1"]
    assert "secret" not in repr(one)


def test_a_letter_that_is_prepared_is_to_be_read_and_issued(office: Office) -> None:
    task = {"task": "letter", "what": "Read it.", "addressee": "kim"}
    one = only(
        office,
        entered("C-1", 100),
        (TaskOpened(**task, kind=LAST, file="drafts/D-old.pdf"), "C-1"),
        (TaskOpened(**task, kind=OUTREACH, file="drafts/D-new.pdf"), "C-1"),
    )
    (action,) = one.actions
    assert (action.command, action.draft) == ("letters issue outreach C-1", "drafts/D-new.pdf")


def test_the_database_counts_as_the_life_of_a_case_does(tmp_path: Path, address: str | None) -> None:
    office = silent.practice(tmp_path / "office", address)
    stories: list[Story] = []
    for number, (silence, letter, days) in enumerate(
        product((20, 89, 90, 91), (None, OUTREACH, LAST, CLOSING), (0, 6, 7, 8))
    ):
        name = f"C-{number}"
        letters = [wrote(letter, days, name, TODAY + timedelta(7 - days))] if letter else []
        stories.append([entered(name, silence), *letters])
    found = reviewed(office, *[event for story in stories for event in story])
    with office.register().reading() as connection:
        rows = queries.cases(connection, Filter())
    every = [pending_on(row, TODAY, pace_of(office.practice)) for row in rows]
    due, waiting = sum(one.is_due for one in every), sum(bool(one.step) and not one.is_due for one in every)
    assert len(every) == len(stories) == found.tally.open
    assert 10 < due < len(every)
    assert (found.tally.due, found.tally.waiting) == (due, waiting)
    assert [one.case.number for one in found.cases] == [one.case.number for one in every if one.step]


def test_where_nothing_is_due_nothing_is_listed(office: Office) -> None:
    found = reviewed(office, entered("C-1", 10))
    assert (found.cases, found.tasks) == ([], [])
    assert (found.tally.open, found.tally.due, found.tally.waiting) == (1, 0, 0)
    office.register().engine.dispose()


def test_an_empty_register_has_no_cases(office: Office) -> None:
    office.register()
    found = review(office, office.register(make=False), Wanted(all=True), TODAY)
    assert (found.cases, found.tally.open, found.tally.due, found.tally.waiting) == ([], 0, 0, 0)
