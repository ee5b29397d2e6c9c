"""What can be asked about cases, and a case file that says all that is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from letters.errors import UsageError
from letters.model.case import Case
from letters.model.history import CaseEntered, CaseMerged, ContactLogged, Event, LetterVoided, TaskClosed
from letters.register import correspondence, queries
from letters.register.queries import Filter
from letters.register.store import Register
from letters.sources import read, read_text
from tests.register.telling import (
    STORY,
    approved,
    contact,
    data,
    ended,
    entered,
    erased,
    issued,
    opened,
    tell,
)

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def asked(register: Register) -> Iterator[Connection]:
    """A practice with cases of every state."""
    story: list[tuple[Event, str]] = [
        (entered("C-1", last_session="2026-05-01"), "C-1"),
        (entered("C-2", last_session="2026-03-01", clinician="bert"), "C-2"),
        (entered("C-10", last_session="2026-05-01"), "C-10"),
        (entered("C-3", last_session="2026-11-01"), "C-3"),
        (entered("C-4", last_session="2026-02-01"), "C-4"),
        (ended(), "C-4"),
        (entered("D-5"), "D-5"),
        (entered("D-6"), "D-6"),
        (CaseMerged(other="D-6", data=data("D-5", last_session="2026-10-01")), "D-5"),
        (issued("L-1", kind="closing", step="closing", ends_on="2026-12-01"), "C-2"),
        (entered("E-7"), "E-7"),
    ]
    tell(register, story)
    erased(register, "E-7")
    with register.reading() as connection:
        yield connection


LISTS: list[tuple[Filter, list[str]]] = [
    (Filter(), ["C-2", "C-1", "C-10", "D-5", "C-3"]),
    (Filter(ended=True), ["C-4", "C-2", "C-1", "C-10", "D-5", "C-3"]),
    (Filter(clinician="bert"), ["C-2"]),
    (Filter(clinician="bertha"), []),
    (Filter(clinician="be%"), []),
    (Filter(states=["closing"]), ["C-2"]),
    (Filter(states=["active", "closing"]), ["C-2", "C-1", "C-10", "D-5", "C-3"]),
    (Filter(states=["ended"]), []),
    (Filter(states=["ended"], ended=True), ["C-4"]),
    (Filter(silent_by=date(2026, 5, 1)), ["C-2", "C-1", "C-10"]),
    (Filter(silent_by=date(2026, 4, 30)), ["C-2"]),
    (Filter(silent_by=date(2026, 5, 1), clinician="anna", states=["active"]), ["C-1", "C-10"]),
]


def test_cases_are_listed_the_longest_silent_first(asked: Connection) -> None:
    for wanted, numbers in LISTS:
        assert [row.number for row in queries.cases(asked, wanted)] == numbers, wanted
        assert queries.count(asked, wanted) == len(numbers)
        assert [row.number for row in queries.cases(asked, wanted, limit=2)] == numbers[:2]


def test_a_row_says_where_a_case_stands(asked: Connection) -> None:
    row = queries.find(asked, "C-2")
    assert (row.state, row.ends_on, row.names, row.is_open) == ("closing", "2026-12-01", "Zenobia C-2", True)
    over = queries.find(asked, "C-4")
    assert (over.state, over.ended_on, over.reason, over.is_open) == (
        "ended",
        "2026-11-20",
        "NO_RESPONSE",
        False,
    )


ABSENT = [
    ("C-100", "There is no case C-100", "Did you mean C-10?"),
    ("c-10", "There is no case c-10", "Did you mean C-10?"),
    ("XYZ", "There is no case XYZ", "`letters case list --include-inactive` shows all."),
    ("%", "There is no case %", "`letters case list --include-inactive` shows all."),
    ("C-1' OR 1=1", "There is no case C-1' OR 1=1", "`letters case list --include-inactive` shows all."),
    ("D-6", "Case D-6 was merged into D-5", "Name D-5 instead."),
    ("E-7", "The data of case E-7 was erased", "Its history still tells when and why."),
]


def test_a_case_that_is_not_there_is_told_with_what_could_be_meant(asked: Connection) -> None:
    for number, message, remedy in ABSENT:
        for ask in (queries.find, queries.case_file):
            with pytest.raises(UsageError) as caught:
                ask(asked, number)
            assert message in caught.value.message
            assert caught.value.remedy == remedy


def test_whatever_became_of_a_case_is_known(asked: Connection) -> None:
    told = {number: queries.known(asked, number) for number in ("C-1", "C-4", "D-6", "E-7")}
    assert [row and row.status for row in told.values()] == ["open", "ended", "merged", "erased"]
    assert queries.known(asked, "C-99") is None


def test_all_numbers_of_a_case_are_known_however_often_it_was_merged(register: Register) -> None:
    tell(register, [(entered(f"C-{number}"), f"C-{number}") for number in range(1, 5)])
    merged = [("C-1", "C-2"), ("C-2", "C-3"), ("C-3", "C-4")]
    tell(register, [(CaseMerged(other=one, data=data(other)), other) for one, other in merged])
    with register.reading() as connection:
        assert queries.numbers(connection, "C-4") == ["C-4", "C-3", "C-2", "C-1"]
        assert queries.numbers(connection, "C-1") == ["C-1"]


def test_contacts_come_in_the_order_of_their_days(register: Register) -> None:
    times = ["2026-09-02T10:00Z", "2026-09-01T10:00Z", "2026-09-02T09:00Z"]
    story: list[tuple[Event, str]] = [(entered("C-1", contacts=1), "C-1")]
    tell(register, [*story, *((ContactLogged(contact=contact(at)), "C-1") for at in times)])
    with register.reading() as connection:
        found = [one.data["at"] for one in queries.contacts(connection, "C-1")]
    assert found == ["2026-08-01T10:00-07:00", times[1], times[2], times[0]]


@pytest.mark.usefixtures("asked")
def test_letters_are_found_by_case_by_status_and_by_name(register: Register) -> None:
    tell(register, [(issued("L-2"), "C-1"), (LetterVoided(letter="L-2", because="x"), "C-1")])
    with register.reading() as connection:
        assert [one.letter for one in queries.letters(connection)] == ["L-1", "L-2"]
        assert [one.letter for one in queries.letters(connection, "C-1")] == ["L-2"]
        assert [one.letter for one in queries.letters(connection, status="issued")] == ["L-1"]
        assert queries.letters(connection, "C-99") == []
        found = queries.letter(connection, "L-1")
        assert found is not None
        assert (found.case_number, found.data["step"], found.dated) == ("C-2", "closing", "2026-09-01")
        assert queries.letter(connection, "L-99") is None


def test_approvals_come_the_latest_first(register: Register) -> None:
    tell(register, [(entered("C-1"), "C-1")])
    tell(register, [(approved(content=word * 64), "C-1") for word in "ab"])
    tell(register, [(approved(kind="closing"), "C-1"), (approved(addressee="d"), "C-1")])
    with register.reading() as connection:
        found = queries.approvals(connection, "C-1", "outreach", "c")
    assert [one.data["content"][0] for one in found] == ["b", "a"]
    assert {one.by for one in found} == {"anna"}


def test_tasks_that_are_closed_are_shown_when_asked_for(told: Register) -> None:
    with told.reading() as connection:
        (task,) = queries.tasks(connection)
        assert (task.case_number, task.outcome) == ("C-2", None)
        assert [one.outcome for one in queries.tasks(connection, closed=True)] == ["done", None]
        assert queries.tasks(connection, "C-1") == []
    tell(told, [(TaskClosed(number=task.number, outcome="canceled"), "C-2")])
    with told.reading() as connection:
        assert queries.tasks(connection) == []


def test_what_is_asked_by_event_does_not_read_the_whole_history(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register)
    erased(register, "C-1")
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(register.engine, "before_cursor_execute", note)
    with register.reading() as connection:
        assert correspondence.made_again(connection) == [("L-2", "letters")]
        assert correspondence.erased_letters(connection) == {"L-1"}
        assert [one.seq for one in queries.erasures(connection, "C-1")] == [len(STORY) + 1]
        event.remove(register.engine, "before_cursor_execute", note)
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert [row.detail for row in plan] == [
                "SEARCH entries USING INDEX entries_by_event (event=?)"
            ], statement
    assert len(asked) == 3


# The case file.


def files() -> list[Path]:
    return sorted(EXAMPLES.glob("*/cases/*.yaml"))


def test_every_example_comes_back_as_it_was_entered(register: Register) -> None:
    expected = {}
    assert len(files()) > 30
    with_findings = {file for file in files() if read(file, Case).findings}
    assert with_findings == set()
    for file in files():
        reading = read(file, Case)
        assert reading.document
        tree = json.loads(json.dumps(reading.document.data))
        contacts = tree.pop("contacts", [])
        tell(register, [(CaseEntered(data=tree, contacts=contacts), tree["case"])])
        assert reading.value
        expected[tree["case"]] = reading.value
    with register.reading() as connection:
        for number, value in expected.items():
            again = read_text(queries.case_file(connection, number), "C-1", Case)
            assert again.findings == []
            assert again.value
            in_order = sorted(value.contacts, key=lambda one: (one.at.date(), f"{one.at:%H:%M}"))
            assert again.value == value.model_copy(update={"contacts": in_order})


def test_a_case_file_has_what_happened_since(told: Register) -> None:
    with told.reading() as connection:
        files = [json.loads(queries.case_file(connection, number)) for number in ("C-1", "C-2", "C-3")]
    assert [one["outcome"] for one in files[0]["contacts"]] == ["voicemail", "voicemail", "no-answer"]
    assert files[0]["letters"] == [{"kind": "outreach", "on": "2026-09-01", "to": "c", "reference": "L-1"}]
    assert [one["reference"] for one in files[1]["letters"]] == ["L-2"]  # the other one is void
    assert files[2]["ending"]["on"] == "2026-11-22"
    assert "ending" not in files[0]


def test_a_case_file_with_an_ending_reads_without_findings(register: Register) -> None:
    tree = json.loads(json.dumps(read(EXAMPLES / "harbor" / "cases" / "C-1001.yaml", Case).document.data))  # type: ignore[union-attr]
    tell(register, [(CaseEntered(data=tree), "C-1001")])
    tell(
        register,
        [(ContactLogged(contact=contact()), "C-1001"), (issued("L-1"), "C-1001"), (ended(), "C-1001")],
    )
    with register.reading() as connection:
        reading = read_text(queries.case_file(connection, "C-1001"), "C-1", Case)
    assert reading.findings == []
    assert reading.value
    assert reading.value.ending
    assert reading.value.ending.on == date(2026, 11, 20)
    assert reading.value.letters[-1].reference == "L-1"
    assert reading.value.contacts[-1].outcome == "voicemail"
