"""Letters to set in tests: the frame's template with made-up people."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from PIL import Image, ImageDraw

import letters
from letters.typeset import Layout

CREATED = date(2026, 12, 6)
PARAGRAPH = (
    "Thank you for the work you did between March and August. You came through a hard spring, and you kept"
    " coming when it would have been easier to stay away."
)
ADDRESS = ["Jordan Avery", "44 Alder Avenue", "Portland, OR 97202"]
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80" width="300" height="80">'
    b'<circle cx="40" cy="40" r="34" fill="#1f4e5f"/></svg>'
)


def layout(paper: str = "letter", envelope: str = "us-10", **changes: Any) -> Layout:
    """Return a layout that differs from the usual one where asked."""
    usual: dict[str, Any] = {"typeface": "sans", "language": "en", "draft": False}
    return Layout(paper, envelope, **(usual | changes))


def picture(width: int = 300, height: int = 80, kind: str = "PNG") -> bytes:
    """Draw a picture of a given size."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).line((0, 0, width, height), fill="navy", width=3)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


ASSETS = {"sam.png": picture(), "logo.svg": LOGO}


def paragraphs(count: int) -> Markup:
    """Return a body of so many sections."""
    section = Markup('<section data-says="thanks"><h2>What happens now</h2><p>{}</p></section>')
    return Markup().join(section.format(PARAGRAPH) for _ in range(count))


def inventory(rows: int, what: str = "School report, 2025") -> Markup:
    """Return a body with a table of so many rows."""
    heads = Markup().join(
        Markup('<th scope="col">{}</th>').format(h) for h in ("No.", "Description", "Quantity")
    )
    row = Markup('<tr><th scope="row">{}</th><td>{}</td><td class="number">{}</td></tr>')
    body = Markup().join(row.format(number, what, number % 9) for number in range(1, rows + 1))
    return Markup(
        '<section data-says="inventory"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></section>'
    ).format(heads, body)


@cache
def _template() -> jinja2.Template:
    folder = Path(letters.__file__).parent / "templates"
    loader = jinja2.FileSystemLoader(folder)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.get_template("frame.html.j2")


def letter(**changes: Any) -> str:
    """Return a letter as HTML, with some of its frame changed."""
    frame: dict[str, Any] = {
        "language": "en",
        "direction": "ltr",
        "title": "Closing your file",
        "subject": "Closing your file with thanks",
        "sender": {
            "name": "Harbor Family Counseling",
            "address_lines": ["12 Pier Street", "Portland, OR 97201"],
            "contact_lines": ["+1 503 555 0100", "office@harbor.example"],
        },
        "logo": None,
        "addressee_lines": ADDRESS,
        "date": "December 6, 2026",
        "reference_label": "Reference",
        "reference": "HFC-2026-0412",
        "greeting": "Dear Jordan,",
        "body": paragraphs(2),
        "closing": "Sincerely,",
        "signature": {
            "asset": "sam.png",
            "alt": "Signature of Sam Rivera",
            "name": "Sam Rivera",
            "credentials": "LCSW",
            "role": "Therapist",
            "organization": "Harbor Family Counseling",
        },
        "enclosures_label": "Enclosures",
        "enclosures": [],
        "draft_label": None,
        "for_file": "",
        "after_signature": "",
        "page_words": ["Page ", " of "],
    }
    return _template().render(frame=frame | changes)
