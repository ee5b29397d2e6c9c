"""Every example gives the letter it is meant to give, archival and accessible, or is refused as meant."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdf
import pytest

from letters import markup
from letters.letter import Letter, Order, make
from tests.support import structure, verapdf
from tests.support.desk import EXAMPLES, TODAY, Desk

ROOT = Path(__file__).parents[1]


class Wanted(NamedTuple):
    """A letter about an example: the kind, to whom, and on how many pages."""

    case: str
    kind: str
    pages: int
    to: str | None = None
    dated: date = TODAY
    large_print: bool = False

    def __str__(self) -> str:
        words = [Path(self.case).name, self.kind, self.to, "large" if self.large_print else ""]
        return "-".join(word for word in words if word)


LONG = 5  # pages
OF_AGE = date(2026, 12, 12)  # the day the client of C-1006 is nobody's ward any more

# Which example gives which letter.
LETTERS = [
    Wanted("harbor/C-1001", "closing-lost-contact", 2),
    Wanted("harbor/C-1001", "closing-lost-contact", 3, large_print=True),
    Wanted("harbor/C-1002", "closing-lost-contact", 2, "minh"),
    Wanted("harbor/C-1002", "closing-lost-contact", 2, "khadija"),
    Wanted("harbor/C-1004", "referral", 2),
    Wanted("harbor/C-1005", "clinician-leaving", 2),
    Wanted("harbor/C-1006", "closing-lost-contact", 2, "ines"),
    Wanted("harbor/C-1006", "closing-lost-contact", 2, "ruth"),
    Wanted("harbor/C-1006", "closing-lost-contact", 2, dated=OF_AGE),
    Wanted("harbor/C-1006", "record-return", 2, "ines"),
    Wanted("harbor/C-1006", "record-return", 2, "ruth"),
    Wanted("ledger/L-2001", "record-return", 2),
    Wanted("ledger/L-2002", "record-return", 7),
]

# Which example is refused, and why.
REFUSED = [
    ("harbor/C-1002", "closing-lost-contact", None, ["addressee"]),
    ("harbor/C-1003", "closing-lost-contact", None, ["safe-contact"]),
    ("harbor/C-1006", "closing-lost-contact", None, ["addressee"]),
    ("harbor/C-1006", "closing-lost-contact", "paul", ["barred"]),
    ("harbor/C-1006", "record-return", "ada", ["no-representative"]),
    ("harbor/C-1007", "referral", None, ["authorization"]),
    ("harbor/C-1008", "closing-lost-contact", None, ["deceased"]),
]

both = pytest.mark.parametrize("draft", [True, False], ids=["draft", "issued"])


def order(wanted: Wanted, *, draft: bool) -> Order:
    return Order(
        wanted.kind, file_of(wanted.case), wanted.dated, draft, to=wanted.to, large_print=wanted.large_print
    )


def file_of(case: str) -> Path:
    office, _, number = case.partition("/")
    return EXAMPLES / office / "cases" / f"{number}.yaml"


def made(wanted: Wanted, *, draft: bool) -> Letter:
    """Make a letter that nothing is found wrong with."""
    letter, findings = make(order(wanted, draft=draft))
    assert findings == []
    assert letter is not None
    return letter


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it is painted."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def close_up(text: str) -> str:
    """A text without white space, as lines break in different places."""
    return re.sub(r"\s", "", text)


def test_every_example_has_its_place_in_the_tables() -> None:
    cases = {path.parts[-3] + "/" + path.stem for path in EXAMPLES.glob("*/cases/*.yaml")}
    assert len(cases) > 8
    assert cases == {wanted.case for wanted in LETTERS} | {row[0] for row in REFUSED}


# One test for all that is asked of a letter: making it takes most of the time.
@pytest.mark.parametrize(
    ("wanted", "draft"),
    [
        pytest.param(wanted, draft, id=f"{wanted}-{'draft' if draft else 'issued'}")
        for wanted in LETTERS
        for draft in (True, False)
        # A draft of the long one would show nothing that the others do not, and takes long.
        if not (draft and wanted.pages > LONG)
    ],
)
def test_an_example_gives_its_letter_archival_accessible_and_in_order(wanted: Wanted, draft: bool) -> None:
    letter = made(wanted, draft=draft)
    pages = pages_of(letter.pdf)
    assert len(pages) == wanted.pages
    is_sound_and_says_what_it_is(letter)
    is_read_in_order(letter, pages)
    is_marked_as_a_draft_or_not_at_all(pages, draft=draft)
    is_numbered_where_there_are_several(pages)
    verapdf.require()
    assert verapdf.failures(letter.pdf) == []


def is_sound_and_says_what_it_is(letter: Letter) -> None:
    subject = letter.written.frame.values["subject"]
    names = {word for client in letter.written.facts.case.clients for word in client.name.split()}
    assert subject
    assert [name for name in names if name in subject] == []
    with pikepdf.open(io.BytesIO(letter.pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.docinfo.Title) == subject
        assert str(document.Root.Lang) == letter.written.facts.language
        assert document.Root.ViewerPreferences.DisplayDocTitle
        fonts = list(fonts_of(document))
        assert len(fonts) > 1
        assert [font.FontName for font in fonts if not {"/FontFile2", "/FontFile3"} & set(font.keys())] == []


def fonts_of(document: pikepdf.Pdf) -> Iterator[Any]:
    """The descriptor of each font, or the font itself where it has none."""
    things: Iterator[Any] = iter(document.objects)
    for thing in things:
        is_font = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        if is_font and thing.Subtype != "/Type0":
            yield thing.get("/FontDescriptor", thing)


def is_read_in_order(letter: Letter, pages: list[str]) -> None:
    """What a screen reader reads follows the letter; so does what is painted, from the subject on."""
    head, rest = parts_of(letter)
    heard = structure.read(letter.pdf)
    assert_in_order([*head, *rest], "".join(piece.text for piece in heard.pieces))
    assert_in_order(rest, "".join(pages))
    # Large print sets the date above the letterhead's details, where its window leaves room.
    assert [part for part in head if close_up(part) not in close_up(pages[0])] == []
    assert close_up("".join(heard.tagged("H1"))) == close_up(rest[0])
    assert ("Table" in heard.tags) == ("TH" in heard.tags)


def parts_of(letter: Letter) -> tuple[list[str], list[str]]:
    """The beginnings of a letter's parts as they are to be read: those before the subject, and the rest."""
    values: dict[str, Any] = letter.written.frame.values
    address = letter.written.facts.addressee.address
    assert address is not None
    sender = [values["sender"]["name"], *values["sender"]["address_lines"]]
    slip = [section.text[:30] for section in markup.sections(str(values["after_signature"]))]
    said = [section.text[:30] for section in markup.sections(letter.written.html)]
    body = said[: len(said) - len(slip)]
    assert len(body) > 3
    closing = [values["closing"], values["signature"]["name"]]
    return [*sender, values["date"], values["reference"], *address.lines], [
        *(values["subject"], values["greeting"]),
        *(*body, *closing, *slip),
    ]


def assert_in_order(parts: list[str], text: str) -> None:
    at, said = 0, close_up(text)
    for part in map(close_up, parts):
        found = said.find(part, at)
        assert found >= 0, f"{part!r} is not where it should be, in {said[at : at + 200]!r}"
        at = found + len(part)


def is_marked_as_a_draft_or_not_at_all(pages: list[str], *, draft: bool) -> None:
    marked = [bool(re.search(r"\bdraft\b", page, re.IGNORECASE)) for page in pages]
    assert marked == [draft] * len(pages)


def is_numbered_where_there_are_several(pages: list[str]) -> None:
    numbers = [re.findall(r"\bPage\s\d+\sof\s\d+", page) for page in pages]
    count = len(pages)
    expected = [[f"Page {number} of {count}"] for number in range(1, count + 1)] if count > 1 else [[]]
    assert [[" ".join(number.split()) for number in found] for found in numbers] == expected


def test_a_letter_of_one_page_has_no_page_number(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    fields = ["practice.phone", "authorization"]
    sections = [{"id": "contact", "says": "how to answer"}]
    description = {"title": "A note", "use": "A note.", "to": "provider", "signed_by": "clinician"}
    text = '<section data-says="contact"><p>Please call {{ practice.phone }}.</p></section>'
    desk.own_kind(
        "note",
        {**description, "fields": fields, "sections": sections},
        f"{{% block subject %}}A note{{% endblock %}}{{% block body %}}{text}{{% endblock %}}",
    )
    letter, findings = desk.make("note")
    assert letter is not None, findings
    pages = pages_of(letter.pdf)
    assert len(pages) == 1
    is_numbered_where_there_are_several(pages)


def test_a_letter_has_the_same_bytes_in_every_process() -> None:
    runs = [digests(seed="0", TZ="Pacific/Kiritimati"), digests(seed="4242", TZ="America/Adak")]
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    first, second = (out.splitlines() for out, _ in told)
    assert len(first) > 5
    assert first == second


def digests(seed: str, **environment: str) -> subprocess.Popen[str]:
    """Have another process make the letters and print a digest of each."""
    environment = {**os.environ, **environment, "PYTHONHASHSEED": seed}
    code = "from tests.test_examples import print_digests; print_digests()"
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def print_digests() -> None:
    """What the other processes do: one letter of each example, but not the long one."""
    print(sha256(made(LETTERS[0], draft=True).pdf).hexdigest())
    for wanted in {wanted.case: wanted for wanted in LETTERS if wanted.pages < LONG}.values():
        print(wanted, sha256(made(wanted, draft=False).pdf).hexdigest())


@both
@pytest.mark.parametrize(("case", "kind", "to", "codes"), REFUSED)
def test_a_letter_that_must_not_go_out_is_refused(
    case: str, kind: str, to: str | None, codes: list[str], draft: bool
) -> None:
    letter, findings = make(order(Wanted(case, kind, 0, to), draft=draft))
    assert letter is None
    assert [finding.code for finding in findings] == codes
    assert [finding.code for finding in findings if not (finding.place and finding.place.line)] == []
