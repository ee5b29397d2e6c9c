"""Ways of making the same letters, for `benchmarks/batch.py` to measure: this program's, and others'."""

from __future__ import annotations

import copy
import csv
import fcntl
import importlib
import importlib.util
import json
import os
import pickle
import shutil
import subprocess
import sys
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import weasyprint
from one_letter import CASE, KIND, VARIANT, faces_of, standalone

from letters.issuing import issue
from letters.letter import Written, write
from letters.model.case import Case
from letters.office import open_office
from letters.order import Order
from letters.paper import matched
from letters.recording import Desk
from letters.sources import read
from letters.tables.names import name_of
from letters.typeset.assets import AssetFetcher
from letters.typeset.pages import FIRST_SHEET, first_sheet
from letters.typeset.press import style_for

PRACTICE = CASE.parents[1]
DAY = date(2026, 11, 22)
BY = "sam-rivera"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HEADLESS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]

FIRST = (
    "Ada",
    "Ben",
    "Cleo",
    "Dora",
    "Emil",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "June",
    "Kit",
    "Lea",
    "Max",
    "Nora",
)
BEGINNINGS = ("Ash", "Birch", "Cedar", "Elm", "Fern", "Glen", "Heath", "Iris", "Lock", "Moss", "Oak", "Stone")
ENDS = ("ford", "ley", "wick", "ton", "worth", "field", "brook", "man", "by", "dale", "shaw", "land", "well")


def cases(number: int) -> Iterator[dict[str, Any]]:
    """The cases: one of the examples, under so many names."""
    reading = read(CASE, Case)
    assert reading.document is not None  # noqa: S101 - an example
    example: Any = reading.document.data
    for count, (first, *rest) in zip(range(number), names(), strict=False):
        case: dict[str, Any] = copy.deepcopy(example)
        client = case["clients"][0]
        client |= {"preferred_name": first, "name": " ".join((first, *rest))}
        client["addresses"][0]["lines"] = [f"{count + 1} Alder Avenue"]
        yield {**case, "case": f"C-{200_000 + count}"}


def names() -> Iterator[tuple[str, ...]]:
    """Names that nobody has twice, the shorter ones first."""
    families = [begin + end for end in ENDS for begin in BEGINNINGS]
    yield from ((first, family) for family in families for first in FIRST)
    yield from ((first, begin, family) for begin in BEGINNINGS for family in families for first in FIRST)


def prepare(folder: Path, number: int) -> None:
    """Write the letters in each of the forms that the ways of making them read."""
    shutil.copytree(PRACTICE, folder / "practice", ignore=shutil.ignore_patterns("cases"))
    for name in ("cases", "pages", "docx", "typ"):
        (folder / name).mkdir()
    table(folder / "clients.csv", number)
    written = []
    for count, case in enumerate(cases(number)):
        file = folder / "cases" / f"{count:05}.json"
        file.write_text(json.dumps(case), "utf-8")
        one, findings = write(order(folder / "practice", file))
        if one is None:
            sys.exit(f"the example has findings: {findings}")
        written.append(one)
        standalone(one, folder / "pages").rename(folder / "pages" / f"{count:05}.html")
        text = list(blocks(one))
        write_docx(folder / "docx" / f"{count:05}.docx", text)
        (folder / "typ" / f"{count:05}.typ").write_text(typst_of(text), "utf-8")
    (folder / "written.pickle").write_bytes(pickle.dumps(written))


def table(file: Path, number: int) -> None:
    """Write so many cases as a table."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        rows = (dict(cells(case)) for case in cases(number))
        first = next(rows)
        writer = csv.DictWriter(lines, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def cells(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, str]]:
    """The values of a case, under the names of their columns."""
    if isinstance(node, str):
        if path[-1] != "id":  # which a table makes up
            yield name_of(path), node
        return
    for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
        yield from cells(inner, (*path, step))


def order(practice: Path, file: Path) -> Order:
    """Order the letter about one case."""
    return Order(KIND, file, DAY, draft=False, practice=practice / "practice.yaml", asked_on=DAY)


def blocks(written: Written) -> Iterator[tuple[str, str]]:
    """The paragraphs, headings and entries of a letter, each with the tag it has in HTML."""
    page = weasyprint.HTML(string=written.html, url_fetcher=AssetFetcher(written.frame.pictures))
    for element in page.etree_element.find("body").iter():
        text = " ".join("".join(element.itertext()).split())
        if text and element.tag in ("p", "h1", "h2", "li"):
            yield element.tag, text


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KEPT = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {"document": "officeDocument", "styles": "styles", "footer": "footer"}
STYLES = (
    f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Source Sans 3" w:hAnsi="Source Sans 3"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{tag}"><w:name w:val="heading {tag[1]}"/>'
        f'<w:pPr><w:outlineLvl w:val="{int(tag[1]) - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for tag in ("h1", "h2")
    )
    + "</w:styles>"
)
FIELD = '<w:fldSimple w:instr="{}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
FOOTER = (
    f'<w:ftr xmlns:w="{WORD}"><w:p><w:r><w:t xml:space="preserve">Page </w:t></w:r>{FIELD.format("PAGE")}'
    f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{FIELD.format("NUMPAGES")}</w:p></w:ftr>'
)


def write_docx(file: Path, text: list[tuple[str, str]]) -> None:
    """Write a document in the same typeface, with headings, dashes before entries, and numbered pages."""
    body = "".join(
        f"<w:p>{f'<w:pPr><w:pStyle w:val={chr(34)}{tag}{chr(34)}/></w:pPr>' if tag[0] == 'h' else ''}"
        f'<w:r><w:t xml:space="preserve">{"– " * (tag == "li")}{escape(said)}</w:t></w:r></w:p>'
        for tag, said in text
    )
    size = '<w:pgSz w:w="12240" w:h="15840"/>'
    footer = '<w:footerReference w:type="default" r:id="footer"/>'
    document = (
        f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}'
        f"<w:sectPr>{footer}{size}</w:sectPr></w:body></w:document>"
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("footer", "footer"))
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{KEPT}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        parts.writestr("_rels/.rels", related({"document": "word/document.xml"}))
        parts.writestr(
            "word/_rels/document.xml.rels", related({"styles": "styles.xml", "footer": "footer.xml"})
        )
        for name, content in (("document", document), ("styles", STYLES), ("footer", FOOTER)):
            parts.writestr(f"word/{name}.xml", content)


def related(parts: dict[str, str]) -> str:
    """Say which parts belong to one."""
    each = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{PARTS[name]}" Target="{file}"/>'
        for name, file in parts.items()
    )
    return f'<Relationships xmlns="{KEPT}/relationships">{each}</Relationships>'


def typst_of(text: list[tuple[str, str]]) -> str:
    """The letter for Typst, in the same typeface."""
    marks = {"h1": "= ", "h2": "== ", "li": "- "}
    lines = [f"{marks.get(tag, '')}#{json.dumps(said, ensure_ascii=False)}" for tag, said in text]
    return '#set page("us-letter")\n#set text(font: "Source Sans 3", size: 11pt)\n' + "\n\n".join(lines)


def one_process(folder: Path, number: int) -> None:
    """This program, letter by letter in a single process: all but what a batch leaves beside its letters."""
    practice = folder / "out/practice"
    shutil.copytree(folder / "practice", practice)
    office = open_office(practice / "practice.yaml")
    desk = Desk(office, office.actor(BY), folder / "out/letters", {})
    for file in sorted((folder / "cases").iterdir())[:number]:
        (done,) = issue([order(practice, file)], desk)
        if done.file is None:
            sys.exit(f"not issued: {done.findings}")


def naive(folder: Path, number: int, variant: str | None = None) -> None:
    """A loop as one would write it first."""
    for page in sorted((folder / "pages").glob("*.html"))[:number]:
        html = weasyprint.HTML(string=page.read_text("utf-8"), base_url=f"{folder / 'pages'}/")
        (folder / "out" / f"{page.stem}.pdf").write_bytes(html.write_pdf(pdf_variant=variant))


def naive_archival(folder: Path, number: int) -> None:
    """The same, as the PDF/A that this program makes."""
    naive(folder, number, VARIANT)


def naive_without(folder: Path, number: int) -> None:
    """The same loop on a machine that lacks libharfbuzz-subset."""
    importlib.import_module("weasyprint.pdf.fonts").harfbuzz_subset = None  # type: ignore[attr-defined]
    naive(folder, number)


def loaded(folder: Path, number: int) -> None:
    """WeasyPrint's layout and writing, with typefaces and style sheets loaded once."""
    letters: list[Written] = pickle.loads((folder / "written.pickle").read_bytes())  # noqa: S301 - from `prepare`
    for count, one in enumerate(letters[:number]):
        style, layout = style_for(faces_of(one), one.layout), one.layout
        pictures = {**one.frame.pictures, FIRST_SHEET: first_sheet(*matched(layout.paper, layout.envelope))}
        document = weasyprint.HTML(string=one.html, url_fetcher=AssetFetcher(pictures)).render(
            font_config=style.fonts,
            counter_style=style.counters.copy(),
            stylesheets=[style.sheet],
            pdf_variant=VARIANT,
        )
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT)
        (folder / "out" / f"{count:05}.pdf").write_bytes(pdf)


def libreoffice(folder: Path, number: int, wanted: str = "pdf") -> None:
    """LibreOffice, all documents in one run."""
    convert(folder, sorted((folder / "docx").iterdir())[:number], wanted)


def libreoffice_cold(folder: Path, number: int) -> None:
    """LibreOffice, started for each document."""
    for document in sorted((folder / "docx").iterdir())[:number]:
        convert(folder, [document])


def convert(folder: Path, documents: list[Path], wanted: str = "pdf") -> None:
    """Have LibreOffice make PDFs, with the typeface of the letters at hand."""
    fonts = folder / "home/fonts"
    if not fonts.exists():
        fonts.mkdir(parents=True)
        for face in (folder / "pages").glob("*.ttf"):
            shutil.copy(face, fonts)
    home = f"-env:UserInstallation={(folder / 'libreoffice').as_uri()}"
    command = [str(SOFFICE), home, "--headless", "--convert-to", wanted, "--outdir", str(folder / "out")]
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "home")}
    subprocess.run([*command, *map(str, documents)], check=True, capture_output=True, env=environment)


def libreoffice_archival(folder: Path, number: int) -> None:
    """The same, as PDF/A-2 and PDF/UA."""
    values = {
        "SelectPdfVersion": {"type": "long", "value": "2"},
        **{name: {"type": "boolean", "value": "true"} for name in ("UseTaggedPDF", "PDFUACompliance")},
    }
    libreoffice(folder, number, f"pdf:writer_pdf_Export:{json.dumps(values)}")


def chromium_cold(folder: Path, number: int) -> None:
    """Chromium, started for each letter."""
    for page in sorted((folder / "pages").glob("*.html"))[:number]:
        out = folder / "out" / f"{page.stem}.pdf"
        command = [
            str(CHROMIUM),
            *HEADLESS,
            f"--user-data-dir={folder / 'chromium'}",
            "--no-pdf-header-footer",
        ]
        subprocess.run([*command, f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True)


def chromium_kept(folder: Path, number: int) -> None:
    """One Chromium that prints all letters, told to through its pipe."""
    browser = Browser(folder / "chromium")
    target = browser.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
    session = browser.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
    browser.ask("Page.enable", {}, session)
    for page in sorted((folder / "pages").glob("*.html"))[:number]:
        browser.ask("Page.navigate", {"url": page.as_uri()}, session)
        browser.wait_for("Page.loadEventFired")
        told = {"preferCSSPageSize": True, "printBackground": True}
        pdf = browser.ask("Page.printToPDF", told, session)["data"]
        (folder / "out" / f"{page.stem}.pdf").write_bytes(b64decode(pdf))
    browser.close()


class Browser:
    """A Chromium that takes orders through a pipe, each a JSON text with a NUL behind it."""

    def __init__(self, home: Path) -> None:
        read_orders, self._orders = os.pipe()
        self._answers, write_answers = os.pipe()
        # It expects them as 3 and 4, which either of them may be already.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (read_orders, write_answers)]
        command = [
            str(CHROMIUM),
            *HEADLESS,
            "--remote-debugging-pipe",
            f"--user-data-dir={home}",
            "about:blank",
        ]
        shell = f'exec "$@" 3<&{ends[0]} 4>&{ends[1]}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", shell, "bash", *command],
            pass_fds=ends,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (*ends, read_orders, write_answers):
            os.close(end)
        self._count, self._rest = 0, b""

    def ask(self, method: str, told: dict[str, Any], session: str | None = None) -> dict[str, Any]:
        """Give an order; return what it answers."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": told}
        os.write(
            self._orders, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0"
        )
        while (answer := self._next()).get("id") != self._count:
            pass
        result: dict[str, Any] = answer["result"]
        return result

    def wait_for(self, method: str) -> None:
        """Wait until it tells of something."""
        while self._next().get("method") != method:
            pass

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            self._rest += os.read(self._answers, 1 << 20)
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def close(self) -> None:
        """End it."""
        self.ask("Browser.close", {})
        self._process.wait()


def typst_fresh(folder: Path, number: int) -> None:
    """Typst, told everything anew for each letter."""
    typst = importlib.import_module("typst")
    for file in sorted((folder / "typ").iterdir())[:number]:
        out, fonts = folder / "out" / f"{file.stem}.pdf", [str(folder / "pages")]
        typst.compile(str(file), output=str(out), font_paths=fonts, ignore_system_fonts=True)


def typst_kept(folder: Path, number: int) -> None:
    """Typst, with one compiler for all letters."""
    files = sorted((folder / "typ").iterdir())[:number]
    fonts = [str(folder / "pages")]
    compiler = importlib.import_module("typst").Compiler(
        str(files[0]), root=str(folder), font_paths=fonts, ignore_system_fonts=True
    )
    for file in files:
        compiler.compile(input=str(file), output=str(folder / "out" / f"{file.stem}.pdf"))


WAYS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "one": ("letters, all in one process", one_process),
    "loaded": ("WeasyPrint's own render and write, loaded", loaded),
    "naive": ("naive WeasyPrint loop", naive),
    "naive-archival": ("naive WeasyPrint loop, as PDF/A", naive_archival),
    "naive-without": ("naive loop without libharfbuzz-subset", naive_without),
    "libreoffice": ("LibreOffice, all .docx in one run", libreoffice),
    "libreoffice-archival": ("LibreOffice, the same as PDF/A and PDF/UA", libreoffice_archival),
    "libreoffice-cold": ("LibreOffice, started for each", libreoffice_cold),
    "chromium-kept": ("headless Chromium, one prints all", chromium_kept),
    "chromium-cold": ("headless Chromium, started for each", chromium_cold),
    "typst": ("Typst, in process, anew for each", typst_fresh),
    "typst-kept": ("Typst, in process, one compiler", typst_kept),
}


def is_installed(name: str) -> bool:
    """Whether that way of making letters can be had on this machine."""
    if name.startswith("chromium"):
        return CHROMIUM is not None
    if name.startswith("typst"):
        return importlib.util.find_spec("typst") is not None
    return not name.startswith("libreoffice") or SOFFICE is not None
