"""One print job of many letters, in parts a printer can take.

A print job is for the printer and is no archive: it has the pages, and neither the tags nor the standards of
the letters, which stay as they are beside it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from letters.errors import MachineError
from letters.files import publish

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

MOST_PAGES = 1000  # 500 sheets printed on both sides: a ream, and a large tray
NAME = "print"
# A typeface is its file, what describes it, its widths, its name, and the page's list of typefaces: each
# is found to be the same only when what it names is.
_DEPTH = 5
_AGAIN = (
    "Run the same batch again, which puts letters back that are missing; save an enclosure again from where"
    " it comes."
)


@dataclass(frozen=True)
class Sheaf:
    """One letter with its enclosures behind it, as files in the order they are printed."""

    files: tuple[Path, ...]


@dataclass(frozen=True)
class Printed:
    """One file of a print job; `pages` counts the blank ones too."""

    file: Path
    letters: int
    pages: int


def print_job(
    sheets: Iterable[Sheaf],
    out: Path,
    *,
    duplex: bool = True,
    most_pages: int | None = None,
    name: str = NAME,
) -> list[Printed]:
    """Write `print.pdf` into a folder, or `print-1.pdf` and so on where it has more than `most_pages`.

    In duplex each letter and each enclosure begins on a new sheet. A part ends between letters, so one that
    holds a single letter may be longer. Parts of an earlier job are removed before the first is written, and
    those of this one where it cannot be finished: of a part of a job nobody sees that it is one.
    Raises MachineError where a file is missing, damaged or locked, or where none can be written.
    """
    remove_job(out, name)
    try:
        found = list(_written(_parts(sheets, duplex, most_pages or MOST_PAGES), out, name))
    except BaseException:
        remove_job(out, name)
        raise
    return [_alone(found[0], name)] if len(found) == 1 else found


def _written(parts: Iterable[_Part], out: Path, name: str) -> Iterator[Printed]:
    for number, part in enumerate(parts, 1):
        file = out / f"{name}-{number}.pdf"
        publish(file, part.finished())
        yield Printed(file, part.letters, part.pages)


def _alone(printed: Printed, name: str) -> Printed:
    """Name the only part for what it is."""
    file = printed.file.with_name(f"{name}.pdf")
    printed.file.replace(file)
    return Printed(file, printed.letters, printed.pages)


def remove_job(out: Path, name: str) -> None:
    """Remove what an earlier job left: of old and new parts side by side, letters would be printed twice."""
    for file in out.glob(f"{name}*.pdf"):
        if re.fullmatch(rf"{name}(-\d+)?\.pdf", file.name):
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                message = f"The file {file} cannot be replaced: {error.strerror}."
                raise MachineError(message, "Close the program that shows it, and try again.") from error


def _parts(sheets: Iterable[Sheaf], duplex: bool, most_pages: int) -> Iterator[_Part]:
    """Put letters together until there are enough; only one part is in memory at a time."""
    part = _Part(duplex)
    for sheaf in sheets:
        documents = part.opened(sheaf)
        if part.letters and part.pages + part.sides(documents) > most_pages:
            yield part
            part = _Part(duplex)
            documents = part.opened(sheaf)
        part.add(sheaf, documents)
    if part.letters:
        yield part


class _Part:
    """The pages of one file of a print job."""

    def __init__(self, duplex: bool) -> None:
        from pypdf import PdfWriter

        self.letters = 0
        self._duplex = duplex
        self._writer = PdfWriter()
        self._enclosures: dict[Path, PdfReader] = {}

    @property
    def pages(self) -> int:
        """How many pages there are by now."""
        return len(self._writer.pages)

    def opened(self, sheaf: Sheaf) -> list[PdfReader]:
        """Each file, open; an enclosure of many letters is read once. Raises MachineError."""
        letter, *enclosures = sheaf.files
        for file in enclosures:
            if file not in self._enclosures:
                self._enclosures[file] = _opened(file)
        return [_opened(letter), *(self._enclosures[file] for file in enclosures)]

    def sides(self, documents: list[PdfReader]) -> int:
        """How many pages documents take up, blank ones counted."""
        lengths = [len(document.pages) for document in documents]
        return sum(length + self._is_short(length) for length in lengths)

    def add(self, sheaf: Sheaf, documents: list[PdfReader]) -> None:
        """Put a letter behind the others, with a bookmark of its id. Raises MachineError."""
        first, letter = self.pages, documents[0]
        for file, document in zip(sheaf.files, documents, strict=True):
            # What is pressed on a screen is not printed; the fields of a form are.
            without = ["/Annots"] if document is letter else []
            with _whole(file):
                self._add(document, without)
        self._writer.add_outline_item(title=sheaf.files[0].stem, page_number=first)
        self.letters += 1
        self._writer.reset_translation(letter)
        letter.close()  # the writer would keep it, and all that was read of it, until the part is done

    def _add(self, document: PdfReader, without: Sequence[str]) -> None:
        for page in document.pages:
            self._writer.add_page(page, excluded_keys=without)
        if self._is_short(len(document.pages)):
            self._writer.add_blank_page()  # of the size of the page before

    def finished(self) -> bytes:
        """The file, with typefaces that several letters have in common kept once."""
        _prefer(self._writer, duplex=self._duplex)
        for _ in range(_DEPTH):
            self._writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=False)
        out = io.BytesIO()
        self._writer.write(out)
        self._writer.close()
        return out.getvalue()

    def _is_short(self, pages: int) -> bool:
        """Whether a blank page must follow, so that the next document begins on a new sheet."""
        return self._duplex and pages % 2 == 1


def _prefer(writer: PdfWriter, *, duplex: bool) -> None:
    """Say how it is printed: as it is, for a smaller page would push the address out of the window."""
    from pypdf.generic import BooleanObject, NameObject

    wanted = writer.create_viewer_preferences()
    wanted[NameObject("/Duplex")] = NameObject("/DuplexFlipLongEdge" if duplex else "/Simplex")
    wanted[NameObject("/PrintScaling")] = NameObject("/None")
    wanted[NameObject("/PickTrayByPDFSize")] = BooleanObject(True)
    writer.page_mode = "/UseOutlines"


def _opened(file: Path) -> PdfReader:
    """Open a PDF. Raises MachineError where it is not there, not whole, or locked."""
    from pypdf import PdfReader

    with _whole(file):
        # Strict, because what is mended in silence may have lost a page.
        reader = PdfReader(io.BytesIO(_read(file)), strict=True)
        if reader.is_encrypted:
            raise _unusable(file, "it is locked with a password")
        if not reader.pages:
            raise _unusable(file, "it has no pages")
    return reader


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise _unusable(file, "it is not there") from error
    except OSError as error:
        raise _unusable(file, error.strerror or "it cannot be read") from error


@contextmanager
def _whole(file: Path) -> Iterator[None]:
    """Tell of whatever a damaged file breaks in its reader. Raises MachineError."""
    try:
        yield
    except (MachineError, MemoryError):
        raise
    except Exception as error:
        raise _unusable(file, "it is damaged") from error


def _unusable(file: Path, reason: str) -> MachineError:
    return MachineError(f"The file {file} cannot be printed: {reason}.", _AGAIN)
