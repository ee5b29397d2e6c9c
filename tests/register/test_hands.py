"""What a hand does to the database itself: it is refused, and found where the guards were taken away."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, select, text, update

from letters.errors import MachineError
from letters.register import tables
from letters.register.chain import Entry, Head
from letters.register.store import Register, history
from letters.register.troubles import explained
from letters.register.verifying import verify
from tests.register.telling import ANNA, AT, STORY, by_hand, entered, entries, erased, erasure, opened, tell

LAST = len(STORY)
NAMES = [column.name for column in tables.entries.columns]


def found_in(register: Register) -> list[str]:
    return [finding.message for finding in verify(register)[1]]


def test_one_entry_that_is_emptied_is_told_although_an_erasure_and_the_sums_are_made_to_fit(
    told: Register,
) -> None:
    with by_hand(told) as connection:
        entry = tables.entries
        connection.execute(update(entry).where(entry.c.seq == 5).values(body=None, salt=None))
        kept = [asdict(one) for one in history(connection)]
        last = erasure(Head(LAST, kept[-1]["digest"]), ["C-0"], [5])
        connection.execute(entry.insert(), asdict(last))
        connection.execute(update(tables.head).values(seq=last.seq, digest=last.digest))
        row = {"number": "C-0", "status": tables.ERASED, "changed": last.seq}
        connection.execute(tables.cases.insert(), row)
    assert found_in(told) == [
        f"Entry {last.seq} (case-erased) does not name all entries about the cases it tells of, "
        "and no others.",
        "The content of entry 5 is gone, and no erasure tells of it.",
    ]


def test_bytes_in_place_of_a_text_are_told(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register)
    with by_hand(register) as connection:
        connection.execute(text("UPDATE entries SET at = CAST(at AS BLOB) WHERE seq = 9"))
    assert "Entry 9 (letter-issued about case C-1) does not have the content it was entered with." in (
        found_in(register)
    )


@pytest.mark.parametrize(
    "hand",
    [
        "INSERT INTO head SELECT 2, seq, digest, written_by FROM head",
        "UPDATE head SET seq = 'many'",
        "UPDATE head SET digest = CAST(digest AS BLOB)",
    ],
)
def test_a_damaged_head_is_told_by_name(hand: str, tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register)
    with by_hand(register) as connection:
        connection.execute(text(hand))
    for use in (verify, tell):
        with pytest.raises(MachineError, match="table head") as caught:
            use(register)
        assert "backup" in caught.value.remedy


def test_a_second_head_is_told_on_a_server_too(told: Register) -> None:
    with by_hand(told) as connection:
        connection.execute(text("INSERT INTO head SELECT 2, seq, digest, written_by FROM head"))
    with pytest.raises(MachineError, match="table head"):
        verify(told)


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
