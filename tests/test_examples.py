"""Every example gives the letter it is meant to give, archival and accessible, or is refused as meant."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from letters import kinds, markup
from letters.frame import wording
from letters.letter import Letter, make
from letters.model.wording import Wording
from letters.order import Order
from maintain import golden
from maintain.examples import EXAMPLES, LANGUAGES, TODAY, Example, examples, first_of_each_kind
from tests.support import structure, verapdf
from tests.support.desk import Desk

ROOT = Path(__file__).parents[1]


# A letter for each kind of addressee, with the language it is tried in: a client whose letter has an English
# copy, one of a couple with a name in Arabic, another with one in Chinese, a provider, a business, the file.
SAMPLE = [
    ("harbor/C-1001", "closing-lost-contact", None, "es"),
    ("harbor/C-1002", "closing-lost-contact", "khadija", "en"),
    ("harbor/C-1005", "clinician-leaving", None, "en"),
    ("harbor/C-1004", "referral", None, "en"),
    ("ledger/L-2102", "employee-departure", "bank", "en"),
    ("harbor/C-1302", "file-note", None, "en"),
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


def file_of(case: str) -> Path:
    office, _, number = case.partition("/")
    return EXAMPLES / office / "cases" / f"{number}.yaml"


def made(wanted: Example, language: str, *, draft: bool) -> Letter:
    """Make a letter that nothing is found wrong with."""
    letter, findings = make(wanted.order(language, draft=draft))
    assert findings == []
    assert letter is not None
    return letter


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, in the order in which it is painted."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def close_up(text: str) -> str:
    """A text without white space, as lines break in different places, without the dashes of lists, and
    without names from right to left, which are painted in the order they are seen.
    """
    return re.sub(r"[\s–\u0590-\u08ff]", "", text)


def test_every_example_has_its_place_in_the_tables() -> None:
    cases = {path.parts[-3] + "/" + path.stem for path in EXAMPLES.glob("*/cases/*.yaml")}
    assert len(cases) > 20
    assert cases == {wanted.case for wanted in examples()} | {row[0] for row in REFUSED}


def test_every_kind_has_an_example() -> None:
    assert len(first_of_each_kind()) >= 27
    assert set(first_of_each_kind()) == set(kinds.folders())


# One test for all that is asked of a letter: making it takes most of the time.
@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        pytest.param(wanted, language, id=f"{wanted}-{language}")
        for wanted in examples()
        for language in wanted.pages
    ],
)
def test_an_example_gives_its_letter_archival_accessible_and_in_order(wanted: Example, language: str) -> None:
    letter = made(wanted, language, draft=False)
    pages = pages_of(letter.pdf)
    assert len(pages) == wanted.pages[language]
    is_sound_and_says_what_it_is(letter)
    is_read_in_order(letter, pages)
    is_marked_or_not_at_all(letter, pages, marked=False)
    is_numbered_where_there_are_several(letter, pages)
    verapdf.require()
    assert verapdf.failures(letter.pdf) == []
    is_first = wanted == first_of_each_kind()[wanted.kind]
    if is_first:
        says_what_was_read_in_review(letter, wanted.kind, language)
    if language != "en":
        has_a_copy_for_the_file(letter)
        # Copies of a kind differ in what they say and not in how they are made.
        assert not is_first or verapdf.failures(letter.copy or b"") == []


def says_what_was_read_in_review(letter: Letter, kind: str, language: str) -> None:
    message = "The letter says something new. Run scripts/golden, and read the difference."
    assert golden.text(letter) == golden.file(kind, language).read_text("utf-8"), message


# A draft differs by its mark and its missing signature; one kind of each addressee and frame shows that.
DRAFTS = [
    "call-script",
    "closing-lost-contact",
    "closing-record",
    "employee-departure",
    "outreach",
    "referral",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", DRAFTS)
def test_a_draft_is_marked_on_every_page(kind: str, language: str) -> None:
    letter = made(first_of_each_kind()[kind], language, draft=True)
    is_marked_or_not_at_all(letter, pages_of(letter.pdf), marked=True)
    assert "signature" not in letter.written.frame.pictures
    assert letter.copy is None
    if language == "en":
        verapdf.require()
        assert verapdf.failures(letter.pdf) == []


def has_a_copy_for_the_file(letter: Letter) -> None:
    """The copy is in English, marked and unsigned."""
    copy = letter.written.copy
    assert copy is not None
    assert letter.copy is not None
    assert copy.facts.language == "en"
    assert "signature" not in copy.frame.pictures
    pages = pages_of(letter.copy)
    assert pages
    assert [page for page in pages if "FILE COPY" not in page] == []


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
    sender = [values["sender"]["name"], *values["sender"]["address_lines"]]
    slip = [section.text[:30] for section in markup.sections(str(values["after_signature"]))]
    said = [section.text[:30] for section in markup.sections(letter.written.html)]
    body = said[: len(said) - len(slip)]
    assert body
    signature = values["signature"]
    closing = [values["closing"], signature["name"]] if signature else []
    lines = address.lines if address else [values["for_file"]]
    return [*sender, values["date"], values["reference"], *lines], [
        *(values["subject"], values["greeting"]),
        *(*body, *closing, *slip),
    ]


def assert_in_order(parts: list[str], text: str) -> None:
    at, said = 0, close_up(text)
    for part in map(close_up, parts):
        found = said.find(part, at)
        assert found >= 0, f"{part!r} is not where it should be, in {said[at : at + 200]!r}"
        at = found + len(part)


def is_marked_or_not_at_all(letter: Letter, pages: list[str], *, marked: bool) -> None:
    marks = [letters_words(letter).draft, letters_words(letter).copy_for_file]
    found = [[mark for mark in marks if mark in page] for page in pages]
    assert found == [marks[:1] if marked else []] * len(pages)


def letters_words(letter: Letter) -> Wording:
    return wording(letter.written.facts.language)


def is_numbered_where_there_are_several(letter: Letter, pages: list[str]) -> None:
    written, count = letters_words(letter).page, len(pages)
    pattern = (
        re.escape(written).replace(r"\{page\}", r"\d+").replace(r"\{pages\}", r"\d+").replace(r"\ ", r"\s")
    )
    numbers = [[" ".join(found.split()) for found in re.findall(pattern, page)] for page in pages]
    expected = [[written.format(page=number, pages=count)] for number in range(1, count + 1)]
    assert numbers == (expected if count > 1 else [[]])


def test_a_letter_of_one_page_has_no_page_number(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    fields = ["practice.phone", "authorization"]
    sections = [{"id": "contact", "says": "how to answer"}]
    description = {"title": "A note", "use": "A note.", "to": "provider", "signed_by": "clinician"}
    description["discloses"] = "referral"
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
    is_numbered_where_there_are_several(letter, pages)


def test_a_letter_has_the_same_bytes_in_every_process() -> None:
    runs = [digests(seed="0", TZ="Pacific/Kiritimati"), digests(seed="4242", TZ="America/Adak")]
    told = [run.communicate(timeout=300) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    first, second = (out.splitlines() for out, _ in told)
    assert len(first) == len(set(first)) == len(SAMPLE) + 2  # a copy for the file, and a draft
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
    """What the other processes do: make the letters of the sample, with their copies, and a draft."""
    for case, kind, to, language in SAMPLE:
        (wanted,) = (
            one
            for one in examples()
            if (one.case, one.kind, one.to) == (case, kind, to) and not one.large_print
        )
        letter = made(wanted, language, draft=False)
        for pdf in filter(None, (letter.pdf, letter.copy)):
            print(wanted, sha256(pdf).hexdigest())
    print("draft", sha256(made(examples()[0], "es", draft=True).pdf).hexdigest())


def test_the_sample_is_for_addressees_of_every_kind() -> None:
    found = [kinds.find(kind).spec for _, kind, _, _ in SAMPLE]
    assert {spec.to for spec in found if spec} == {"client", "provider", "business", "file"}


@pytest.mark.parametrize("draft", [True, False], ids=["draft", "issued"])
@pytest.mark.parametrize(("case", "kind", "to", "codes"), REFUSED)
def test_a_letter_that_must_not_go_out_is_refused(
    case: str, kind: str, to: str | None, codes: list[str], draft: bool
) -> None:
    letter, findings = make(Order(kind, file_of(case), TODAY, draft, to=to))
    assert letter is None
    assert [finding.code for finding in findings] == codes
    assert [finding.code for finding in findings if not (finding.place and finding.place.line)] == []
