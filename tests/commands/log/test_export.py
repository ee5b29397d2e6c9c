"""`letters log export`: a copy for delivery, of a letter that may leave, and the letter itself untouched."""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from letters.model.history import LetterReturned, LetterSent, LetterVoided
from tests.caseload.kept import Kept
from tests.commands.conftest import Run
from tests.commands.terminal import PROGRAM, ROOT

WORDS = "lantern orchard tuesday"
PDF = """%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000052 00000 n 
0000000101 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
164
%%EOF
"""  # noqa: W291 - each line of the table has 20 bytes


@pytest.fixture
def letter(kept: Kept) -> str:
    """The name of a letter to Samira that is a PDF."""
    return kept.issue(PDF)


def file_of(letter: str) -> Path:
    return Path("copies", f"{letter}.pdf")


def opened(file: Path, password: str) -> int:
    with pikepdf.open(file, password=password) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        return len(pdf.pages)


def test_without_a_password_it_is_the_same_file(letters: Run, letter: str) -> None:
    told = letters("log", "export", letter[:8])
    assert (told.code, told.out) == (0, f"copies/{letter}.pdf\n")
    assert f"{letter} (case C-1103, to samira): copied." in told.said
    assert "opens without a password" in told.said
    assert file_of(letter).read_text() == PDF
    assert [stat.S_IMODE(place.stat().st_mode) for place in (Path("copies"), file_of(letter))] == [
        0o700,
        0o600,
    ]


def asked(*arguments: str, typed: Sequence[str]) -> tuple[int, str]:
    """Run the program at a terminal, and type each answer once it is asked for: before, it is thrown away."""
    try:
        pid, terminal = os.forkpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals")
    if not pid:
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", PROGRAM, *arguments])  # noqa: S606 - no shell is wanted
    shown, answers = b"", list(typed)
    while select.select([terminal], [], [], 60)[0]:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        shown += piece
        if piece.endswith(b": ") and answers:
            os.write(terminal, answers.pop(0).encode())
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, " ".join(shown.decode().split())


def test_at_a_terminal_the_password_is_typed_twice_and_never_shown(letter: str) -> None:
    line = ("log", "export", letter, "--password")
    code, shown = asked(*line, typed=[f"{WORDS}\n"] * 2)
    assert (code, "Once more" in shown, WORDS in shown) == (0, True, False), shown
    assert opened(file_of(letter), WORDS) == 1
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file_of(letter))
    assert "another way than the copy goes" in shown
    assert Path("issued", f"{letter}.pdf").read_text() == PDF


def test_the_password_is_nowhere_else(letters: Run, kept: Kept, letter: str) -> None:
    told = letters("log", "export", letter, "--password-stdin", stdin=f"{WORDS}\r\n".encode())
    assert told.code == 0, told.said
    assert opened(file_of(letter), WORDS) == 1
    written = [file.read_bytes() for file in Path().rglob("*") if file.is_file()]
    assert len(written) > 5
    assert [data for data in (*written, told.product, told.err.encode()) if WORDS.encode() in data] == []
    assert not any(WORDS in value for value in os.environ.values())
    assert kept.events().count("letter-issued") == len(kept.events()) - 1


def test_two_that_differ_are_asked_for_again(letter: str) -> None:
    typed = [f"{word}\n" for word in (WORDS, f"{WORDS}s", WORDS, WORDS)]
    code, shown = asked("log", "export", letter, "--password", typed=typed)
    assert (code, "do not match" in shown) == (0, True), shown


def test_somebody_may_think_better_of_it(letter: str) -> None:
    code, shown = asked("log", "export", letter, "--password", typed=["\x03"])
    assert (code, "Interrupted." in shown) == (130, True), shown
    assert not Path("copies").exists()


def test_without_a_terminal_nobody_is_asked(letters: Run, letter: str) -> None:
    told = letters("log", "export", letter, "--password", stdin=f"{WORDS}\n".encode())
    assert (told.code, "--password-stdin" in told.said) == (2, True)
    assert not Path("copies").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "no password in the standard input"),
        (b"\n", "shorter than 15"),
        (b"\xff\xfe\n", "not UTF-8"),
        (b"samira lantern 14\n", "known of the client"),
        (b"C-1103 belmont street\n", "known of the client"),
        (b"x" * 5000, "longer than 127"),
    ],
)
def test_a_weak_password_is_refused_and_not_repeated(
    letters: Run, letter: str, given: bytes, said: str
) -> None:
    told = letters("log", "export", letter, "--password-stdin", stdin=given)
    assert (told.code, said in told.said) == (2, True), told.said
    assert len(given.strip()) < 3 or given.strip().decode("latin-1") not in told.err
    assert not Path("copies").exists()


def test_several_go_into_a_folder_and_one_may_have_a_name(letters: Run, kept: Kept, letter: str) -> None:
    other = kept.issue(PDF + "%\n", addressee="samira", kind="record-access", for_silence=False, step=None)
    told = letters("log", "export", letter, other, letter, "-o", "out")
    assert (told.code, len(told.out.splitlines())) == (0, 2), told.said
    assert letters("log", "export", letter, "-o", "out/plain.pdf").code == 0
    assert sorted(file.name for file in Path("out").iterdir()) == sorted(
        [f"{letter}.pdf", f"{other}.pdf", "plain.pdf"]
    )
    told = letters("log", "export", letter, other, "-o", "both.pdf")
    assert (told.code, "both.pdf is one file" in told.said) == (2, True)
    assert letters("log", "export", letter, "-o", "-").code == 2


def test_one_password_is_for_one_reader(letters: Run, kept: Kept, letter: str) -> None:
    other = kept.issue(PDF + "%\n", addressee="ruth", kind="record-access", for_silence=False, step=None)
    line = ("log", "export", letter, other)
    told = letters(*line, "--password-stdin", stdin=f"{WORDS}\n".encode())
    assert (told.code, "different people" in told.said) == (2, True)
    assert letters(*line).code == 0


def test_no_file_is_written_over(letters: Run, letter: str) -> None:
    for output in ("issued", f"issued/{letter}.pdf"):
        told = letters("log", "export", letter, "-o", output, "--password-stdin", stdin=f"{WORDS}\n".encode())
        assert (told.code, "already a file" in told.said) == (2, True)
    assert Path("issued", f"{letter}.pdf").read_text() == PDF


def test_what_must_not_leave_is_not_copied(letters: Run, kept: Kept, letter: str) -> None:
    other = kept.issue(PDF + "%\n", replaces=letter)
    told = letters("log", "export", other, letter)
    assert (told.code, "error[must-not-leave]" in told.said, told.out) == (1, True, "")
    assert told.said.endswith("Nothing was copied.")
    kept.tell(LetterVoided(letter=other, because="it names the wrong day"), "C-1103")
    assert "was voided" in letters("log", "export", other).said
    note = kept.issue(PDF + "%%\n", kind="file-note", route="", step=None, for_silence=False)
    assert "stays with the practice" in letters("log", "export", note).said
    assert not Path("copies").exists()


def test_what_was_sent_or_came_back_may_be_sent_another_way(letters: Run, kept: Kept, letter: str) -> None:
    kept.tell(LetterSent(letter=letter, on=date(2026, 11, 22), how="post"), "C-1103")
    assert letters("log", "export", letter).code == 0
    kept.tell(LetterReturned(letter=letter, on=date(2026, 11, 22)), "C-1103")
    assert letters("log", "export", letter, "-o", "again").code == 0


def test_a_file_that_is_not_what_was_issued_is_told(letters: Run, letter: str) -> None:
    file = Path("issued", f"{letter}.pdf")
    file.write_text(PDF.replace("612", "611"))
    told = letters("log", "export", letter)
    assert (told.code, "error[altered-letter]" in told.said) == (1, True)
    file.unlink()
    assert "error[missing-letter]" in letters("log", "export", letter).said
    file.symlink_to("practice.yaml")
    assert "error[unreadable-letter]" in letters("log", "export", letter).said
    assert not Path("copies").exists()


def test_a_letter_nobody_knows_and_a_folder_nobody_may_write_to(letters: Run, letter: str) -> None:
    told = letters("log", "export", "L-zzzz")
    assert (told.code, "There is no letter L-zzzz" in told.said) == (2, True)
    assert letters("log", "export").code == 2
    told = letters("log", "export", letter, "-o", "practice.yaml/below")
    assert (told.code, "cannot be written" in told.said) == (4, True), told.said
    told = letters("log", "export", letter, "-o", "/proc/copies")
    assert told.code == 4, told.said
