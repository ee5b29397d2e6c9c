"""The desk as the server sees it: a process that is asked one thing at a time, and replaced when lost."""

from __future__ import annotations

import asyncio
import gc
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from letters import faults
from letters.apart import Apart, Gone, seal, unseal
from letters.errors import LettersError, MachineError

A = TypeVar("A")
R = TypeVar("R")

# A letter has its own limits, of some twenty seconds for each step.
PATIENCE = 60.0  # seconds
_LEAVING = 0.6  # seconds in which what is being entered may come to its end


class EngineLost(LettersError):  # noqa: N818 - named for what happened
    """The process that makes the letters ended, or came to no end; another one has taken its place."""


class Fault(LettersError):  # noqa: N818 - the word of the command line
    """A fault of this program, without anything of what it worked on."""


class Engine:
    """A process that makes letters, for a server that must go on whatever becomes of it."""

    def __init__(self, begin: Callable[[str], None] | None = None, patience: float = PATIENCE) -> None:
        """Start the process, which loads what it needs by itself. Raises MachineError where it cannot."""
        self._begin = begin or begin_desk
        self._patience = patience
        self._guard = threading.Lock()
        self._asked = 0
        self._is_closed = False
        # One thread does one thing after the other, also where nobody waits for the answer any more.
        self._thread = ThreadPoolExecutor(1, "engine")
        self._apart = self._started()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is asked of it at the moment."""
        return not self._asked

    async def ask(self, function: Callable[[A], R], thing: A) -> R:
        """Have a function of the desk called there; the answer is what it returns.

        Raises what it raised if that is a LettersError, Fault for anything else, EngineLost where the
        process is gone.
        """
        self._asked += 1
        try:
            answer: R = await self._soon(lambda: self._answer(seal(attempt, (function, thing))))
            return answer
        finally:
            self._asked -= 1

    async def restart(self) -> None:
        """Have another process take its place, once it is done with what it is at."""
        await self._soon(self._replace)

    def close(self) -> None:
        """End the process, once what it is at is done or has had a moment for it."""
        with self._guard:
            self._is_closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)
        alarm = threading.Timer(_LEAVING, self._apart.kill)
        alarm.start()
        self._thread.shutdown(wait=True)
        alarm.cancel()
        self._apart.end()

    def kill(self) -> None:
        """End the process at once, and leave nothing of it."""
        self._is_closed = True
        self._apart.kill()
        self._apart.clear()

    async def _soon(self, work: Callable[[], Any]) -> Any:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except RuntimeError as error:
            if self._is_closed:  # and its thread takes no more
                raise _leaving() from error
            raise

    def _answer(self, request: bytes) -> Any:
        try:
            found = self._apart.ask(request, self._patience)
        except OSError as error:
            self._replace()
            raise _unable(error) from error
        if isinstance(found, Gone):
            self._replace()
            raise _lost(found)
        return unseal(found)

    def _replace(self) -> None:
        with self._guard:
            if self._is_closed:
                raise _leaving()
            self._apart.end()
            self._apart = self._started()

    def _started(self) -> Apart:
        try:
            return Apart(self._begin)
        except OSError as error:
            raise _unable(error) from error


def _lost(gone: Gone) -> EngineLost:
    message = (
        "The letter took too long." if gone.how == "stalled" else "What makes the letters ended over this."
    )
    return EngineLost(message, "It was started anew: try again. What was saved is kept.")


def _leaving() -> EngineLost:
    return EngineLost("The page is being closed.", "What was saved is kept.")


def _unable(error: OSError) -> MachineError:
    message = f"The process that makes the letters cannot be started: {error.strerror or error}."
    return MachineError(message, "`letters doctor` says what this machine lacks.")


def begin_desk(scratch: str) -> None:
    """Make the process ready: it ends with the server, whom Ctrl-C is for, and the engine is loaded."""
    tempfile.tempdir = scratch
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    with suppress(Exception):  # told by the first letter that needs it
        from letters.preview import desk

        desk.begin()
    # What is loaded stays, so it need not be looked through for garbage; and a letter makes little of that.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def attempt(asked: tuple[Callable[[A], R], A]) -> R:
    """Call a function of the desk; what it raises by mistake is logged here and told without its words."""
    function, thing = asked
    try:
        return function(thing)
    except LettersError:
        raise
    except MemoryError as error:
        raise MachineError("This machine ran out of memory.", "Close other programs first.") from error
    except Exception as error:
        raise fault(error) from None


def fault(error: BaseException) -> Fault:
    """Log a fault of this program, and say where its log is."""
    log = faults.record(error, "preview")
    message = f"This is a fault in letters, not in your file ({type(error).__name__})."
    if log is None:
        return Fault(message, "Please report it. There is no log of it, because none could be written.")
    return Fault(message, f"Please report it together with {log}, which holds nothing from your files.")
