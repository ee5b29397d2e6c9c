"""Examining documents: what must not go out with a letter, and what may print otherwise than it looks."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from weasyprint import HTML

from letters.assemble.examining import MOST_PAGES, Examined, examine
from tests.support.desk import EXAMPLES

NOTICE = EXAMPLES / "harbor" / "enclosures" / "privacy-notice.en.pdf"


@cache
def sheet(style: str = "@page { size: letter }", body: str = "<p>Your rights.") -> bytes:
    html = f"<html lang=en><title>Rights</title><style>{style}</style><body>{body}"
    made: bytes = HTML(string=html).write_pdf()
    return made


def changed(change: Callable[[Pdf], Any], pdf: bytes | None = None) -> bytes:
    """A document with something done to it."""
    with pikepdf.open(io.BytesIO(pdf or sheet())) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def on_page(subtype: str, **more: Any) -> Callable[[Pdf], None]:
    """Put an annotation on the first page."""

    def change(pdf: Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=[0, 0, 9, 9], **more)
        pdf.pages[0].Annots = Array([pdf.make_indirect(one)])

    return change


def at_opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def attached(pdf: Pdf) -> None:
    pdf.attachments["more.txt"] = b"more"


def of_xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))


def nested(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([Dictionary(FT=Name.Tx, AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS="1")))])
    )


def form(pdf: Pdf) -> None:
    """Put a plain field on the page, to be filled in with a font that the reader has."""
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", Rect=[90, 90, 300, 110])
    pdf.pages[0].Annots = Array([pdf.make_indirect(field)])
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([pdf.pages[0].Annots[0]]),
        DR=Dictionary(Font=Dictionary(Helv=helvetica)),
        DA="/Helv 0 Tf",
    )


def helvetica(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].Resources.Font.Helv = pdf.make_indirect(font)


def odd_fonts(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Font = Array([1, 2])


def in_drawing(pdf: Pdf) -> None:
    """Put the font into a drawing on the page."""
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Arial"))
    drawing = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    drawing.Resources = Dictionary(Font=Dictionary(F=font))
    pdf.pages[0].Resources.XObject = Dictionary(X=drawing)


def filled_in(pdf: Pdf) -> None:
    """Put a remark on the page, as somebody wrote it."""
    look = pdf.make_stream(b"BT /F 9 Tf (Jo) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    look.Resources = Dictionary(Font=Dictionary(F=font))
    on_page("/FreeText", AP=Dictionary(N=look))(pdf)


def said(troubles: tuple[Any, ...]) -> str:
    assert all(one.message.endswith(".") and one.remedy.endswith(".") for one in troubles)
    return " ".join(one.message for one in troubles)


def test_a_plain_document_is_fit() -> None:
    assert examine(NOTICE.read_bytes(), "letter") == Examined(2)
    assert examine(sheet(), "letter") == Examined(1)
    assert examine(sheet("@page { size: a4 }"), "a4") == Examined(1)
    assert examine(sheet("@page { size: letter landscape }"), "letter") == Examined(1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (at_opening, "It holds a program or an action"),
        (nested, "It holds a program or an action"),
        (on_page("/Link", A=Dictionary(S=Name.Launch, F="calc.exe")), "It holds a program or an action"),
        (on_page("/Link", A=Dictionary(S=Name.SubmitForm, F="https://x.example")), "program or an action"),
        (attached, "It holds another file"),
        (on_page("/FileAttachment"), "It holds another file"),
        (of_xfa, "It holds a form of the XFA sort"),
        (on_page("/Screen"), "It holds film or sound"),
        (on_page("/RichMedia"), "It holds film or sound"),
        (lambda pdf: pdf.pages.extend(list(pdf.pages) * MOST_PAGES), f"It has {MOST_PAGES + 1} pages"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_does_more_than_be_read_is_not_enclosed(change: Callable[[Pdf], Any], message: str) -> None:
    found = examine(changed(change), "letter")
    assert message in said(found.faults)
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "It is no PDF"),
        (b"%PDF-1.7\nnothing", "It is no PDF"),
        (b"<html>", "It is no PDF"),
        (sheet()[: len(sheet()) // 2], "damaged"),
        (sheet().replace(b"startxref", b"startxxxx"), "damaged"),
        (changed(odd_fonts), "damaged"),
    ],
    ids=["empty", "only a header", "a page of the web", "half", "without a table", "odd fonts"],
)
def test_what_is_damaged_is_not_enclosed(data: bytes, message: str) -> None:
    assert message in said(examine(data, "letter").faults)


@pytest.mark.parametrize(("user", "message"), [("secret", "with a password"), ("", "It is encrypted")])
def test_what_is_encrypted_is_not_enclosed(user: str, message: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(NOTICE) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="other", user=user))
    assert message in said(examine(out.getvalue(), "letter").faults)


def test_a_plain_form_and_a_link_are_fit() -> None:
    link = Dictionary(S=Name.URI, URI="https://example.org")
    assert examine(changed(form), "letter") == Examined(1)
    assert examine(changed(on_page("/Link", A=link)), "letter") == Examined(1)


@pytest.mark.parametrize(
    ("change", "font"), [(helvetica, "Helvetica"), (in_drawing, "Arial"), (filled_in, "Courier")]
)
def test_a_font_that_is_not_in_it_is_told(change: Callable[[Pdf], Any], font: str) -> None:
    found = examine(changed(change), "letter")
    assert (found.faults, said(found.doubts).partition(",")[0]) == ((), f"It does not hold the font {font}")


@pytest.mark.parametrize(
    ("style", "paper", "message"),
    [
        ("@page { size: a4 }", "letter", "Page 1 has not the size of letter paper"),
        ("@page { size: a5 }", "a4", "Page 1 has not the size of a4 paper"),
        ("@page { size: letter } p { margin-left: -95px }", "letter", "On page 1, text lies off the page"),
        ("@page { size: letter; margin: 0 } * { margin: 0 }", "letter", "On page 1, text lies off the page"),
    ],
)
def test_a_sheet_that_does_not_print_as_it_is_is_told(style: str, paper: str, message: str) -> None:
    found = examine(sheet(style), paper)
    assert (found.faults, message in said(found.doubts)) == ((), True), found


def test_a_page_that_is_turned_lies_on_its_paper() -> None:
    def turn(pdf: Pdf) -> None:
        pdf.pages[0].rotate(90, relative=False)

    assert examine(changed(turn), "letter") == Examined(1)


def test_a_page_may_begin_anywhere() -> None:
    def move(pdf: Pdf) -> None:
        pdf.pages[0].MediaBox = Array([-9, -18, 603, 774])

    assert examine(changed(move), "letter") == Examined(1)
    edge = sheet("@page { size: letter; margin: 12pt 72pt } * { margin: 0 }")
    assert examine(edge, "letter") == Examined(1)
    assert "lies off the page" in said(examine(changed(move, edge), "letter").doubts)


def test_the_same_bytes_are_looked_at_once() -> None:
    data = NOTICE.read_bytes()
    assert examine(data, "letter") is examine(bytes(bytearray(data)), "letter")
