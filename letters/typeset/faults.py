"""What went wrong while a letter was set, put as findings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence, Set
from logging import LogRecord
from typing import Any
from urllib.parse import unquote

from letters.findings import Finding
from letters.typeset.fonts import PACKAGE, Faces, cure_for
from letters.typeset.rules import ASSET, FALLBACK_FONT, MISSING_GLYPH, TOO_LONG, TYPESETTING

_SHOWN = 120  # characters of an address or message that are shown


def too_long(seconds: float) -> Finding:
    """The time was up."""
    return TOO_LONG.finding(
        f"The letter was not set within {seconds:g} seconds.",
        "Look in its template for deeply nested boxes, huge tables or many pictures, and simplify them.",
    )


def engine_failed(error: Exception) -> Finding:
    """The engine raised something."""
    return TYPESETTING.finding(
        f"The typesetting engine failed with {type(error).__name__}.",
        "Take out of the template what was added last, and report the letter's template as a fault.",
    )


def refusals(urls: Iterable[str]) -> list[Finding]:
    """The letter asked for things it was not given."""
    return [_refusal(url) for url in dict.fromkeys(urls)]


def _refusal(url: str) -> Finding:
    if url.startswith("asset:"):
        name = unquote(url.removeprefix("asset:"))
        return ASSET.finding(f"The picture {name} is missing.", "Add the picture, or leave its name out.")
    return ASSET.finding(
        f"The letter asks for {_short(url)}, which a letter may not load.",
        "Give the picture to the practice file as logo or signature, and use that.",
    )


def complaints(records: Sequence[LogRecord], assets: Set[str]) -> list[Finding]:
    """The engine warned about something, which means it left something out."""
    return list(dict.fromkeys(_complaint(record, assets) for record in records))


def _complaint(record: LogRecord, assets: Set[str]) -> Finding:
    url = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
    name = unquote(url.removeprefix("asset:"))
    if url.startswith("asset:") and name in assets:
        return ASSET.finding(
            f"The picture {name} cannot be read.", "Save it again as PNG, JPEG or plain SVG, and try again."
        )
    return TYPESETTING.finding(
        f"The typesetting engine says: {_short(record.getMessage())}.",
        "Mend the template or the style it speaks of.",
    )


def glyphs(fonts: Iterable[Any], faces: Faces) -> list[Finding]:
    """Characters no typeface has, and typefaces that were not chosen."""
    used = list(fonts)
    missing = sorted({code for font in used for code in font.missing})
    strange = [font for font in used if font.family not in faces.families]
    return [_missing(chr(code)) for code in missing] + [_fallback(font, faces) for font in strange]


def _missing(character: str) -> Finding:
    name = unicodedata.name(character, "a character without a name")
    return MISSING_GLYPH.finding(
        f"No typeface has the character U+{ord(character):04X} {name}.", cure_for(character)
    )


def _fallback(font: Any, faces: Faces) -> Finding:
    signs = dict.fromkeys(sign for text in font.to_unicode.values() for sign in text if sign.isprintable())
    shown = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in list(signs)[:5])
    cure = f"Install the typefaces {', '.join(faces.system)} (on Debian: apt install {PACKAGE})."
    return FALLBACK_FONT.finding(
        f"{shown or 'Part of the letter'} was set in {font.family}, which happens to be on this machine.",
        cure if faces.system else "Replace the characters that the typefaces of the letter lack.",
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
