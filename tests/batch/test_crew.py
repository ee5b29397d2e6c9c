"""Work in other processes: what ends, stalls or fails one of them is named, and the rest is done."""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from letters.batch.crew import Crew, Here, Lost
from letters.errors import MachineError, UsageError
from tests.support.killing import members, workers

ROOT = Path(__file__).parents[2]
PATIENCE = 4.0
_ERRORS = {"fault": ValueError(), "memory": MemoryError(), "machine": MachineError("Full.", "Make room.")}
Work = tuple[str, int]


def double(piece: Work) -> object:
    """Work that goes wrong in the way it is told to."""
    how, number = piece
    if how == "exit":
        os._exit(3)
    if how == "crash":
        ctypes.string_at(0)
    if how == "stall":
        ctypes.CDLL(None).sleep(600)
    if how == "cut":
        return _cut_off()
    if how == "unpicklable":
        return threading.Lock()
    if how in _ERRORS:
        raise _ERRORS[how]
    return 2 * number


def _cut_off() -> bytes:
    """A result so long that the process ends while it is being sent."""
    main = threading.main_thread().ident

    def end() -> None:
        while main is None or sys._current_frames()[main].f_code.co_name != "_send":
            time.sleep(0.0001)
        os._exit(3)

    threading.Thread(target=end, daemon=True).start()
    return bytes(100_000_000)


def done(pieces: list[Work], patience: float = PATIENCE) -> dict[int, object]:
    """Do all of it with two workers; each piece comes back once."""
    with Crew(Here(2), patience) as crew:
        found = [one for some in crew.run(double, ((piece[1], piece) for piece in pieces)) for one in some]
    keys = [key for key, _ in found]
    assert sorted(keys) == sorted(number for _, number in pieces)
    return dict(found)


def test_all_is_done_once() -> None:
    assert done([("well", number) for number in range(25)]) == {number: 2 * number for number in range(25)}


def test_nothing_to_do_starts_nothing() -> None:
    with Crew(Here(2)) as crew:
        assert list(crew.run(double, [])) == []
        assert crew._executor is None


def test_what_ends_a_process_is_named_and_the_rest_is_done() -> None:
    bad = {2: "exit", 3: "crash", 4: "exit", 9: "fault", 11: "memory", 13: "unpicklable"}
    found = done([(bad.get(number, "well"), number) for number in range(18)])
    lost = {number: came.how for number, came in found.items() if isinstance(came, Lost)}
    assert lost == {2: "ended", 3: "ended", 4: "ended", 9: "broke", 11: "broke", 13: "broke"}
    assert all(found[number] == 2 * number for number in range(18) if number not in bad)
    broke = found[9]
    assert isinstance(broke, Lost)
    assert isinstance(broke.error, ValueError)


def test_what_never_ends_is_given_up_and_the_rest_is_done() -> None:
    found = done([("stall" if number == 3 else "well", number) for number in range(10)], patience=2)
    assert found[3] == Lost("stalled")
    assert sum(not isinstance(came, Lost) for came in found.values()) == 9


def test_a_process_that_ends_in_the_middle_of_its_answer_is_not_waited_for() -> None:
    """What listens to it waits for the rest, and would so when the program ends."""
    found = done([("cut" if number == 1 else "well", number) for number in range(6)], patience=4)
    lost = {number for number, came in found.items() if isinstance(came, Lost)}
    assert lost == {1}


def _swallow(piece: bytes) -> int:
    if piece.startswith(b"ends"):
        os._exit(3)
    return len(piece)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_being_handed_to_a_process_that_ends_is_not_written_for_ever(workers: int) -> None:
    """More than a pipe holds, and nobody reads it any more."""
    pieces = [b"ends".ljust(500_000), *[bytes(500_000)] * 5]
    with Crew(Here(workers), PATIENCE) as crew:
        found = dict(one for some in crew.run(_swallow, enumerate(pieces)) for one in some)
    assert found == {0: Lost("ended")} | dict.fromkeys(range(1, 6), 500_000)


def test_an_error_that_all_would_have_is_raised() -> None:
    with pytest.raises(MachineError, match="Full") as caught:
        done([("machine" if number == 2 else "well", number) for number in range(10)])
    assert caught.value.remedy == "Make room."


def test_errors_come_back_from_a_process_as_they_were() -> None:
    again = pickle.loads(pickle.dumps(UsageError("No such kind.", "Name another.")))  # noqa: S301
    assert (again.message, again.remedy) == ("No such kind.", "Name another.")


def test_no_more_is_taken_than_is_being_done() -> None:
    taken = 0

    def things() -> Iterator[tuple[int, Work]]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number, ("well", number)

    with Crew(Here(2), PATIENCE) as crew:
        came = 0
        for some in crew.run(double, things()):
            came += len(some)
            assert taken <= came + 4
    assert came == 100


def test_processes_that_somebody_ends_cost_no_work() -> None:
    killed: list[int] = []

    def pieces() -> Iterator[tuple[int, Work]]:
        for number in range(80):
            if number >= 20 * (len(killed) + 1) and (found := _our_workers()):
                os.kill(found[0], signal.SIGKILL)
                killed.append(found[0])
            yield number, ("well", number)

    with Crew(Here(2), PATIENCE) as crew:
        came = [one for some in crew.run(double, pieces()) for one in some]
    assert killed
    assert sorted(came) == [(number, 2 * number) for number in range(80)]


def _our_workers() -> list[int]:
    """The processes that work for this one: children of a child."""
    parents = members(os.getpgrp())
    return [one for one, parent in parents.items() if parents.get(parent) == os.getpid()]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_no_worker_outlives_an_error(error: type[BaseException]) -> None:
    def leave() -> None:
        with Crew(Here(2), PATIENCE) as crew:
            for _ in crew.run(double, ((number, ("well", number)) for number in range(50))):
                assert _our_workers()
                raise error

    with pytest.raises(error):
        leave()
    _wait_until(lambda: not _our_workers())


def test_nothing_is_said_when_work_is_broken_off(capfd: pytest.CaptureFixture[str]) -> None:
    def leave() -> None:
        with Crew(Here(2), PATIENCE) as crew:
            list(crew.run(double, ((number, ("stall", number)) for number in _interrupted_at(4))))

    with pytest.raises(KeyboardInterrupt):
        leave()
    assert capfd.readouterr().err == ""


def _interrupted_at(number: int) -> Iterator[int]:
    yield from range(number - 1)
    raise KeyboardInterrupt


def test_workers_end_when_the_program_is_killed() -> None:
    program = textwrap.dedent("""
        import time
        from letters.batch.crew import Crew, Here
        from tests.batch.test_crew import double
        with Crew(Here(2)) as crew:
            for some in crew.run(double, ((n, ("stall" if n else "well", n)) for n in range(9))):
                print("begun", flush=True)
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        assert len(workers(process.pid)) == 2
        process.kill()
    _wait_until(lambda: not members(process.pid))


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


class _Unable(Here):
    """A machine on which no process can be started."""

    def open(self, workers: int) -> Any:
        executor: Any = super().open(workers)
        executor.submit = self._refuse
        return executor

    def _refuse(self, *_: object) -> Future[Any]:
        raise OSError(11, "Resource temporarily unavailable")


def test_a_machine_that_starts_no_processes_is_told() -> None:
    with pytest.raises(MachineError, match="cannot be started: Resource temporarily unavailable"):
        list(Crew(_Unable(2)).run(double, [(1, ("well", 1))]))


def test_a_folder_for_temporary_files_that_is_too_far_down_is_told(tmp_path: Path) -> None:
    """Processes meet at a socket in it, whose address may have some hundred signs."""
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    program = "from tests.batch.test_crew import done; done([('well', 1)])"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(deep)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "MachineError: The processes that make letters cannot be started" in ended.stderr
