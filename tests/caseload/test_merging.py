"""Two cases of one relationship become one; what is not one relationship is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.caseload.merging import Merger, merge, plan
from letters.errors import UsageError
from letters.findings import Finding, FoundError
from letters.model.history import CaseEnded, CaseErased, TaskOpened
from letters.register import queries
from letters.register.store import history
from tests.caseload.test_importing import AT, HOME, ME, Desk, call, case

ENDED = CaseEnded.model_validate({"reason": "MUTUAL", "on": "2026-11-20", "at": "2026-11-20T09:00-08:00"})


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    return Desk(tmp_path, url)


@pytest.fixture
def table(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def planned(desk: Desk, other: str = "C-2", into: str = "C-1") -> tuple[Merger | None, list[Finding]]:
    with desk.register.reading() as connection:
        return plan(connection, other, into, desk.office.own_kinds)


def codes(desk: Desk, other: str = "C-2", into: str = "C-1") -> list[str]:
    merger, findings = planned(desk, other, into)
    assert (merger is None) == bool(findings)
    return [finding.code for finding in findings]


def merged(desk: Desk) -> list[str]:
    """Merge C-2 into C-1, and return the prepared letters that this canceled."""
    merger, _ = planned(desk)
    assert merger
    done = merge(merger, "twice at the desk", desk.register, ME, AT, desk.office.own_kinds)
    return [task.task for task in done.canceled]


def test_two_cases_become_one_with_all_that_happened_in_both(desk: Desk) -> None:
    later = call("2026-10-21T10:00-07:00")
    desk.enter(case(contacts=[call()]), case("C-2", supports=["a sister"], contacts=[later]))
    assert merged(desk) == []
    assert [one["at"][:10] for one in desk.contacts()] == ["2026-10-20", "2026-10-21"]
    assert desk.data()["supports"] == ["a sister"]
    with desk.register.reading() as connection:
        other = queries.known(connection, "C-2")
        last = [entry for entry in history(connection) if entry.event == "case-merged"][-1]
    assert other
    assert (other.status, other.merged_into) == ("merged", "C-1")
    assert last.body
    assert "twice at the desk" in last.body


def test_letters_listed_in_either_move_the_one_case(desk: Desk) -> None:
    desk.enter(case(), case("C-2", letters=[{"kind": "outreach", "on": "2026-11-01"}]))
    merged(desk)
    with desk.register.reading() as connection:
        row = queries.find(connection, "C-1")
    assert (row.state, row.stepped_on) == ("outreach", "2026-11-01")


def test_an_answer_in_one_cancels_what_was_prepared_in_the_other(desk: Desk) -> None:
    answer = call("2026-11-20T10:00-08:00", outcome="spoke")
    desk.enter(case(), case("C-2", contacts=[answer]))
    desk.append((TaskOpened(task="letter", what="write", kind="outreach", addressee="ann"), "C-1"))
    assert merged(desk) == ["letter"]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (case("C-2", relationship="couple"), "separate-relationships"),
        (case("C-2", client={"name": "Bo Lee"}), "other-people"),
        (case("C-2", client={"born": "1960-01-01"}), "other-people"),
        (case("C-2", clients=[{"id": "ann", "name": "Ann Lee"}, {"id": "bo", "name": "Bo"}]), "other-people"),
    ],
)
def test_what_is_not_one_relationship_is_refused(table: Desk, other: dict[str, Any], code: str) -> None:
    table.enter(case(client={"born": "1990-01-01"}), other)
    assert code in codes(table)
    _, findings = planned(table)
    assert not any("Ann" in finding.message for finding in findings)
    if code == "separate-relationships":
        assert "separate" in findings[0].remedy


def test_a_case_is_not_merged_with_itself_nor_with_one_that_is_gone(table: Desk) -> None:
    table.enter(case(), case("C-2"), case("C-3"))
    assert codes(table, "C-1", "C-1") == ["merge-itself"]
    merged(table)
    assert codes(table) == ["case-gone"]
    assert codes(table, "C-3", "C-2") == ["case-gone"]
    table.append((CaseErased(numbers=["C-3"], entries=[], because="time"), None))
    assert codes(table, "C-3") == ["case-gone"]
    with pytest.raises(UsageError, match="no case C-9"):
        planned(table, "C-9")


def test_of_an_ended_and_an_open_case_somebody_decides_first(table: Desk) -> None:
    table.enter(case(contacts=[call()]), case("C-2", contacts=[call()]))
    table.append((ENDED, "C-2"))
    assert codes(table) == ["one-ended"]
    assert "letters case restart C-2" in planned(table)[1][0].remedy
    table.append((ENDED, "C-1"))
    assert codes(table) == []


def test_the_name_that_the_log_uses_stays(table: Desk) -> None:
    table.enter(case(), case("C-2", client={"id": "client-1"}, contacts=[call(to="client-1")]))
    merged(table)
    assert table.data()["clients"][0]["id"] == "client-1"
    assert codes_of_problems(table) == []


def test_a_name_that_no_log_uses_gives_way(table: Desk) -> None:
    table.enter(case(contacts=[call(to="ann")]), case("C-2", client={"id": "client-1"}))
    merged(table)
    assert table.data()["clients"][0]["id"] == "ann"
    assert codes_of_problems(table) == []


def test_logs_that_call_one_person_two_names_are_refused(table: Desk) -> None:
    table.enter(
        case(contacts=[call(to="ann")]),
        case("C-2", client={"id": "client-1"}, contacts=[call(to="client-1")]),
    )
    assert codes(table) == ["named-otherwise"]


def codes_of_problems(desk: Desk) -> list[str]:
    """What the file that the register gives out is told."""
    with desk.register.reading() as connection:
        text = queries.case_file(connection, "C-1")
    file = desk.folder / "out.json"
    file.write_text(text)
    return [finding.code for finding in desk.of_files(file).findings]


def test_notes_that_are_too_long_together_are_told_without_a_word_of_them(table: Desk) -> None:
    long = {"notes": "a secret " * 800}
    table.enter(case(confidential=long), case("C-2", confidential={"notes": "another " * 900}))
    assert codes(table) == ["unfit-together"]
    assert "secret" not in planned(table)[1][0].message


def test_what_is_shown_is_what_is_entered(desk: Desk) -> None:
    desk.enter(case(), case("C-2", client={"addresses": [{**HOME, "safe": "yes"}]}))
    merger, _ = planned(desk)
    assert merger
    desk.enter(case(opened="2026-01-02"))
    with pytest.raises(FoundError) as stopped:
        merge(merger, None, desk.register, ME, AT, desk.office.own_kinds)
    assert [finding.code for finding in stopped.value.findings] == ["register-differs"]
    with desk.register.reading() as connection:
        assert queries.find(connection, "C-2").is_open
