"""Bytes → text: UTF-8, or what the user says; another encoding is recognized and said."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from letters.findings import Severity, rule
from letters.sources.text import Flaw

ENCODING = rule(
    "encoding",
    Severity.ERROR,
    "Text read in the wrong encoding has wrong letters in its names, so none is guessed in silence.",
)
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Codecs that are no text encodings, or that turn anything into something.
UNTOLD = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem"}
)


@dataclass(frozen=True)
class Decoded:
    """The text, as far as it could be read, and what was wrong."""

    text: str
    flaws: tuple[Flaw, ...] = ()


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file. With no `encoding` it has to be UTF-8.

    Where another encoding is recognized the text is read in it all the same, so that the other
    problems of the file can be told with this one.
    """
    if encoding:
        return _as_told(content, encoding)
    if other := _recognized(content):
        flaw = Flaw(ENCODING, f"This file is in {other.upper()}, not in UTF-8.", _say_it(other), 0, 1)
        return Decoded(_text(content, other), (flaw,))
    try:
        return Decoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _not_utf8(content, error.start)


def is_encoding(name: str) -> bool:
    """Whether `name` is a text encoding that can be asked for."""
    try:
        found = codecs.lookup(name)
        return found.name not in UNTOLD and isinstance(b" ".decode(found.name, "ignore"), str)
    except (LookupError, ValueError, UnicodeError):
        return False


def _recognized(content: bytes) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    head = content[:200]
    # Every other byte of plain Western text in UTF-16 is zero; there are no zeros in UTF-8 text.
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) * 0.7:
            return encoding
    return ""


def _say_it(encoding: str) -> str:
    return f"Save it as UTF-8, or say --encoding {encoding}."


def _text(content: bytes, encoding: str) -> str:
    text = content.decode(encoding, errors="ignore")
    return text.removeprefix("\ufeff")


def _not_utf8(content: bytes, start: int) -> Decoded:
    at = len(content[:start].decode("utf-8-sig"))
    message = f"The byte 0x{content[start]:02X} is not UTF-8."
    remedy = "Save the file as UTF-8 in the program it comes from."
    if _is_cp1252(content):
        message = f"{message[:-1]}; the file may be Western European text from Windows."
        remedy = _say_it("cp1252")
    return Decoded(_mended(content), (Flaw(ENCODING, message, remedy, at, at + 1),))


def _is_cp1252(content: bytes) -> bool:
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _mended(content: bytes) -> str:
    """UTF-8 with `?` for what is not: the offsets before the first bad byte stay."""
    return content.decode("utf-8-sig", errors="replace").replace("\ufffd", "?")


def _as_told(content: bytes, encoding: str) -> Decoded:
    if not is_encoding(encoding):
        message = f"There is no encoding {encoding[:40]!a}."
        remedy = "Say --encoding utf-8, cp1252, utf-16 or another known one."
        return Decoded(_mended(content), (Flaw(ENCODING, message, remedy, 0, 1),))
    try:
        return Decoded(content.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        return Decoded(_text(content, encoding), tuple(_told_wrong(content, encoding, error)))
    except UnicodeError:
        flaw = Flaw(ENCODING, f"This file is not in {encoding}.", "Say the encoding it is in.", 0, 1)
        return Decoded(_mended(content), (flaw,))


def _told_wrong(content: bytes, encoding: str, error: UnicodeDecodeError) -> Iterator[Flaw]:
    at = len(_text(content[: error.start], encoding))
    message = f"The byte 0x{content[error.start]:02X} does not occur in {encoding}."
    yield Flaw(ENCODING, message, "Say the encoding the file is in, or save it as UTF-8.", at, at + 1)
