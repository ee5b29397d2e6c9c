"""The lists of the page: what waits for whom, each letter once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from letters.caseload.drafts import Waiting, clinicians, waiting
from letters.model.history import CaseMerged, CaseRestarted, ContactLogged, Event, TaskClosed, TaskOpened
from letters.office import Office
from tests.caseload import silent
from tests.caseload.silent import SAM, ago, client, entered, wrote
from tests.register import telling
from tests.support.desk import TODAY

KIND = "outreach"
LEAVING = "clinician-leaving"


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    address = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    return silent.practice(tmp_path / "office", address)


@pytest.fixture
def office_in_file(tmp_path: Path) -> Office:
    return silent.practice(tmp_path / "office")


def task(sort: str, number: str = "C-1", kind: str = KIND, **changes: Any) -> tuple[Event, str]:
    told = {"task": sort, "what": "To do.", "kind": kind, "addressee": "kim", **changes}
    return TaskOpened.model_validate(told), number


def approved(number: str = "C-1", kind: str = KIND, **changes: Any) -> tuple[Event, str]:
    return telling.approved(kind=kind, addressee="kim", **changes), number


def back(number: str = "C-1", kind: str = KIND, **changes: Any) -> tuple[Event, str]:
    return telling.sent_back(kind=kind, addressee="kim", **changes), number


def listed(office: Office, *story: tuple[Event, str], **wanted: Any) -> list[Waiting]:
    silent.tell(office, *story)
    return waiting(office, office.register(make=False), TODAY, **wanted)


def told(found: list[Waiting]) -> list[tuple[str, str, str, str | None]]:
    return [(one.group, one.case, one.kind, one.to) for one in found]


def test_every_group_is_there_in_its_order_with_what_is_known(office: Office) -> None:
    found = listed(
        office,
        *[entered(f"C-{number}", 100) for number in range(1, 6)],
        approved("C-5", LEAVING, dated="2026-11-20", language="es", large_print=True),
        task("letter", "C-3"),
        *[back("C-2", remark="Too long."), task("mend", "C-2", dated="2026-11-21")],
        task("approve", "C-1", batch="B-1", dated="2026-11-22", language="es"),
    )
    assert told(found) == [
        ("approve", "C-1", KIND, "kim"),
        ("mend", "C-2", KIND, "kim"),
        ("read", "C-3", KIND, "kim"),
        ("due", "C-4", KIND, "kim"),
        ("due", "C-5", KIND, "kim"),
        ("issue", "C-5", LEAVING, "kim"),
    ]
    approve, mend, read, due, _, issue = found
    assert (approve.batch, approve.dated, approve.language) == ("B-1", TODAY, "es")
    assert (approve.names, approve.clinician, approve.since) == ("Kim Lee", "sam-rivera", TODAY)
    assert (mend.remark, mend.dated) == ("Too long.", date(2026, 11, 21))
    assert (read.remark, read.dated, read.batch) == ("", None, None)
    assert due.since == date.fromisoformat(ago(10))
    assert (issue.dated, issue.language, issue.large_print) == (date(2026, 11, 20), "es", True)


def test_the_oldest_comes_first_and_a_batch_stays_together(office: Office) -> None:
    later = datetime(2026, 11, 25, 12, tzinfo=UTC)
    silent.tell(office, *[entered(f"C-{number}", 10) for number in range(1, 6)])
    silent.tell(office, task("approve", "C-4", batch="B-2"), task("approve", "C-3", batch="B-1"))
    with office.register().writing(SAM, later) as writing:
        for event, number in (task("approve", "C-2", batch="B-2"), task("approve", "C-1", batch="B-1")):
            writing.append(event, number)
    silent.tell(office, task("approve", "C-5"))
    assert [(one.batch, one.case) for one in listed(office)] == [
        (None, "C-5"),
        *[("B-1", "C-3"), ("B-1", "C-1"), ("B-2", "C-4"), ("B-2", "C-2")],
    ]


def test_a_letter_is_listed_once_by_what_was_asked_for_last(office: Office) -> None:
    story = [
        *[entered(f"C-{number}", 100) for number in (1, 2, 3)],
        *[task("letter", "C-1"), back("C-1"), task("mend", "C-1")],
        *[task("letter", "C-2"), approved("C-2")],
        *[approved("C-3"), task("approve", "C-3")],
    ]
    assert [one[:2] for one in told(listed(office, *story))] == [
        ("approve", "C-3"),
        ("mend", "C-1"),
        ("issue", "C-2"),
    ]


def test_what_is_done_is_listed_no_more(office: Office) -> None:
    silent.tell(office, entered("C-1", 10), task("approve"), task("mend", kind=LEAVING))
    assert len(listed(office)) == 2
    closed = [TaskClosed(number=2, outcome="done"), TaskClosed(number=3, outcome="canceled")]
    assert listed(office, *[(one, "C-1") for one in closed]) == []


ISSUED = telling.issued("L-1", kind=LEAVING, addressee="kim", step=None)
CALL = telling.contact(f"{TODAY}T10:00-08:00", by="sam-rivera", to="kim", outcome="spoke", said="Yes.")
# What happened after an approval, and whether the letter still is to be issued.
AFTER: list[tuple[list[tuple[Event, str]], bool]] = [
    ([], True),
    ([approved(kind=LEAVING)], True),
    ([back(kind=LEAVING)], False),
    ([back(kind=LEAVING), approved(kind=LEAVING)], True),
    ([back(kind=KIND)], True),
    ([(ISSUED, "C-1")], False),
    ([(ISSUED.model_copy(update={"addressee": "another"}), "C-1")], True),
    ([(telling.ended("2026-11-22"), "C-1")], False),
    ([(telling.ended("2026-11-22"), "C-1"), (CaseRestarted(on=TODAY), "C-1")], False),
    ([(ContactLogged(contact=CALL), "C-1")], True),
]


@pytest.mark.parametrize(("after", "waits"), AFTER)
def test_what_was_approved_is_to_be_issued_unless_something_came_after_it(
    office_in_file: Office, after: list[tuple[Event, str]], waits: bool
) -> None:
    found = listed(office_in_file, entered("C-1", 10), approved(kind=LEAVING), *after)
    assert told(found) == [("issue", "C-1", LEAVING, "kim")] * waits


def test_nobody_who_answered_is_to_be_written_to_for_silence(office_in_file: Office) -> None:
    office = office_in_file
    silent.tell(office, entered("C-1", 100))
    with office.register().writing(SAM, datetime(2026, 11, 20, 12, tzinfo=UTC)) as writing:
        writing.append(*approved(kind="outreach-final"))
    assert ("issue", "C-1", "outreach-final", "kim") in told(listed(office))
    assert listed(office, (ContactLogged(contact=CALL), "C-1")) == []


def test_what_is_due_names_each_person_or_says_what_is_in_the_way(office_in_file: Office) -> None:
    unsafe = {**silent.HOME, "safe": "no"}
    found = listed(
        office_in_file,
        entered("C-1", 130, client("ana", "Ana"), client("bo", "Bo"), relationship="couple"),
        entered(
            "C-2", 120, client("ana", "Ana"), client("bo", "Bo", addresses=[unsafe]), relationship="couple"
        ),
        entered("C-3", 110, client(addresses=[unsafe])),
        *[entered("C-4", 105), wrote("closing-lost-contact", 30, "C-4", ends_on=TODAY)],
        entered("C-5", 100, client(died=ago(40))),
        entered("C-6", 89),
    )
    assert [(one.case, one.to, one.remark) for one in found] == [
        ("C-1", "ana", ""),
        ("C-1", "bo", ""),
        ("C-2", "ana", "No safe way to reach Bo: ask sam-rivera."),
        ("C-3", None, "No safe way to reach Kim Lee: ask sam-rivera."),
        ("C-5", None, "The client has died: no letter goes out."),
    ]


def test_a_draft_that_is_prepared_for_one_leaves_the_other_due(office_in_file: Office) -> None:
    couple = client("ana", "Ana"), client("bo", "Bo")
    found = listed(
        office_in_file, entered("C-1", 130, *couple, relationship="couple"), task("letter", addressee="bo")
    )
    assert [(one.group, one.to) for one in found] == [("read", "bo"), ("due", "ana")]


def test_no_more_are_due_than_are_asked_for_and_prepared_ones_take_no_room(office_in_file: Office) -> None:
    story = [entered(f"C-{number}", 300 - number) for number in range(1, 8)]
    story += [task("letter", f"C-{number}") for number in (1, 2, 3)]
    found = listed(office_in_file, *story, most_due=2)
    assert [(one.group, one.case) for one in found] == [
        *[("read", "C-1"), ("read", "C-2"), ("read", "C-3")],
        *[("due", "C-4"), ("due", "C-5")],
    ]


def test_one_clinician_sees_their_own_and_all_who_have_open_cases_are_named(office: Office) -> None:
    mine, theirs = entered("C-1", 100), entered("C-2", 100, clinician="dana-okafor")
    gone, ended = entered("C-3", 100, clinician="bea-gone"), entered("C-4", 100, clinician="lena-brook")
    silent.tell(office, mine, theirs, gone, ended, (telling.ended("2026-11-20"), "C-4"))
    silent.tell(office, *[task("approve", number, LEAVING) for number in ("C-1", "C-2")])
    silent.tell(office, *[approved(number, "ending-plan") for number in ("C-1", "C-2")])
    assert {one.case for one in listed(office, clinician="dana-okafor")} == {"C-2"}
    assert len(listed(office, clinician="dana-okafor")) == 3
    assert {one.case for one in listed(office)} == {"C-1", "C-2", "C-3"}
    assert listed(office, clinician="nobody") == []
    found = clinicians(office, office.register())
    assert (sorted(found), found[-1]) == (["bea-gone", "dana-okafor", "sam-rivera"], "bea-gone")


def test_what_waits_in_a_case_that_was_merged_waits_in_the_other(office: Office) -> None:
    merged = CaseMerged(other="C-2", data=entered("C-1", 10)[0].model_dump()["data"])
    found = listed(
        office,
        *[entered("C-1", 10), entered("C-2", 10), back("C-2", LEAVING, remark="Too long.")],
        *[task("mend", "C-2", LEAVING), approved("C-2", "ending-plan"), (merged, "C-1")],
    )
    assert told(found) == [("mend", "C-1", LEAVING, "kim"), ("issue", "C-1", "ending-plan", "kim")]
    assert found[0].remark == "Too long."


def test_a_task_of_an_older_version_is_listed_as_well(office_in_file: Office) -> None:
    from letters.register.chain import canonical, link

    silent.tell(office_in_file, entered("C-1", 10))
    with office_in_file.register().writing(SAM, silent.AT) as writing:
        old = {"task": "letter", "what": "Read it.", "kind": KIND, "addressee": "kim"}
        body = canonical({**old, "letter": None, "file": "drafts/D-1.pdf"})
        entry = link(writing._head, "2026-11-01T12:00:00+00:00", "sam", "sam", "task-opened", "C-1", body)
        writing.restore(entry, TaskOpened.model_validate(old))
    (one,) = listed(office_in_file)
    assert (one.group, one.dated, one.batch, one.large_print) == ("read", None, None, False)
    from letters.register.verifying import verify

    assert verify(office_in_file.register())[1] == []


def test_a_thousand_cases_are_listed_at_once(office_in_file: Office) -> None:
    silent.tell(office_in_file, *[entered(f"C-{number}", 90 + number % 50) for number in range(1000)])
    silent.tell(office_in_file, *[task("approve", f"C-{number}", LEAVING) for number in range(300)])
    silent.tell(office_in_file, *[approved(f"C-{number}", "ending-plan") for number in range(300, 500)])
    register = office_in_file.register()
    begun = perf_counter()
    found = waiting(office_in_file, register, TODAY)
    taken = perf_counter() - begun
    assert len(found) == 300 + 200 + 200
    assert taken < 3, taken  # a tenth of a second where nothing else runs
