"""The veraPDF harness accepts a conforming PDF, refuses broken ones and never passes on nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image
from weasyprint import HTML

from letters.apart import Gone, seal, unseal
from letters.typeset.conformance import declare_pdfua
from tests.support import verapdf

# WeasyPrint leaves closing the colour profile of PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings(r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")

FONT = Path(str(files("rendercv_fonts"))) / "Open Sans" / "OpenSans-Regular.ttf"
STYLE = f"""
@font-face {{ font-family: Letter; src: url('{FONT.as_uri()}') }}
html {{ font-family: Letter; image-rendering: crisp-edges }}
"""
LETTER = "<h1>Appointment</h1><p>Dear Ms Example, we look forward to your visit.</p>"

Finisher = Callable[[Any, Any], None]


@pytest.fixture
def validate() -> Callable[[bytes], list[str]]:
    """Return the validator where it can run; skip loudly, or fail on CI, where it cannot."""
    verapdf.require()
    return verapdf.failures


@pytest.fixture
def logo(tmp_path: Path) -> str:
    """Return the URL of a small picture."""
    path = tmp_path / "logo.png"
    Image.new("RGB", (20, 10), "navy").save(path)
    return path.as_uri()


def render(
    body: str,
    finisher: Finisher | None = declare_pdfua,
    variant: str | None = "pdf/a-2a",
    title: str = "Letter",
) -> bytes:
    """Render a letter that conforms unless the body or an argument breaks it."""
    html = f'<html lang="en"><title>{title}</title><style>{STYLE}</style><body>{body}</body></html>'
    return bytes(HTML(string=html).write_pdf(pdf_variant=variant, finisher=finisher))


def without(pdf: bytes, key: str) -> bytes:
    """Remove one entry of the document catalog."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root[key]
        document.save(out)
    return out.getvalue()


def standards(lines: list[str]) -> set[str]:
    """Return the standards that a list of failures names."""
    return {line.split()[0] for line in lines}


def test_letter_conforming_to_both_standards_has_no_failures(validate: Callable[[bytes], list[str]]) -> None:
    assert validate(render(LETTER)) == []


def test_picture_with_alternative_text_conforms(validate: Callable[[bytes], list[str]], logo: str) -> None:
    assert validate(render(f'{LETTER}<img src="{logo}" alt="Logo">')) == []


def test_smoothed_picture_breaks_pdfa_only(validate: Callable[[bytes], list[str]], logo: str) -> None:
    picture = f'<img src="{logo}" alt="Logo" style="image-rendering: auto">'
    (line,) = validate(render(LETTER + picture))
    assert line.startswith("2a 6.2.8-3 ×1: If an Image dictionary contains the Interpolate key")


def test_missing_output_intent_breaks_pdfa_only(validate: Callable[[bytes], list[str]]) -> None:
    assert standards(validate(without(render(LETTER), "/OutputIntents"))) == {"2a"}


def test_missing_claim_breaks_pdfua_only(validate: Callable[[bytes], list[str]]) -> None:
    (line,) = validate(render(LETTER, finisher=None))
    assert line.startswith("ua1 5-1 ×1: The PDF/UA version and conformance level")


def test_picture_without_alternative_text_breaks_pdfua_only(
    validate: Callable[[bytes], list[str]], logo: str
) -> None:
    (line,) = validate(render(LETTER + f'<img src="{logo}">' * 2))
    assert line.startswith("ua1 7.3-1 ×2: Figure tags shall include an alternative representation")
    assert line.endswith("SEFigure Figure))")


def test_missing_title_breaks_pdfua_only(validate: Callable[[bytes], list[str]]) -> None:
    (line,) = validate(render(LETTER, title=""))
    assert line.startswith("ua1 7.1-9 ×1:")


def test_unclaimed_and_untagged_pdf_breaks_both(validate: Callable[[bytes], list[str]]) -> None:
    assert standards(validate(render(LETTER, finisher=None, variant=None))) == {"2a", "ua1"}


def test_claim_without_its_schema_description_breaks_pdfa(
    validate: Callable[[bytes], list[str]],
) -> None:
    def claim_only(document: Any, pdf: Any) -> None:
        declare_pdfua(document, pdf)
        (metadata,) = [item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/Metadata"]
        xmp = metadata.stream[0]
        start, end = xmp.index(b"<pdfaExtension:schemas>"), xmp.index(b"</pdfaExtension:schemas>")
        metadata.stream = [xmp[:start] + xmp[end + len(b"</pdfaExtension:schemas>") :]]

    lines = validate(render(LETTER, finisher=claim_only))
    assert standards(lines) == {"2a"}
    assert lines[0].startswith("2a 6.6.2.3.1-1 ")


def test_claim_refuses_a_packet_it_cannot_extend() -> None:
    def replace_packet(document: Any, pdf: Any) -> None:
        pdf.objects[int(pdf.catalog["Metadata"].split()[0])].stream = [b"<x:xmpmeta/>"]
        declare_pdfua(document, pdf)

    with pytest.raises(ValueError, match="no rdf:RDF"):
        render(LETTER, finisher=replace_packet)


@pytest.mark.parametrize("pdf", [b"", b"not a PDF", b"%PDF-1.7\n"], ids=["empty", "text", "header only"])
def test_unreadable_pdf_raises(validate: Callable[[bytes], list[str]], pdf: bytes) -> None:
    with pytest.raises(verapdf.VeraPDFError, match="could not read"):
        validate(pdf)


@pytest.mark.usefixtures("validate")
@pytest.mark.parametrize("name", verapdf.PROFILES)
def test_profile_without_rules_raises(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(verapdf, "_profile_xml", lambda _: ElementTree.Element("profile"))
    with pytest.raises(verapdf.VeraPDFError, match="no rules"):
        verapdf._profile.__wrapped__(name)


class Verdict:
    """A result of veraPDF that says a file conforms."""

    def __init__(self, checks: int = 1, compliant: bool = True, ended: str = "normal") -> None:
        self.checks, self.compliant, self.ended = checks, compliant, ended

    def getTotalAssertions(self) -> int:  # noqa: N802 - the name in Java
        return self.checks

    def isCompliant(self) -> bool:  # noqa: N802 - the name in Java
        return self.compliant

    def getJobEndStatus(self) -> str:  # noqa: N802 - the name in Java
        return self.ended


@pytest.mark.parametrize(
    ("verdict", "complaint"),
    [
        (Verdict(checks=0), "ran no checks"),
        (Verdict(ended="timeout"), "stopped early"),
        (Verdict(compliant=False), "contradicts"),
    ],
    ids=["no checks", "stopped early", "contradiction"],
)
def test_verdict_that_proves_nothing_raises(
    monkeypatch: pytest.MonkeyPatch, verdict: Verdict, complaint: str
) -> None:
    monkeypatch.setattr(verapdf, "_profile", lambda _: None)
    monkeypatch.setattr(verapdf, "_validate", lambda *_: verdict)
    monkeypatch.setattr(verapdf, "_describe", lambda *_: [])
    with pytest.raises(verapdf.VeraPDFError, match=complaint):
        verapdf.failures_here(b"")


def checks(asked: tuple[bytes, str]) -> int:
    """How much is checked of a PDF by a profile."""
    pdf, name = asked
    return int(verapdf._validate(pdf, verapdf._profile(name)).getTotalAssertions())


@pytest.mark.usefixtures("validate")
@pytest.mark.parametrize("name", verapdf.PROFILES)
def test_conforming_letter_is_checked_against_every_profile(name: str) -> None:
    answer = verapdf._apart().ask(seal(checks, (render(LETTER), name)), 300.0)
    assert not isinstance(answer, Gone)
    assert unseal(answer) > 100


def test_java_is_not_in_the_process_of_the_tests(validate: Callable[[bytes], list[str]]) -> None:
    assert validate(render(LETTER)) == []
    assert not pytest.importorskip("jpype").isJVMStarted()


def test_unavailable_verapdf_skips_on_a_workstation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf, "available", lambda: "no Java")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Java"):
        verapdf.require()


def test_unavailable_verapdf_fails_on_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf, "available", lambda: "no Java")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Java"):
        verapdf.require()
