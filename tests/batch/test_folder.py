"""The folder of a batch tells which batch it holds, and is one run's at a time."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from letters.batch.folder import LETTERS, STATE, alone, begin, begun, clear, expect_same
from letters.errors import UsageError
from letters.issuing import ENCLOSURES

KIND, DAY = "clinician-leaving", date(2026, 11, 22)
TEMPORARY = ".letters-0123456789abcdef.tmp"
ROOT = Path(__file__).parents[2]


def test_a_batch_is_known_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert begun(out) is None
    batch = begin(out, KIND, DAY, language="es", large_print=True)
    assert begun(out) == batch
    assert (batch.day, batch.language, batch.large_print) == (DAY, "es", True)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert stat.S_IMODE((out / STATE).stat().st_mode) == 0o600


def test_no_two_batches_have_one_name(tmp_path: Path) -> None:
    made = {begin(tmp_path / str(n), KIND, DAY, language=None, large_print=False).batch for n in range(50)}
    assert len(made) == 50


def test_a_folder_with_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UsageError, match="something else than a batch"):
        begun(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_what_a_killed_run_left_before_it_could_begin_is_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".lock").touch()
    (tmp_path / TEMPORARY).write_text('{"batch')
    assert begun(tmp_path) is None


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(UsageError, match="is a file and not a folder"):
        begun(tmp_path / "out")


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"batch": "B-1"}', b"\xff\xfe", b"null"])
def test_a_damaged_batch_is_told(damaged: bytes, tmp_path: Path) -> None:
    (tmp_path / STATE).write_bytes(damaged)
    with pytest.raises(UsageError, match="does not tell which batch this is") as caught:
        begun(tmp_path)
    assert "not issued twice" in caught.value.remedy


def test_a_folder_of_its_name_is_told(tmp_path: Path) -> None:
    (tmp_path / STATE).mkdir()
    with pytest.raises(UsageError, match="does not tell which batch this is"):
        begun(tmp_path)


def test_another_batch_is_not_put_into_it(tmp_path: Path) -> None:
    batch = begin(tmp_path, KIND, DAY, language=None, large_print=False)
    expect_same(batch, tmp_path, kind=KIND, dated=None, language=None)
    with pytest.raises(UsageError, match=f"of the kind {KIND}, and not of the kind transfer"):
        expect_same(batch, tmp_path, kind="transfer")
    with pytest.raises(UsageError, match="holds a batch of letters"):
        expect_same(batch, tmp_path, large_print=True)


def test_one_run_at_a_time_works_in_it(tmp_path: Path) -> None:
    def enter() -> None:
        with alone(tmp_path):
            raise AssertionError

    with alone(tmp_path), pytest.raises(UsageError, match="Another run is at work"):
        enter()
    with alone(tmp_path):
        assert begun(tmp_path) is None


def test_a_killed_run_is_not_at_work_any_more(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from letters.batch.folder import alone\n"
        "with alone(Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(UsageError), alone(tmp_path):
            pass
        process.kill()
    with alone(tmp_path):
        pass


def test_what_killed_runs_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    places = (tmp_path, tmp_path / LETTERS, tmp_path / LETTERS / ENCLOSURES)
    for place in places:
        place.mkdir(exist_ok=True)
        (place / TEMPORARY).touch()
        (place / "kept.pdf").touch()
        (place / ".letters-mine.tmp").touch()
    clear(tmp_path)
    for place in places:
        left = sorted(path.name for path in place.iterdir() if path.is_file())
        assert left == [".letters-mine.tmp", "kept.pdf"]


def test_a_folder_that_others_could_look_into_is_closed_to_them(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o755)
    begin(out, "outreach", date(2026, 11, 22), language=None, large_print=False)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
