"""`letters batch`: what may be asked for, what is said in the end, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from letters.batch import crew
from letters.proof import text
from tests.batch.conftest import AtOnce
from tests.commands.conftest import Run
from tests.support.caseloads import KIND, TABLE, caseload, row, run, write_rows


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a practice with a table of two clients, whose letters are made in this process."""
    folder = caseload(tmp_path / "office", 2)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(crew, "Here", AtOnce)
    return folder


pytestmark = pytest.mark.usefixtures("office")


def rows(*cells: dict[str, str]) -> None:
    names = dict.fromkeys(name for one in cells for name in one)
    write_rows(Path(), [dict.fromkeys(names, "") | one for one in cells])


def listed(name: str) -> list[dict[str, str]]:
    text = Path("out", name).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_what_came_of_all_is_said_in_the_end(letters: Run) -> None:
    rows(row(0), row(1, died="2026-10-02"), row(2, opened="2026-02-30"), row(3, opened="2026-02-31"))
    told = letters("batch", KIND, TABLE, "--out", "out")
    assert told.code == 1
    assert told.out.splitlines() == [
        "The letters are in out/letters, and what became of each in out/manifest.csv.",
        "To print: out/print.pdf, 2 pages.",
        "To print: out/labels.pdf.",
        "Who was not written to, and what to do instead: out/withheld.csv.",
        f"When they have left: letters log sent --batch {batch_id()} --how post",
        "To be mended, and given to the same command again: out/problems.csv.",
    ]
    assert [line.split() for line in told.err.splitlines()[-5:-2]] == [
        ["check", "letters"],
        ["deceased", "withheld", "1"],
        ["bad-value", "problem", "2"],
    ]
    assert told.err.splitlines()[-1] == "4 letters: 1 issued, 1 withheld, 2 with problems."
    assert "--> clients.csv: row 4, column C (opened)" in told.err


def test_all_issued_is_success(letters: Run) -> None:
    told = letters("batch", KIND, TABLE, "--out", "out", "--labels", "none")
    assert (told.code, told.err) == (0, "2 letters: 2 issued.\n")
    assert told.out.splitlines() == [
        "The letters are in out/letters, and what became of each in out/manifest.csv.",
        "To print: out/print.pdf, 4 pages.",
        f"When they have left: letters log sent --batch {batch_id()} --how post",
    ]


def batch_id() -> str:
    return str(json.loads(Path("out", "batch.json").read_text("utf-8"))["batch"])


def test_a_second_run_says_what_was_issued_before(letters: Run) -> None:
    letters("batch", KIND, TABLE, "--out", "out", "--limit", "1")
    told = letters("batch", KIND, TABLE, "--out", "out")
    assert (told.code, told.err.splitlines()[0]) == (0, "2 letters: 1 issued, 1 issued before.")
    told = letters("batch", KIND, TABLE, "--out", "out")
    assert (told.code, told.err.splitlines()[0]) == (0, "2 letters: 2 issued before.")
    assert "To print" not in told.out


def test_one_letter_is_one_letter(letters: Run) -> None:
    told = letters("batch", KIND, TABLE, "--out", "out", "--where", "case=K-0001")
    assert told.err.splitlines()[0] == "1 letter: 1 issued."


def test_nobody_is_no_letters(letters: Run) -> None:
    told = letters("batch", KIND, TABLE, "--out", "out", "--where", "case=K-9999")
    said = ["0 letters: 0 issued.", "Nobody is to be written to: no case is like that."]
    assert (told.code, told.err.splitlines()) == (1, said)


def test_a_dry_run_says_what_would_be_and_makes_nothing(letters: Run, office: Path) -> None:
    rows(row(0), row(1, died="2026-10-02"))
    before = sorted(office.rglob("*"))
    told = letters("batch", KIND, TABLE, "--dry-run", "--out", "out")
    assert (told.code, told.err.splitlines()[-1]) == (1, "2 letters: 1 to be made, 1 withheld.")
    assert sorted(office.rglob("*")) == before


def test_a_dry_run_needs_no_folder_and_succeeds_where_all_is_well(letters: Run) -> None:
    told = letters("batch", KIND, TABLE, "--dry-run")
    assert (told.code, told.err) == (0, "2 letters: 2 to be made.\n")


def test_a_dry_run_of_a_batch_that_was_begun_counts_what_was_issued(letters: Run) -> None:
    letters("batch", KIND, TABLE, "--out", "out", "--limit", "1")
    told = letters("batch", KIND, TABLE, "--out", "out", "--dry-run")
    assert told.err.splitlines()[-1] == "2 letters: 1 to be made, 1 issued before."


def test_the_report_as_json(letters: Run) -> None:
    rows(row(0), row(1, died="2026-10-02"))
    told = letters("batch", KIND, TABLE, "--out", "out", "--json")
    assert (told.code, told.err) == (1, "")
    report = json.loads(told.out)
    assert (report["counts"], report["issued_before"]) == ({"issued": 1, "withheld": 1}, 0)
    assert report["batch"].startswith("B-")
    first, second = report["letters"]
    told_of = [first[name] for name in ("case", "addressee", "status", "pages")]
    assert told_of == ["K-0000", "client-1", "issued", 2]
    assert Path("out", "letters", f"{first['letter']}.pdf").exists()
    assert (second["letter"], second["findings"][0]["code"]) == (None, "deceased")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((TABLE,), "There is no folder for the letters."),
        (("--out", "out"), "There is nobody to write to."),
        ((TABLE, "--out", "out", "--clinician", "dana-okafor"), "needs --open"),
        ((TABLE, "--out", "out", "--where", "clinician"), "is no condition"),
        ((TABLE, "--out", "out", "--where", "shoe size=42"), "There is no column 'shoe size'"),
        ((TABLE, "--out", "out", "--limit", "0"), "--limit"),
        ((TABLE, "--out", "out", "--sort", "age"), "--sort"),
        ((TABLE, "--out", "out", "--accept", "deceased=he would want it"), "cannot be accepted"),
        ((TABLE, "--out", "out", "--labels", "avery-1"), "avery-1"),
        ((TABLE, "--out", "out", "--envelopes", "c7"), "c7"),
        ((TABLE, "--out", "out", "--by", "nobody"), "nobody with the id"),
        ((TABLE, "--out", TABLE), TABLE),
        ((TABLE, "--out", "out", "--workers", "2", "--dask", "tcp://127.0.0.1:1"), "its own workers"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_before_anything_is_made(
    letters: Run, office: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(office.rglob("*"))
    told = letters("batch", KIND, *arguments)
    assert (told.code, told.out) == (2, "")
    assert message in told.said
    assert sorted(office.rglob("*")) == before


def test_a_kind_nobody_knows_is_told_with_the_nearest(letters: Run) -> None:
    told = letters("batch", "clinician-leavin", TABLE, "--out", "out")
    assert told.code == 2
    assert KIND in told.said


def test_a_table_as_a_whole_at_fault_makes_nothing(letters: Run) -> None:
    rows(row(0, shoe_size="42"))
    told = letters("batch", KIND, TABLE, "--out", "out")
    assert told.code == 1
    assert "shoe size" in told.said
    assert not Path("register.sqlite").exists()
    assert not Path("out", "manifest.csv").exists()


def test_the_register_must_be_there_to_write_to_its_cases(letters: Run) -> None:
    told = letters("batch", KIND, "--open", "--out", "out")
    assert told.code == 2
    assert not Path("out").exists()


def test_assignments_are_laid_over_the_cases_of_somebody(letters: Run) -> None:
    rows(row(0), row(1), row(2, clinician="sam-rivera"))
    assert letters("case", "import", TABLE, "--yes").code == 0
    rows({"case": "K-0001", "handover to": "sam-rivera", "handover on": "2027-01-18"})
    told = letters("batch", KIND, TABLE, "--open", "--clinician", "dana-okafor", "--out", "out")
    assert (told.code, told.err.splitlines()[0]) == (0, "2 letters: 2 issued."), told.err
    assert [(one["case"], one["source"]) for one in listed("manifest.csv")] == [
        ("K-0000", ""),
        ("K-0001", "row 2"),
    ]


def test_somebody_who_has_no_cases_is_told(letters: Run) -> None:
    letters("case", "import", TABLE, "--yes")
    told = letters("batch", KIND, "--open", "--clinician", "dana-okafur", "--out", "out")
    assert told.code == 2
    assert "dana-okafor" in told.said


def test_many_findings_are_told_in_the_lists_and_the_first_here(letters: Run) -> None:
    rows(*(row(number, opened=f"2026-02-{30 + number}") for number in range(15)))
    told = letters("batch", KIND, TABLE, "--out", "out")
    assert told.err.count("error[bad-value]") == 12
    assert "3 more findings are not shown. They stand in the lists." in told.err
    assert len(listed("problems.csv")) == 15


def test_notes_are_told_of_what_was_issued(letters: Run) -> None:
    first = row(0)
    rows(first, row(1, address_line_1=first["address line 1"], postcode=first["postcode"]))
    told = letters("batch", KIND, TABLE, "--out", "out")
    assert told.code == 0
    assert "note[one-home]" in told.err


def test_the_pile_is_sorted_as_asked(letters: Run) -> None:
    rows(
        row(0, client_name="Zoe Vale", postcode="97201"),
        row(1, client_name="Ann Vale", postcode="97299"),
    )
    pages = {}
    for sort in ("row", "name", "postcode"):
        letters("batch", KIND, TABLE, "--out", "out", "--sort", sort, "--labels", "none")
        pages[sort] = Path("out", "print.pdf").read_bytes()
        Path("out", "print.json").unlink()  # else nothing is put together a second time
    assert pages["row"] == pages["postcode"] != pages["name"]


def test_enclosures_go_behind_each_letter(
    letters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = caseload(tmp_path / "harbor", 2, "harbor")
    monkeypatch.chdir(folder)
    told = letters("batch", KIND, TABLE, "--out", "out", "--labels", "none")
    assert told.code == 0, told.err
    notice = Path("out/letters/enclosures")
    (file,) = notice.iterdir()
    assert file.read_bytes() == Path("enclosures/privacy-notice.en.pdf").read_bytes()
    told_of = listed("manifest.csv")
    assert [one["enclosures"] for one in told_of] == [f"letters/enclosures/{file.name} (2 pages)"] * 2
    printed = text(Path("out/print.pdf").read_bytes()).split("Our reference K-000")
    last = text(file.read_bytes()).splitlines()[-1]
    behind = [last in page for page in printed]
    assert behind.count(True) == 2
    assert behind[-1]


def test_real_processes_make_the_same_letters(letters: Run, office: Path) -> None:
    """Two runs beside one another, of one register each."""
    other = Path(shutil.copytree(office, office.parent / "other"))
    assert letters("batch", KIND, TABLE, "--out", "out").code == 0
    ran = run(other, "--workers", "2")
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (0, "2 letters: 2 issued.")
    made = {file.name: file.read_bytes() for file in (office / "out" / "letters").iterdir()}
    assert {file.name: file.read_bytes() for file in (other / "out" / "letters").iterdir()} == made
    assert len(made) == 2
    assert (office / "out" / "manifest.csv").read_bytes() == (other / "out" / "manifest.csv").read_bytes()
