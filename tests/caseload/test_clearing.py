"""Clearing: what is erased, what stays, and what is never touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.caseload.clearing import Cleared, against_erasing, backups, clear, expect_discreet
from letters.errors import MachineError, UsageError
from letters.files import letter_id
from letters.model.history import CaseMerged, LetterAgain, TaskOpened
from letters.register import queries
from letters.register.erasing import overwrite
from letters.register.verifying import verify
from tests.caseload.kept import AT, SAM, Kept
from tests.support.desk import TODAY

LATER = date(2035, 1, 1)


def cleared(kept: Kept, *numbers: str) -> Cleared:
    with kept.register.writing(SAM, AT) as writing:
        return clear(writing, numbers, "seven years have passed", kept.office)


def codes(kept: Kept, today: date, number: str = "C-1103", *, early: bool = False) -> list[str]:
    found = kept.ask(
        lambda connection: against_erasing(connection, [number], kept.office, today, early=early)
    )
    return [one.code for one in found]


def file(kept: Kept, name: str, ending: str = ".pdf") -> Path:
    return kept.office.folder / "issued" / f"{name}{ending}"


def test_an_open_case_is_never_erased(kept: Kept) -> None:
    assert codes(kept, LATER) == ["erase-open"]
    assert codes(kept, LATER, early=True) == ["erase-open"]


def test_what_must_be_kept_goes_only_early(kept: Kept) -> None:
    kept.end("C-1103", TODAY)
    assert codes(kept, TODAY) == ["erase-not-due"]
    assert codes(kept, TODAY, early=True) == []
    assert codes(kept, LATER) == []


def test_a_case_that_is_not_there_is_told(kept: Kept) -> None:
    with pytest.raises(UsageError, match="There is no case C-9"):
        codes(kept, LATER, "C-9")


def test_all_of_the_case_is_gone_and_the_rest_stays(kept: Kept) -> None:
    mine, other = kept.issue("mine", copy="in English"), kept.issue("other", "C-1001")
    kept.end("C-1103", TODAY)
    told = cleared(kept, "C-1103", "C-1103")
    (erased,) = told.erased
    assert (erased.numbers, erased.letters, erased.entries) == (["C-1103"], [mine], [1, 3, 5])
    assert sorted(told.removed) == sorted([file(kept, mine), file(kept, mine, ".file-copy.pdf")])
    assert (told.missing, told.left) == ([], [])
    assert not file(kept, mine).exists()
    assert file(kept, other).read_bytes() == b"other"
    with pytest.raises(UsageError, match="was erased"):
        kept.ask(queries.find, "C-1103")
    assert kept.ask(queries.find, "C-1001").names == "Jordan Avery"
    assert verify(kept.register)[1] == []


def test_nothing_of_it_is_left_in_the_file(kept_in_file: Kept) -> None:
    kept = kept_in_file
    kept.issue("mine")
    kept.end("C-1103", TODAY)
    where = kept.register.where.file
    assert where
    before = b"".join(path.read_bytes() for path in where.parent.glob("register.sqlite*"))
    assert b"Belmont" in before
    cleared(kept, "C-1103")
    overwrite(kept.register)
    after = b"".join(path.read_bytes() for path in where.parent.glob("register.sqlite*"))
    assert b"Belmont" not in after
    assert "سميرة".encode() not in after
    assert b"Alder" in after  # of the other case


def test_only_what_letters_made_is_removed(kept: Kept, tmp_path: Path) -> None:
    altered, gone, linked = kept.issue("altered"), kept.issue("gone"), kept.issue("linked")
    file(kept, altered).write_bytes(b"somebody's notes")
    file(kept, gone).unlink()
    target = tmp_path / "target.pdf"
    file(kept, linked).rename(target)
    file(kept, linked).symlink_to(target)
    kept.end("C-1103", TODAY)
    told = cleared(kept, "C-1103")
    assert (told.removed, told.missing) == ([], [file(kept, gone)])
    assert told.left == [file(kept, altered), file(kept, linked)]
    assert file(kept, altered).read_bytes() == b"somebody's notes"
    assert target.read_bytes() == b"linked"


def test_a_letter_made_again_goes_from_both_folders(kept: Kept) -> None:
    name = kept.issue("mine")
    kept.tell(LetterAgain(letter=name, because="lost", folder="more"), "C-1103")
    again = kept.office.folder / "more" / f"{name}.pdf"
    again.parent.mkdir()
    again.write_bytes(b"mine")
    kept.end("C-1103", TODAY)
    assert sorted(cleared(kept, "C-1103").removed) == sorted([again, file(kept, name)])


def test_a_draft_made_for_a_task_goes_while_it_is_whole(kept: Kept) -> None:
    drafts = kept.office.folder / "drafts"
    drafts.mkdir()
    whole, edited = (drafts / f"D{letter_id(text)[1:]}.pdf" for text in (b"whole", b"edited"))
    for file, text in ((whole, b"whole"), (edited, b"my own"), (drafts / "notes.pdf", b"notes")):
        file.write_bytes(text)
        kept.tell(TaskOpened(task="letter", what="write", file=f"drafts/{file.name}"), "C-1103")
    kept.end("C-1103", TODAY)
    result = cleared(kept, "C-1103")
    assert result.removed == [whole]
    assert result.left == [edited, drafts / "notes.pdf"]


def test_what_was_merged_into_it_goes_with_it(kept: Kept) -> None:
    name = kept.issue("other", "C-1001", addressee="jordan")
    data = kept.ask(queries.data, "C-1103")
    kept.tell(CaseMerged(other="C-1001", data=data), "C-1103")
    kept.end("C-1103", TODAY)
    told = cleared(kept, "C-1103")
    assert told.erased[0].numbers == ["C-1103", "C-1001"]
    assert told.removed == [file(kept, name)]
    assert verify(kept.register)[1] == []


def test_where_a_file_cannot_go_the_register_still_knows_of_it(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = kept.issue("mine")
    kept.end("C-1103", TODAY)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(MachineError, match="cannot be removed"):
            cleared(kept, "C-1103")
    assert kept.letter(name).status == "issued"
    assert cleared(kept, "C-1103").removed == [file(kept, name)]


def test_the_reason_must_not_keep_what_is_erased(kept: Kept) -> None:
    for reason in ("Jordan asked for it", "the adjustment disorder is over"):
        with pytest.raises(UsageError, match="C-1001"):
            kept.ask(expect_discreet, ["C-1103", "C-1001"], reason)
    kept.ask(expect_discreet, ["C-1103", "C-1001"], "seven years have passed")


def test_copies_that_still_hold_it_are_named(kept: Kept) -> None:
    copies = [
        kept.office.folder / name for name in ("register-20260101T000000Z.sqlite", "register-old.jsonl")
    ]
    for copy in copies:
        copy.write_bytes(b"")
    assert backups(kept.office) == copies
