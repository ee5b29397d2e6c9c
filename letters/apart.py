"""A process of its own that does one piece of work at a time: what ends or stalls it does neither to us.

Time limits hold in the main thread of a process only, and some programs do their work in other threads, or
forbid the processes of `multiprocessing`. So this is one of the system's, spoken to through its pipes.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from queue import SimpleQueue
from tempfile import mkdtemp
from typing import IO, Any, Literal

_PROGRAM = "from letters.apart import main; main()"
_BEGINNING = 120.0  # seconds; one or two are usual
_LENGTH = 8  # bytes that tell how long a message is


@dataclass(frozen=True)
class Gone:
    """A process ended over its work, or was ended as it came to no end."""

    how: Literal["ended", "stalled"]


class Apart:
    """A process that does a piece of work whenever it is asked."""

    def __init__(self, begin: Callable[[str], None]) -> None:
        """Start it, and go on: `begin` is what it does first, with the folder for its temporary files.

        Raises OSError where no process can be started.
        """
        self._scratch = mkdtemp(prefix="letters-")
        # The program is where this process found it; not in whatever folder it happens to stand in.
        found = os.pathsep.join(str(os.path.abspath(place)) for place in sys.path)  # noqa: PTH100
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-P", "-c", _PROGRAM, begin.__module__, begin.__qualname__, self._scratch],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # What a library complains about may repeat what it was given, and the log is not ours.
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": found},
            )
        except OSError:
            self.clear()
            raise
        self._has_begun = False

    def ask(self, request: bytes, patience: float) -> bytes | Gone:
        """Have a piece of work done, as `seal` gives it; `patience` is in seconds.

        A process that is gone must not be asked again. Raises OSError where it cannot even begin.
        """
        if not self._has_begun:
            if isinstance(self._exchange(None, _BEGINNING), Gone):
                raise OSError("the typesetting engine does not load there; `letters doctor` tells why")
            self._has_begun = True
        return self._exchange(request, patience)

    def _exchange(self, message: bytes | None, patience: float) -> bytes | Gone:
        process, late = self._process, threading.Event()
        assert process.stdin is not None  # noqa: S101 - asked for above
        assert process.stdout is not None  # noqa: S101

        def give_up() -> None:
            late.set()
            process.kill()

        alarm = threading.Timer(patience, give_up)
        alarm.daemon = True
        alarm.start()
        try:
            if message is not None:
                _send(process.stdin, message)
            answer = _receive(process.stdout)
        except (OSError, ValueError):  # its pipes may be closed already
            answer = None
        finally:
            alarm.cancel()
        if answer is None:
            return Gone("stalled" if late.is_set() else "ended")
        return answer

    def kill(self) -> None:
        """End the process at once; whoever waits for its answer is told so. From any thread."""
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it is at, and remove its temporary files."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None  # noqa: S101
            # It may hold something the process did not take any more.
            with suppress(OSError):
                pipe.close()
        self._process.wait()
        self.clear()

    def clear(self) -> None:
        """Remove its temporary files."""
        shutil.rmtree(self._scratch, ignore_errors=True)


def seal(work: Callable[[Any], Any], thing: Any) -> bytes:
    """A piece of work, to be given to `Apart.ask`."""
    return pickle.dumps((work, thing))


def unseal(answer: bytes) -> Any:
    """What came of the work. Raises what the work raised."""
    is_done, value = pickle.loads(answer)  # noqa: S301 - our own
    if is_done:
        return value
    raise value


def main() -> None:
    """Do what comes in through standard input until that ends, and answer on standard output."""
    module, name, scratch = sys.argv[1:]
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    # Nothing that is printed by mistake may stand among the answers.
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    waiting: SimpleQueue[bytes] = SimpleQueue()
    # First of all, as whoever asks may be gone before this has begun.
    threading.Thread(target=_listen, args=(requests, waiting, scratch), daemon=True).start()
    begin: Callable[[str], None] = getattr(import_module(module), name)
    begin(scratch)
    _send(answers, b"")
    while True:
        _send(answers, _answer(waiting.get()))


def _listen(requests: IO[bytes], waiting: SimpleQueue[bytes], scratch: str) -> None:
    while (request := _receive(requests)) is not None:
        waiting.put(request)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)  # whoever asked is gone


def _answer(request: bytes) -> bytes:
    work, thing = pickle.loads(request)  # noqa: S301 - our own
    try:
        return pickle.dumps((True, work(thing)))
    # Whatever it is, it is raised where the work was handed out.
    except Exception as error:
        return _raised(error)


def _raised(error: Exception) -> bytes:
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)  # noqa: S301 - some errors can be written and not be read
    except Exception:
        return pickle.dumps((False, RuntimeError(type(error).__name__)))
    return told


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH) + message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; none where there will be no more."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length)
    message = pipe.read(size)
    return message if len(message) == size else None
