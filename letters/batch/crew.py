"""Work is handed out to other processes; what ends or stalls one of them is named and set aside."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import forkserver, get_context, resource_tracker
from multiprocessing.context import BaseContext
from signal import SIG_BLOCK, SIG_SETMASK, SIGHUP, SIGINT, pthread_sigmask
from tempfile import mkdtemp
from time import monotonic
from typing import Any, Generic, Literal, Protocol, TypeVar

from letters.batch.work import begin
from letters.errors import LettersError, MachineError

K = TypeVar("K")
A = TypeVar("A")
R = TypeVar("R")

# A letter has its own limits, of some twenty seconds for each step; what takes longer cannot be interrupted.
PATIENCE = 150.0  # seconds
_AHEAD = 2  # pieces of work for each worker, so that none of them waits
_TRIES = 2
_FOR_US = {SIGINT, SIGHUP}


@dataclass(frozen=True)
class Lost:
    """A piece of work that ended or stalled the process that was at it, or broke off with a fault of ours."""

    how: Literal["ended", "stalled", "broke"]
    error: BaseException | None = None


class Place(Protocol):
    """Where work is done: on this machine, or elsewhere."""

    @property
    def workers(self) -> int:
        """How many there are."""

    def open(self, workers: int) -> Executor:
        """Begin with so many workers. Raises MachineError where that cannot be done."""

    def stop(self, executor: Executor) -> None:
        """End the workers, whatever they are at."""

    def is_lost(self, error: BaseException) -> bool:
        """Whether an error says that this piece of work, and no other, ended its worker."""


@dataclass(frozen=True)
class Here:
    """Processes on this machine, each with the engine loaded once."""

    workers: int

    def open(self, workers: int) -> Executor:
        """Begin with so many processes. Raises MachineError where none can be started."""
        context = get_context("forkserver")
        context.set_forkserver_preload(["letters.batch.loaded"])
        try:
            _start_deaf()
            return _Pool(workers, context)
        except OSError as error:
            raise _cannot_start(error) from error

    def stop(self, executor: Executor) -> None:
        """End the processes, whatever they are at."""
        assert isinstance(executor, ProcessPoolExecutor)  # noqa: S101 - from `open`
        # Python 3.14 has a method for this.
        for process in list((executor._processes or {}).values()):
            process.kill()
        # What was being handed to one that was killed would be written for ever, as nobody takes it any more.
        # Later versions of Python see to that themselves.
        call_queue = getattr(executor, "_call_queue", None)
        with suppress(OSError):  # it is closed
            if call_queue:
                threading.Thread(target=_drain, args=(call_queue._reader.fileno(),), daemon=True).start()
        # One that was killed amid a long result would be listened to for ever, as we could go on writing it.
        if executor._result_queue:
            executor._result_queue._writer.close()  # type: ignore[attr-defined]
        executor.shutdown(wait=True, cancel_futures=True)
        if isinstance(executor, _Pool):
            shutil.rmtree(executor.scratch, ignore_errors=True)

    def is_lost(self, error: BaseException) -> bool:  # noqa: ARG002
        """One process that ends takes the others along, so nobody can tell whose fault it was."""
        return False


def _drain(pipe: int) -> None:
    """Read a pipe to its end."""
    with suppress(OSError):
        while os.read(pipe, 1 << 16):
            pass


class _Pool(ProcessPoolExecutor):
    """Processes with a folder of their own for temporary files, which is gone with them."""

    def __init__(self, workers: int, context: BaseContext) -> None:
        self.scratch = mkdtemp(prefix="letters-")
        super().__init__(workers, mp_context=context, initializer=begin, initargs=(self.scratch,))


def _start_deaf() -> None:
    """Start what processes are copied from so that what asks us to end never reaches any of them.

    SIGTERM does, as Python's own pool ends its processes by it.
    """
    before = pthread_sigmask(SIG_BLOCK, _FOR_US)
    try:
        resource_tracker.ensure_running()
        pthread_sigmask(SIG_BLOCK, _FOR_US)  # it let them through again
        forkserver.ensure_running()
    finally:
        pthread_sigmask(SIG_SETMASK, before)


def _cannot_start(error: OSError | EOFError) -> MachineError:
    reason = error.strerror or str(error) if isinstance(error, OSError) else "they ended at once"
    return MachineError(
        f"The processes that make letters cannot be started: {reason}.",
        "Make room in the folder for temporary files, or name one with a short path in the environment "
        "variable TMPDIR.",
    )


@dataclass
class _Waiting(Generic[K, A]):
    key: K
    thing: A
    since: float = field(default_factory=monotonic)


class Crew:
    """Workers that are there for a whole batch, and replaced when they end."""

    def __init__(self, place: Place, patience: float = PATIENCE) -> None:
        self.place = place
        self.patience = patience
        self._executor: Executor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(
        self, work: Callable[[A], R], things: Iterable[tuple[K, A]]
    ) -> Iterator[list[tuple[K, R | Lost]]]:
        """Do a piece of work for each thing; yield what is done, as it comes, several at once where they are.

        A LettersError of the work is raised here, as it would come of the next piece as well; any other error
        is of one piece. No more is taken from `things` than is being done.
        """
        source = iter(things)
        waiting: dict[Future[R], _Waiting[K, A]] = {}
        while True:
            for key, thing in islice(source, self.place.workers * _AHEAD - len(waiting)):
                self._hand_out(work, _Waiting(key, thing), waiting)
            if not waiting:
                return
            yield from self._done(work, waiting)

    def _hand_out(
        self, work: Callable[[A], R], one: _Waiting[K, A], waiting: dict[Future[R], _Waiting[K, A]]
    ) -> None:
        try:
            future = self._submitted(work, one.thing, self.place.workers)
        except BrokenExecutor as error:  # it ended between two pieces of work
            future = Future()
            future.set_exception(error)
        waiting[future] = one

    def _done(
        self, work: Callable[[A], R], waiting: dict[Future[R], _Waiting[K, A]]
    ) -> Iterator[list[tuple[K, R | Lost]]]:
        oldest = min(one.since for one in waiting.values())
        done, _ = wait(waiting, max(0.0, oldest + self.patience - monotonic()), FIRST_COMPLETED)
        found: list[tuple[K, R | Lost]] = []
        failed: LettersError | None = None
        for future in done:
            if _is_broken(future):
                continue
            one = waiting.pop(future)
            try:
                came = self._came_of(future)
            except LettersError as error:
                failed = error
            else:
                found.append((one.key, came))
        if found:
            yield found
        if failed:
            raise failed
        if len(found) < max(1, len(done)):  # it broke, or nothing was done in all that time
            self._end()
            suspects = list(waiting.values())
            waiting.clear()
            for one in suspects:
                yield [(one.key, self._alone(work, one.thing))]
            self._end()  # it had one worker

    def _alone(self, work: Callable[[A], R], thing: A) -> R | Lost:
        """Do one piece of work with nothing beside it, to find out which of several it was.

        It is tried once more, as somebody else may have ended the process.
        """
        for _ in range(_TRIES):
            try:
                future = self._submitted(work, thing, 1)
            except BrokenExecutor:
                self._end()
                continue
            done, _unused = wait([future], self.patience)
            if done and not _is_broken(future):
                return self._came_of(future)
            self._end()
            if not done:
                return Lost("stalled")
        return Lost("ended")

    def _submitted(self, work: Callable[[A], R], thing: A, workers: int) -> Future[R]:
        """Have a piece of work done, by so many workers if there are none yet.

        Raises MachineError where none can be started.
        """
        if self._executor is None:
            self._executor = self.place.open(workers)
        try:
            return self._executor.submit(work, thing)
        except (OSError, EOFError) as error:
            raise _cannot_start(error) from error

    def _came_of(self, future: Future[R]) -> R | Lost:
        """The result of a piece of work that is done. Raises LettersError, which ends them all."""
        error = future.exception()
        if error is None:
            return future.result()
        if self.place.is_lost(error):
            return Lost("ended")
        if isinstance(error, LettersError):
            raise error
        return Lost("broke", error)

    def _end(self) -> None:
        if self._executor is not None:
            self.place.stop(self._executor)
            self._executor = None


def _is_broken(future: Future[Any]) -> bool:
    """Whether a worker ended, this one's or another's."""
    return isinstance(future.exception(), BrokenExecutor)
