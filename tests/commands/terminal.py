"""Somebody at a terminal: what they type, and what they see."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

PROGRAM = "import sys; from letters.cli import main; main(sys.argv[1:])"
ROOT = Path(__file__).parents[2]


def at_terminal(*arguments: str, typed: str) -> tuple[int, str]:
    """Run the program at a terminal of its own; return its exit code, and all that was shown."""
    import pty

    try:
        pid, terminal = pty.fork()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals")
    if not pid:
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", PROGRAM, *arguments])  # noqa: S606 - no shell is wanted
    os.write(terminal, typed.encode())
    shown = b"".join(_read(terminal))
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, " ".join(shown.decode().split())


def _read(terminal: int) -> list[bytes]:
    """All that is shown until the program ends, which a terminal tells by an error."""
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            return pieces
        if not piece:
            return pieces
        pieces.append(piece)
