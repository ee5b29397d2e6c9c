"""Examine a PDF that somebody else made: can it go out with letters, and does it print as it looks?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from letters.errors import LettersError
from letters.paper import UNPRINTABLE, Box, paper_named
from letters.proof import Page, Proof

if TYPE_CHECKING:
    import pikepdf

MOST_PAGES = 40
LARGEST = 10 * 1024 * 1024  # bytes
_MOST_OBJECTS = 100_000  # a text of 40 pages has some hundreds
_SLACK = 3.0  # points by which a sheet may differ; programs round the sizes of A4
_SAVE_ANEW = "Print it into a new PDF, and name that."

# Of actions and annotations, ISO 32000-2, 12.5.6 and 12.6.4: what does more than to lead the reader on.
_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"}
_PLAYS = {"/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/Screen", "/RichMedia", "/3D"}
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a document, and how to mend it."""

    message: str
    remedy: str


@dataclass(frozen=True)
class Examined:
    """A document's pages, what keeps it from going out, and what makes it print otherwise than it looks."""

    pages: int
    faults: tuple[Trouble, ...] = ()
    doubts: tuple[Trouble, ...] = ()


@lru_cache(maxsize=32)
def examine(pdf: bytes, paper: str) -> Examined:
    """Examine a document for a paper, given by name; the same bytes are looked at once."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            faults = tuple(_faults(opened))
            fonts = () if faults else tuple(sorted(set(_fonts_elsewhere(opened))))
            sheets = [_shown(page) for page in opened.pages]
    except pikepdf.PasswordError:
        return Examined(0, (Trouble("It opens with a password only.", "Save it without one."),))
    # In a damaged file anything may stand anywhere, and each thing fails in its own way.
    except Exception:
        return Examined(0, (Trouble("It is no PDF, or it is damaged.", _SAVE_ANEW),))
    doubts = () if faults else tuple(_doubts(pdf, paper, fonts, sheets))
    return Examined(len(sheets), faults, doubts)


def _faults(pdf: pikepdf.Pdf) -> Iterator[Trouble]:
    if pdf.is_encrypted:
        yield Trouble("It is encrypted.", "Save it without a password and without restrictions.")
    if not 1 <= len(pdf.pages) <= MOST_PAGES:
        yield Trouble(
            f"It has {len(pdf.pages)} pages.", f"Enclose 1 to {MOST_PAGES} pages; send more by another way."
        )
    if len(pdf.objects) > _MOST_OBJECTS:
        yield Trouble("It is made of more parts than a document on paper needs.", _SAVE_ANEW)
        return
    if pdf.get_warnings() or pdf.check_pdf_syntax():
        yield Trouble("It is damaged; a reader may show it otherwise than another one.", _SAVE_ANEW)
    for what in sorted(set(_active(pdf))):
        yield Trouble(f"It holds {what}, which no paper can show.", _SAVE_ANEW)


def _active(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What the document does, or carries, besides its pages."""
    for one in _dictionaries(pdf):
        kind, part = str(one.get("/S", "")), str(one.get("/Subtype", "")) if "/Rect" in one else ""
        if "/JS" in one or kind in _ACTIONS:
            yield "a program or an action"
        if kind in _PLAYS or part in _PLAYS:
            yield "film or sound"
        if "/XFA" in one:
            yield "a form of the XFA sort"
        if "/EF" in one or part == "/FileAttachment" or str(one.get("/Type", "")) == "/EmbeddedFile":
            yield "another file"


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary in the file, whether or not something leads there."""
    import pikepdf

    waiting: list[Any] = list(pdf.objects)
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Stream):
            one = one.stream_dict
        if isinstance(one, pikepdf.Dictionary):
            yield one
            waiting += [value for value in one.values() if _is_part(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _is_part(value)]


def _is_part(value: Any) -> bool:
    """Whether a value stands in its place only; others are on the list of the file."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _fonts_elsewhere(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The names of the fonts that the pages use and the file does not hold."""
    seen: set[tuple[int, int]] = set()
    waiting = [page.resources for page in pdf.pages] + list(_appearances(pdf))
    while waiting:
        resources = waiting.pop()
        if resources is None:
            continue
        for font in resources.get("/Font", {}).values():
            if not _is_embedded(font):
                yield str(font.get("/BaseFont", "/unnamed"))[1:].rpartition("+")[2]
        for group in ("/XObject", "/Pattern"):
            for drawn in resources.get(group, {}).values():
                if drawn.objgen not in seen:
                    seen.add(drawn.objgen)
                    waiting.append(drawn.get("/Resources"))


def _appearances(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """What the fields of a form draw with, where they draw text; an empty field waits for a pen."""
    import pikepdf

    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            look = annotation["/AP"].get("/N") if "/AP" in annotation else None
            if isinstance(look, pikepdf.Stream) and b"Tj" in look.read_bytes().replace(b"TJ", b"Tj"):
                yield look.get("/Resources")


def _is_embedded(font: Any) -> bool:
    kind = str(font.get("/Subtype", ""))
    if kind == "/Type3":  # its characters are drawn in the file itself
        return True
    holder = font["/DescendantFonts"][0] if kind == "/Type0" and "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor", {})
    return any(name in descriptor for name in _FONT_FILES)


def _shown(page: pikepdf.Page) -> Box:
    """The part of a page that is shown, in its own coordinates: they rise from below, and do not turn."""
    left, bottom, right, top = map(float, page.cropbox.as_list())
    return Box(min(left, right), max(bottom, top), max(left, right), min(bottom, top))


def _doubts(pdf: bytes, paper: str, fonts: tuple[str, ...], sheets: list[Box]) -> Iterator[Trouble]:
    if fonts:
        message = f"It does not hold the font {fonts[0]}, so it looks different on each machine."
        yield Trouble(message, "Save it again with all fonts embedded, as PDF/A does.")
    try:
        with Proof(pdf) as proof:
            other = [number for number, page in enumerate(proof.pages, 1) if not _is_on(page, paper)]
            pages = enumerate(zip(proof.pages, sheets, strict=True), 1)
            cut = [number for number, (page, shown) in pages if _is_cut(page, shown)]
    except LettersError:
        yield Trouble("One of two readers cannot open it.", _SAVE_ANEW)
        return
    if other:
        message = f"Page {other[0]} has not the size of {paper} paper, on which the letters are printed."
        yield Trouble(message, f"Save it for {paper} paper, or see how it prints.")
    if cut:
        message = f"On page {cut[0]}, text lies off the page or in the edge that printers cannot reach."
        yield Trouble(message, "Give it wider margins.")


def _is_on(page: Page, paper: str) -> bool:
    """Whether a page has the size of a paper, upright or lying."""
    sheet = paper_named(paper)
    wanted = sorted((sheet.width, sheet.height))
    return all(abs(found - right) <= _SLACK for found, right in zip(sorted(page.size), wanted, strict=True))


def _is_cut(page: Page, shown: Box) -> bool:
    """Whether text lies where it is not printed; the runs of it are few, and the characters have the say."""
    top, edge = page.size[1], UNPRINTABLE
    # Proofs count from the top of the page as it is shown; that of one that is turned is not its own.
    printable = Box(shown.left + edge, top - shown.top + edge, shown.right - edge, top - shown.bottom - edge)
    return not all(printable.holds(run) for run in page.runs) and any(
        not printable.holds(character.box) for character in page.characters()
    )
