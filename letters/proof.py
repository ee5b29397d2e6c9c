"""Read a finished PDF back: its pages, text, where each character lies, and pictures of it."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from math import inf
from typing import Any

from letters.errors import LettersError
from letters.paper import Box
from letters.pictures import packed, stacked

_BROKEN_HYPHEN = 2  # what pdfium makes of a hyphen at the end of a line


@dataclass(frozen=True)
class Character:
    """One character and the box of its ink, in points from the page's top left corner."""

    text: str
    box: Box


@dataclass(frozen=True)
class Sheet:
    """The picture of a page, named by what it shows; `png` is None where that name was known already.

    Width and height are those of the page, in points.
    """

    name: str
    width: float
    height: float
    png: bytes | None = None


class Page:
    """One page of an open proof."""

    def __init__(self, page: Any) -> None:
        self._page = page

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = self._page.get_size()
        return float(width), float(height)

    @cached_property
    def text(self) -> str:
        """The text in reading order, lines parted by newlines."""
        return _plain(self._text_page.get_text_bounded())

    @cached_property
    def runs(self) -> list[Box]:
        """The boxes around the ink of each run of characters on a line: fast, as they are few."""
        height, count = self.size[1], self._text_page.count_rects()
        rects = [self._text_page.get_rect(index) for index in range(count)]
        return [Box(left, height - top, right, height - bottom) for left, bottom, right, top in rects]

    def characters(self, area: Box | None = None) -> list[Character]:
        """Every character with ink that touches an area, or that is on the page."""
        return list(self._characters(area or Box(-inf, -inf, inf, inf)))

    def text_in(self, area: Box) -> str:
        """The text that touches an area."""
        bottom, top = (self.size[1] - edge for edge in (area.bottom, area.top))
        return _plain(self._text_page.get_text_bounded(area.left, bottom, area.right, top))

    def lines(self) -> list[Box]:
        """The boxes around the ink of each line, from the top down."""
        found: list[Box] = []
        for box in sorted(self.runs, key=lambda item: item.top + item.bottom):
            if found and _overlap(found[-1], box):
                found[-1] = found[-1].around(box)
            else:
                found.append(box)
        return found

    def find(self, text: str) -> Box | None:
        """The box of the last place where a text stands, or None."""
        search = self._text_page.search(text, match_case=True)
        places = []
        while (place := search.get_next()) is not None:
            places.append(place)
        search.close()
        return self._box(*places[-1]) if places else None

    def _box(self, start: int, count: int) -> Box:
        """The box of a run of characters, given by index and count."""
        height = self.size[1]
        found = None
        for index in range(start, start + count):
            left, bottom, right, top = self._text_page.get_charbox(index)
            box = Box(left, height - top, right, height - bottom)
            found = box if found is None else found.around(box)
        return found or Box(0, 0, 0, 0)

    def _characters(self, area: Box) -> Iterator[Character]:
        import pypdfium2.raw as pdfium

        page, height = self._text_page.raw, self.size[1]
        unicode_at, box_at = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharBox
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        places = [ctypes.byref(edge) for edge in (left, right, bottom, top)]
        for index in range(self._text_page.count_chars()):
            if not box_at(page, index, *places):
                continue
            box = Box(left.value, height - top.value, right.value, height - bottom.value)
            if not area.touches(box):
                continue
            code = unicode_at(page, index)
            if code == _BROKEN_HYPHEN:
                code = ord("-")
            if code > 32 and code != 0xA0:
                yield Character(chr(code), box)

    @cached_property
    def _text_page(self) -> Any:
        return self._page.get_textpage()

    def close(self) -> None:
        """Free what the page holds."""
        if "_text_page" in self.__dict__:
            self._text_page.close()
        self._page.close()


class Proof:
    """An open PDF. Use it as a context manager; nothing read lazily works after it is closed."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise LettersError(f"the PDF cannot be read back: {error}") from error
        self.pages = [Page(self._document[index]) for index in range(len(self._document))]

    def __enter__(self) -> Proof:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def title(self) -> str:
        """The title in the PDF's information dictionary."""
        return str(self._document.get_metadata_value("Title"))

    def picture(self, index: int, dpi: float = 100) -> bytes:
        """Draw one page as a PNG."""
        bitmap = self._document[index].render(scale=dpi / 72)
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG")
        bitmap.close()
        return out.getvalue()

    def sheet(self, index: int, dpi: float, known: Collection[str] = ()) -> Sheet:
        """Draw one page; it is packed as a PNG only where its name is not `known`."""
        bitmap = self._document[index].render(scale=dpi / 72, rev_byteorder=True)
        try:
            width, height, lines = bitmap.width, bitmap.height, _lines(bitmap)
        finally:
            bitmap.close()
        told = sha256(lines)
        told.update(width.to_bytes(4))
        name = told.hexdigest()[:32]
        png = None if name in known else packed(width, height, lines)
        return Sheet(name, *self.pages[index].size, png)

    def close(self) -> None:
        """Free the document."""
        for page in self.pages:
            page.close()
        self._document.close()


def _lines(bitmap: Any) -> bytes:
    """The lines of a bitmap, red, green and blue for each dot, with a zero before each as PNG has it."""
    dots, width = memoryview(bitmap.buffer).cast("B"), bitmap.width * bitmap.n_channels
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    return b"".join(part for start in starts for part in (b"\0", dots[start : start + width]))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace(chr(_BROKEN_HYPHEN), "-")


def _overlap(line: Box, box: Box) -> bool:
    """Say whether a box stands on a line: at least half of the lower one overlaps."""
    common = min(line.bottom, box.bottom) - max(line.top, box.top)
    return common >= 0.5 * min(line.bottom - line.top, box.bottom - box.top)


def pictures(pdf: bytes, dpi: float = 100) -> list[bytes]:
    """Draw every page as a PNG."""
    with Proof(pdf) as proof:
        return [proof.picture(index, dpi) for index in range(len(proof.pages))]


def sheets(pdf: bytes, dpi: float, known: Collection[str] = ()) -> list[Sheet]:
    """Draw every page as quickly as can be; those that are known are not packed again."""
    with Proof(pdf) as proof:
        return [proof.sheet(index, dpi, known) for index in range(len(proof.pages))]


def strip(pdf: bytes, dpi: float = 100) -> bytes:
    """Draw all pages one below the other, as one PNG."""
    return stacked(pictures(pdf, dpi), round(dpi / 8))


def text(pdf: bytes) -> str:
    """Return all text in reading order, pages parted by form feeds."""
    with Proof(pdf) as proof:
        return "\f".join(page.text for page in proof.pages)


def page_count(pdf: bytes) -> int:
    """Count the pages."""
    with Proof(pdf) as proof:
        return len(proof.pages)
