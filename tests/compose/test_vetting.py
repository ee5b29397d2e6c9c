"""What a template may not hold is found before any of it is run, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.compose import compose
from letters.findings import Finding
from letters.kinds import BUILT_IN
from tests.support.own_kind import template

FIELDS = {"client": {"name": "Jordan"}, "supports": "Ann", "items": [{"what": "one"}], "nothing": ""}


def tried(folder: Path, body: str) -> list[Finding]:
    """All that is wrong with a body, which begins on the third line."""
    (folder / "en.html.j2").write_text(template(body), "utf-8")
    composed, findings = compose(folder, "en", FIELDS, {"note": "Words."}, {})
    assert (composed is None) == bool(findings)
    return findings


def pointed_at(finding: Finding) -> tuple[int | None, str]:
    """The line of an unsafe thing and what is marked in it."""
    assert finding.code == "template-unsafe"
    assert finding.place is not None
    start = (finding.place.column or 0) - 1
    return finding.place.line, finding.place.excerpt[start : start + finding.place.length]


@pytest.mark.parametrize(
    "body",
    [
        "{{ client.name|safe }}",
        "{{ client.name | safe }}",
        "{{ client.name|\n safe }}",
        "{% filter safe %}{{ client.name }}{% endfilter %}",
        "{% if nothing %}{{ client.name|upper|safe }}{% endif %}",
        "{% autoescape false %}{{ client.name }}{% endautoescape %}",
        "{%\nautoescape false %}{{ client.name }}{% endautoescape %}",
        "{% include 'en.html.j2' %}",
        "{% include '../secrets.txt' %}",
        "{% include supports ignore missing %}",
        "{% import '/etc/passwd' as x %}",
        "{% from 'other.html.j2' import x %}",
        "{{ words.note[::-1] }}",
        "{{ words.note[1:] }}",
        "{{ 'x' * 10 ** 10 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ '%09999999999d' % 1 }}",
        "{% for one in 'x' * 1000000000 %}{% endfor %}",
        "{{ self }}",
        "{{ self.body() }}",
        "{{ self._TemplateReference__context }}",
        "{{ '' ~ self.body }}",
    ],
)
def test_what_defeats_escaping_or_the_machine_is_unsafe(body: str, tmp_path: Path) -> None:
    findings = tried(tmp_path, body)

    assert {finding.code for finding in findings} == {"template-unsafe"}
    assert {finding.place.line for finding in findings if finding.place} <= {3, 4}


def test_a_template_may_not_continue_another(tmp_path: Path) -> None:
    (tmp_path / "en.html.j2").write_text("{% extends 'x.html.j2' %}" + template("x"), "utf-8")
    _, findings = compose(tmp_path, "en", FIELDS, {}, {})

    assert "template-unsafe" in {finding.code for finding in findings}


@pytest.mark.parametrize(
    ("body", "tag"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT"),
        ("<style>p { color: red }</style>", "<style"),
        ("<svg><p>x</p></svg>", "<svg"),
        ("<math><p>x</p></math>", "<math"),
        ("<img src='x'>", "<img"),
        ("<iframe></iframe>", "<iframe"),
        ("<link rel='attachment' href='file:///etc/passwd'>", "<link"),
        ("<base href='https://example.org'>", "<base"),
        ("<object data='x'></object>", "<object"),
        ("<meta http-equiv='refresh'>", "<meta"),
        ("<form><input></form>", "<form"),
        ("<template>x</template>", "<template"),
        ("<title>x</title>", "<title"),
        ('<a href="javascript:alert(1)">x</a>', "<a"),
        ('<a href="file:///etc/passwd">x</a>', "<a"),
        ("<scr{% if nothing %}{% endif %}ipt>", "<scr"),
        ("<![CDATA[x]]>", "<!"),
        ("{% raw %}<script>{% endraw %}", "<script"),
    ],
)
def test_only_listed_tags_may_stand_in_a_template(body: str, tag: str, tmp_path: Path) -> None:
    finding = tried(tmp_path, body)[0]

    assert finding.message == f"A letter may not hold this tag: {tag}."
    assert pointed_at(finding) == (3, tag)


@pytest.mark.parametrize(
    ("body", "line", "attribute"),
    [
        ('<p onclick="x">x</p>', 3, "onclick"),
        ('<p ONCLICK="x">x</p>', 3, "ONCLICK"),
        ('<p\nonclick="x">x</p>', 4, "onclick"),
        ('<p/onclick="x">x</p>', 3, "onclick"),
        ('<p>x</p><p class="line" style="color: red">x</p>', 3, "style"),
        ("<p hidden>x</p>", 3, "hidden"),
        ('<p title="{{ client.name }}">x</p>', 3, "title"),
        ('<td colspan="1000000">x</td>', 3, "colspan"),
    ],
)
def test_only_listed_attributes_may_stand_in_a_tag(
    body: str, line: int, attribute: str, tmp_path: Path
) -> None:
    finding = tried(tmp_path, body)[0]

    assert finding.message == f"A tag may not have the attribute {attribute}."
    assert pointed_at(finding) == (line, attribute)


@pytest.mark.parametrize(
    ("body", "line", "name"),
    [
        ('<div class="logo">x</div>', 3, "logo"),
        ('<p>x</p>\n<p\n class="draft-word">x</p>', 4, "draft-word"),
        ('<p class="line signature">x</p>', 3, "signature"),
        ('<p class="line" class="end">x</p>', 3, "end"),
        ('<p class="l&amp;ogo">x</p>', 3, "l&amp;ogo"),
        ('<p>x</p>\n<div class="sign-here">x</div>', 4, "sign-here"),
    ],
)
def test_only_listed_classes_may_stand_in_a_tag(body: str, line: int, name: str, tmp_path: Path) -> None:
    (finding,) = tried(tmp_path, body)

    assert (finding.code, finding.message) == ("template-unsafe", f"A tag may not have the class {name}.")
    assert finding.remedy.startswith("Use inventory, label, line, note, number, ")
    assert finding.place
    assert finding.place.line == line


@pytest.mark.parametrize(
    "body",
    [
        "<p class=x>x</p>",
        "<p class='x'>x</p>",
        '<p class="{{ client.name }}">x</p>',
        "<p class={{ client.name }}>x</p>",
        "<p {{ client.name }}>x</p>",
        '<p{% if nothing %}> {% else %} onclick="x"{% endif %}>x</p>',
        "<p",
    ],
)
def test_attributes_are_fixed_texts_in_double_quotes(body: str, tmp_path: Path) -> None:
    finding = tried(tmp_path, body)[0]

    assert finding.message == "The tag <p is not written in a way that is safe."
    assert pointed_at(finding) == (3, "<p")


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        ("<{{ client.name }}>", "<"),
        ("<{% if nothing %}p{% else %}script{% endif %}>", "<"),
        ('<?xml version="1.0"?>', "<"),
        ("a < b", "<"),
        ("<!-- {{ client.name }} -->", "<!--"),
        ("<!-- a note -->", "<!--"),
    ],
)
def test_what_is_no_tag_is_refused_as_well(body: str, sign: str, tmp_path: Path) -> None:
    finding = tried(tmp_path, body)[0]

    assert "tag" in finding.message or "comments" in finding.message
    assert pointed_at(finding) == (3, sign)


def test_the_help_for_markup_is_short(tmp_path: Path) -> None:
    findings = tried(tmp_path, '<b>x</b> <p style="x">x</p> <p class=x>x</p> <!-- x --> a < b')

    assert len(findings) == 6
    assert max(len(finding.remedy) for finding in findings) < 90


def test_each_unsafe_tag_is_found_on_its_own_line(tmp_path: Path) -> None:
    findings = tried(tmp_path, "<p>a</p>\n\n<img>\n{% if supports %}\n  <b>x</b>\n{% endif %}")

    assert [finding.place.line for finding in findings if finding.place] == [5, 7, 7]


@pytest.mark.parametrize(
    "body",
    [
        '<p class="line">a<br>b</p>',
        '<section class="slip  note"><p class="sign-here">x</p><p class="">x</p></section>',
        '<p>He said class="logo" is a class.</p>',
        '<h2>x</h2><ul><li lang="ar" dir="rtl">x</li></ul>',
        '<table\n class="inventory"><thead><tr><th scope="col">x</th></tr></thead></table>',
        "<p>1 &lt; 2 &amp; 3 > 2</p>",
        "{# <script> #}<p>x</p>",
        "<p>{{ '<script>' }}</p>",
        "<p>{{ items|length }} {% for one in items %}{{ loop.index }} {{ one.what }}{% endfor %}</p>",
        "{% macro line(text) %}<p>{{ text }}</p>{% endmacro %}{{ line(client.name) }}",
        "{% set whole %}<p>{{ client.name }}</p>{% endset %}{{ whole }}",
        "{{ client.name|upper }} {{ [client.name, supports]|join(', ') }} {{ supports|paragraphs }}",
    ],
)
def test_an_honest_template_is_let_be(body: str, tmp_path: Path) -> None:
    assert tried(tmp_path, body) == []


def test_the_built_in_templates_are_safe() -> None:
    from letters.compose.vetting import prepare

    files = sorted(BUILT_IN.glob("*/*.html.j2"))
    assert len(files) >= 4
    for file in files:
        assert prepare(str(file), file.read_text("utf-8"), file.name.split(".")[0])[1] == ()


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("Lost text.\n" + template("x"), 1, "outside the blocks"),
        (template("x") + "{{ client.name }}", 5, "outside the blocks"),
        ("{% macro m() %}{% endmacro %}" + template("x"), 1, "outside the blocks"),
        (template("x") + "{% block after_signatur %}x{% endblock %}", 5, "The block after_signatur is"),
    ],
)
def test_what_would_never_be_printed_is_found(source: str, line: int, message: str, tmp_path: Path) -> None:
    (tmp_path / "en.html.j2").write_text(source, "utf-8")
    composed, (finding,) = compose(tmp_path, "en", FIELDS, {}, {})

    assert composed is None
    assert finding.code == "template"
    assert message in finding.message
    assert finding.place is not None
    assert finding.place.line == line


def test_a_block_within_the_body_is_printed(tmp_path: Path) -> None:
    assert tried(tmp_path, "{% block inner %}x{% endblock %}") == []
