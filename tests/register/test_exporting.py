"""The whole register as files, and back again without loss; what is damaged or foreign is refused."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from letters.errors import MachineError, UsageError
from letters.files import FileTakenError
from letters.model.history import LetterReturned
from letters.register import exporting, tables
from letters.register.chain import link
from letters.register.exporting import HISTORY, defused, export, restore, write_history
from letters.register.opening import connect
from letters.register.store import Register, head_of
from letters.register.verifying import verify
from tests.register.telling import ANNA, AT, STORY, TODAY, entered, entries, erased, issued, opened, tell
from tests.support.postgres import Server

SHEETS = ["cases.csv", "contacts.csv", "endings.csv", "letters.csv", "approvals.csv", "tasks.csv"]


def exported(register: Register, folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in export(register, folder)}


def test_everything_goes_out_and_comes_back_the_same_in_whatever_database(
    told: Register, tmp_path: Path, postgres_server: Server
) -> None:
    erased(told, "C-1")
    first = exported(told, tmp_path / "0")
    assert sorted(first) == sorted([HISTORY, *SHEETS])
    address = postgres_server.new_database()
    for number, where in enumerate((str(tmp_path / "a.sqlite"), address, str(tmp_path / "b.sqlite"))):
        other = opened(where, tmp_path)
        assert restore(other, tmp_path / str(number) / HISTORY, ANNA) == len(STORY) + 1
        assert exported(other, tmp_path / str(number + 1)) == first
        assert verify(other) == (verify(told)[0], [])
    postgres_server.drop_database(address)


def test_a_restored_register_goes_on(told: Register, tmp_path: Path) -> None:
    export(told, tmp_path / "out")
    other = opened(str(tmp_path / "other.sqlite"), tmp_path)
    restore(other, tmp_path / "out" / HISTORY, ANNA)
    tell(other, [(entered("C-9"), "C-9")])
    assert verify(other)[1] == []


def test_an_empty_register_goes_out_and_comes_back(register: Register, tmp_path: Path) -> None:
    first = exported(register, tmp_path / "first")
    other = opened(str(tmp_path / "other.sqlite"), tmp_path)
    assert restore(other, tmp_path / "first" / HISTORY, ANNA) == 0
    assert exported(other, tmp_path / "second") == first


def test_what_was_exported_is_for_its_owners_eyes(told: Register, tmp_path: Path) -> None:
    files = export(told, tmp_path / "out")
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_the_sheets_have_every_row(told: Register, tmp_path: Path) -> None:
    export(told, tmp_path / "out")
    for name, table in zip(SHEETS, tables.SUMS, strict=True):
        with (tmp_path / "out" / name).open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        with told.reading() as connection:
            assert len(rows) == connection.execute(select(func.count()).select_from(table)).scalar_one() > 0
        assert list(rows[0]) == [column.name for column in table.columns]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_is_a_formula(sign: str) -> None:
    assert defused(f"{sign}1+1") == f"'{sign}1+1"
    assert (defused("a=1"), defused(None), defused(12)) == ("a=1", "", "12")


def test_nothing_is_written_over(told: Register, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letters.csv").write_text("mine")
    with pytest.raises(UsageError, match=r"already a file .*letters\.csv"):
        export(told, tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["letters.csv"]
    file = tmp_path / "history.jsonl"
    file.write_text("mine")
    with pytest.raises(FileTakenError, match=r"already a file .*history\.jsonl"):
        write_history(told.engine, told.where, file)
    assert file.read_text() == "mine"


def test_a_folder_that_cannot_be_is_told(told: Register, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="a part of its path is a file"):
        export(told, tmp_path / "file" / "out")


def _lines(change: Callable[[list[str]], object]) -> Callable[[Path], None]:
    def do(file: Path) -> None:
        lines = file.read_text("utf-8").splitlines(keepends=True)
        change(lines)
        file.write_text("".join(lines), "utf-8")

    return do


def _field(line: int, **values: object) -> Callable[[Path], None]:
    def change(lines: list[str]) -> None:
        lines[line] = json.dumps({**json.loads(lines[line]), **values}) + "\n"

    return _lines(change)


def _swap(lines: list[str]) -> None:
    lines[3], lines[4] = lines[4], lines[3]


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut within a line": (lambda file: file.write_bytes(file.read_bytes()[:-40]), "is not the history"),
    "cut at a line": (_lines(lambda lines: lines.pop()), f"is damaged: Entry {len(STORY)} is missing"),
    "a line gone": (_lines(lambda lines: lines.pop(4)), "is damaged: Entry 4 is missing"),
    "a line twice": (_lines(lambda lines: lines.insert(3, lines[3])), "is damaged: Entry 3"),
    "lines swapped": (_lines(_swap), "is damaged: Entry 3 is missing"),
    "a field altered": (_field(3, by="bert"), "is damaged: Entry 3"),
    "content altered": (_field(3, body="{}"), "is damaged: Entry 3"),
    "content gone": (_field(3, body=None, salt=None), "is damaged: The content of entry 3 is gone"),
    "a field of another type": (_field(3, at=5), "is not the history"),
    "content of another type": (_field(3, body={}), "is not the history"),
    "a field too many": (_field(3, more="x"), "is not the history"),
    "a head of another type": (_field(0, entries="5"), "is not the history"),
    "a truth for a number": (_field(1, seq=True), "is damaged: Entry True"),
    "a newer version": (_field(0, register="9999"), "newer version of letters"),
    "no head": (_lines(lambda lines: lines.pop(0)), "is not the history"),
    "nothing": (lambda file: file.write_bytes(b""), "is not the history"),
    "a text": (lambda file: file.write_text("Dear Ms. Example\n"), "is not the history"),
    "a list": (lambda file: file.write_text("[1]\n"), "is not the history"),
    "a picture": (lambda file: file.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xd8"), "is not the history"),
    "brackets": (lambda file: file.write_text("[" * 100_000), "is not the history"),
    "not there": (lambda file: file.unlink(), "cannot be read"),
}


def test_a_damaged_or_foreign_history_is_refused_and_leaves_nothing(told: Register, tmp_path: Path) -> None:
    export(told, tmp_path / "out")
    whole = tmp_path / "out" / HISTORY
    target = opened(str(tmp_path / "target.sqlite"), tmp_path)
    for name, (damage, message) in DAMAGE.items():
        file = tmp_path / "damaged.jsonl"
        file.write_bytes(whole.read_bytes())
        damage(file)
        with pytest.raises(UsageError) as caught:
            restore(target, file, ANNA)
        assert message in caught.value.message, name
        assert entries(target) == [], name
    restore(target, whole, ANNA)
    assert len(entries(target)) == len(STORY)


def test_a_history_goes_into_an_empty_register_only(told: Register, tmp_path: Path) -> None:
    export(told, tmp_path / "out")
    before = entries(told)
    with pytest.raises(UsageError, match="is not empty"):
        restore(told, tmp_path / "out" / HISTORY, ANNA)
    assert entries(told) == before


def test_an_event_nobody_knows_is_refused_whole(told: Register, tmp_path: Path) -> None:
    with told.writing(ANNA, AT) as writing:
        unknown = link(head_of(writing.connection), "t", "anna", "anna.k", "case-teleported", None, "{}")
        writing.restore(unknown, None)
    export(told, tmp_path / "out")
    target = opened(str(tmp_path / "target.sqlite"), tmp_path)
    with pytest.raises(UsageError, match=f"Entry {unknown.seq} of .* cannot be read"):
        restore(target, tmp_path / "out" / HISTORY, ANNA)
    assert entries(target) == []
    with pytest.raises(MachineError, match=f"Entry {unknown.seq} is of a sort"):
        verify(told)


def test_an_export_is_of_one_instant(told: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, write = Register(told.where, connect(told.where)), exporting._write_sheet

    def meanwhile(file: Path, *rest: object) -> None:
        if file.name == "letters.csv":
            tell(other, [(issued("L-9"), "C-1"), (LetterReturned(letter="L-9", on=TODAY), "C-1")])
        write(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "_write_sheet", meanwhile)
    export(told, tmp_path / "out")
    assert len(entries(told)) == len(STORY) + 2
    assert "L-9" not in (tmp_path / "out" / "letters.csv").read_text("utf-8")
    assert len((tmp_path / "out" / HISTORY).read_text("utf-8").splitlines()) == len(STORY) + 1
