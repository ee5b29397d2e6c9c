"""The first view: the letters that were named, or else those that wait, and one's place among them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from letters.model.history import Event, TaskOpened
from letters.office import open_office
from letters.preview import desk
from letters.preview.listing import listed, walk
from letters.preview.views import Ref, Seat
from letters.register.opening import is_there
from tests.caseload import silent
from tests.caseload.silent import client, entered
from tests.register import telling
from tests.support.desk import EXAMPLES, TODAY


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seat:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return Seat(silent.practice(tmp_path / "office").file, by="sam-rivera")


def tell(seat: Seat, *story: tuple[Event, str]) -> None:
    silent.tell(open_office(seat.practice), *story)


def task(sort: str, number: str, kind: str = "outreach", **changes: object) -> tuple[Event, str]:
    told = {"task": sort, "what": "To do.", "kind": kind, "addressee": "kim", **changes}
    return TaskOpened.model_validate(told), number


def test_without_a_register_nothing_waits_and_none_is_made(seat: Seat) -> None:
    started = desk.start(seat)
    assert (started.practice, started.by) == ("Harbor Family Counseling", "Sam Rivera")
    assert (started.waiting, started.people, started.findings) == ((), (), ())
    assert not is_there(open_office(seat.practice).where)


def test_every_group_is_listed_with_what_is_known(seat: Seat) -> None:
    tell(
        seat,
        *[entered(f"C-{number}", 100) for number in range(1, 5)],
        entered("C-5", 1),
        (telling.approved(kind="referral", addressee="kim", dated="2026-11-20", language="es"), "C-5"),
        task("letter", "C-3"),
        (telling.sent_back(kind="outreach", addressee="kim", remark="Too long."), "C-2"),
        task("mend", "C-2"),
        task("approve", "C-1", batch="B-1"),
    )
    approve, mend, read, due, issue = desk.start(seat).waiting
    assert [one.group for one in (approve, mend, read, due, issue)] == [
        "approve",
        "mend",
        "read",
        "due",
        "issue",
    ]
    assert (approve.number, approve.batch, approve.names) == ("C-1", "B-1", "Kim Lee")
    assert (approve.title, approve.clinician) == ("Asking after a missed appointment", "Sam Rivera")
    assert mend.remark == "Too long."
    assert (due.ref, due.remark) == (Ref("outreach", "C-4", "kim"), "")
    assert issue.ref
    assert (issue.ref.language, str(issue.ref.dated)) == ("es", "2026-11-20")


def test_a_kind_that_is_no_more_is_called_by_its_id(seat: Seat) -> None:
    tell(seat, entered("C-1", 1), task("approve", "C-1", "our-old-kind"))
    (one,) = desk.start(seat).waiting
    assert (one.title, one.ref) == ("our-old-kind", Ref("our-old-kind", "C-1", "kim"))


def test_a_letter_that_is_due_to_nobody_is_none_to_open(seat: Seat) -> None:
    tell(seat, entered("C-1", 100, client(addresses=[]), reachable=False))
    (one,) = desk.start(seat).waiting
    assert (one.group, one.ref, one.names) == ("due", None, "Kim Lee")
    assert one.remark


def test_one_clinicians_cases_can_be_listed_alone(seat: Seat) -> None:
    lenas, left = entered("C-1", 100, clinician="lena-brook"), entered("C-3", 100, clinician="long-gone")
    tell(seat, lenas, entered("C-2", 100), left)
    started = desk.start(replace(seat, clinician="lena-brook"))
    assert [one.number for one in started.waiting] == ["C-1"]
    assert [(one.label, one.is_chosen) for one in started.people] == [
        ("Lena Brook", True),
        ("Sam Rivera", False),
        ("long-gone", False),
    ]
    nobody = desk.start(replace(seat, clinician="dana-okafor"))
    assert (nobody.waiting, [one.value for one in nobody.people if one.is_chosen]) == ((), ["dana-okafor"])


def test_letters_that_were_named_are_listed_alone_and_in_their_order(seat: Seat) -> None:
    tell(seat, entered("C-1", 100))
    file = EXAMPLES / "harbor" / "cases" / "C-1002.yaml"
    given = (
        Ref("outreach", file),
        Ref("outreach", "C-1"),
        Ref("gone", "C-77"),
        Ref("outreach", Path("no.yaml")),
    )
    started = desk.start(replace(seat, given=given))
    assert tuple(one.ref for one in started.waiting) == given
    first, second, missing, lost = started.waiting
    assert (first.number, first.names) == ("C-1002", "Nguyễn Văn Minh & خديجة الهاشمي")
    assert (second.number, second.names, second.clinician) == ("C-1", "Kim Lee", "Sam Rivera")
    assert (missing.number, missing.names, missing.title) == ("C-77", "", "gone")
    assert (lost.number, lost.names) == ("no.yaml", "")
    assert started.people == ()


def test_a_named_case_with_mistakes_is_listed(seat: Seat) -> None:
    file = seat.practice.parent / "cases" / "C-1001.yaml"
    file.write_text("case: [", "utf-8")
    (one,) = desk.start(replace(seat, given=(Ref("outreach", file),))).waiting
    assert (one.group, one.names) == ("given", "")


def test_a_practice_with_mistakes_is_told_and_somebody_unknown_is_not_let_in(seat: Seat) -> None:
    seat.practice.write_text("name: [", "utf-8")
    started = desk.start(seat)
    assert (started.practice, started.waiting, bool(started.findings)) == ("", (), True)


def test_the_letters_of_a_group_are_walked_through_from_end_to_end(seat: Seat) -> None:
    story = [
        step for number in (1, 2, 3) for step in (entered(f"C-{number}", 1), task("approve", f"C-{number}"))
    ]
    tell(seat, *story, entered("C-4", 100))
    office = open_office(seat.practice)
    refs = [one.ref for one in listed(seat, office) if one.ref]
    places = [walk(seat, office, ref) for ref in refs]
    found = [(one.place, one.of, one.group, one.before, one.after) for one in places if one]
    first, second, third, due = refs
    assert found == [
        (1, 3, "approve", None, second),
        (2, 3, "approve", first, third),
        (3, 3, "approve", second, None),
        (1, 1, "due", None, None),
    ]
    assert due.case == "C-4"
    assert walk(seat, office, Ref("outreach", "C-9")) is None
