"""Work is handed out to other processes; what ends or stalls one of them is named and set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from time import monotonic
from typing import Generic, Literal, Protocol, TypeVar

from letters.batch.work import begin

K = TypeVar("K")
A = TypeVar("A")
R = TypeVar("R")

# A letter has its own limits, of some twenty seconds for each step; what takes longer cannot be interrupted.
PATIENCE = 150.0  # seconds
_AHEAD = 2  # pieces of work for each worker, so that none of them waits


@dataclass(frozen=True)
class Lost:
    """A piece of work that ended or stalled the process that was at it."""

    how: Literal["ended", "stalled"]


class Place(Protocol):
    """Where work is done: on this machine, or elsewhere."""

    @property
    def workers(self) -> int:
        """How many there are."""

    def open(self, workers: int) -> Executor:
        """Begin with so many workers."""

    def stop(self, executor: Executor) -> None:
        """End the workers, whatever they are at."""

    def is_lost(self, error: BaseException) -> bool:
        """Whether an error says that this piece of work, and no other, ended its worker."""


@dataclass(frozen=True)
class Here:
    """Processes on this machine, each with the engine loaded once."""

    workers: int

    def open(self, workers: int) -> Executor:
        """Begin with so many processes."""
        context = get_context("forkserver")
        context.set_forkserver_preload(["letters.batch.loaded"])
        return ProcessPoolExecutor(workers, mp_context=context, initializer=begin)

    def stop(self, executor: Executor) -> None:
        """End the processes, whatever they are at."""
        assert isinstance(executor, ProcessPoolExecutor)  # noqa: S101 - from `open`
        # Python 3.14 has a method for this.
        for process in list((executor._processes or {}).values()):
            process.kill()
        executor.shutdown(wait=True, cancel_futures=True)

    def is_lost(self, error: BaseException) -> bool:  # noqa: ARG002
        """One process that ends takes the others along, so nobody can tell whose fault it was."""
        return False


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

        What the work raises is raised here. No more is taken from `things` than is being done.
        """
        source = iter(things)
        waiting: dict[Future[R], _Waiting[K, A]] = {}
        try:
            while True:
                for key, thing in islice(source, self.place.workers * _AHEAD - len(waiting)):
                    self._hand_out(work, _Waiting(key, thing), waiting)
                if not waiting:
                    return
                yield from self._done(work, waiting)
        finally:
            for future in waiting:
                future.cancel()

    def _hand_out(
        self, work: Callable[[A], R], one: _Waiting[K, A], waiting: dict[Future[R], _Waiting[K, A]]
    ) -> None:
        if self._executor is None:
            self._executor = self.place.open(self.place.workers)
        try:
            future = self._executor.submit(work, one.thing)
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
        is_broken = not done
        for future in done:
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                is_broken = True
                continue
            one = waiting.pop(future)
            if error is not None and not self.place.is_lost(error):
                raise error
            found.append((one.key, Lost("ended") if error else future.result()))
        if found:
            yield found
        if is_broken:
            self._end()
            suspects = list(waiting.values())
            waiting.clear()
            for one in suspects:
                yield [(one.key, self._alone(work, one.thing))]
            self._end()  # it had one worker

    def _alone(self, work: Callable[[A], R], thing: A) -> R | Lost:
        """Do one piece of work with nothing beside it, to find out which of several it was."""
        if self._executor is None:
            self._executor = self.place.open(1)
        try:
            return self._executor.submit(work, thing).result(self.patience)
        except BrokenExecutor:
            self._end()
            return Lost("ended")
        except TimeoutError:
            self._end()
            return Lost("stalled")

    def _end(self) -> None:
        if self._executor is not None:
            self.place.stop(self._executor)
            self._executor = None
