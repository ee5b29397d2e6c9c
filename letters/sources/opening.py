"""A file's bytes, or why it is none that can be read: missing, too large, or no text at all."""

from __future__ import annotations

import csv
import re
import stat
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from letters.findings import Finding, Place, Severity, rule

FILE = rule(
    "file",
    Severity.ERROR,
    "Letters are written from files; one that is missing, empty or of another sort leaves nothing to write "
    "from.",
)
LARGEST_FILE = 5 * 1024 * 1024
NOT_TEXT = {
    b"PK\x03\x04": "a Word file, a spreadsheet or another ZIP archive",
    b"{\\rtf": "a Word file (RTF)",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
HANDED_OVER = (Path("/dev/fd"), Path("/proc/self/fd"))
SEPARATORS = ",;\t"
# What begins a line of YAML or JSON rather than the header of a table.
NO_HEADER = re.compile(r"\s*[-#\[{]|[^,;\t]*:(?:\s|$)")


def content_of(path: Path | Literal["-"], name: str) -> bytes | Finding:
    """The bytes of a file, or of standard input for `-`; or why there are none to read."""
    try:
        if path != "-" and not may_be_opened(Path(path)):
            return no_file(name)
        content = _bytes(path)
    except (OSError, ValueError) as error:
        return unread(error, Path(path), name)
    return _unfit(content, name) or content


def unread(error: OSError | ValueError, path: Path, name: str) -> Finding:
    """Why a file cannot be read, and what to do."""
    place = Place(name)
    match error:
        case FileNotFoundError():
            return FILE.finding("There is no such file.", _like(path), place)
        case IsADirectoryError():
            return FILE.finding("This is a folder, not a file.", "Name a file in it.", place)
        case PermissionError():
            return FILE.finding(
                "This file may not be read.", "Ask its owner for the right to read it.", place
            )
    return FILE.finding(
        f"This file cannot be read: {reason_of(error)}.", "Check its name and its disk.", place
    )


def reason_of(error: OSError | ValueError) -> str:
    """Why a file cannot be read, in the words of the system."""
    return getattr(error, "strerror", None) or "its name cannot be used"


def no_file(name: str) -> Finding:
    """What to say of a pipe or a device that nobody handed over."""
    message = "This is a pipe or a device, not a file."
    return FILE.finding(message, "Put an ordinary file in its place.", Place(name))


def too_large(name: str, largest: int, remedy: str) -> Finding:
    """What to say of a file of more than so many bytes."""
    return FILE.finding(f"This file is larger than {largest // (1024 * 1024)} MB.", remedy, Place(name))


def may_be_opened(path: Path) -> bool:
    """Whether opening comes to an end: a pipe that nobody writes to and a device need not.

    What a shell hands over, as /dev/stdin or /dev/fd/63, is somebody's intention. A folder is told
    when it is opened.
    """
    if path.parent in HANDED_OVER or path == Path("/dev/stdin"):
        return True
    mode = path.stat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _bytes(path: Path | Literal["-"]) -> bytes:
    """No more than is needed to know that a file is too large."""
    if path == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _like(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return "Check the name of the folder."
    close = get_close_matches(path.name, names, n=1)
    return f"Did you mean {path.parent / close[0]}?" if close else "Check its name."


def _unfit(content: bytes, name: str) -> Finding | None:
    if len(content) > LARGEST_FILE:
        return too_large(name, LARGEST_FILE, "Check that it is the right one.")
    for beginning, what in NOT_TEXT.items():
        if content.startswith(beginning):
            return FILE.finding(f"This is {what}, not a text file.", "Name a YAML or JSON file.", Place(name))
    return None


def table_finding(text: str, name: str) -> Finding | None:
    """What to say of a table, such as a spreadsheet saved as CSV."""
    if Path(name).suffix.lower() not in (".csv", ".tsv") and not _is_table(text):
        return None
    message = "This is a table, not a YAML or JSON file."
    return FILE.finding(
        message, "Write its data as YAML; `letters new` makes a file to start from.", Place(name)
    )


def _is_table(text: str) -> bool:
    """Whether the first two lines have the same number of columns, and more than one."""
    lines = text.lstrip("\ufeff\r\n ")[:10_000].splitlines()[:2]
    if len(lines) < 2 or any(NO_HEADER.match(line) for line in lines):
        return False
    columns = ([len(row) for row in csv.reader(lines, delimiter=sign)] for sign in SEPARATORS)
    return any(counts[0] > 1 and counts == counts[:1] * 2 for counts in columns)
