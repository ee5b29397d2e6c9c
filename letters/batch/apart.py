"""A process of its own for one letter at a time: what ends or stalls it does neither to its worker.

The time limits of a letter hold in the main thread of a process only, and a worker of a cluster does its
work in other threads. Some clusters forbid workers the processes of `multiprocessing`, so this is one of
the system's, which is spoken to through its pipes.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from tempfile import mkdtemp
from typing import IO, Any

from letters.batch.crew import Lost

_PROGRAM = "from letters.batch.apart import main; main()"
_BEGINNING = 120.0  # seconds; one or two are usual
_LENGTH = 8  # bytes that tell how long a message is


class Apart:
    """A process that does a piece of work whenever it is asked."""

    def __init__(self) -> None:
        # The program is where this process found it; not in whatever folder it happens to stand in.
        found = os.pathsep.join(str(Path(place).absolute()) for place in sys.path)
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a library complains about may repeat what it was given, and the log is not ours.
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": found},
        )
        self._has_begun = False

    def ask(self, folder: Path | None, request: bytes, patience: float) -> bytes | Lost:
        """Have a piece of work done; `folder` has what it needs, and `patience` is in seconds.

        A process that was lost must not be asked again. Raises OSError where it cannot even begin.
        """
        if not self._has_begun:
            if isinstance(self._exchange(None, _BEGINNING), Lost):
                raise OSError("the typesetting engine does not load there; `letters doctor` tells why")
            self._has_begun = True
        return self._exchange(pickle.dumps((folder, request)), patience)

    def _exchange(self, message: bytes | None, patience: float) -> bytes | Lost:
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
        except OSError:
            answer = None
        finally:
            alarm.cancel()
        if answer is None:
            return Lost("stalled" if late.is_set() else "ended")
        return answer

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None  # noqa: S101
            try:
                pipe.close()
            except OSError:  # it holds something the process did not take any more
                continue
        self._process.wait()


def seal(work: Any, thing: Any) -> bytes:
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
    from letters.batch.work import begin

    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    # Nothing that is printed by mistake may stand among the answers.
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    scratch = mkdtemp(prefix="letters-")
    begin(scratch)
    _send(answers, b"")
    waiting: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting, scratch), daemon=True).start()
    while True:
        folder, request = pickle.loads(waiting.get())  # noqa: S301 - our own
        _send(answers, _answer(folder, request))


def _listen(requests: IO[bytes], waiting: SimpleQueue[bytes], scratch: str) -> None:
    while (request := _receive(requests)) is not None:
        waiting.put(request)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)  # whoever asked is gone


def _answer(folder: Path | None, request: bytes) -> bytes:
    from letters.batch.packing import Sent, do_there

    work, thing = pickle.loads(request)  # noqa: S301 - our own
    try:
        if folder is not None and isinstance(thing, Sent):
            return pickle.dumps((True, do_there(work, thing, folder)))
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
