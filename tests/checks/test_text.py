"""A letter is taken apart once, and nothing of it is left out."""

from __future__ import annotations

from letters.checks.text import Text

BODY = """
<p>Before.</p>
<section data-says="thanks"><h2>Thanks</h2><p>For all of it.</p>
  <p><mark data-gap="thanks">[what was special]</mark></p></section>
<section data-says="contact" title="a title"><p>Call <b hidden>nobody</b> us.</p><!-- a comment --></section>
<section data-says="contact"><p>Or write.</p></section>
"""


def test_everything_holds_subject_text_and_what_nobody_sees() -> None:
    text = Text.of("The subject", BODY)

    for part in ("The subject", "Before.", "For all of it.", "a title", "nobody", "a comment", "Or write."):
        assert part in text.everything
    assert text.subject == "The subject"
    assert text.outside == "Before."


def test_sections_and_gaps_come_in_order() -> None:
    text = Text.of("", BODY)

    assert [section.says for section in text.sections] == ["thanks", "contact", "contact"]
    assert [(gap.name, gap.text) for gap in text.gaps] == [("thanks", "[what was special]")]


def test_what_a_section_says_is_said_by_all_of_its_name() -> None:
    text = Text.of("", BODY)

    assert text.said("contact") == "Call us. Or write."
    assert text.said("records") == ""


def test_the_lines_around_are_kept_apart_and_are_among_everything() -> None:
    text = Text.of("The subject", BODY, (line for line in ("Dear Ann,", "Sincerely,")))

    assert text.around == ("Dear Ann,", "Sincerely,")
    assert text.everything.startswith("Dear Ann, Sincerely, The subject")
    assert Text.of("", BODY).around == ()
