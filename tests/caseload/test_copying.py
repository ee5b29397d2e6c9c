"""Copies of issued letters: which file is copied, and what is known of a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.caseload.copying import Original, expect_one_reader, originals, publish_copies
from letters.errors import UsageError
from letters.files import FileTakenError
from letters.model.history import LetterAgain
from tests.caseload.kept import Kept, keep


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return keep(tmp_path / "office", None, "C-1103")


def copied(kept: Kept, *names: str) -> list[Original]:
    found, findings = originals(kept.office, kept.register, names, kept.desk)
    assert findings == []
    return found


def test_the_file_is_taken_from_where_it_is_whole(kept: Kept) -> None:
    letter = kept.issue("one")
    kept.tell(LetterAgain(letter=letter, because="the printer ate it", folder="again"), "C-1103")
    (one,) = copied(kept, letter)
    assert (one.pdf, one.reader) == (b"one", ("C-1103", "samira"))
    again = kept.office.folder / "again"
    again.mkdir()
    (again / f"{letter}.pdf").write_bytes(b"another")
    assert copied(kept, letter)[0].pdf == b"one"
    (again / f"{letter}.pdf").write_bytes(b"one")
    (kept.office.folder / "issued" / f"{letter}.pdf").unlink()
    assert copied(kept, letter)[0].pdf == b"one"


def test_a_letter_named_twice_is_copied_once(kept: Kept) -> None:
    letter = kept.issue("one")
    assert len(copied(kept, letter, letter[:9], f"issued/{letter}.pdf")) == 1


def test_what_somebody_would_guess_is_known(kept: Kept) -> None:
    (one,) = copied(kept, kept.issue("one"))
    for known in ("C-1103", "Harbor Family Counseling", "Sam Rivera", "samira", "455 Belmont Street"):
        assert known in one.known


def test_where_one_cannot_be_copied_none_is(kept: Kept) -> None:
    whole, lost = kept.issue("one"), kept.issue("two", kind="record-access", step=None, for_silence=False)
    (kept.office.folder / "issued" / f"{lost}.pdf").unlink()
    found, findings = originals(kept.office, kept.register, [whole, lost], kept.desk)
    assert (found, [one.code for one in findings]) == ([], ["missing-letter"])


def test_one_password_is_for_one_reader(kept: Kept) -> None:
    one = copied(kept, kept.issue("one"))
    other = copied(kept, kept.issue("two", addressee="ruth", step=None, for_silence=False, kind="transfer"))
    expect_one_reader(one)
    with pytest.raises(UsageError, match="different people"):
        expect_one_reader(one + other)


def test_no_copy_is_written_where_one_name_is_taken(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"there")
    with pytest.raises(FileTakenError):
        publish_copies({tmp_path / "a.pdf": b"a", tmp_path / "b.pdf": b"b"})
    assert sorted(tmp_path.iterdir()) == [tmp_path / "b.pdf"]
    assert (tmp_path / "b.pdf").read_bytes() == b"there"
