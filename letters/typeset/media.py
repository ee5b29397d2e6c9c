"""What sort of picture some bytes are."""

from __future__ import annotations

_STARTS = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))


def media_type(picture: bytes) -> str:
    """Tell a picture's media type by its first bytes; what has none of the known starts is taken for SVG."""
    return next((kind for start, kind in _STARTS if picture.startswith(start)), "image/svg+xml")
