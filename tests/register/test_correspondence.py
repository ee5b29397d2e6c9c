"""What can be asked about letters that were approved or sent back, and what is to do about letters."""

from __future__ import annotations

from itertools import pairwise

from letters.model.history import CaseMerged, CaseRestarted, TaskClosed, TaskOpened
from letters.register import correspondence
from letters.register.store import Register
from tests.register.telling import (
    ANNA,
    TODAY,
    approved,
    data,
    ended,
    entered,
    erased,
    issued,
    sent_back,
    tell,
)


def test_every_sending_back_is_told_the_latest_first(register: Register) -> None:
    tell(
        register,
        [
            *[(entered("C-1"), "C-1"), (entered("C-2"), "C-2")],
            *[(sent_back(remark=text), "C-1") for text in ("Too long.", "Too cold.")],
            *[(sent_back(kind="closing"), "C-1"), (sent_back(addressee="d"), "C-1"), (sent_back(), "C-2")],
        ],
    )
    with register.reading() as connection:
        found = correspondence.sent_back(connection, "C-1", "outreach", "c")
        assert [(one.entry, one.remark) for one in found] == [(4, "Too cold."), (3, "Too long.")]
        assert (found[0].by, found[0].at[:10], found[0].data["is_draft"]) == (ANNA.by, "2026-11-22", False)
        last = correspondence.last_sent_back(connection)
    assert {key: one.entry for key, one in last.items()} == {
        ("C-1", "outreach", "c"): 4,
        ("C-1", "closing", "c"): 5,
        ("C-1", "outreach", "d"): 6,
        ("C-2", "outreach", "c"): 7,
    }
    erased(register, "C-1")
    with register.reading() as connection:
        assert list(correspondence.last_sent_back(connection)) == [("C-2", "outreach", "c")]


def test_it_goes_along_where_cases_are_merged_one_into_the_other(register: Register) -> None:
    cases = ("C-1", "C-2", "C-3")
    tell(register, [*[(entered(number), number) for number in cases], (sent_back(), "C-1")])
    tell(register, [(CaseMerged(other=one, data=data(into)), into) for one, into in pairwise(cases)])
    with register.reading() as connection:
        (back,) = correspondence.sent_back(connection, "C-3", "outreach", "c")
        assert correspondence.last_sent_back(connection) == {("C-3", "outreach", "c"): back}


def test_open_tasks_are_of_the_sorts_that_are_asked_for(register: Register) -> None:
    sorts = ("approve", "mend", "answer", "approve")
    numbers = ("C-1", "C-2", "C-1", "C-2")
    tell(register, [(entered("C-1"), "C-1"), (entered("C-2", clinician="bert"), "C-2")])
    tell(
        register,
        [
            (TaskOpened.model_validate({"task": one, "what": "x"}), of)
            for one, of in zip(sorts, numbers, strict=True)
        ],
    )
    tell(register, [(TaskClosed(number=3, outcome="done"), "C-1")])
    with register.reading() as connection:
        found = correspondence.open_tasks(connection, ["approve", "mend"])
        assert [(one.number, one.task) for one in found] == [(4, "mend"), (6, "approve")]
        assert correspondence.open_tasks(connection, ["approve"], "anna") == []
        assert [one.number for one in correspondence.open_tasks(connection, ["answer"], "anna")] == [5]


def test_approvals_are_open_until_a_letter_a_restart_or_the_end(register: Register) -> None:
    numbers = [f"C-{number}" for number in range(1, 7)]
    tell(register, [(entered(number, clinician=f"of {number}"), number) for number in numbers])
    tell(register, [(approved(), number) for number in numbers])
    tell(
        register,
        [
            (issued("L-1"), "C-1"),
            (issued("L-2", addressee="another"), "C-2"),
            (ended(), "C-3"),
            *[(ended(), "C-4"), (CaseRestarted(on=TODAY), "C-4")],
            *[(issued("L-5"), "C-5"), (approved(), "C-5")],
        ],
    )
    with register.reading() as connection:
        found = correspondence.approvals_open(connection)
        assert [one.case_number for one in found] == ["C-2", "C-6", "C-5"]
        assert [one.case_number for one in correspondence.approvals_open(connection, "of C-6")] == ["C-6"]
