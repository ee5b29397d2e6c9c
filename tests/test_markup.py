from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.markup import Gap, Section, gaps, hidden_text, outside_text, sections, visible_text

LETTER = """<!doctype html>
<html lang="en"><head><title>Closing letter</title><style>p { color: black }</style></head>
<body><!-- the reason -->
<header>Harbor Family<br>Counseling</header>
<main><section data-says="thanks"><h2>Thank you</h2><p>You <em>kept</em> com<b>ing</b>
  through&nbsp;spring.</p></section>
<section data-says="crisis"><p>Call 988.</p><section data-says="contact"><ul><li>By phone</li><li>By
 mail <mark data-gap="contact">write a number</mark></li></ul></section></section>
<p>Sincerely</p><p hidden>concealed</p>
<img src="asset:sam" alt="Signature of Sam" title="Sam"></main></body></html>"""

CONTACT = "By phone By mail write a number"
ITEMS = ("By phone", "By mail write a number")
CRISIS = f"Call 988. {CONTACT}"


def test_sections_come_in_order_with_what_they_say() -> None:
    assert sections(LETTER) == [
        Section(
            "thanks",
            "Thank you You kept coming through spring.",
            body="You kept coming through spring.",
            blocks=("You kept coming through spring.",),
        ),
        Section("crisis", CRISIS, body=CRISIS, blocks=("Call 988.", *ITEMS)),
        Section("contact", CONTACT, body=CONTACT, inside="crisis", blocks=ITEMS),
    ]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>One<br>line</p><p> </p><p>Two</p>", ("One line", "Two")),
        ("Before <ul><li>One <b>item</b></li><li>2</li></ul> end", ("Before", "One item", "2", "end")),
        ("<h2>Heading</h2>One <table><tr><td>Cell</td></tr></table> two", ("One", "two")),
        ("One <b hidden>x</b>two <p hidden>x</p> three<address>44 Alder</address>", ("One two", "three")),
        ("", ()),
    ],
)
def test_blocks_are_paragraphs_and_items_without_headings_and_tables(
    html: str, blocks: tuple[str, ...]
) -> None:
    (section,) = sections(f'<section data-says="one">{html}</section>')

    assert section.blocks == blocks


def test_gaps_tell_what_is_still_to_be_written_and_where() -> None:
    assert gaps(LETTER) == [Gap("contact", "write a number", inside="contact")]
    assert gaps("<mark>highlighted</mark>") == []


def test_text_outside_all_sections_is_told_apart() -> None:
    assert outside_text(LETTER) == "Harbor Family Counseling Sincerely"


def test_visible_text_is_what_a_reader_sees() -> None:
    assert visible_text(LETTER) == (
        "Harbor Family Counseling Thank you You kept coming through spring."
        " Call 988. By phone By mail write a number Sincerely"
    )


@pytest.mark.parametrize(
    "text",
    ["the reason", "concealed", "Signature of Sam", "asset:sam", "Sam", "Closing letter", "color: black"],
)
def test_hidden_text_has_all_that_a_reader_does_not_see(text: str) -> None:
    assert text in hidden_text(LETTER)


def test_hidden_text_has_nothing_of_the_visible() -> None:
    assert not {"Harbor", "Sincerely", "spring.", "988."} & set(hidden_text(LETTER).split())


def test_text_that_is_the_name_of_a_file_is_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("<p>from the file</p>")
    monkeypatch.chdir(tmp_path)
    assert visible_text("secret") == "secret"


@settings(deadline=None, max_examples=100)
@given(
    st.text("abc<>&\"'é中 \n\u00a0-!", min_size=1),
    st.sampled_from(["p", "hidden", "alt", "comment", "section", "style"]),
)
def test_no_text_escapes_both_the_visible_and_the_hidden(text: str, place: str) -> None:
    from html import escape

    word = escape(text)
    raw = "".join(sign for sign in text if sign not in "<>-!")
    html = {
        "p": f"<p>a<b>{word}</b></p>",
        "hidden": f"<div hidden><p>x</p>{word}</div>",
        "alt": f'<img alt="{word}">',
        "comment": f"<p>x<!-- {raw} -->y</p>",
        "section": f'<section data-says="x"><section data-says="y">{word}</section></section>',
        "style": f"<style>{raw}</style>",
    }[place]
    wanted = " ".join((raw if place in {"comment", "style"} else text).split())
    assert wanted in visible_text(html) + "\n" + hidden_text(html)
