"""Ctrl-C, and what else asks a run to end, ends it between two letters and not in the middle of one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

# From the keyboard, from whoever shuts the machine down, and from a terminal that is closed.
_ASKING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Interruption:
    """Raises KeyboardInterrupt when the run is asked to end, as soon as nothing holds it.

    Outside the main thread, where no signals arrive, it does nothing.
    """

    def __init__(self) -> None:
        self._before: dict[int, object] = {}
        self._is_held = False
        self._is_due = False

    def __enter__(self) -> Interruption:
        if threading.current_thread() is threading.main_thread():
            for number in _ASKING:
                if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
                    self._before[number] = signal.signal(number, self._ring)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    @contextmanager
    def held(self) -> Iterator[None]:
        """See something through, unless the run is asked to end once more."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_due:
            raise KeyboardInterrupt

    def _ring(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self._is_held and not self._is_due:
            self._is_due = True
            return
        raise KeyboardInterrupt
