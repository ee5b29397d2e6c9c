"""Whoever asks a batch to end has it end soon and cleanly, with what is done kept and told."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from letters.batch.interruption import Interruption
from tests.support.caseloads import caseload, command, run, surroundings
from tests.support.killing import letters, members, outliving, tally

LETTERS = 24


def heed() -> None:
    """Have a process mind what asks it to end, also where these tests run in the background."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def begun(folder: Path, made: int) -> Iterator[subprocess.Popen[str]]:
    """A batch at work in a process group of its own, which has made so many letters."""
    process = subprocess.Popen(
        command("--workers", "2"),
        cwd=folder,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=heed,
    )
    with process:
        until = time.monotonic() + 60
        while letters(folder) < made:
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < until
            time.sleep(0.005)
        yield process


def told(folder: Path) -> Counter[str]:
    """What became of the letters, as the manifest says."""
    with (folder / "out/manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return Counter(row["status"] for row in csv.DictReader(file))


def test_interrupted_a_run_tells_what_is_done_and_goes_on_later(tmp_path: Path) -> None:
    folder = caseload(tmp_path / "office", LETTERS)
    made = ended(folder, signal.SIGINT)
    again = run(folder)
    assert again.returncode == 0, again.stderr
    assert f"{LETTERS} letters: {LETTERS - made} issued, {made} issued before." in again.stderr
    assert tally(folder) == []


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_so_it_does_when_the_machine_or_the_terminal_goes(sign: signal.Signals, tmp_path: Path) -> None:
    ended(caseload(tmp_path / "office", LETTERS), sign)


def ended(folder: Path, sign: signal.Signals) -> int:
    """Have all of a run get a signal in the middle of its work; return how many letters it has made."""
    with begun(folder, made=4) as process:
        os.killpg(process.pid, sign)
        said, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    goes_on = "What was made stays. Run the same command again, and it goes on.\n"
    assert said == f"{goes_on}error: Interrupted.\n"
    made = letters(folder)
    assert 4 <= made < LETTERS
    assert told(folder) == {"issued": made, "planned": LETTERS - made}
    assert not outliving(process)
    return made


def test_interrupted_while_it_starts_it_says_so_and_no_more(tmp_path: Path) -> None:
    folder = caseload(tmp_path / "office", 3)
    process = subprocess.Popen(
        command(),
        cwd=folder,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=heed,
    )
    with process:
        while len(members(process.pid)) < 3:  # what processes are copied from has begun to load the engine
            assert process.poll() is None
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=20)
    assert (process.returncode, said) == (130, "error: Interrupted.\n")
    assert letters(folder) == 0
    assert run(folder).returncode == 0


def test_at_a_terminal_the_line_of_progress_is_gone_before_the_message(tmp_path: Path) -> None:
    import pty

    folder = caseload(tmp_path / "office", LETTERS)
    try:
        pid, terminal = pty.fork()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals")
    if not pid:
        os.chdir(folder)
        os.execve(sys.executable, command(), surroundings())  # noqa: S606 - no shell is wanted
    until = time.monotonic() + 60
    shown = b""
    while letters(folder) < 3 and time.monotonic() < until:
        shown += os.read(terminal, 4096)
    os.write(terminal, b"\x03")
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # how a terminal tells that the program ended
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130
    assert b"Made" in shown
    assert b"Traceback" not in shown
    last = shown.rpartition(b"\r ")[2]
    assert b"Interrupted." in last
    assert letters(folder) < LETTERS


def test_what_is_held_is_seen_through_unless_asked_twice() -> None:
    done = []

    def work(times: int) -> None:
        with Interruption() as interruption, interruption.held():
            for _ in range(times):
                signal.raise_signal(signal.SIGTERM)
            done.append(times)

    for times in (1, 2):
        with pytest.raises(KeyboardInterrupt):
            work(times)
    assert done == [1]


def test_signals_are_as_before_afterwards() -> None:
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with Interruption():
        assert signal.getsignal(signal.SIGTERM) != before[1]
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before


def test_what_is_to_outlive_its_terminal_does() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interruption():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
