"""What the library does not tell of a sheet in an xlsx file: failed formulas, formats, hidden rows, size.

The sheet is gone through as a stream, before the library takes all of it into memory.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile

from letters.tables.numbers import changes_look

CHUNK = 1 << 20
LARGEST_PART = 1 << 24  # of the parts that are read whole
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"

_ATTRIBUTE = re.compile(r"""(?:\w+:)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# Nearly every program writes cells like this; the other pattern takes a second for a large sheet.
_USUAL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_FILLED = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/>]>')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"')
_COLUMNS = re.compile(rb'<(?:\w+:)?col\s([^>]*\bhidden="(?:1|true)"[^>]*)>')
_SPAN = re.compile(rb'\b(min|max)="(\d{1,5})"')
# A formula that no program has worked out yet; one that comes to an empty text says that it is a text.
_PENDING = re.compile(
    rb"<(?:\w+:)?c\s((?![^>]*\bt=)[^>]*)><(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>|</(?:\w+:)?c>)"
)
_POSITION = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')


class UnusualError(Exception):
    """A workbook that is put together in a way nobody's program does it."""


@dataclass
class Survey:
    """What was seen of a sheet; rows and columns are counted from 0.

    `hidden_columns` are the first and the last of those side by side, which may reach beyond the table.
    `formats` holds those that add zeros or signs to a number, `failed` the cells whose formula has no result.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    failed: set[tuple[int, int]] = field(default_factory=set)


def survey(archive: ZipFile, sheet: str) -> Survey:
    """Go through a sheet. Raises UnusualError where it cannot be found."""
    part = _part_of(archive, sheet)
    codes = _codes(archive)
    told = "|".join(map(str, codes)) or "none"
    marked = re.compile(rb'<(?:\w+:)?c\s([^>]*\b(?:t="e"|s="(?:%b)")[^>]*)>' % told.encode())
    seen = Survey()
    for number, text in enumerate(_stretches(archive, part)):
        if not number:  # they stand before all rows
            seen.hidden_columns += _hidden_columns(text)
        _measure(text, seen)
        for found in marked.finditer(text) if codes or b't="e"' in text else ():
            _note(found[1], codes, seen)
        for found in _PENDING.finditer(text) if b"f>" in text or b"<f" in text else ():
            seen.failed |= {place} if (place := _place(found[1])) else set()
    return seen


def sheet_sizes(archive: ZipFile) -> Iterator[Survey]:
    """How far each sheet reaches."""
    for part in archive.namelist():
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            seen = Survey()
            for text in _stretches(archive, part):
                _measure(text, seen)
            yield seen


def column_index(letters: bytes) -> int:
    """The number of a column, counted from 0, by its letters."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1


def _measure(text: bytes, seen: Survey) -> None:
    filled = _USUAL.findall(text) or _FILLED.findall(text)
    if filled:
        seen.rows = max(seen.rows, int(filled[-1][1]))  # rows are in order
        seen.columns = max(seen.columns, max(column_index(one) + 1 for one in {one for one, _ in filled}))
    seen.hidden_rows += len(_HIDDEN.findall(text))


def _hidden_columns(text: bytes) -> Iterator[tuple[int, int]]:
    for found in _COLUMNS.finditer(text):
        span = dict(_SPAN.findall(found[1]))
        if len(span) == 2:
            yield int(span[b"min"]) - 1, int(span[b"max"]) - 1


def _note(attributes: bytes, codes: dict[int, str], seen: Survey) -> None:
    place, style = _place(attributes), _STYLE.search(attributes)
    if place is None:
        return
    if b't="e"' in attributes:
        seen.failed.add(place)
    elif style and (code := codes.get(int(style[1]))):
        seen.formats[place] = code


def _place(attributes: bytes) -> tuple[int, int] | None:
    position = _POSITION.search(attributes)
    return (int(position[2]) - 1, column_index(position[1])) if position else None


def _stretches(archive: ZipFile, part: str) -> Iterator[bytes]:
    """The text of a part, in stretches that end between two cells."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            text = rest + chunk
            end = max(text.rfind(b"<c "), 0) or max(text.rfind(b"<"), 0)
            rest = text[end:]
            yield text[:end]
    yield rest


def _part_of(archive: ZipFile, sheet: str) -> str:
    """The name of the file within the archive that holds a sheet."""
    sheets = {one.get("name"): one.get("id", "") for one in _tags(_text(archive, WORKBOOK), "sheet")}
    links = _tags(_text(archive, "xl/_rels/workbook.xml.rels"), "Relationship")
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    target = targets.get(sheets.get(sheet, ""), "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    if part not in archive.namelist():
        raise UnusualError
    return part


def _codes(archive: ZipFile) -> dict[int, str]:
    """The formats that change the look of whole numbers, by the number of the style that has them."""
    if STYLES not in archive.namelist():
        return {}
    text = _text(archive, STYLES)
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in _tags(text, "numFmt")}
    used = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    styles = _tags(used[0], "xf") if used else []
    codes = {number: own.get(one.get("numFmtId"), "") for number, one in enumerate(styles)}
    return {number: code for number, code in codes.items() if changes_look(code)}


def _tags(text: str, name: str) -> list[dict[str, str]]:
    """The attributes of every tag of a name."""
    found = re.findall(rf"<(?:\w+:)?{name}\s([^>]*)>", text)
    return [
        {key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(attributes)}
        for attributes in found
    ]


def _text(archive: ZipFile, part: str) -> str:
    if part not in archive.namelist():
        raise UnusualError
    with archive.open(part) as file:
        content = file.read(LARGEST_PART)
    return content.decode("utf-8-sig", "replace")
