"""The three standard streams, made safe to write to."""

from __future__ import annotations

import contextlib
import os
import sys
from io import TextIOWrapper


def open_streams() -> None:
    """See to it that all three streams are there and take every character.

    A program may be started with one of them closed. The next file it opens would then get the
    stream's number, and whatever some library prints would end up in that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # For reading only: a product that is written there must fail, not vanish.
            os.open(os.devnull, os.O_RDONLY if number < 2 else os.O_WRONLY)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A sign the terminal cannot show is spelled out instead of stopping the program.
            stream.reconfigure(errors="backslashreplace")


def close_output() -> None:
    """Let go of output that cannot be written, else Python tries again when it ends."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
