"""How far a long run is: a line that changes in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from letters.batch.running import Stage, Tell

_OFTEN, _SELDOM = 0.2, 15.0  # seconds
_WORDS = {"checked": "Checked", "made": "Made"}


@dataclass
class _Line:
    """The line of one stage."""

    is_terminal: bool
    stage: str = ""
    begun: float = field(default_factory=monotonic)
    told: float = 0.0
    width: int = 0

    def tell(self, stage: Stage, done: int, total: int | None) -> None:
        if stage != self.stage:
            self.stage, self.begun, self.told = stage, monotonic(), monotonic()
        pause = _OFTEN if self.is_terminal else _SELDOM
        if monotonic() - self.told >= pause:
            self.told = monotonic()
            self._show(sentence(stage, done, total, self.told - self.begun))

    def _show(self, text: str) -> None:
        if not self.is_terminal:
            click.echo(text, err=True)
            return
        sys.stderr.write(f"\r{text.ljust(self.width)}")
        sys.stderr.flush()
        self.width = len(text)

    def clear(self) -> None:
        if self.width:
            sys.stderr.write(f"\r{' ' * self.width}\r")
            sys.stderr.flush()


def sentence(stage: str, done: int, total: int | None, seconds: float) -> str:
    """Say how far it is, how quick, and how long it will take yet."""
    rate = done / seconds if seconds > 0 else 0.0
    of = f" of {total:,}" if total is not None else ""
    left = f", {_duration((total - done) / rate)} left" if total is not None and rate > 0 else ""
    return f"{_WORDS[stage]} {done:,}{of} letters, {rate:,.1f} a second{left}."


def _tell_nothing(stage: Stage, done: int, total: int | None) -> None:
    """Where only the report is wanted."""


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def progress(*, is_quiet: bool) -> Iterator[Tell]:
    """Give what is told how far a run is; nothing is shown where that is not wanted."""
    line = _Line(sys.stderr.isatty())
    try:
        yield _tell_nothing if is_quiet else line.tell
    except KeyboardInterrupt:
        line.clear()
        if line.stage == "made":
            click.echo("What was made stays. Run the same command again, and it goes on.", err=True)
        raise
    finally:
        line.clear()
