"""Checks on the finished PDF: does everything lie where it can be printed, and seen, or not be seen?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import category, normalize

from letters.findings import Finding, Severity, rule
from letters.paper import UNPRINTABLE, Box, matched
from letters.proof import Character, Page, Proof

OFF_PAGE = rule(
    "off-page",
    Severity.ERROR,
    "Text outside the page, or in the edge that printers cannot reach, is lost on paper.",
)
ADDRESS_WINDOW = rule(
    "address-window",
    Severity.ERROR,
    "The window must show the whole address, or the letter is not delivered, and nothing else, or it tells"
    " everyone who sees the envelope. The sheet shifts inside the envelope.",
    "USPS DMM 202; DIN 5008; 45 CFR 164.530(c)",
)
BLANK_PAGE = rule(
    "blank-page", Severity.ERROR, "A page without text is a sheet wasted, or text that was lost."
)
LONE_SIGNATURE = rule(
    "lone-signature",
    Severity.WARNING,
    "A signature on a page of its own can be put under any other letter.",
)

_LINES_WITH_SIGNATURE = 2
_HEAD = 72.0  # points from the top; above it stands the running line of a following page
_FOOT = 36.0  # points from the bottom; below it stands the page number of a first page
_DRAFT_WORD = 60.0  # points; no letter of any text is as large as those of the word behind it
_TOLERANCE = 0.5  # points; a bar or accent may reach that far over its line
_REMEDY_WINDOW = (
    "Shorten the lines of the address or of the letterhead, or choose an envelope without a window."
)


def check_layout(
    pdf: bytes, paper: str, envelope: str, address_lines: Sequence[str], signatory: str = ""
) -> list[Finding]:
    """Check a finished letter against the sheet and envelope it was set for, all given by name.

    `signatory` is the name printed below the signature; without it that check is left out.
    """
    with Proof(pdf) as proof:
        found = [finding for number, page in enumerate(proof.pages, 1) for finding in _page(number, page)]
        found += _window(proof.pages[0], paper, envelope, address_lines)
        return found + (_signature(proof.pages, signatory) if signatory else [])


def _page(number: int, page: Page) -> list[Finding]:
    """Check one page by itself."""
    if not any(_is_of_the_letter(number, page, run) for run in page.runs):
        return [BLANK_PAGE.finding(f"Page {number} is blank.", "Shorten the letter or its template.")]
    width, height = page.size
    printable = Box(UNPRINTABLE, UNPRINTABLE, width - UNPRINTABLE, height - UNPRINTABLE)
    if all(printable.holds(run) for run in page.runs):
        return []
    lost = sum(not printable.holds(character.box) for character in page.characters())
    if not lost:  # what lies over the edge is space
        return []
    return [
        OFF_PAGE.finding(
            f"{lost} characters on page {number} lie off the page or in the edge that printers cannot reach.",
            "Shorten what is too wide there: a table, a long word, or the letterhead.",
        )
    ]


def _is_of_the_letter(number: int, page: Page, box: Box) -> bool:
    """Whether a run of text is more than a running line, a page number or the word DRAFT behind the text."""
    in_head = number > 1 and box.bottom <= _HEAD
    in_foot = box.top >= page.size[1] - _FOOT
    return not in_head and not in_foot and box.bottom - box.top < _DRAFT_WORD


def _window(page: Page, paper: str, envelope: str, address_lines: Sequence[str]) -> list[Finding]:
    """Check that the window shows the address, all of it, and nothing else."""
    sheet, cover = matched(paper, envelope)
    safe, exposed = cover.safe(sheet), cover.exposed(sheet)
    if safe is None or exposed is None:
        return []
    address = _letters("".join(address_lines))
    shown, visible = _seen(page, safe, exposed)
    hidden, besides = (address - shown).total(), (visible - address).total()
    found = []
    if hidden:
        message = f"{hidden} characters of the address may be hidden by the edge of the {envelope} window."
        found.append(ADDRESS_WINDOW.finding(message, _REMEDY_WINDOW))
    if besides:
        message = f"{besides} characters that are not the address may show in the {envelope} window."
        found.append(ADDRESS_WINDOW.finding(message, _REMEDY_WINDOW))
    return found


def _seen(page: Page, safe: Box, exposed: Box) -> tuple[Counter[str], Counter[str]]:
    """Count the letters that show in a window wherever the sheet slides, and those that may show."""
    if all(safe.holds(run, _TOLERANCE) for run in page.runs if exposed.touches(run)):
        shown = _letters(page.text_in(exposed))
        return shown, shown
    characters = page.characters(exposed)
    safely = (character for character in characters if safe.holds(character.box, _TOLERANCE))
    return _letters(_text(safely)), _letters(_text(characters))


def _text(characters: Iterable[Character]) -> str:
    return "".join(character.text for character in characters)


def _letters(text: str) -> Counter[str]:
    """Count the visible characters of a text; order and ligatures differ between scripts and fonts."""
    return Counter(sign for sign in normalize("NFKD", text) if category(sign)[0] not in "CMZ")


def _signature(pages: Sequence[Page], signatory: str) -> list[Finding]:
    """Check that text stands above the signature on its page; a first page always has the letterhead."""
    number = max((n for n, page in enumerate(pages, 1) if signatory in page.text), default=1)
    if number == 1 or _lines_above(pages[number - 1], signatory) >= _LINES_WITH_SIGNATURE:
        return []
    return [
        LONE_SIGNATURE.finding(
            f"The signature on page {number} has fewer than {_LINES_WITH_SIGNATURE} lines of text above it.",
            "Shorten the letter by a line or two, or add a sentence.",
        )
    ]


def _lines_above(page: Page, signatory: str) -> int:
    """Count the lines of the letter above the signature, leaving out the running line and the closing."""
    tops = [line.top for line in page.lines() if line.top >= _HEAD]
    name = page.find(signatory)
    return sum(top < name.top for top in tops) - 1 if name else 0
