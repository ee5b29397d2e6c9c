from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from letters.markup import plain_text, visible_text

LETTER = """<html><head><title>Closing</title></head><body>
<header><address>Harbor Family Counseling<br>12 Pier Street<br>Portland, OR 97201</address></header>
<h1>Your records</h1>
<section data-says="thanks"><p>Dear Jordan,</p>
<p>Thank you for coming to all of our meetings through this hard spring, and for
 <em>staying</em> until December&nbsp;6, 2026.</p></section>
<h2>What we return</h2>
<table><caption>Inventory</caption>
<tr><th>No.</th><th>What</th><th>Condition</th></tr>
<tr><td>1</td><td>Intake drawing</td><td>good, somewhat worn at the edges, with a stain at the left</td></tr>
<tr><td>2</td><td>Notebook</td><td>good</td></tr></table>
<ul><li>First, something that needs more than a line, because there is a lot to say about it</li>
<li><p>Second</p><ol start="9"><li>a</li><li>b</li></ol></li></ul>
<blockquote>As you said.</blockquote><hr><p>Sincerely<br>Sam</p><p hidden>not shown</p></body></html>"""

TEXT = """\
Harbor Family Counseling
12 Pier Street
Portland, OR 97201

Your records
============

Dear Jordan,

Thank you for coming to all of our meetings through this hard spring,
and for staying until December\u00a06, 2026.

What we return
--------------

Inventory

No.  What            Condition
---  --------------  ---------------------------------------------------
1    Intake drawing  good, somewhat worn at the edges, with a stain at
                     the left
2    Notebook        good

- First, something that needs more than a line, because there is a lot
  to say about it
- Second
  9.  a
  10. b

    As you said.

------------------------------------------------------------------------

Sincerely
Sam
"""


def test_a_letter_reads_well_as_plain_text() -> None:
    assert plain_text(LETTER) == TEXT


def test_a_table_with_no_room_for_columns_becomes_lists() -> None:
    html = f"<table><tr><td>{'a' * 20}</td><td>{'b' * 20}</td><td>{'c ' * 20}</td></tr></table>"
    lines = plain_text(html, width=40).splitlines()
    assert lines[:2] == ["- " + "a" * 20, "- " + "b" * 20]
    assert max(map(len, lines)) <= 40


def test_an_address_too_long_for_a_line_is_not_broken() -> None:
    link = "https://example.org/" + "x" * 80
    assert link in plain_text(f"<p>See {link} for more.</p>")


def test_definitions_are_indented_under_their_terms() -> None:
    assert plain_text("<dl><dt>When</dt><dd>Today</dd></dl>") == "When\n    Today\n"


WORDS = st.text("abcdefg", min_size=1, max_size=12)
INLINE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
BLOCK = st.recursive(
    st.builds("<p>{}</p>".format, INLINE),
    lambda inner: st.one_of(
        st.builds("<ul><li>{}</li><li>{}</li></ul>".format, inner, inner),
        st.builds("<ol><li>{}</li></ol>".format, inner),
        st.builds("<section data-says='x'>{} {}</section>".format, inner, INLINE),
        st.builds("<table><tr><td>{}</td><td>{}</td></tr><tr><td>{}</td></tr></table>".format, *[INLINE] * 3),
        st.builds("<blockquote>{}</blockquote>".format, inner),
        st.builds("<dl><dt>{}</dt><dd>{}</dd></dl>".format, INLINE, inner),
        st.builds("<h2>{}</h2>{}".format, INLINE, inner),
        st.builds("<table><tbody><tr><th>{}</th><td>{}</td></tr></tbody></table>".format, INLINE, inner),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=80)
@given(BLOCK, st.integers(30, 90))
def test_no_word_of_a_letter_is_lost(html: str, width: int) -> None:
    def letters_of(text: str) -> list[str]:
        return sorted(sign for sign in text if sign.isalpha())

    assert letters_of(plain_text(html, width)) == letters_of(visible_text(html))
