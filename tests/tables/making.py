"""Tables as programs leave them: csv bytes, xlsx by openpyxl, an ods by hand, an xls as it was once saved."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from letters.findings import Finding
from letters.tables import Row, Table, open_table

HEADER = ("case", "opened", "clinician", "client name")
ROW = ("C-1001", "2026-03-02", "sam-rivera", "Jordan Avery")
ADDRESS = ("address line 1", "country")
ADDRESSED = (*HEADER, *ADDRESS)
HOME = (*ROW, "44 Alder Avenue", "US")


def csv_text(*rows: Sequence[str]) -> str:
    """A csv without quotes: cells have no commas."""
    return "".join(",".join(row) + "\r\n" for row in rows)


def read_csv(folder: Path, *rows: Sequence[str], **options: Any) -> tuple[Table, list[Row]]:
    """Write a csv and read it."""
    return read_bytes(folder, csv_text(*rows).encode(), **options)


def read_bytes(
    folder: Path, content: bytes, name: str = "cases.csv", **options: Any
) -> tuple[Table, list[Row]]:
    """Write a file and read it as a table."""
    path = folder / name
    path.write_bytes(content)
    table = open_table(path, **options)
    return table, list(table)


def xlsx(*rows: Sequence[object], change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook of one sheet, changed before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Cases"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The file a workbook is saved as."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


def ods(cells: str) -> bytes:
    """An OpenDocument spreadsheet with rows in its own notation."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Cases">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def codes(findings: Sequence[Finding]) -> list[str]:
    """The codes of findings."""
    return [finding.code for finding in findings]


def places(findings: Sequence[Finding]) -> list[str]:
    """Where findings are, without the file."""
    return [finding.place.field if finding.place else "" for finding in findings]


def an_xls() -> bytes:
    """A workbook of Excel 97: a row with a number, a date and a truth, and one with a failed formula."""
    return zlib.decompress(base64.b85decode(XLS))


XLS = (
    "c-rk)O-NKx6#nj;|Izu;G|)gELRRK1Bo}RLGASWQtcW6ldd_>npz}uFjM20x%iI+Nt%^2+E!tRZ`k@xJiwKlj1VNy+41%Db"
    "h59=8%$xD20tZU4-Z#AS?m6e4`@VPYxj*x!r)p-#?>Ek31$M!M1v>=)5}TkaR8ry~zirE6=^muZcCoGy3erIOeRvXi6_8^n"
    "$9onE?s=b+1U}Gp0z>G{nufZD*uxw&AvtuC6u3o}C>oemEz1<k4J_|+&8IAPv*jwwPO3X2j$<m>+q%=q;$uoP`=XHTKIE8p"
    "Y-vY5UdSxIa7`5J`p{*iwZV1fX!2HL0yLmKhG|$*kKs1LK!K3RWD>eQgE|`Q34F6v;A?4CKT}=%+S&!k{(ZSU@Ed!O263hR"
    "y5a>!V4vbiGKL7Qc%{dOZY^iz=BTMC=Q=?46xnEsXNM>+bXv<(gK0CJN^52nmkl$onp(!7+M2FgMlPpP1w(D8rF|%y%crus"
    "L0Of`4x4$aP`y|yr=2!DKzE{@k}RiX5?1;QB_7q-pS5(&RJ%wm#DI<twQEo}ENL)@4VrXE4pZ))4a>cS*P{5cwJ5@Kw3?)j"
    "7?*2!rpBo==I(rXeW1TDd6F$7y#Ew;sm-!eVB?~Upx`KbJSgo_tsJqP<t1))6PFuV)=}rty``_-DeN2NI+xkoLM`lIyh(0Z"
    "Qr=4Cu}=pdHI02tZlm&K&+NIn$+yXIG}ErBQ@s3*qD{1kn>QpLCrfwXtZ469HvF`@1(mqN-FCL(80O`CCe*MjYO;4kSyP<8"
    "Drz3mJY~&GnzyX^Nb{97KWYB579cI)a1g)XAee*f)$>Z2-?0|aX~pqL4k4#4!5qS6O>(Fz$4L$^Kl>b?<WMb{DM8W#{9clQ"
    "!tb@nK>8JC&?;nPF+(Eq1f$gAfppP+u!t~RxNzaZg$oxh{%;6APZiI`UOovH&)os%yUsja3+`u<e-?+3rC*-@RPKdIcMFAz"
    "@@FG_qSTgHWlZUNp~O*ox`hGsGmn9a^OycNiKXwe>cIG)n?jX7f1whdfBE@80GihZY5"
)
