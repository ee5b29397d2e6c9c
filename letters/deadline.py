"""A time limit on work that cannot be asked to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Python swallows what is raised within a callback, as of its garbage collector, so it is raised again.
_AGAIN = 0.5  # seconds


class OutOfTimeError(BaseException):
    """The time is up. Not an Exception, so that the engine's own handlers let it through."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError after so many seconds, in the main thread; elsewhere there is no limit.

    Python runs signal handlers in the main thread only. A timer that somebody else set is put back
    with the time it had left.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGALRM, _ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left, interval)
        signal.signal(signal.SIGALRM, previous)


def _ring(*_: object) -> None:
    raise OutOfTimeError
