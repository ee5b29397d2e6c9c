"""A letter is set whole, the same every time, to both standards, or not at all."""

from __future__ import annotations

import errno
import hashlib
import subprocess
import sys
import threading
from collections import Counter
from typing import Any
from unicodedata import category, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from letters import proof
from letters.errors import MachineError, UsageError
from letters.findings import Finding
from letters.typeset import press, styled, typeset
from tests.support import verapdf
from tests.typeset.letters_to_set import ASSETS, CREATED, inventory, layout, letter, paragraphs, picture

ARABIC: dict[str, Any] = {
    "language": "ar",
    "direction": "rtl",
    "subject": "إغلاق ملفك مع الشكر",
    "addressee_lines": ["ليلى حداد", "44 Alder Avenue", "Portland, OR 97202"],
    "body": Markup("<p>شكرًا لك على العمل الذي قمت به بين شهري مارس وأغسطس.</p>"),
    "page_words": ["صفحة ", " من "],
}
LOGO = {"asset": "logo.svg", "alt": "Harbor Family Counseling"}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one page": ({}, {}),
    "logo": ({"logo": LOGO}, {}),
    "three pages with enclosures": ({"body": paragraphs(20), "enclosures": ["Release form"]}, {}),
    "serif in a DL envelope": ({}, {"paper": "a4", "envelope": "dl", "typeface": "serif"}),
    "C5 envelope": ({}, {"paper": "a4", "envelope": "c5"}),
    "DIN envelope": ({"language": "de"}, {"paper": "a4", "envelope": "din", "language": "de"}),
    "no window": ({}, {"paper": "a4", "envelope": "none"}),
    "inventory": ({"body": inventory(180)}, {}),
    "Arabic draft": (ARABIC | {"draft_label": "مسودة"}, {"language": "ar", "draft": True}),
    "Chinese name": ({"addressee_lines": ["王小明", "北京市朝阳区建国路 88 号", "CHINA"]}, {}),
    "large print": ({"body": paragraphs(4)}, {"large_print": True}),
    "draft": ({"draft_label": "DRAFT", "body": paragraphs(8)}, {"draft": True}),
}


def findings(html: str, assets: dict[str, bytes] | None = None, **changes: Any) -> list[Finding]:
    """Set a letter and return what was wrong with it."""
    return typeset(html, layout(**changes), ASSETS if assets is None else assets, created=CREATED).findings


def codes(found: list[Finding]) -> set[str]:
    return {finding.code for finding in found}


@pytest.mark.parametrize("name", CASES)
def test_every_sort_of_letter_conforms_to_both_standards(name: str) -> None:
    verapdf.require()
    frame, changes = CASES[name]
    done = typeset(letter(**frame), layout(**changes), ASSETS, created=CREATED)
    assert done.findings == []
    assert verapdf.failures(done.pdf) == []


SET_AND_HASH = """
import hashlib, sys
from letters.typeset import typeset
from tests.typeset.letters_to_set import ASSETS, CREATED, layout, letter
done = typeset(letter(addressee_lines=["王小明", "CHINA"]), layout(), ASSETS, created=CREATED)
print(hashlib.sha256(done.pdf).hexdigest())
"""


def test_another_process_makes_the_same_bytes() -> None:
    here = typeset(letter(addressee_lines=["王小明", "CHINA"]), layout(), ASSETS, created=CREATED)
    command = [sys.executable, "-W", "ignore", "-c", SET_AND_HASH]
    there = subprocess.run(command, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256(here.pdf).hexdigest()
    assert there.stderr == ""


def test_importing_the_package_does_not_load_the_engine() -> None:
    code = "import sys, letters.typeset; print('weasyprint' in sys.modules, 'fontTools' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_a_letter_of_one_page_has_no_page_number() -> None:
    text = proof.text(typeset(letter(), layout(), ASSETS, created=CREATED).pdf)
    assert "Page" not in text
    assert "Dear Jordan," in text


def test_every_page_of_a_longer_letter_is_numbered() -> None:
    pages = proof.text(typeset(letter(body=paragraphs(20)), layout(), ASSETS, created=CREATED).pdf).split(
        "\f"
    )
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page


def test_a_following_page_carries_the_reference_and_no_client_name() -> None:
    pages = proof.text(typeset(letter(body=paragraphs(20)), layout(), ASSETS, created=CREATED).pdf).split(
        "\f"
    )
    assert all("HFC-2026-0412" in page and "Avery" not in page for page in pages[1:])


def test_a_draft_says_so_on_every_page() -> None:
    html = letter(draft_label="DRAFT", body=paragraphs(20))
    pages = proof.text(typeset(html, layout(draft=True), ASSETS, created=CREATED).pdf).split("\f")
    assert len(pages) > 1
    assert all("DRAFT" in page for page in pages)


def test_a_letter_that_is_no_draft_does_not_say_so() -> None:
    assert "DRAFT" not in proof.text(typeset(letter(), layout(), ASSETS, created=CREATED).pdf)


def test_the_head_of_a_table_is_repeated_on_every_page() -> None:
    pages = proof.text(typeset(letter(body=inventory(180)), layout(), ASSETS, created=CREATED).pdf).split(
        "\f"
    )
    assert sum("Description" in page for page in pages) >= len(pages) - 1 > 2


@pytest.mark.parametrize("size", [(4000, 40), (40, 4000)], ids=["very wide", "very tall"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_of_any_shape_leaves_the_letter_on_one_page(size: tuple[int, int], kind: str) -> None:
    html = letter(logo={"asset": "logo", "alt": "Harbor"})
    done = typeset(html, layout(), ASSETS | {"logo": picture(*size, kind)}, created=CREATED)
    assert done.findings == []
    assert proof.page_count(done.pdf) == 1


@pytest.mark.parametrize(
    "trick",
    [
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="https://example.com/x.png" alt="x">',
        '<img src="data:image/png;base64,AAAA" alt="x">',
        '<img src="font:Noto%20Sans/OFL.txt" alt="x">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
        '<style>@import url("file:///etc/hostname");</style>',
        '<style>p { background: url("file:///etc/hostname") }</style>',
        '<style>p::before { content: url("http://127.0.0.1:9/") }</style>',
        '<p style="list-style-image: url(file:///etc/hostname); display: list-item">x</p>',
        '<object data="file:///etc/hostname" type="image/png">x</object>',
        '<embed src="file:///etc/hostname" type="image/png">',
        '<style>@font-face { font-family: x; src: url("file:///etc/hostname") }</style>',
        '<style>@font-face { font-family: x; src: local("DejaVu Sans") } p { font-family: x }</style>',
        '<svg><title>x</title><image href="file:///etc/hostname" width="9" height="9"/></svg>',
    ],
)
def test_a_letter_can_load_nothing_it_was_not_given(trick: str) -> None:
    done = typeset(letter().replace("</main>", f"{trick}</main>"), layout(), ASSETS, created=CREATED)
    assert codes(done.findings) & {"asset", "typesetting"}


def test_a_picture_cannot_load_another() -> None:
    for href in ("file:///etc/hostname", "http://127.0.0.1:9/"):
        image = f'<image href="{href}" width="9" height="9"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{image}</svg>'
        assert "asset" in codes(findings(letter(logo=LOGO), ASSETS | {"logo.svg": svg.encode()}))


def test_a_missing_picture_is_named() -> None:
    (found,) = findings(letter(logo={"asset": "crest.png", "alt": "Crest"}))
    assert (found.code, found.message) == ("asset", "The picture crest.png is missing.")


def test_a_broken_picture_is_named() -> None:
    (found,) = findings(letter(), {"sam.png": b"\x89PNG but not really"})
    assert (found.code, found.message) == ("asset", "The picture sam.png cannot be read.")


def test_a_character_without_glyph_is_named() -> None:
    found = findings(letter(greeting="Dear \u0378,"))
    assert "missing-glyph" in codes(found)
    assert "U+0378" in found[0].message


def test_a_typeface_of_this_machine_is_reported() -> None:
    html = letter(body=Markup('<p style="font-family: DejaVu Sans">Text</p>'))
    assert codes(findings(html)) == {"fallback-font"}


# The time may be up within a callback of the garbage collector, which swallows that; it is said again then.
swallowed = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@swallowed
def test_a_letter_that_takes_too_long_is_given_up() -> None:
    body = Markup("<div style='display:flex'>") * 25 + Markup("</div>") * 25
    done = typeset(letter(body=body), layout(), ASSETS, created=CREATED, seconds=0.5)
    assert codes(done.findings) == {"time-limit"}
    assert done.pdf == b""


@swallowed
def test_the_letter_after_one_that_took_too_long_is_unharmed() -> None:
    before = typeset(letter(), layout(), ASSETS, created=CREATED).pdf
    typeset(letter(body=inventory(300)), layout(), ASSETS, created=CREATED, seconds=0.05)
    assert typeset(letter(), layout(), ASSETS, created=CREATED).pdf == before


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ENOSPC])
def test_without_room_for_temporary_files_the_machine_is_at_fault_and_not_the_letter(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_folder() -> str:
        raise OSError(number, "no folder")

    press._style.cache_clear()
    press._fonts.cache_clear()
    with monkeypatch.context() as changed:
        changed.setattr("tempfile.gettempdir", no_folder)
        with pytest.raises(MachineError, match="folder for temporary files") as caught:
            findings(letter())
    assert "TMPDIR" in caught.value.remedy
    assert findings(letter()) == []


def test_a_letter_is_set_outside_the_main_thread() -> None:
    done = []
    thread = threading.Thread(
        target=lambda: done.append(typeset(letter(), layout(), ASSETS, created=CREATED))
    )
    thread.start()
    thread.join()
    assert done[0].pdf == typeset(letter(), layout(), ASSETS, created=CREATED).pdf


def test_style_the_engine_does_not_know_is_reported_and_not_printed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    found = findings(letter(body=Markup('<p style="colour: red">Text</p>')))
    assert codes(found) == {"typesetting"}
    assert "".join(capfd.readouterr()) == ""


def test_paper_that_does_not_fit_the_envelope_is_refused() -> None:
    with pytest.raises(UsageError, match="does not fold"):
        findings(letter(), paper="a4", envelope="us-10")


def test_a_very_long_word_stays_on_the_page() -> None:
    done = typeset(letter(body=Markup("<p>{}</p>").format("W" * 3000)), layout(), ASSETS, created=CREATED)
    with proof.Proof(done.pdf) as opened:
        for page in opened.pages:
            assert max(character.box.right for character in page.characters()) < 612 - 60


def test_a_name_keeps_its_order_in_a_right_to_left_letter() -> None:
    done = typeset(letter(**ARABIC), layout(language="ar"), ASSETS, created=CREATED)
    with proof.Proof(done.pdf) as opened:
        street = opened.pages[0].find("44 Alder Avenue")
        number = opened.pages[0].find("44")
    assert street is not None
    assert number is not None
    assert number.left == pytest.approx(street.left, abs=1)


def visible(text: str) -> Counter[str]:
    """Count the visible characters of a text; order and ligatures differ between scripts and fonts."""
    return Counter(sign for sign in normalize("NFKD", text) if category(sign)[0] not in "CMZ")


def set_with(greeting: str) -> tuple[Counter[str], list[Finding]]:
    """Set a letter with this greeting: what its reader sees, and what was found."""
    done = typeset(letter(greeting=greeting), layout(), ASSETS, created=CREATED)
    return visible(proof.text(done.pdf)) if done.pdf else Counter(), done.findings


ALPHABETS = [
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]),
    st.characters(min_codepoint=0x21, max_codepoint=0x24F),
    st.characters(min_codepoint=0x370, max_codepoint=0x52F),
    st.characters(min_codepoint=0x5D0, max_codepoint=0x64A),
    st.characters(min_codepoint=0x1EA0, max_codepoint=0x1EF9),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
]


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(ALPHABETS).flatmap(lambda signs: st.text(signs, min_size=1, max_size=40)))
def test_every_character_of_a_text_is_set_or_something_is_reported(name: str) -> None:
    seen, found = set_with(name)
    without, _ = set_with("")
    assert found or seen - without >= visible(name)


@pytest.mark.parametrize("name", ["Dear Jordan,", "Nguyễn Văn Minh", "خديجة", "林美玲", "Жанна", "ﬁ ½ “so”"])
def test_a_name_in_a_common_script_is_set_whole(name: str) -> None:
    seen, found = set_with(name)
    without, _ = set_with("")
    assert found == []
    assert seen - without == visible(name)


def test_a_page_for_the_browser_holds_its_pictures_and_loads_nothing() -> None:
    page = styled(letter(logo=LOGO), layout(), ASSETS)
    assert "asset:" not in page
    assert page.count("data:image/") == 2
    assert "default-src 'none'" in page
    assert "http:" not in page
