"""The text of a table that is no spreadsheet, read in its encoding as often as it is asked for."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from typing import IO

from letters.findings import Finding, Place
from letters.sources.decoding import decode, is_encoding
from letters.tables.opening import Content

_CHUNK = 1 << 20


def text_of(content: Content, encoding: str | None) -> tuple[Callable[[str | None], IO[str]], list[Finding]]:
    """How to begin reading, with line ends as in `open`, and what is wrong with the encoding.

    It is read from the file, or from its text where that had to be mended. Raises OSError.
    """
    if _is_readable(content, encoding):
        usual = encoding or "utf-8-sig"
        return lambda newline: io.TextIOWrapper(content.open(), usual, newline=newline), []
    decoded = decode(content.whole(), encoding)
    findings = [
        flaw.rule.finding(
            flaw.message, flaw.remedy, Place(content.name, decoded.text.count("\n", 0, flaw.start) + 1)
        )
        for flaw in decoded.flaws
    ]
    return lambda newline: io.StringIO(decoded.text, newline=newline), findings


def _is_readable(content: Content, encoding: str | None) -> bool:
    """Whether the whole file is in its encoding, in which zeros have no place where it is UTF-8."""
    if encoding and not is_encoding(encoding):
        return False
    if not encoding and b"\0" in content.head[:200]:
        return False
    decoder = codecs.getincrementaldecoder(encoding or "utf-8-sig")()
    try:
        with content.open() as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
