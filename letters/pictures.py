"""Pictures: logos and signatures from a practice's folder, and pages drawn as pictures.

Sole owner of Pillow.
"""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from letters.findings import Finding, Place, Severity, rule

LARGEST_FILE = 5 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000  # a sheet at 600 dots an inch

PICTURE = rule(
    "picture",
    Severity.ERROR,
    "A letterhead without its logo, or a letter without its signature, is not the letter that was approved.",
)

_STARTS = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_SVG = "image/svg+xml"

_PNG = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS_RGB = bytes([8, 2, 0, 0, 0])  # PNG specification, 11.2.1: depth, colours, and the usual methods
_QUICKLY = 1  # of 9


def media_type(picture: bytes) -> str:
    """Tell a picture's media type by its first bytes; what has none of the known starts is taken for SVG."""
    return next((kind for start, kind in _STARTS if picture.startswith(start)), _SVG)


def read_picture(folder: Path, name: str, place: Place) -> bytes | Finding:
    """Read a PNG, JPEG or SVG file that lies in a folder; `place` is where it is named."""
    # Not Path.resolve(), which some versions of Python let fail over a link that leads back to itself.
    file = Path(os.path.realpath(folder / name))
    if not file.is_relative_to(folder.resolve()):
        return PICTURE.finding(
            "This picture lies outside the folder of the practice file.", "Copy it into that folder.", place
        )
    try:
        status = file.stat()
        # Reading from a pipe or a device might never end.
        if not stat.S_ISREG(status.st_mode):
            return PICTURE.finding("This is not a file.", "Name a picture beside the practice file.", place)
        if status.st_size > LARGEST_FILE:
            return PICTURE.finding(
                "This picture is larger than 5 MB.", "Save it smaller; 600 dots an inch is plenty.", place
            )
        picture = file.read_bytes()
    except OSError as error:
        return PICTURE.finding(
            f"This picture cannot be read: {error.strerror}.",
            "It is looked for beside the practice file.",
            place,
        )
    trouble = _trouble(picture)
    remedy = "Save it again as PNG, JPEG or plain SVG, and look at it."
    return PICTURE.finding(trouble, remedy, place) if trouble else picture


def stacked(pictures: Sequence[bytes], gap: int) -> bytes:
    """Put pictures one below the other on a gray ground, `gap` pixels apart, as one PNG."""
    from PIL import Image

    pages = [Image.open(io.BytesIO(picture)) for picture in pictures]
    width = max(page.width for page in pages)
    drawn = Image.new("RGB", (width, sum(page.height + gap for page in pages) - gap), "#888")
    top = 0
    for page in pages:
        drawn.paste(page, (0, top))
        top += page.height + gap
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def packed(width: int, height: int, lines: bytes) -> bytes:
    """An RGB picture as a PNG, packed quickly; `lines` are those of the picture with a zero byte before each.

    Pillow takes three times as long (measured), as it tries five filters on each line; pages of text become
    no smaller by that.
    """
    header = width.to_bytes(4) + height.to_bytes(4) + _EIGHT_BITS_RGB
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, _QUICKLY)), (b"IEND", b""))
    return _PNG + b"".join(
        len(data).to_bytes(4) + name + data + zlib.crc32(data, zlib.crc32(name)).to_bytes(4)
        for name, data in chunks
    )


def _trouble(picture: bytes) -> str:
    """What keeps a picture from being shown whole; empty if nothing does."""
    return _svg_trouble(picture) if media_type(picture) == _SVG else _bitmap_trouble(picture)


def _svg_trouble(picture: bytes) -> str:
    try:
        root = ElementTree.fromstring(picture)  # noqa: S314 - expat refuses entities that explode
    except (ElementTree.ParseError, ValueError):
        return "This is no picture of a kind that can be printed, or it is damaged."
    return "" if root.tag.rpartition("}")[2] == "svg" else "This is XML, and not a drawing in SVG."


def _bitmap_trouble(picture: bytes) -> str:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture)) as image:
            if image.width * image.height > MOST_PIXELS:
                return f"This picture has {image.width} times {image.height} dots, which is too many."
            image.load()
    # Pillow raises many sorts of errors over damaged files.
    except Exception:
        return "This picture is damaged, or not whole."
    return ""
