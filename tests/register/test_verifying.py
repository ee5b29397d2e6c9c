"""What proof of a register says, and the digests people write down."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from letters.errors import UsageError
from letters.register import tables
from letters.register.chain import BEGINNING, Head
from letters.register.store import Register
from letters.register.tables import GUARDS
from letters.register.verifying import head_from, verify
from tests.register.telling import STORY, by_hand, entered, entries, opened, tell


def test_a_whole_register_has_nothing_to_tell(told: Register) -> None:
    head, found = verify(told)
    last = entries(told)[-1]
    assert (head, found) == (Head(last.seq, last.digest), [])
    assert head.seq == len(STORY)


def test_an_empty_register_is_whole_and_its_beginning_may_be_expected(register: Register) -> None:
    assert verify(register) == (Head(0, BEGINNING), [])
    beginning = head_from(f"0:{BEGINNING}")
    tell(register, [(entered("C-1"), "C-1")])
    assert verify(register, beginning)[1] == []
    assert [one.code for one in verify(register, Head(0, "1" * 12))[1]] == ["cut-history"]


def test_any_entry_may_be_expected_by_the_beginning_of_its_digest(told: Register) -> None:
    entry = entries(told)[4]
    assert verify(told, head_from(f"5:{entry.digest[:12].upper()}"))[1] == []
    for wrong in (Head(4, entry.digest[:12]), Head(5, "0" * 12), Head(999, entry.digest)):
        (found,) = verify(told, wrong)[1]
        assert found.code == "cut-history"
        assert f"no entry {wrong.seq} with the digest {wrong.digest[:12]}…" in found.message


def test_a_finding_names_the_register(told: Register) -> None:
    with by_hand(told) as connection:
        connection.execute(update(tables.entries).where(tables.entries.c.seq == 2).values(by="bert"))
    found = verify(told)[1]
    assert {one.place and one.place.file for one in found} == {str(told.where)}
    assert all("Zenobia" not in one.message for one in found)


def test_the_guards_that_are_looked_for_are_those_that_were_made(register: Register) -> None:
    made = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with register.reading() as connection:
        name = connection.dialect.name
        assert set(connection.scalars(sql(made[name]))) == set(GUARDS[name])


def test_a_guard_that_is_gone_is_told(told: Register) -> None:
    with told.engine.connect().execution_options(writing=True) as hand, hand.begin():
        hand.execute(sql("DROP TRIGGER entries_keep" + ("" if told.where.file else " ON entries")))
    (found,) = verify(told)[1]
    assert found.code == "altered-register"
    assert "The trigger entries_keep" in found.message


def test_a_guard_that_is_switched_off_is_told(postgres_url: str, tmp_path: Path) -> None:
    register = opened(postgres_url, tmp_path)
    for state in ("DISABLE", "ENABLE REPLICA"):
        with register.engine.connect() as hand, hand.begin():
            hand.execute(sql(f"ALTER TABLE entries {state} TRIGGER entries_stay"))
        assert [one.code for one in verify(register)[1]] == ["altered-register"]


def test_keys_of_another_type_in_a_table_are_told(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    tell(register)
    with register.engine.connect().execution_options(writing=True) as hand, hand.begin():
        hand.execute(sql("UPDATE cases SET number = CAST(number AS BLOB) WHERE number IN ('C-1', 'C-2')"))
    assert {one.code for one in verify(register)[1]} == {"altered-register"}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "5",
            "5:",
            ":0a1b2c3d4e5f",
            "5:0a1b2c3d4e5",
            "5:0a1b2c3d4e5g",
            "-5:0a1b2c3d4e5f",
            "x:0a1b2c3d4e5f",
        ),
        *(
            "5 0a1b2c3d4e5f",
            "５:0a1b2c3d4e5f",
            "5:" + "a" * 65,
            "9" * 5000 + ":0a1b2c3d4e5f",
            "5:0a1b2c3d4e5f\n",
        ),
    ],
)
def test_what_is_no_entry_of_a_history_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no entry of a history"):
        head_from(text)
