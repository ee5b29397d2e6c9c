"""The style that depends on the sheet: its margins, where things stand on it, and what lies beneath."""

from __future__ import annotations

from letters.paper import Box, Envelope, Paper

FIRST_SHEET = "letters-first-sheet.svg"

TOP = 40.0  # where the letterhead begins
_NEXT_TOP = 84.0  # where text begins on a page without letterhead
_BOTTOM = 40.0
BELOW_WINDOW = 14.0  # between what may show in the window and the first line of text
_DIN_COLUMN = 354.3  # 125 mm, the information block of DIN 5008
_SMALL = "font-size: 9pt; line-height: 1.3; color: #555"

_FOOT = f"{_SMALL}; vertical-align: top; padding-top: 6pt"

# A letter of one page has no page number. The first page of a longer one has: its string is emptied
# again where the letter ends, and the count of pages is written from two upward only. Nothing of this
# makes the engine lay the letter out a second time.
_COUNTING = """
@counter-style letters-none { system: cyclic; symbols: ""; suffix: "" }
@counter-style letters-several { system: extends decimal; range: 2 infinite; fallback: letters-none }
"""


def page_css(paper: Paper, envelope: Envelope, *, draft: bool, large_print: bool) -> str:
    """Return the style of the sheet, its margins and the places on the first page."""
    parts = [_COUNTING, _margins(paper, draft=draft, marked=bool(envelope.folds)), _large_print(large_print)]
    exposed, field = envelope.exposed(paper), envelope.address_field(paper)
    if exposed is None or field is None:
        return "\n".join([*parts, _flowing_head()])
    return "\n".join([*parts, _placed_head(paper, exposed, field, large_print=large_print)])


def first_sheet(paper: Paper, envelope: Envelope) -> bytes:
    """Draw what lies beneath the text of the first page, its fold marks, as SVG."""
    marks = "".join(
        f'<path d="M14.5 {fold:.2f}h11" stroke="#999" stroke-width="0.5"/>' for fold in envelope.folds
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{paper.width:.2f}pt" height="{paper.height:.2f}pt"'
        f' viewBox="0 0 {paper.width:.2f} {paper.height:.2f}">{marks}</svg>'
    ).encode()


def draft_style(paper: Paper, label: str) -> str:
    """Return the size and place of the word across a draft, which keep it on the sheet.

    It stands below the window, so that the window shows nothing of it.
    """
    advance = 0.7 if label.isascii() else 1.0
    size = min(150.0, 540.0 / (advance * max(3, len(label))))
    return f"bottom:{paper.height * 0.35 - _BOTTOM - size / 2:.1f}pt;font-size:{size:.1f}pt"


def _margins(paper: Paper, *, draft: bool, marked: bool) -> str:
    """Return the page rules: a running line on following pages, page numbers where there are several."""
    left, right = paper.margin_left, paper.margin_right
    number = "string(page-before) counter(page) string(page-between) counter(pages) string(page-after)"
    first = "string(first-before, last) counter(pages, letters-several) string(first-after, last)"
    return f"""
@page {{
  size: {paper.width:.2f}pt {paper.height:.2f}pt;
  margin: {_NEXT_TOP}pt {right:.2f}pt {_BOTTOM}pt {left:.2f}pt;
  @top-left {{ content: string(running); text-align: start; {_running()} }}
  @top-right {{ content: {number}; text-align: end; white-space: nowrap; {_running()} }}
  {_draft_word() if draft else ""}
}}
@page :first {{
  margin-top: {TOP}pt;
  {_background(paper) if marked else ""}
  @top-left {{ content: none }}
  @top-right {{ content: none }}
  @bottom-right {{ content: {first}; text-align: end; white-space: nowrap; {_FOOT} }}
}}
"""


def _draft_word() -> str:
    """Say the word again in the margin, where it stays in sight when the page is full."""
    return (
        f"@bottom-left {{ content: string(draft); text-align: start; white-space: nowrap; {_FOOT};"
        " font-weight: 700 }"
    )


def _running() -> str:
    return f"{_SMALL}; vertical-align: bottom; padding-bottom: 24pt"


def _background(paper: Paper) -> str:
    """Lay the drawing over the whole sheet; a page's background is measured from inside its margins."""
    return (
        f'background: url("asset:{FIRST_SHEET}") no-repeat {-paper.margin_left:.2f}pt {-TOP:.2f}pt /'
        f" {paper.width:.2f}pt {paper.height:.2f}pt;"
    )


def _large_print(large: bool) -> str:
    if not large:
        return ""
    return """
html { font-size: 18pt; line-height: 1.36 }
.practice { font-size: 1.15em }
.details { font-size: 0.78em; line-height: 1.3 }
.close .line, .facts, .enclosures, table, .slip .sign-here { font-size: 1em }
main > *, section > * { max-width: none }
@page { @top-left { font-size: 13pt } @top-right { font-size: 13pt } @bottom-left { font-size: 13pt } }
@page :first { @bottom-right { font-size: 13pt } }
"""


def _flowing_head() -> str:
    """Style a letterhead and address that take the room they need."""
    return """
.letterhead { margin-bottom: 24pt }
.details { width: 150pt }
.masthead { width: 300pt }
.facts { margin-bottom: 16pt }
.addressee { line-height: 1.3; margin-bottom: 20pt }
.reference { margin: 0 }
"""


def _placed_head(paper: Paper, exposed: Box, field: Box, *, large_print: bool) -> str:
    """Style a letterhead above the window, an address inside it, and date and reference beside it.

    Nothing is positioned: the engine writes positioned boxes after all others, and the text would be
    read out in that order. The heights that put the address in its place depend on its lines; see press.
    """
    left = paper.margin_left
    column = max(exposed.right + 9, _DIN_COLUMN if paper.name == "a4" else 0.0)
    width = paper.width - paper.margin_right - column
    css = f"""
.masthead {{ width: {column - left - 18:.2f}pt }}
.details {{ width: {width:.2f}pt }}
.addressee {{ margin: 0 {paper.width - paper.margin_right - field.right:.2f}pt 0 {field.left - left:.2f}pt }}
.facts {{ float: right; width: {width:.2f}pt }}
main {{ clear: both }}
.facts .label {{ display: block }}
.facts .reference {{ margin-top: 0.3em }}
"""
    return css + (_LARGE_HEAD if large_print else "")


# In large print the sender's details run on in lines.
_LARGE_HEAD = """
.masthead, .details { float: none; width: auto }
.details { padding-top: 3pt }
.details .line { display: inline }
.details .line:not(:last-of-type)::after { content: " · " }
.contact { margin-top: 0 }
.logo img { max-height: 40pt }
.facts { font-size: 0.9em; line-height: 1.2 }
"""
