"""The press: the one module that runs WeasyPrint."""

from __future__ import annotations

import atexit
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from threading import get_ident
from typing import Any
from xml.etree.ElementTree import SubElement

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from letters.deadline import OutOfTimeError, time_limit
from letters.errors import LettersError, MachineError
from letters.findings import Finding
from letters.paper import Envelope, Paper, matched
from letters.typeset import Layout, Typeset, faults
from letters.typeset.address import fit
from letters.typeset.assets import AssetFetcher, FaceFetcher, RefusedError
from letters.typeset.conformance import declare_pdfua
from letters.typeset.fonts import Faces, faces_for
from letters.typeset.pages import BELOW_WINDOW, FIRST_SHEET, TOP, draft_style, first_sheet, page_css

_ADDRESS_SIZE, _LARGE_ADDRESS_SIZE = 11.5, 18.0
_LONG_WORD = 24  # characters
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def press(html: str, layout: Layout, assets: Mapping[str, bytes], created: date, seconds: float) -> Typeset:
    """Set a letter; see `letters.typeset.typeset`."""
    paper, envelope = matched(layout.paper, layout.envelope)
    faces = faces_for(html, layout.typeface, layout.language)
    available = dict(assets)
    fetcher = AssetFetcher(available)
    pages = 0
    with _complaints() as records:
        try:
            with time_limit(seconds):
                style = style_for(faces, layout)
                source = weasyprint.HTML(string=html, url_fetcher=fetcher)
                available[FIRST_SHEET] = first_sheet(paper, envelope)
                if layout.draft:
                    _mark_draft(source, paper)
                _fit_address(source, paper, envelope, layout)
                _break_long_words(source)
                _isolate(source)
                pdf, pages, found = _print(source, style, created, faces)
        except OutOfTimeError:
            return Typeset(b"", [faults.too_long(seconds)])
        except RefusedError:
            pdf, found = b"", []
        except (LettersError, MemoryError):
            raise
        except OSError as error:
            if error.errno is None:  # a picture that cannot be read has no number of the system's
                pdf, found = b"", [faults.engine_failed(error)]
            else:
                raise _no_temporary_files() from error
        except Exception as error:  # whatever the engine stumbles over, the letter is at fault
            pdf, found = b"", [faults.engine_failed(error)]
    found += faults.refusals(fetcher.refused) + faults.complaints(records, set(assets))
    return Typeset(pdf, found, pages)


def _no_temporary_files() -> MachineError:
    """The engine keeps its copies of typefaces in files, and reads and writes no others."""
    return MachineError(
        "The folder for temporary files cannot be written to, and a letter is not set without it.",
        "Make room in it, or name another folder in the environment variable TMPDIR.",
    )


@dataclass(frozen=True)
class Style:
    """Typefaces and style sheet, loaded once per process; `css` is the sheet as text."""

    fonts: FontConfiguration
    counters: CounterStyle
    sheet: weasyprint.CSS
    css: str


def style_for(faces: Faces, layout: Layout) -> Style:
    """Return the style of a kind of sheet. Raises MachineError where a typeface is missing."""
    return _style(faces, layout.paper, layout.envelope, layout.draft, layout.large_print)


class _SealedFonts(FontConfiguration):  # type: ignore[misc]
    """Typefaces that no letter can add to, because the letters after it are set in them too."""

    sealed = False

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
        if self.sealed:
            LOGGER.error("a letter may not bring its own typefaces")
        else:
            super().add_font_face(rule_descriptors, url_fetcher)


@lru_cache(maxsize=32)
def _style(faces: Faces, paper: str, envelope: str, draft: bool, large_print: bool) -> Style:
    fonts = _fonts(faces)
    counters = CounterStyle()
    sheet = page_css(*matched(paper, envelope), draft=draft, large_print=large_print)
    css = f"{_stylesheet()}\n{faces.font_list()}\n{sheet}"
    parsed = weasyprint.CSS(string=css, font_config=fonts, counter_style=counters)
    return Style(fonts, counters, parsed, css)


@lru_cache(maxsize=8)
def _fonts(faces: Faces) -> FontConfiguration:
    """Register typefaces, which takes tens of milliseconds for the East Asian ones."""
    fonts = _SealedFonts()
    try:
        weasyprint.CSS(string=faces.font_faces(), font_config=fonts, url_fetcher=FaceFetcher())
    except FatalURLFetchingError as error:
        raise error.__cause__ or LettersError(str(error)) from error
    fonts.sealed = True
    # Its folder of copies, which a program that ends without collecting its garbage leaves behind.
    atexit.register(fonts.__del__)
    return fonts


@lru_cache(maxsize=1)
def _stylesheet() -> str:
    return files("letters.typeset").joinpath("letter.css").read_text("utf-8")


def _mark_draft(source: Any, paper: Paper) -> None:
    """Put the word that marks a draft, in the letter's own language, beneath the text of every page.

    It is an element and no drawing, because the engine sets text in SVG letter by letter from the left,
    which garbles Arabic; and no margin box, because those are drawn over the text.
    """
    body, label = source.etree_element.find("body"), source.etree_element.get("data-draft", "DRAFT")
    word = SubElement(body, "div", {"class": "draft-word", "style": draft_style(paper, label)})
    word.text = label


def _fit_address(source: Any, paper: Paper, envelope: Envelope, layout: Layout) -> None:
    """Set the size of the address on the parsed page, and the heights that put it in its place."""
    page = source.etree_element
    address, head = page.find(".//address"), page.find(".//header")
    field, exposed = envelope.address_field(paper), envelope.exposed(paper)
    if address is None or head is None or field is None or exposed is None:
        return
    lines = ["".join(line.itertext()).strip() for line in address.iter("p")]
    chosen = fit(lines, field, _LARGE_ADDRESS_SIZE if layout.large_print else _ADDRESS_SIZE)
    height = exposed.bottom + BELOW_WINDOW - chosen.top
    head.set("style", f"height:{chosen.top - TOP:.2f}pt")
    address.set(
        "style", f"font-size:{chosen.size}pt;line-height:{chosen.leading:.2f}pt;height:{height:.2f}pt"
    )


def _break_long_words(source: Any) -> None:
    """Allow breaks anywhere in table cells whose words would push the table off the page."""
    for tag in ("td", "th"):
        for cell in source.etree_element.iter(tag):
            if max(map(len, "".join(cell.itertext()).split()), default=0) > _LONG_WORD:
                cell.set("class", f"{cell.get('class', '')} unbroken")


def _isolate(source: Any) -> None:
    """Isolate names and lines from the direction of the text around them.

    The engine knows neither `<bdi>` nor `unicode-bidi`; its text layout knows the characters for it. They
    are put in only where directions meet, so that text copied from other letters stays clean.
    """
    root = source.etree_element
    if root.get("dir") != "rtl" and not _RIGHT_TO_LEFT.search("".join(root.itertext())):
        return
    for name in root.iter("bdi"):
        if len(name) == 0 and name.text:
            name.text = f"\u2068{name.text}\u2069"


def _print(source: Any, style: Style, created: date, faces: Faces) -> tuple[bytes, int, list[Finding]]:
    """Lay the letter out and write it, looking at the typefaces it ended up in; also count its pages."""
    found: list[Finding] = []

    def finish(document: Any, pdf: Any) -> None:
        declare_pdfua(document, pdf)
        found.extend(faults.glyphs(document.fonts.values(), faces))

    document = source.render(
        font_config=style.fonts,
        counter_style=style.counters.copy(),
        stylesheets=[style.sheet],
        pdf_variant="pdf/a-2a",
    )
    document.metadata.created = created.isoformat()
    pdf = document.write_pdf(pdf_variant="pdf/a-2a", finisher=finish)
    return pdf, len(document.pages), found


class _Listener(logging.Handler):
    """Collect what the engine complains about while this thread sets a letter."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._thread = get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.records.append(record)


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    """Listen to the engine, and keep it from printing."""
    listener, propagate = _Listener(), LOGGER.propagate
    handlers = LOGGER.handlers[:]
    LOGGER.handlers[:], LOGGER.propagate = [listener], False
    try:
        yield listener.records
    finally:
        LOGGER.handlers[:], LOGGER.propagate = handlers, propagate
