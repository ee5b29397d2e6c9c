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


def test_a_table_without_names_and_without_room_becomes_lists() -> None:
    html = f"<table><tr><td>{'a' * 20}</td><td>{'b' * 20}</td><td>{'c ' * 20}</td></tr></table>"
    lines = plain_text(html, width=40).splitlines()
    assert lines[:2] == ["- " + "a" * 20, "- " + "b" * 20]
    assert max(map(len, lines)) <= 40


def property_list(items: int) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{number}</th><td>Letter no. {number} to the court about the custody</td>"
        "<td>good, with a stain</td><td>2024-05-06</td><td></td></tr>"
        for number in range(1, items + 1)
    )
    names = ("No.", "What was kept for you", "Condition when returned", "Made on", "Remark")
    header = "".join(f"<th>{name}</th>" for name in names)
    return f"<table><caption>Inventory</caption><thead><tr>{header}</tr></thead>{rows}</table>"


def test_a_table_with_no_room_for_columns_names_each_value() -> None:
    blocks = plain_text(property_list(180), width=60).split("\n\n")
    assert len(blocks) == 181
    assert blocks[0] == "Inventory"
    assert blocks[180] == (
        "No.: 180\n"
        "What was kept for you: Letter no. 180 to the court about\n"
        "  the custody\n"
        "Condition when returned: good, with a stain\n"
        "Made on: 2024-05-06\n"
    )
    assert max(len(line) for block in blocks for line in block.splitlines()) <= 60


def test_a_table_stays_in_columns_where_they_fit() -> None:
    lines = plain_text(property_list(180), width=120).splitlines()
    assert len(lines) == 184
    assert lines[2].split("  ")[0] == "No."
    assert len({line.index("2024") for line in lines[4:]}) == 1


def test_a_signature_is_one_block() -> None:
    html = (
        '<p class="closing">Sincerely,</p><div class="room-to-sign"></div>'
        '<p class="signatory">Sam Rivera, LCSW</p> <p class="line">Therapist</p><p class="line">Harbor</p>'
    )
    assert plain_text(html) == "Sincerely,\n\nSam Rivera, LCSW\nTherapist\nHarbor\n"


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
