"""The bytes of a table: which sort of file it is, and why it is none that can be read."""

from __future__ import annotations

import io
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from letters.findings import Finding, Place
from letters.sources.opening import FILE, NOT_TEXT, may_be_opened, no_file, too_large, unread

LARGEST_TABLE = 50 * 1024 * 1024
SPREADSHEETS = (".xlsx", ".xls", ".ods")
TEXTS = (".csv", ".tsv")
LINES = (".jsonl", ".ndjson")
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of encodings, and space
ZIPPED, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Content:
    """A table's file, which can be read again and again; `held` is what came from standard input."""

    name: str
    head: bytes
    path: Path | None = None
    held: bytes = b""

    @property
    def is_spreadsheet(self) -> bool:
        """Whether it is one by what it holds."""
        return self.head.startswith((ZIPPED, OLD))

    @property
    def is_lines(self) -> bool:
        """Whether it is JSON Lines: by its ending, else by the brace or bracket it begins with."""
        ending = Path(self.name).suffix.lower()
        return ending in LINES or (ending not in TEXTS and self.head.lstrip(_BEFORE)[:1] in (b"{", b"["))

    def open(self) -> BinaryIO:
        """Begin to read it. Raises OSError."""
        return io.BytesIO(self.held) if self.path is None else self.path.open("rb")

    def whole(self) -> bytes:
        """All of it. Raises OSError."""
        with self.open() as file:
            return file.read(LARGEST_TABLE + 1)


def is_table(path: Path | str) -> bool:
    """Whether a file is a table by the ending of its name."""
    return Path(path).suffix.lower() in (*SPREADSHEETS, *TEXTS, *LINES)


def content_of(path: Path | Literal["-"], name: str) -> Content | Finding:
    """The content of a file, or of standard input for `-`; or why it is no table."""
    try:
        content = _held(name) if path == "-" else _content(Path(path), name)
    except (OSError, ValueError) as error:
        return unread(error, Path(path), name)
    return content if isinstance(content, Finding) else _unfit(content) or content


def _held(name: str) -> Content | Finding:
    held = sys.stdin.buffer.read(LARGEST_TABLE + 1)
    return _too_large(name) if len(held) > LARGEST_TABLE else Content(name, held[:1000], None, held)


def _content(path: Path, name: str) -> Content | Finding:
    status = path.stat()
    if not may_be_opened(path):
        return no_file(name)
    if status.st_size > LARGEST_TABLE:
        return _too_large(name)
    with path.open("rb") as file:
        if stat.S_ISREG(status.st_mode):
            return Content(name, file.read(1000), path)
        # What comes through a pipe comes once.
        held = file.read(LARGEST_TABLE + 1)
    return _too_large(name) if len(held) > LARGEST_TABLE else Content(name, held[:1000], None, held)


def _too_large(name: str) -> Finding:
    return too_large(
        name, LARGEST_TABLE, "Split it into several tables, or remove what does not belong to it."
    )


def _unfit(content: Content) -> Finding | None:
    """Why the content is not what the ending of its name says."""
    ending = Path(content.name).suffix.lower()
    if not content.head.strip():
        remedy = "Fill it in: the names of the columns in the first row, a case in each row below."
        return FILE.finding("This file is empty.", remedy, Place(content.name))
    if content.is_spreadsheet:
        message = "This is not a text but a spreadsheet or another Office file."
        remedy = "Give its name the ending that it is, such as .xlsx."
        return FILE.finding(message, remedy, Place(content.name)) if ending in (*TEXTS, *LINES) else None
    for beginning, what in NOT_TEXT.items():
        if content.head.startswith(beginning):
            return FILE.finding(f"This is {what}, not a table.", "Name a table.", Place(content.name))
    if ending in SPREADSHEETS:
        return _no_spreadsheet(content)
    return None


def _no_spreadsheet(content: Content) -> Finding:
    is_page = content.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    what = "a web page or other marked-up text" if is_page else "no spreadsheet"
    remedy = "Open it in a spreadsheet program and save it as .xlsx or .csv."
    return FILE.finding(f"In spite of its name this is {what}.", remedy, Place(content.name))
