"""`letters draft`: formats, where a draft goes, and what is refused before anything is made."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from letters.proof import page_count
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
KIND, CASE = "closing-lost-contact", "cases/C-1001.yaml"
STARTS = {"pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "text": b"[DRAFT]\n", "png": b"\x89PNG"}

pytestmark = pytest.mark.usefixtures("office")


def new_files() -> set[str]:
    return {path.name for path in Path().iterdir()} - {
        *("practice.yaml", "cases", "enclosures", "lena.svg", "logo.svg", "sam.svg")
    }


def test_without_options_it_is_draft_pdf(letters: Run) -> None:
    told = letters("draft", KIND, CASE)
    assert (told.code, told.out, told.err) == (0, "", "Wrote the draft to draft.pdf.\n")
    assert new_files() == {"draft.pdf"}
    assert Path("draft.pdf").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "form"), [("a.pdf", "pdf"), ("a.HTML", "html"), ("a.txt", "text"), ("a.Png", "png")]
)
def test_the_files_name_says_the_format_and_standard_output_gets_the_same(
    letters: Run, name: str, form: str
) -> None:
    told = letters("draft", KIND, CASE, "-o", name)
    assert (told.code, told.out, told.err) == (0, "", f"Wrote the draft to {name}.\n")
    written = Path(name).read_bytes()
    assert written.startswith(STARTS[form])
    told = letters("draft", KIND, CASE, "-o", "-", "--format", form)
    assert (told.code, told.err) == (0, "")
    assert told.product == written


@pytest.mark.parametrize(("form", "name"), [("html", "draft.html"), ("png", "draft.png")])
def test_a_format_alone_names_the_file(letters: Run, form: str, name: str) -> None:
    assert letters("draft", KIND, CASE, "--format", form).code == 0
    assert new_files() == {name}


def test_text_is_shown_and_says_that_it_is_a_draft(letters: Run) -> None:
    told = letters("draft", KIND, CASE, "--format", "text")
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0] == "[DRAFT]"
    for said in ("Harbor Family Counseling", "November 22, 2026", "Dear Jordan,", "Sincerely,"):
        assert said in lines
    assert new_files() == set()


def test_a_format_that_is_not_what_the_name_says_is_refused(letters: Run) -> None:
    told = letters("draft", KIND, CASE, "-o", "a.pdf", "--format", "png")
    assert (told.code, told.out, new_files()) == (2, "", set())
    assert told.err == (
        "error: --format asks for png, and the name a.pdf says pdf.\n"
        " help: End the name with .png, or leave out --format.\n"
    )


@pytest.mark.parametrize("name", ["a.txt", "a", "a.letter"])
def test_a_format_may_be_named_where_the_name_says_the_same_or_nothing(letters: Run, name: str) -> None:
    assert letters("draft", KIND, CASE, "-o", name, "--format", "text").code == 0
    assert Path(name).read_bytes().startswith(STARTS["text"])


def test_a_draft_is_of_one_case(letters: Run) -> None:
    told = letters("draft", KIND, CASE, "cases/C-1003.yaml")
    assert (told.code, told.out, new_files()) == (2, "", set())
    assert told.err == (
        "error: A draft is of one case, and here are 2.\n help: Make one draft after the other.\n"
    )


def test_an_option_there_is_not_is_answered_with_the_nearest(letters: Run) -> None:
    told = letters("draft", KIND, CASE, "--out", "a.pdf")
    assert told.code == 2
    assert told.err == ("error: There is no option --out for letters draft.\n help: Did you mean --output?\n")
    told = letters("draft", KIND, CASE, "--zzzzzz")
    assert told.err == (
        "error: There is no option --zzzzzz for letters draft.\n"
        " help: letters draft --help shows what there is.\n"
    )


@pytest.mark.parametrize("name", ["a.docx", "a", "", "a.pdf.zip"])
def test_a_name_that_says_no_format_is_refused(letters: Run, name: str) -> None:
    told = letters("draft", KIND, CASE, "-o", name)
    assert told.code == 2
    assert "does not say which format to make." in told.err
    assert "End it with .pdf, .html, .txt, .png" in told.err
    assert new_files() == set()


def test_a_case_may_come_from_standard_input(letters: Run) -> None:
    from_file = letters("draft", KIND, CASE, "-o", "-")
    told = letters("draft", KIND, "-", "-o", "-", stdin=Path(CASE).read_bytes())
    assert told.code == 0
    assert told.product == from_file.product


def test_a_terminal_gets_text_but_no_pdf() -> None:
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals")
    arguments = [sys.executable, "-m", "letters", "draft", KIND, CASE, "-o", "-"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}

    def shown(*more: str) -> tuple[int, str]:
        told = subprocess.run(
            [*arguments, *more],
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
            env=env,
            check=False,
        )
        return told.returncode, told.stderr

    said = "error: A PDF cannot be shown in a terminal.\n help: Name a file with -o, or use --format text.\n"
    assert shown() == (2, said)
    assert shown("--format", "text") == (0, "")
    assert os.read(ours, 9).startswith(b"[DRAFT]")
    os.close(theirs)
    os.close(ours)


def test_a_run_leaves_nothing_but_the_draft(office: Path) -> None:
    temporary = office / "temporary"
    temporary.mkdir()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    before = set(office.rglob("*"))
    subprocess.run(
        [sys.executable, "-m", "letters", "draft", KIND, CASE, "-o", "a.pdf"],
        env=env,
        check=True,
        stderr=subprocess.DEVNULL,
    )
    assert set(office.rglob("*")) - before == {office / "a.pdf"}


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("practice.yaml/a.pdf", 4, "a part of its path is a file and not a folder"),
        ("cases", 2, "is a directory"),
        ("x" * 300 + ".pdf", 2, "The name of a file or folder is too long."),
    ],
)
def test_where_nothing_can_be_written_that_is_said(letters: Run, name: str, code: int, said: str) -> None:
    told = letters("draft", KIND, CASE, "-o", name)
    assert (told.code, told.out) == (code, "")
    assert said in told.said
    assert new_files() == set()


@pytest.mark.parametrize(
    ("name", "what"), [(CASE, "case"), ("cases/../practice.yaml", "practice"), ("a.pdf", "case")]
)
def test_what_the_draft_is_made_from_is_never_replaced(letters: Run, name: str, what: str) -> None:
    Path("a.pdf").symlink_to(CASE)
    before = Path(name).read_bytes()
    told = letters("draft", KIND, CASE, "--format", "pdf", "-o", name)
    assert (told.code, told.out) == (2, "")
    assert told.said.startswith(f"error: {name} is the {what} file itself")
    assert Path(name).read_bytes() == before
    assert Path("a.pdf").is_symlink()


def test_a_practice_file_named_by_option_is_never_replaced(letters: Run) -> None:
    Path("practice.yaml").rename("office.pdf")
    told = letters("--practice", "office.pdf", "draft", KIND, CASE, "-o", "office.pdf")
    assert told.code == 2
    assert told.said.startswith("error: office.pdf is the practice file itself")


@pytest.mark.parametrize(("name", "form"), [("logo.svg", "png"), ("cases/C-1002.yaml", "text"), ("a", "pdf")])
def test_a_file_whose_name_says_something_else_is_not_replaced(letters: Run, name: str, form: str) -> None:
    Path("a").write_bytes(b"mine")
    before = Path(name).read_bytes()
    told = letters("draft", KIND, CASE, "--format", form, "-o", name)
    assert (told.code, told.out) == (2, "")
    assert told.said.startswith(f"error: There is already a file {name}, ")
    assert Path(name).read_bytes() == before


def test_a_draft_replaces_the_one_before(letters: Run) -> None:
    Path("a.PDF").write_bytes(b"before")
    assert letters("draft", KIND, CASE, "-o", "a.PDF").code == 0
    assert Path("a.PDF").read_bytes().startswith(b"%PDF-")


def test_a_pipe_is_not_replaced_by_a_file(letters: Run) -> None:
    os.mkfifo("a.pdf")
    told = letters("draft", KIND, CASE, "-o", "a.pdf")
    assert told.code == 2
    assert told.err.startswith("error: a.pdf is not an ordinary file.\n")
    assert Path("a.pdf").is_fifo()


def test_a_case_with_several_people_needs_to_say_whom(letters: Run) -> None:
    couple = "cases/C-1002.yaml"
    told = letters("draft", KIND, couple)
    assert (told.code, new_files()) == (1, set())
    assert "help: Make one at a time, with --to minh or --to khadija." in told.err
    to_minh = letters("draft", KIND, couple, "--to", "minh", "--format", "text")
    assert (to_minh.code, "Dear Minh," in to_minh.out, "Khadija" in to_minh.out) == (0, True, False)
    told = letters("draft", KIND, couple, "--to", "sam")
    assert told.code == 1
    assert "This letter may go to: minh, khadija." in told.err


@pytest.mark.parametrize("language", ["fr", "xx-YY", "klingon", "../en"])
def test_a_language_nobody_wrote_it_in_is_a_finding(letters: Run, language: str) -> None:
    told = letters("draft", KIND, CASE, "--language", language)
    assert told.code == 1
    assert f"error[language]: There is no {KIND} in the language {language}." in told.err
    assert new_files() == set()


def test_a_language_may_be_a_reader_s_own_sort_of_it(letters: Run) -> None:
    told = letters("draft", KIND, CASE, "--language", "en-GB", "--format", "text")
    assert told.code == 0
    assert "Yours sincerely," in told.out


def test_large_print_takes_more_room(letters: Run) -> None:
    usual = letters("draft", KIND, CASE, "-o", "-").product
    large = letters("draft", KIND, CASE, "--large-print", "-o", "-").product
    assert page_count(large) > page_count(usual)


def test_the_date_is_the_one_asked_for_else_today(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told = letters("draft", "--format", "text", "--dated", "2026-11-25", KIND, CASE)
    assert "November 25, 2026" in told.out
    monkeypatch.setenv("LETTERS_TODAY", "2026-11-24")
    assert "November 24, 2026" in letters("draft", "--format", "text", KIND, CASE).out


@pytest.mark.parametrize(
    "day", ["tomorrow", "2026-02-30", "11/22/2026", "", "2026-11-22T10:00", "22.11.2026"]
)
def test_a_date_that_is_none_is_refused(letters: Run, day: str) -> None:
    told = letters("draft", KIND, CASE, "--dated", day)
    assert (told.code, told.out) == (2, "")
    assert f"{day!r} is not a day of the calendar, written like 2026-12-06." in told.said
    assert new_files() == set()


def test_a_today_that_is_none_is_refused(letters: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", "yesterday")
    told = letters("draft", KIND, CASE)
    assert told.code == 2
    assert "LETTERS_TODAY does not hold a day of the calendar between 1900 and 2200." in told.said
    # A date of its own does not help: whether it has passed is known only from today's.
    assert letters("draft", KIND, CASE, "--dated", "2026-11-22").code == 2


def test_an_encoding_is_taken_where_it_is_named(letters: Run) -> None:
    text = Path(CASE).read_text().replace("Jordan Avery", "José Avery")
    Path("old.yaml").write_text(text, encoding="cp1252")
    refused = letters("draft", KIND, "old.yaml")
    assert refused.code == 1
    assert "--encoding" in refused.err
    told = letters("draft", KIND, "old.yaml", "--encoding", "cp1252", "--format", "text")
    assert told.code == 0
    assert "José Avery" in told.out


def test_an_error_leaves_the_draft_before_it_alone(letters: Run) -> None:
    Path("draft.pdf").write_bytes(b"before")
    told = letters("draft", KIND, "cases/C-1008.yaml")
    assert (told.code, told.out) == (1, "")
    assert "error[deceased]" in told.err
    assert Path("draft.pdf").read_bytes() == b"before"


def test_a_warning_does_not_stop_a_draft(letters: Run) -> None:
    text = Path(CASE).read_text().replace("confirmed: 2026-10-06", "confirmed: 2026-01-06")
    told = letters("draft", KIND, "-", stdin=text.encode())
    assert told.code == 0
    assert told.err.splitlines()[-2:] == ["1 warning", "Wrote the draft to draft.pdf."]


SPANISH = ("--language", "es", "--with-file-copy")


def test_a_file_copy_lies_beside_the_draft(letters: Run) -> None:
    told = letters("draft", KIND, CASE, *SPANISH, "-o", "a.txt")
    assert told.code == 0
    assert told.err.splitlines()[-2:] == [
        "Wrote the draft to a.txt.",
        "Wrote the draft to a.file-copy.txt.",
    ]
    assert Path("a.txt").read_text().startswith("[BORRADOR]")
    copy = Path("a.file-copy.txt").read_text()
    assert copy.startswith("[DRAFT]")
    assert "Dear Jordan," in copy


@pytest.mark.parametrize(("name", "copy"), [("a.pdf", "a.file-copy.pdf"), ("a.b.png", "a.b.file-copy.png")])
def test_a_file_copy_has_the_form_of_the_draft(letters: Run, name: str, copy: str) -> None:
    assert letters("draft", KIND, CASE, *SPANISH, "-o", name).code == 0
    assert new_files() == {name, copy}
    assert Path(copy).read_bytes().startswith(STARTS[name[-3:]])


def test_without_the_option_or_in_english_there_is_none(letters: Run) -> None:
    assert letters("draft", KIND, CASE, "--language", "es", "-o", "a.html").code == 0
    assert letters("draft", KIND, CASE, "--with-file-copy", "-o", "b.html").code == 0
    assert new_files() == {"a.html", "b.html"}


@pytest.mark.parametrize("more", [("-o", "-"), ("--format", "text")])
def test_two_files_do_not_go_to_standard_output(letters: Run, more: tuple[str, str]) -> None:
    told = letters("draft", KIND, CASE, "--with-file-copy", *more)
    assert (told.code, told.out, new_files()) == (2, "", set())
    assert told.err.startswith("error: A draft with a file copy is two files.\n")


def test_a_file_copy_replaces_neither_a_pipe_nor_the_case(letters: Run) -> None:
    os.mkfifo("a.file-copy.html")
    told = letters("draft", KIND, CASE, *SPANISH, "-o", "a.html")
    assert (told.code, new_files()) == (2, {"a.file-copy.html"})
    assert Path("a.file-copy.html").is_fifo()

    before = Path(CASE).read_bytes()
    Path("b.file-copy.html").hardlink_to(CASE)
    told = letters("draft", KIND, CASE, *SPANISH, "-o", "b.html")
    assert told.code == 2
    assert "is the case file itself" in told.said
    assert Path("b.file-copy.html").read_bytes() == before
