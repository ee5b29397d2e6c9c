"""The gallery: a picture of every kind of letter, in `docs/gallery.md`.

`scripts/docs` makes it anew; a test compares the digest beside each picture with that of the
letter the program would make now.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from letters.kinds import GROUPS
from letters.proof import pictures
from letters.typeset import styled
from maintain.documents import grouped
from maintain.examples import first_of_each_kind

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "gallery.md"
FOLDER = DOCS / "gallery"
IN_README = 100  # dots an inch
RESOLUTION = 75  # dots an inch: as wide as a column of the page, twice
COLORS = 64
IN_A_ROW = 3


def digest(kind: str) -> str:
    """A short digest of all that the picture of a kind shows, and of how it is set."""
    written = first_of_each_kind()[kind].write("en")
    return sha256(styled(written.html, written.layout, written.frame.pictures).encode()).hexdigest()[:12]


def page() -> str:
    """The gallery as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Gallery"
    yield ""
    yield "The first page of every kind of letter, made from the [examples](../examples/README.md). All of"
    yield "them are there in Spanish too. What each says, and when to send it: [kinds](kinds.md). This page"
    yield "is made by `scripts/docs`."
    for group, found in grouped().items():
        cells = [_cell(kind, spec.title) for kind, spec in found.items()]
        yield ""
        yield f"## {GROUPS[group]}"
        yield ""
        yield "<table>"
        for start in range(0, len(cells), IN_A_ROW):
            yield from ("<tr>", *cells[start : start + IN_A_ROW], "</tr>")
        yield "</table>"
    yield ""


def _cell(kind: str, title: str) -> str:
    file = f"gallery/{kind}.png"
    return (
        f'<td valign="top" width="33%"><a href="{file}"><img src="{file}" alt="{title}: the first page"></a>'
        f"<br><code>{kind}</code><br>{title}<!-- {digest(kind)} --></td>"
    )


def picture(kind: str, resolution: int = RESOLUTION) -> bytes:
    """The first page of a kind's letter, with a thin edge, as a small PNG."""
    letter = first_of_each_kind()[kind].make("en")
    sheet = Image.open(BytesIO(pictures(letter.pdf, resolution)[0])).convert("RGB")
    buffer = BytesIO()
    in_few_colors(ImageOps.expand(sheet, 1, "#bbb")).save(buffer, "png", optimize=True)
    return buffer.getvalue()


def in_few_colors(sheet: Image.Image) -> Image.Image:
    """A picture in a palette that covers all its colors: the few orange dots of a logo stay orange."""
    return sheet.quantize(COLORS, Image.Quantize.MAXCOVERAGE)


def main() -> None:
    """Write the page, its pictures and the one in the README; remove those of kinds that are gone."""
    FOLDER.mkdir(exist_ok=True)
    for kind in first_of_each_kind():
        (FOLDER / f"{kind}.png").write_bytes(picture(kind))
    for file in FOLDER.glob("*.png"):
        if file.stem not in first_of_each_kind():
            file.unlink()
    PAGE.write_text(page(), "utf-8")
    (DOCS / "letter.png").write_bytes(picture("closing-lost-contact", IN_README))


if __name__ == "__main__":
    main()
