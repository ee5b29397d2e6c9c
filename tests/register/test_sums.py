"""What single events add up to, and a hand in the tables."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, Table, delete, insert, select, update

from letters.model.case import ContactAttempt, is_answer
from letters.model.history import (
    EVENTS,
    CaseEntered,
    CaseMerged,
    ContactLogged,
    Event,
    LetterSent,
    LetterVoided,
    Move,
    TaskOpened,
)
from letters.register import queries, tables
from letters.register.erasing import erase
from letters.register.store import Register
from letters.register.sums import contact_key, is_answered
from letters.register.verifying import verify
from tests.register.telling import ANNA, AT, STORY, TODAY, approved, contact, data, entered, issued, tell


def test_the_story_of_these_tests_has_every_event_but_the_erasure() -> None:
    assert {event.name for event, _ in STORY} == EVENTS.keys() - {"case-erased"}


def test_a_hand_in_any_column_of_any_row_of_any_table_is_told(told: Register) -> None:
    kept = {table: rows_of(told, table) for table in tables.SUMS}
    columns = {table: [one for one in table.columns if not one.primary_key] for table in tables.SUMS}
    rounds = max(-(-len(columns[table]) // len(kept[table])) for table in tables.SUMS)
    tried = set()
    for number in range(rounds):
        expected = []
        with told.engine.connect().execution_options(writing=True) as hand, hand.begin():
            for table, rows in kept.items():
                for place, row in enumerate(rows):
                    column = columns[table][(number * len(rows) + place) % len(columns[table])]
                    hand.execute(update(table).where(*this(table, row)).values({column: other(row, column)}))
                    expected.append(message(table, row))
                    tried.add(column)
        assert sorted(told_of(told)) == sorted(expected)
        put_back(told, kept)
    assert tried == {column for known in columns.values() for column in known}
    assert told_of(told) == []


def test_a_row_that_is_gone_or_one_too_many_is_told(told: Register) -> None:
    kept = {table: rows_of(told, table) for table in tables.SUMS}
    with told.engine.connect().execution_options(writing=True) as hand, hand.begin():
        for table, rows in kept.items():
            hand.execute(delete(table).where(*this(table, rows[-1])))
    assert told_of(told) == [message(table, rows[-1]) for table, rows in kept.items()]
    more = {}
    with told.engine.connect().execution_options(writing=True) as hand, hand.begin():
        for table, rows in kept.items():
            hand.execute(insert(table).values(**rows[-1]))
            key = table.primary_key.columns[0]
            more[table] = {**rows[-1], key.name: 9999 if isinstance(key.type, Integer) else "X-9"}
            hand.execute(insert(table).values(**more[table]))
    assert told_of(told) == [message(table, row) for table, row in more.items()]


def rows_of(register: Register, table: Table) -> list[dict[str, Any]]:
    with register.reading() as connection:
        rows = connection.execute(select(table).order_by(*table.primary_key)).mappings()
        found = [dict(row) for row in rows]
    assert found, table.name
    return found


def put_back(register: Register, kept: dict[Table, list[dict[str, Any]]]) -> None:
    with register.engine.connect().execution_options(writing=True) as hand, hand.begin():
        for table, rows in kept.items():
            hand.execute(delete(table))
            hand.execute(insert(table), rows)


def this(table: Table, row: dict[str, Any]) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]


def message(table: Table, row: dict[str, Any]) -> str:
    which = ", ".join(str(row[column.name]) for column in table.primary_key)
    return f"The table {table.name} does not say of {which} what the history says."


def other(row: Any, column: Any) -> Any:
    """Another value for a cell."""
    value = row[column.name]
    if isinstance(column.type, Boolean):
        return not value
    return (value or 0) + 1 if isinstance(column.type, Integer) else f"{value}?"


def told_of(register: Register) -> list[str]:
    return [finding.message for finding in verify(register)[1]]


def test_many_rows_that_are_wrong_are_not_all_listed(register: Register) -> None:
    tell(register, [(entered(f"C-{number}"), f"C-{number}") for number in range(25)])
    with register.writing(ANNA) as writing:
        writing.connection.execute(update(tables.cases).values(clinician="bert"))
    found = told_of(register)
    assert len(found) == 21
    assert found[-1] == "So it is with 5 more of cases."


# What single events add up to.


ANSWERS = [
    ({}, False),
    ({"outcome": "spoke"}, True),
    ({"direction": "in", "outcome": "received"}, True),
    ({"direction": "in", "outcome": "spoke", "to": None}, True),
    ({"outcome": "spoke", "to": "barred"}, False),
    ({"direction": "in", "outcome": "received", "to": "barred"}, False),
    ({"outcome": "spoke", "letter": "L-1"}, False),
    ({"outcome": "wrong-person"}, False),
]


@pytest.mark.parametrize(("changes", "expected"), ANSWERS)
def test_what_is_an_answer_is_one_wherever_it_is_asked(changes: dict[str, Any], expected: bool) -> None:
    told = {name: value for name, value in contact(**changes).items() if value is not None}
    assert is_answered(told, {"barred"}) is expected
    value = ContactAttempt.model_validate(told)
    assert is_answer(value.direction, value.outcome, value.to, {"barred"}, value.letter) is expected
    assert value.is_answer is (expected or value.to == "barred")
    assert not (value.is_answer and value.is_attempt)


def test_a_letter_that_was_sent_to_nobody_in_the_end_stands_where_it_is_told(register: Register) -> None:
    tell(register, [(entered("C-1"), "C-1"), (issued("L-1"), "C-1")])
    tell(register, [(LetterVoided(letter="L-1", because="x"), "C-1")])
    tell(register, [(LetterSent(letter="L-1", on=TODAY, how="post"), "C-1")])
    assert verify(register)[1] == []
    assert the_case(register, "C-1").state == "outreach"


def the_case(register: Register, number: str) -> queries.CaseRow:
    with register.reading() as connection:
        found = queries.known(connection, number)
    assert found
    return found


def test_a_contact_told_again_is_put_right_and_counted_once(register: Register) -> None:
    again = contact("2026-08-01T10:00-07:00", outcome="spoke")
    tell(register, [(entered("C-1", contacts=1), "C-1")])
    assert the_case(register, "C-1").attempts == 1
    tell(register, [(ContactLogged(contact=again), "C-1")])
    with register.reading() as connection:
        (only,) = queries.contacts(connection, "C-1")
    assert (only.sort, only.data["outcome"]) == ("answer", "spoke")
    row = the_case(register, "C-1")
    assert (row.attempts, row.silent_since) == (0, "2026-08-01")


def test_contacts_differ_by_time_way_direction_and_person() -> None:
    first = contact()
    others = [{**first, name: "x"} for name in ("at", "channel", "direction", "to")]
    same = {**first, "outcome": "spoke", "said": "x"}
    assert contact_key(same) == contact_key(first)
    assert len({contact_key(one) for one in (first, *others)}) == 5


def test_somebody_elses_number_is_neither_attempt_nor_answer(register: Register) -> None:
    wrong = contact(outcome="wrong-person")
    tell(register, [(CaseEntered(data=data("C-1"), contacts=[wrong]), "C-1")])
    with register.reading() as connection:
        assert [one.sort for one in queries.contacts(connection, "C-1")] == ["other"]


def test_a_voided_letter_gives_back_the_one_it_replaced(register: Register) -> None:
    tell(register, [(entered("C-1"), "C-1"), (issued("L-1"), "C-1"), (issued("L-2", replaces="L-1"), "C-1")])
    with register.reading() as connection:
        first = queries.letter(connection, "L-1")
    assert first is not None
    assert first.replaced_by == "L-2"
    tell(register, [(LetterVoided(letter="L-2", because="a slip"), "C-1")])
    with register.reading() as connection:
        first, second = (queries.letter(connection, name) for name in ("L-1", "L-2"))
    assert first is not None
    assert second is not None
    assert (first.replaced_by, second.status) == (None, "void")


def test_a_voided_letter_may_be_issued_after_all(register: Register) -> None:
    story: list[tuple[Event, str]] = [(entered("C-1"), "C-1"), (issued("L-1"), "C-1")]
    tell(register, [*story, (LetterVoided(letter="L-1", because="x"), "C-1"), (issued("L-1"), "C-1")])
    with register.reading() as connection:
        assert [one.status for one in queries.letters(connection, "C-1")] == ["issued"]
    assert the_case(register, "C-1").state == "outreach"


def test_merging_moves_all_that_happened_and_counts_a_contact_told_twice_once(register: Register) -> None:
    story: list[tuple[Event, str]] = [
        (entered("C-1", contacts=2), "C-1"),
        (entered("C-2", contacts=3), "C-2"),
    ]
    story += [(issued("L-2"), "C-2"), (TaskOpened(task="letter", what="x"), "C-2"), (approved(), "C-2")]
    tell(register, [*story, (CaseMerged(other="C-2", data=data("C-1", clinician="bert")), "C-1")])
    with register.reading() as connection:
        assert len(queries.contacts(connection, "C-1")) == 3
        assert [one.letter for one in queries.letters(connection, "C-1")] == ["L-2"]
        assert len(queries.tasks(connection, "C-1")) == 1
        assert len(queries.approvals(connection, "C-1", "outreach", "c")) == 1
        assert queries.data(connection, "C-1")["clinician"] == "bert"
        assert queries.contacts(connection, "C-2") == []
    merged = the_case(register, "C-2")
    assert (merged.status, merged.merged_into, merged.state) == ("merged", "C-1", None)


def test_letters_that_both_cases_listed_move_the_merged_one(register: Register) -> None:
    listed = [{"kind": "final", "on": "2026-09-01", "to": "c", "reference": "L-0"}]
    other = CaseEntered(data=data("C-2", letters=listed), moves={"final": Move(step="outreach-final")})
    story: list[tuple[Event, str]] = [(entered("C-1"), "C-1"), (other, "C-2")]
    tell(register, [*story, (CaseMerged(other="C-2", data=data("C-1", letters=listed)), "C-1")])
    assert the_case(register, "C-1").state == "outreach-final"
    assert told_of(register) == []


def test_an_erased_case_leaves_its_number_and_no_more(told: Register) -> None:
    with told.writing(ANNA, AT) as writing:
        event = erase(writing, "C-3", "ten years have passed")
    assert event.numbers == ["C-3", "C-4"]
    with told.reading() as connection:
        for table in tables.SUMS[1:]:
            here = table.c.case_number.in_(event.numbers)
            assert connection.execute(select(table).where(here)).all() == []
        for row in connection.execute(
            select(tables.cases).where(tables.cases.c.number.in_(event.numbers))
        ).mappings():
            assert {name for name, value in row.items() if value is not None} == {
                "number",
                "status",
                "changed",
            }
    assert json.loads(json.dumps(event.letters)) == []
