"""Set addresses on label sheets and envelopes: lines of text in given places, fitted, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from letters.findings import Finding
from letters.paper import Box
from letters.typeset import Layout, Typeface
from letters.typeset.fonts import Faces, faces_for
from letters.typeset.loading import libraries_by_name

if TYPE_CHECKING:
    from letters.typeset.press import Style

_MARK = "p"  # how the name of an anchor begins; its number follows
_SLACK = 0.5  # points that rounding may take up
_PIXEL = 0.75  # points; the engine measures in pixels of CSS


@dataclass(frozen=True)
class Placed:
    """Lines of text, the box they stand in from its left edge, and the largest type for them.

    They stand in the middle of the box's height, or at its top. `language` is that of the names in them,
    which decides how Chinese characters are drawn.
    """

    lines: tuple[str, ...]
    field: Box
    largest: float
    language: str = "en"
    at_top: bool = False


@dataclass(frozen=True)
class Sheets:
    """Pages that were set, empty where there are none; what was wrong; which places their text overflows.

    A place is the number of its page and its number there, both from 0.
    """

    pdf: bytes
    findings: tuple[Finding, ...]
    overflowing: tuple[tuple[int, int], ...]


def set_sheets(
    pages: Sequence[Sequence[Placed]], size: tuple[float, float], *, typeface: Typeface, title: str
) -> Sheets:
    """Set pages of one size, in points, with the same bytes for the same input.

    Long lines get smaller type first and are broken then; nothing is ever cut. Raises MachineError where a
    typeface is missing.
    """
    from letters.typeset import faults

    with libraries_by_name():
        from letters.typeset import press
    faces = _faces(pages, typeface)
    with press._complaints() as records:
        style = press.style_for(faces, Layout("letter", "none", typeface, "en", draft=False))
        document = _laid_out(_html(pages, typeface, title), _css(size, faces), style)
        found: list[Finding] = []
        pdf = document.write_pdf(
            finisher=lambda finished, _: found.extend(faults.glyphs(finished.fonts.values(), faces))
        )
    return Sheets(pdf, (*found, *faults.complaints(records, set())), tuple(_overflowing(document, pages)))


def _laid_out(html: str, css: str, style: Style) -> Any:
    import weasyprint

    from letters.typeset.assets import AssetFetcher

    counters = style.counters.copy()
    sheet = weasyprint.CSS(string=css, font_config=style.fonts, counter_style=counters)
    source = weasyprint.HTML(string=html, url_fetcher=AssetFetcher({}))
    return source.render(font_config=style.fonts, counter_style=counters, stylesheets=[sheet])


def _faces(pages: Iterable[Iterable[Placed]], typeface: Typeface) -> Faces:
    """All families that any of the texts needs."""
    each = [_faces_of(placed, typeface) for page in pages for placed in page]
    bundled = dict.fromkeys(family for faces in each for family in faces.bundled)
    system = dict.fromkeys(family for faces in each for family in faces.system)
    return Faces(tuple(bundled), tuple(system))


def _faces_of(placed: Placed, typeface: Typeface) -> Faces:
    return faces_for("".join(placed.lines), typeface, placed.language)


def _css(size: tuple[float, float], faces: Faces) -> str:
    return f"""
@page {{ size: {size[0]:.2f}pt {size[1]:.2f}pt; margin: 0 }}
{faces.font_list()}
html {{ color: #000; font-kerning: normal; font-variant-numeric: lining-nums }}
body {{ margin: 0 }}
.page {{ break-after: page; height: {size[1] - 1:.2f}pt; position: relative }}
.page:last-child {{ break-after: auto }}
.field {{ overflow-wrap: anywhere; position: absolute; text-align: left; white-space: pre-line }}
.middle {{ transform: translateY(-50%) }}
"""


def _html(pages: Sequence[Sequence[Placed]], typeface: Typeface, title: str) -> str:
    numbers = iter(range(sum(map(len, pages))))
    body = "".join(
        f'<div class="page">{"".join(_field(placed, next(numbers), typeface) for placed in page)}</div>'
        for page in pages
    )
    return f'<!DOCTYPE html><html lang="en"><title>{escape(title)}</title><body>{body}</body></html>'


def _field(placed: Placed, number: int, typeface: Typeface) -> str:
    from letters.typeset.address import fit

    field = placed.field
    chosen = fit(placed.lines, field, placed.largest)
    families = ", ".join(f"'{family}'" for family in _faces_of(placed, typeface).families)
    top = field.top if placed.at_top else (field.top + field.bottom) / 2
    style = (
        f"left:{field.left:.2f}pt;top:{top:.2f}pt;width:{field.right - field.left:.2f}pt;"
        f"font-family:{families};font-size:{chosen.size}pt;line-height:{chosen.leading:.2f}pt"
    )
    lines = "\n".join(map(_isolated, placed.lines))
    names = "field" if placed.at_top else "field middle"
    return (
        f'<div id="{_MARK}{number}" class="{names}" style="{style}" lang="{escape(placed.language)}">'
        f"{lines}</div>"
    )


def _isolated(line: str) -> str:
    """Give a line the direction of its own first letter; see the press."""
    from letters.typeset.press import _RIGHT_TO_LEFT

    return escape(f"\u2068{line}\u2069" if _RIGHT_TO_LEFT.search(line) else line)


def _overflowing(document: Any, pages: Sequence[Sequence[Placed]]) -> Iterator[tuple[int, int]]:
    """Measure what was set: the places where it is higher than its field."""
    number = 0
    for sheet, (page, placed) in enumerate(zip(document.pages, pages, strict=True)):
        for place, one in enumerate(placed):
            _, top, _, bottom = page.anchors[f"{_MARK}{number}"]
            if (bottom - top) * _PIXEL > one.field.bottom - one.field.top + _SLACK:
                yield sheet, place
            number += 1
