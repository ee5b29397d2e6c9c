"""The characters of a template hide nothing from a search, and turn nothing around."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.compose import compose
from letters.findings import Finding, Severity
from tests.support.own_kind import template


def tried(folder: Path, body: str) -> list[Finding]:
    """All that is wrong with a body, which begins on the third line."""
    (folder / "en.html.j2").write_text(template(body), "utf-8", newline="")
    composed, findings = compose(folder, "en", {"name": "Jordan"}, {}, {})
    assert (composed is None) == bool(findings)
    return findings


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>x</p>\n<p>aban\u200bdoned</p>", "U+200B"),
        ("<p>x</p>\n<p>aban\u00addoned</p>", "U+00AD"),
        ("<p>x</p>\n<p>\u0430bandoned</p>", "letters of two alphabets"),
        ("<p>x</p>\n<p>\u202edenodnaba</p>", "U+202E"),
        ("<p>x</p>\n<p>Call\x07 us</p>", "U+0007"),
        ("<p>x</p>\n<p>\u2067Call us\u2069</p>", "U+2067"),
        ("<p>x</p>\n{{ 'aban\\u00addoned' }}", "U+00AD"),
        ("<p>x</p>\n{{ 'aban' ~ '\\x07' }}", "U+0007"),
    ],
)
def test_a_character_that_hides_is_refused_in_a_template(body: str, said: str, tmp_path: Path) -> None:
    finding = tried(tmp_path, body)[0]

    assert (finding.code, finding.severity) == ("template-unsafe", Severity.ERROR)
    assert said in finding.message
    assert finding.place
    assert finding.place.line == 4
    assert not {"\x07", "\u200b", "\u202e"} & set(finding.place.excerpt)


@pytest.mark.parametrize(
    ("entity", "marked"),
    [
        ("aban&shy;doned", "&shy;"),
        ("aban&#173;doned", "&#173;"),
        ("aban&#xAD;doned", "&#xAD;"),
        ("aban&ZeroWidthSpace;doned", "&ZeroWidthSpace;"),
        ("aban&shydoned", "&shydoned"),
        ("&rlm;x", "&rlm;"),
        ("a&{{ name }}", "&"),
        ("a&{% if name %}shy;{% endif %}b", "&"),
        ("a &{%- if name %}shy;{% endif %}b", "&"),
    ],
)
def test_only_a_few_entities_may_stand_in_a_template(entity: str, marked: str, tmp_path: Path) -> None:
    finding = tried(tmp_path, f"<p>x</p>\n<p>{entity}</p>")[0]

    assert finding.code == "template-unsafe"
    assert finding.message == f"A letter may not hold {marked}, which can hide what it says."
    assert finding.place
    assert finding.place.line == 4


@pytest.mark.parametrize(
    "body",
    [
        "<p>1 &lt; 2 &gt; 0 &amp; &quot;x&quot; 12&nbsp;pm</p>",
        "<p>Smith & Co</p>",
        "<p>Señora Nguyễn, Αθήνα, Москва, naïve – “so”</p>\r\n<p>x</p>",
        "<p>می\u200cخواهم</p>",
        "<p>\u2067שלום\u2069</p>",
        "{{ 'Tom & Ann' }}",
    ],
)
def test_the_characters_of_every_language_are_let_be(body: str, tmp_path: Path) -> None:
    assert tried(tmp_path, body) == []
