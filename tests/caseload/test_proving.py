"""Proof: one byte of one file, a file that is gone, one that nobody issued."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from letters.caseload.proving import prove, prove_copy, recognize
from letters.errors import MachineError
from letters.findings import Finding, Severity
from letters.model.history import LetterAgain, LetterVoided
from letters.register import queries, tables
from letters.register.backup import copy_to
from letters.register.chain import Head
from letters.register.erasing import erase
from letters.register.verifying import verify
from tests.caseload.kept import SAM, Kept


def found(kept: Kept) -> list[Finding]:
    return prove(kept.office, kept.register).findings


def codes(kept: Kept) -> list[str]:
    return [one.code for one in found(kept)]


def file(kept: Kept, name: str, ending: str = ".pdf") -> Path:
    return kept.office.folder / "issued" / f"{name}{ending}"


def test_all_is_as_it_was_issued(kept: Kept) -> None:
    kept.issue("one", copy="the same in English")
    kept.issue("two", "C-1001")
    proof = prove(kept.office, kept.register)
    assert (proof.head.seq, proof.letters, proof.findings) == (4, 2, [])
    assert prove(kept.office, kept.register, proof.head).findings == []
    other = Head(proof.head.seq, "0" * 16)
    assert [one.code for one in prove(kept.office, kept.register, other).findings] == ["cut-history"]


@pytest.mark.parametrize(
    ("ending", "what"), [(".pdf", "The letter"), (".file-copy.pdf", "The English copy of")]
)
def test_one_byte_is_found_and_told_with_case_and_kind(kept: Kept, ending: str, what: str) -> None:
    name = kept.issue("one", copy="the same in English")
    kept.issue("two", "C-1001")
    changed = file(kept, name, ending)
    changed.write_bytes(changed.read_bytes()[:-1] + b"?")
    (finding,) = found(kept)
    assert finding.code == "altered-letter"
    assert finding.message.startswith(
        f"{what} {name} (outreach to samira, case C-1103) is not what was issued"
    )
    assert finding.place
    assert finding.place.file == str(changed)


def test_a_file_that_is_gone_is_missing_here_and_may_be_at_another_desk(kept: Kept) -> None:
    name = kept.issue("one")
    file(kept, name).unlink()
    (finding,) = found(kept)
    on_server = kept.register.where.file is None
    assert finding.code == ("letter-elsewhere" if on_server else "missing-letter")
    assert finding.severity is (Severity.WARNING if on_server else Severity.ERROR)
    shutil.rmtree(kept.office.folder / "issued")
    assert codes(kept) == [finding.code]


def test_of_a_void_letter_the_file_may_be_gone(kept: Kept) -> None:
    name = kept.issue("one")
    kept.tell(LetterVoided(letter=name, because="a slip"), "C-1103")
    file(kept, name).unlink()
    assert codes(kept) == []


def test_a_letter_that_was_made_again_is_looked_for_in_both_folders(kept: Kept) -> None:
    name = kept.issue("one")
    kept.tell(LetterAgain(letter=name, because="it was lost", folder="more"), "C-1103")
    file(kept, name).unlink()
    assert codes(kept) == ["letter-elsewhere" if kept.register.where.file is None else "missing-letter"]
    other = kept.office.folder / "more" / f"{name}.pdf"
    other.parent.mkdir()
    other.write_bytes(b"one")
    assert codes(kept) == []
    other.write_bytes(b"two")
    assert codes(kept) == ["altered-letter"]


def test_a_folder_outside_of_the_practices_is_known_by_its_whole_path(kept: Kept, tmp_path: Path) -> None:
    kept.issue("one", folder=str(tmp_path / "elsewhere"))
    assert (kept.office.folder / "issued").exists() is False
    assert codes(kept) == []


def test_what_nobody_issued_is_found(kept: Kept) -> None:
    name = kept.issue("one")
    for stranger in ("L-zzzzzzzzzzzzzzzz.pdf", f"{name}.file-copy.pdf"):
        (kept.office.folder / "issued" / stranger).write_bytes(b"what")
    (kept.office.folder / "issued" / "notes.pdf").write_bytes(b"no letter by its name")
    told = found(kept)
    assert [one.code for one in told] == ["unknown-letter"] * 2
    assert {Path(one.place.file).name for one in told if one.place} == {
        "L-zzzzzzzzzzzzzzzz.pdf",
        f"{name}.file-copy.pdf",
    }


def test_a_letter_issued_while_others_are_looked_at_is_no_stranger(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.issue("one")

    def meanwhile(*arguments: Any) -> Any:
        told = verify(*arguments)
        found = kept.ask(original)
        monkeypatch.setattr(queries, "letters", lambda _: found)
        kept.issue("two")
        return told

    original = queries.letters
    monkeypatch.setattr("letters.caseload.proving.verify", meanwhile)
    proof = prove(kept.office, kept.register)
    assert (proof.letters, proof.findings) == (1, [])


def test_what_is_no_ordinary_file_proves_nothing(kept: Kept) -> None:
    one, two = kept.issue("one"), kept.issue("two")
    kept_elsewhere = kept.office.folder / "one.pdf"
    file(kept, one).rename(kept_elsewhere)
    file(kept, one).symlink_to(kept_elsewhere)
    file(kept, two).unlink()
    file(kept, two).mkdir()
    assert codes(kept) == ["unreadable-letter"] * 2


def test_a_changed_entry_is_found_with_the_letters(kept: Kept) -> None:
    name = kept.issue("one")
    file(kept, name).write_bytes(b"two")
    with kept.register.writing(SAM) as writing:
        changed = update(tables.letters).values(dated="2026-01-01")
        writing.connection.execute(changed)
    assert codes(kept) == ["altered-register", "altered-letter"]


def test_a_file_is_known_whatever_it_is_called(kept: Kept, tmp_path: Path) -> None:
    name = kept.issue("one", copy="the same in English")
    letter, copy, other = tmp_path / "scan.pdf", tmp_path / "copy.pdf", tmp_path / "other.pdf"
    letter.write_bytes(b"one")
    copy.write_bytes(b"the same in English")
    other.write_bytes(b"none of ours")
    known, findings = recognize(kept.register, [letter, copy, other, tmp_path])
    assert [(one.letter.letter if one.letter else None, one.is_copy) for one in known] == [
        (name, False),
        (name, True),
        (None, False),
        (None, False),
    ]
    assert [one.code for one in findings] == ["unknown-letter", "unreadable-letter"]


def test_a_file_with_the_name_of_a_letter_and_another_content_is_altered(kept: Kept, tmp_path: Path) -> None:
    name = kept.issue("one")
    changed = tmp_path / f"{name}.pdf"
    changed.write_bytes(b"two")
    _, (finding,) = recognize(kept.register, [changed])
    assert (finding.code, "case C-1103" in finding.message) == ("altered-letter", True)


def test_a_letter_of_an_erased_case_is_known_for_that_and_no_more(kept: Kept) -> None:
    name = kept.issue("one")
    kept.issue("two", "C-1001")
    with kept.register.writing(SAM) as writing:
        erase(writing, "C-1103", "seven years have passed")
    (finding,) = found(kept)
    assert (finding.code, "erased" in finding.message) == ("unknown-letter", True)
    _, (finding,) = recognize(kept.register, [file(kept, name)])
    assert (finding.code, "erased" in finding.message) == ("unknown-letter", True)


def test_a_backup_goes_as_far_as_the_register_did(kept: Kept, tmp_path: Path) -> None:
    kept.issue("one")
    copy = tmp_path / ("copy.sqlite" if kept.register.where.file else "copy.jsonl")
    copy_to(kept.register.engine, kept.register.where, copy)
    kept.issue("two")  # others go on meanwhile
    assert prove_copy(kept.register, copy).seq == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [copy.name, "office"]


def test_a_backup_of_another_register_is_none(kept_in_file: Kept, tmp_path: Path) -> None:
    kept = kept_in_file
    copy = tmp_path / "copy.sqlite"
    copy_to(kept.register.engine, kept.register.where, copy)
    changed = sqlite3.connect(copy)
    with changed:
        changed.execute("UPDATE head SET digest = 'ff'")
    changed.close()
    with pytest.raises(MachineError, match="is not what the register is"):
        prove_copy(kept.register, copy)
    copy.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(MachineError, match="cannot be opened"):
        prove_copy(kept.register, copy)
