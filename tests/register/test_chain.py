"""The chain tells of every entry that was altered, taken out, put in or moved."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, select, text, update

from letters.errors import MachineError
from letters.findings import Place
from letters.register import tables
from letters.register.chain import BEGINNING, Entry, Head, canonical, faults, link
from letters.register.store import Register
from letters.register.troubles import explained
from letters.register.verifying import verify
from tests.register.telling import ANNA, AT, STORY, by_hand, entered, entries, erased

PLACE = Place("here")
LAST = len(STORY)
NAMES = [column.name for column in tables.entries.columns]


def chain(number: int) -> list[Entry]:
    found, head = list[Entry](), Head()
    for _ in range(number):
        found.append(
            link(head, "2026-11-22T10:00:00+00:00", "anna", "anna.k", "x", "C-1", canonical({"a": head.seq}))
        )
        head = Head(found[-1].seq, found[-1].digest)
    return found


def altered(entry: Entry, **values: Any) -> Entry:
    return replace(entry, **values)


def told_of(found: Iterable[Entry], head: Head) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in faults(found, head, PLACE)]


def head_after(found: list[Entry]) -> Head:
    return Head(found[-1].seq, found[-1].digest)


def found_in(register: Register) -> list[str]:
    return [finding.message for finding in verify(register)[1]]


def test_an_entry_carries_the_digest_of_the_one_before() -> None:
    first, second = chain(2)
    assert first.previous == BEGINNING
    assert second.previous == first.digest
    assert told_of([first, second], head_after([first, second])) == []


def test_an_empty_chain_is_whole() -> None:
    assert told_of([], Head()) == []


def test_the_same_content_is_salted_differently_each_time() -> None:
    head = Head()
    one, other = (link(head, "t", "b", "l", "e", None, "{}") for _ in range(2))
    assert one.salt != other.salt
    assert one.body_digest != other.body_digest


@pytest.mark.parametrize("name", [name for name in asdict(chain(1)[0]) if name != "seq"])
def test_any_field_of_an_entry_that_is_altered_is_told(name: str) -> None:
    found = chain(5)
    found[2] = altered(found[2], **{name: "altered"})
    told = told_of(found, head_after(found))
    assert told
    assert any(message.startswith("Entry 3 ") for _, message in told)
    assert {code for code, _ in told} == {"altered-entry"}


@pytest.mark.parametrize(
    "name", [name for name in asdict(chain(1)[0]) if name not in ("seq", "body", "salt")]
)
def test_any_field_that_is_altered_is_told_of_the_last_entry_too(name: str) -> None:
    found = chain(3)
    head = head_after(found)
    found[2] = altered(found[2], **{name: "altered"})
    assert any(message.startswith("Entry 3 ") for _, message in told_of(found, head))


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ([0], "Entry 1 is missing."),
        ([2], "Entry 3 is missing."),
        ([1, 2], "The entries 2 to 3 are missing."),
        ([4], "Entry 5 is missing."),
        ([3, 4], "The entries 4 to 5 are missing."),
        ([0, 1, 2, 3, 4], "The entries 1 to 5 are missing."),
    ],
)
def test_what_was_taken_out_is_told(gone: list[int], message: str) -> None:
    found = chain(5)
    left = [entry for place, entry in enumerate(found) if place not in gone]
    assert told_of(left, head_after(found)) == [("missing-entry", message)]


def test_an_entry_that_stands_twice_or_in_another_place_is_told() -> None:
    first, second, third = chain(3)
    assert told_of([first, first, second, third], head_after([third])) == [
        ("altered-entry", "Entry 1 (x about case C-1) does not stand in its place.")
    ]
    assert ("missing-entry", "Entry 1 is missing.") in told_of([second, first, third], head_after([third]))


def test_more_entries_than_the_head_tells_of_are_told() -> None:
    found = chain(3)
    assert told_of(found, head_after(found[:2])) == [
        ("altered-entry", "The last entry is not the one that the register holds to be the last, 2.")
    ]


@pytest.mark.parametrize("half", ["body", "salt"])
def test_an_erased_entry_that_has_half_of_its_content_is_told(half: str) -> None:
    entry = altered(chain(1)[0], **{"body": None, "salt": None, half: "{}"})
    erasing = link(Head(1, entry.digest), "t", "b", "l", "case-erased", None, canonical({"entries": [1]}))
    assert next(code for code, _ in told_of([entry, erasing], head_after([erasing]))) == "altered-entry"


def test_content_that_an_erasure_says_is_gone_is_told() -> None:
    found = chain(1)
    erasing = link(head_after(found), "t", "b", "l", "case-erased", None, canonical({"entries": [1]}))
    (told,) = told_of([*found, erasing], head_after([erasing]))
    assert told == (
        "altered-entry",
        "The content of entry 1 is there, although an erasure tells that it was removed.",
    )


@pytest.mark.parametrize(
    "body", ["[]", "{", '{"entries": 5}', '{"entries": ["x"]}', "5", '{"entries": {"a": 1}}']
)
def test_an_erasure_that_makes_no_sense_is_told_and_breaks_nothing(body: str) -> None:
    emptied = replace(chain(1)[0], body=None, salt=None)
    erasing = link(Head(1, emptied.digest), "t", "b", "l", "case-erased", None, body)
    assert ("missing-entry", "The content of entry 1 is gone, and no erasure tells of it.") in told_of(
        [emptied, erasing], head_after([erasing])
    )


# What a hand does to the database itself.


def test_the_database_refuses_to_alter_or_remove_an_entry(told: Register) -> None:
    before = entries(told)
    entry = tables.entries
    attempts = [
        delete(entry),
        delete(entry).where(entry.c.seq == LAST),
        *(update(entry).where(entry.c.seq == 3).values({name: "9"}) for name in NAMES if name != "seq"),
        update(entry).where(entry.c.seq == LAST).values(seq=99),
        update(entry).where(entry.c.seq == 3).values(body=None),
        update(entry).where(entry.c.seq == 3).values(body=None, salt=None, by="bert"),
    ]
    if told.where.file:
        row = {**asdict(before[2]), "by": "bert"}
        attempts.append(entry.insert().prefix_with("OR REPLACE").values(**row))
    else:
        attempts.append(text("TRUNCATE entries"))  # type: ignore[arg-type]
    for attempt in attempts:
        with pytest.raises(MachineError, match=r"cannot be used"), told.writing(ANNA) as writing:
            writing.connection.execute(attempt)
    assert entries(told) == before
    assert found_in(told) == []


def put_back(register: Register, before: list[Entry]) -> None:
    with by_hand(register) as connection:
        connection.execute(delete(tables.entries))
        connection.execute(tables.entries.insert(), [asdict(entry) for entry in before])


def test_any_field_altered_in_the_database_is_told(told: Register) -> None:
    before = entries(told)
    for name in NAMES:
        value: str | int = 99 if name == "seq" else "altered"
        with by_hand(told) as connection:
            connection.execute(update(tables.entries).where(tables.entries.c.seq == 9).values({name: value}))
        assert [one for one in found_in(told) if one.startswith("Entry 9 ")], name
        put_back(told, before)
    assert found_in(told) == []


def _remove(*seqs: int) -> Callable[[Connection], Any]:
    return lambda connection: connection.execute(delete(tables.entries).where(tables.entries.c.seq.in_(seqs)))


def _swap(connection: Connection) -> None:
    for old, new in ((4, 999), (5, 4), (999, 5)):
        connection.execute(update(tables.entries).where(tables.entries.c.seq == old).values(seq=new))


def _exchange(*names: str) -> Callable[[Connection], None]:
    """Give one entry what another one has."""

    def exchange(connection: Connection) -> None:
        entry = tables.entries.c
        row = connection.execute(select(tables.entries).where(entry.seq == 5)).mappings().one()
        values = {name: row[name] for name in names}
        connection.execute(update(tables.entries).where(entry.seq == 6).values(values))

    return exchange


def _empty(connection: Connection) -> None:
    entry = tables.entries
    connection.execute(update(entry).where(entry.c.seq == 7).values(body=None, salt=None))


HANDS: list[tuple[Callable[[Connection], Any], str]] = [
    (_remove(7), "Entry 7 is missing."),
    (_remove(LAST), f"Entry {LAST} is missing."),
    (_remove(LAST - 1, LAST), f"The entries {LAST - 1} to {LAST} are missing."),
    (_swap, "Entry 4 (contact-logged about case C-1) does not have the content it was entered with."),
    (
        _exchange("body"),
        "Entry 6 (contact-logged about case C-1) does not have the content it was entered with.",
    ),
    (
        _exchange("salt"),
        "Entry 6 (contact-logged about case C-1) does not have the content it was entered with.",
    ),
    (
        _exchange("body", "salt", "body_digest"),
        "Entry 6 (contact-logged about case C-1) does not have the content it was entered with.",
    ),
    (
        _exchange("body", "salt", "body_digest", "digest", "previous"),
        "Entry 6 (contact-logged about case C-1) does not follow from the entry before it.",
    ),
    (_empty, "The content of entry 7 is gone, and no erasure tells of it."),
]


def test_a_hand_in_the_history_is_told(told: Register) -> None:
    before = entries(told)
    for hand, message in HANDS:
        with by_hand(told) as connection:
            hand(connection)
        assert message in found_in(told)
        put_back(told, before)
    assert found_in(told) == []


def test_a_chain_made_anew_after_cutting_is_found_only_by_a_digest_written_down(told: Register) -> None:
    written_down, _ = verify(told)
    with by_hand(told) as connection:
        connection.execute(delete(tables.entries).where(tables.entries.c.seq == LAST))
        connection.execute(delete(tables.tasks).where(tables.tasks.c.number == LAST))
        last = connection.execute(select(tables.entries).where(tables.entries.c.seq == LAST - 1)).one()
        connection.execute(update(tables.head).values(seq=last.seq, digest=last.digest))
        changed = select(func.max(tables.entries.c.seq)).where(tables.entries.c.case_number == "C-2")
        connection.execute(
            update(tables.cases)
            .where(tables.cases.c.number == "C-2")
            .values(changed=changed.scalar_subquery())
        )
    assert found_in(told) == []
    (finding,) = verify(told, written_down)[1]
    assert finding.code == "cut-history"
    assert f"no entry {LAST} " in finding.message
    with told.writing(ANNA, AT) as writing:
        writing.append(entered("C-9"), "C-9")
    assert verify(told)[0].seq == LAST
    assert [one.code for one in verify(told, written_down)[1]] == ["cut-history"]


def test_erased_entries_keep_the_chain_whole_and_what_is_before_the_digest(told: Register) -> None:
    written_down, _ = verify(told)
    erased(told, "C-1")
    head, found = verify(told, written_down)
    assert found == []
    assert head.seq == LAST + 1
    gone = [entry for entry in entries(told) if entry.body is None]
    assert {entry.case_number for entry in gone} == {"C-1"}
    assert json.loads(entries(told)[-1].body or "")["entries"] == [entry.seq for entry in gone]


def test_putting_erased_content_back_is_told(told: Register) -> None:
    before = entries(told)[0]
    erased(told, "C-1")
    with by_hand(told) as connection:
        row = update(tables.entries).where(tables.entries.c.seq == 1)
        connection.execute(row.values(body=before.body, salt=before.salt))
    assert "The content of entry 1 is there, although an erasure tells that it was removed." in found_in(told)


def test_a_refusal_of_the_database_is_the_machines_matter(told: Register) -> None:
    with pytest.raises(MachineError) as caught, explained(told.where), told.writing(ANNA) as writing:
        writing.connection.execute(delete(tables.entries))
    assert caught.value.exit_code == 4
