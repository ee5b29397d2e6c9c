"""The structure tree of a tagged PDF: what a screen reader reads, in the order it does."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

_HEX = r"<([0-9A-Fa-f\s]*)>"


@dataclass(frozen=True)
class Piece:
    """A stretch of text and the tags around it, the outermost first."""

    tags: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Structure:
    """What the tags of a PDF hold."""

    pieces: list[Piece]

    @property
    def tags(self) -> set[str]:
        """The names of all tags that hold text."""
        return {tag for piece in self.pieces for tag in piece.tags}

    def tagged(self, tag: str) -> list[str]:
        """The text within each tag of a name, in order."""
        return [piece.text for piece in self.pieces if tag in piece.tags]


def read(pdf: bytes) -> Structure:
    """Read the structure tree with the text it stands for."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marked = [dict(_marked_text(page)) for page in document.pages]
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages)}
        root = document.Root.StructTreeRoot.K
        pieces = [
            Piece(tags, marked[numbers[page]].get(mark, "")) for tags, page, mark in _leaves(root, (), None)
        ]
        return Structure([piece for piece in pieces if piece.text])


def _leaves(
    node: Any, tags: tuple[str, ...], page: tuple[int, int] | None
) -> Iterator[tuple[tuple[str, ...], tuple[int, int], int]]:
    """Go through the marks in the tree's order: the tags around each, its page and its number."""
    if isinstance(node, int):
        assert page is not None, "a mark belongs to a page"
        yield tags, page, int(node)
    elif isinstance(node, pikepdf.Array):
        for part in node:
            yield from _leaves(part, tags, page)
    elif isinstance(node, pikepdf.Dictionary):
        here = node.Pg.objgen if "/Pg" in node else page
        if "/S" in node:
            yield from _leaves(node.get("/K", pikepdf.Array()), (*tags, str(node.S)[1:]), here)
        elif "/MCID" in node:
            yield from _leaves(int(node.MCID), tags, here)


def _marked_text(page: Any) -> Iterator[tuple[int, str]]:
    """The text of each mark on a page, by its number."""
    texts: dict[int, str] = {}
    open_marks: list[int | None] = []
    letters: dict[int, str] = {}
    fonts = {name: _letters_of(font) for name, font in page.Resources.get("/Font", {}).items()}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC":
                properties = operands[1]
                is_mark = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                open_marks.append(int(properties.MCID) if is_mark else None)
            case "BMC":
                open_marks.append(None)
            case "EMC":
                open_marks.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ":
                mark = next((mark for mark in reversed(open_marks) if mark is not None), None)
                if mark is not None:
                    texts[mark] = texts.get(mark, "") + _decoded(operands[0], letters)
    yield from texts.items()


def _decoded(shown: Any, letters: dict[int, str]) -> str:
    strings = (
        [shown] if isinstance(shown, pikepdf.String) else [s for s in shown if isinstance(s, pikepdf.String)]
    )
    codes = b"".join(bytes(string) for string in strings)
    return "".join(letters[int.from_bytes(codes[place : place + 2])] for place in range(0, len(codes), 2))


def _letters_of(font: Any) -> dict[int, str]:
    """What each two-byte code of a font means, by its ToUnicode map."""
    table = font.ToUnicode.read_bytes().decode("ascii", "replace")
    meanings: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(_HEX + r"\s*" + _HEX, block):
            meanings[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    assert meanings, "a font says what its signs mean"
    return meanings
