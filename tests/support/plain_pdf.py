"""PDFs of a few words, for tests of what is done with whole files."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_HELVETICA = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}


def saying(*words: str, size: tuple[float, float] = (612, 792)) -> bytes:
    """A PDF with a page for each word."""
    writer = PdfWriter()
    font = DictionaryObject({NameObject(key): NameObject(name) for key, name in _HELVETICA.items()})
    fonts = DictionaryObject({NameObject("/F"): font})
    for word in words:
        page = writer.add_blank_page(*size)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F 20 Tf 72 400 Td ({word}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
