"""Erasing a case: nothing about it is left anywhere in the register, and all others stay."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from letters.errors import MachineError, UsageError
from letters.model.history import CaseChanged, ContactLogged
from letters.register import queries
from letters.register.erasing import erase, overwrite
from letters.register.store import Register
from letters.register.tables import metadata
from letters.register.verifying import verify
from tests.register.telling import ANNA, AT, contact, data, entered, entries, erased, issued, opened, tell

WORDS = ["Quintessa", "Marrowby", "quintessa@harbor.example", "Zzyzx Road 77", "tangerine", "+15035550188"]


def confided(number: str) -> dict[str, object]:
    """A case with words that are nowhere else."""
    client = {
        "id": "c",
        "name": "Quintessa Marrowby",
        "email": WORDS[2],
        "address": [WORDS[3]],
        "phone": WORDS[5],
    }
    return data(number, clients=[client], confidential={"notes": "tangerine " * 400})


def bytes_of(folder: Path) -> bytes:
    files = [file for file in folder.iterdir() if file.name.startswith("register.sqlite")]
    assert files
    return b"".join(file.read_bytes() for file in files)


def fill(register: Register) -> None:
    tell(register, [(entered(f"C-{number}", contacts=3), f"C-{number}") for number in range(12)])
    secret = entered("C-77").model_copy(update={"data": confided("C-77")})
    said = contact(said="tangerine", used=WORDS[5])
    tell(register, [(secret, "C-77"), (ContactLogged(contact=said), "C-77"), (issued("L-77"), "C-77")])
    tell(register, [(entered(f"D-{number}", contacts=3), f"D-{number}") for number in range(12)])


def test_no_word_about_an_erased_case_is_left_in_the_file(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    fill(register)
    # Somebody has it open all the time, so that the log stays.
    with register.engine.connect() as keeping:
        keeping.exec_driver_sql("SELECT count(*) FROM cases").scalar_one()
        keeping.commit()
        assert all(word.encode() in bytes_of(tmp_path) for word in WORDS)
        erased(register, "C-77")
        overwrite(register)
        left = bytes_of(tmp_path)
        assert [word for word in WORDS if word.encode() in left] == []
        assert b"Zenobia D-11" in left
    assert [word for word in WORDS if word.encode() in bytes_of(tmp_path)] == []
    assert verify(register)[1] == []


def test_words_that_were_changed_long_ago_are_erased_too(tmp_path: Path) -> None:
    register = opened(None, tmp_path)
    fill(register)
    changed = entered("C-77").model_copy(update={"data": data("C-77")})
    with register.writing(ANNA, AT) as writing:
        writing.append(CaseChanged(data=changed.data), "C-77")
    erased(register, "C-77")
    overwrite(register)
    assert [word for word in WORDS if word.encode() in bytes_of(tmp_path)] == []


def test_others_keep_all_of_theirs(register: Register) -> None:
    fill(register)
    with register.reading() as connection:
        before = {number: queries.case_file(connection, number) for number in ("C-0", "C-11", "D-5")}
    others = [entry for entry in entries(register) if entry.case_number != "C-77"]
    erased(register, "C-77")
    overwrite(register)
    with register.reading() as connection:
        assert {number: queries.case_file(connection, number) for number in before} == before
    assert [entry for entry in entries(register) if entry.body and entry.event != "case-erased"] == others
    assert verify(register)[1] == []


def test_no_word_of_an_erased_case_can_be_read_from_any_table(register: Register) -> None:
    fill(register)
    erased(register, "C-77")
    with register.reading() as connection:
        rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    assert len(rows) > 100
    assert [word for word in WORDS if any(word in row for row in rows)] == []


def test_it_says_what_was_erased(register: Register) -> None:
    fill(register)
    with register.writing(ANNA, AT) as writing:
        event = erase(writing, "C-77", "ten years have passed")
    last = entries(register)[-1]
    assert last.case_number is None
    assert json.loads(last.body or "") == event.model_dump(mode="json")
    assert event.numbers == ["C-77"]
    assert event.letters == ["L-77"]
    assert event.entries == [entry.seq for entry in entries(register) if entry.case_number == "C-77"]


def test_what_is_not_there_was_erased_or_merged_is_not_erased(told: Register) -> None:
    erased(told, "C-1")
    before = entries(told)
    for number in ("C-99", "C-1", "C-4"):
        with pytest.raises(UsageError):
            erased(told, number)
    assert entries(told) == before


def test_erasing_is_all_or_nothing(told: Register) -> None:
    before = entries(told)
    with contextlib.suppress(RuntimeError), told.writing(ANNA, AT) as writing:
        erase(writing, "C-1", "x")
        raise RuntimeError
    assert entries(told) == before
    assert verify(told)[1] == []


def test_it_is_told_when_readers_keep_what_was_erased_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letters.register.database.WAIT", 0.05)
    register = opened(None, tmp_path)
    fill(register)
    with register.reading() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM cases").scalar_one()
        erased(register, "C-77")
        with pytest.raises(MachineError, match="still in the log"):
            overwrite(register)
    overwrite(register)
    assert [word for word in WORDS if word.encode() in bytes_of(tmp_path)] == []


def test_a_file_that_cannot_be_overwritten_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.register.database.WAIT", 0.05)
    register = opened(None, tmp_path)
    with register.writing(ANNA), pytest.raises(MachineError, match="another program keeps it busy"):
        overwrite(register)
