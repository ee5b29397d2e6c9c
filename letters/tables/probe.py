"""Try in a process of its own whether the library can read a workbook.

A damaged workbook can ask the library for more memory than there is, and that ends the process:
better one that does nothing else. It is this file itself that is run, so it needs the library alone.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path

_MOST_MEMORY = 2 << 30  # bytes
_LONGEST = 120.0  # seconds


def can_be_read(content: bytes) -> bool:
    """Whether all sheets of a workbook can be read without harm. Raises OSError where nothing can be run."""
    run = [sys.executable, "-I", str(Path(__file__).resolve())]
    try:
        tried = subprocess.run(  # noqa: S603 - ourselves
            run, input=content, timeout=_LONGEST, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


def _try(content: bytes) -> None:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    # That one has its own finding.
    with contextlib.suppress(PasswordError):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                book.get_sheet_by_name(sheet.name)


def _limit_memory() -> None:
    """Where the system can: there is no such limit on Windows."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    _try(sys.stdin.buffer.read())
