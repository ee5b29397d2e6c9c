"""The letter as one page for a browser, with nothing left to load."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from html import unescape
from importlib.resources import files
from urllib.parse import unquote

from letters.paper import paper_named
from letters.pictures import media_type
from letters.typeset import Layout

# The families we set letters in where the reader has them, else what the reader's system reads well in.
_FAMILIES = {
    "sans": '"Source Sans 3", "Noto Sans", system-ui, sans-serif',
    "serif": '"Gentium Book Plus", "Noto Serif", Georgia, serif',
}
# What a page may do, so that a mistake in a template cannot make it load or run anything.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_ASSET = re.compile(r'(\ssrc=)"asset:([^"]*)"')


def page_for_browser(html: str, layout: Layout, assets: Mapping[str, bytes]) -> str:
    """Put the style into the head of the page, and the pictures into their places."""
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{_style(layout)}</style>\n</head>"
    )
    return _with_pictures(html, assets).replace("</head>", head, 1)


def _style(layout: Layout) -> str:
    """Return all style: the letter's, the sheet to print on, and the screen's."""
    folder, paper = files("letters.typeset"), paper_named(layout.paper)
    size = "18pt" if layout.large_print else "12pt"
    sheet = (
        f"html {{ font-family: {_FAMILIES[layout.typeface]}; font-size: {size} }}\n"
        f"@page {{ size: {paper.width:.2f}pt {paper.height:.2f}pt;"
        f" margin: 54pt {paper.margin_right:.2f}pt 54pt {paper.margin_left:.2f}pt }}\n"
    )
    screen = folder.joinpath("screen.css").read_text("utf-8")
    if layout.large_print:
        screen += "@media screen { html { font-size: 24px } }\n"
    return folder.joinpath("letter.css").read_text("utf-8") + sheet + screen


def _with_pictures(html: str, assets: Mapping[str, bytes]) -> str:
    """Replace the pictures a page was given by data URLs; the others stay and are not loaded."""

    def inline(found: re.Match[str]) -> str:
        data = assets.get(unquote(unescape(found[2])))
        return found[0] if data is None else f'{found[1]}"{_data_url(data)}"'

    return _ASSET.sub(inline, html)


def _data_url(data: bytes) -> str:
    return f"data:{media_type(data)};base64,{b64encode(data).decode()}"
