"""A template and its fields become the body of a letter, or its fault is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinyhtml5 import parse

from letters.compose import Composed, compose, paragraphs
from letters.findings import Finding
from letters.markup import gaps, visible_text
from tests.support.own_kind import template

FIELDS: dict[str, Any] = {
    "client": {"name": "Jordan <b>", "called": "J"},
    "supports": "Ann & Bo",
    "items": [{"what": "one"}, {"what": "two"}],
    "nothing": {},
}


def composed(folder: Path, source: str | bytes, **values: Any) -> tuple[Composed | None, list[Finding]]:
    content = source if isinstance(source, bytes) else source.encode()
    (folder / "en.html.j2").write_bytes(content)
    return compose(folder, "en", {**FIELDS, **values}, {"note": "Words."}, {})


def body(folder: Path, text: str, **values: Any) -> str:
    letter, findings = composed(folder, template(text), **values)
    assert letter, findings
    return visible_text(letter.body)


def fault(folder: Path, source: str | bytes) -> Finding:
    letter, findings = composed(folder, source)
    assert letter is None
    (finding,) = findings
    assert finding.code == "template"
    assert finding.message.endswith(".")
    assert not finding.message.endswith("..")
    return finding


def test_data_is_escaped(tmp_path: Path) -> None:
    assert body(tmp_path, "<p>{{ client.name }} {{ supports }}</p>") == "Jordan <b> Ann & Bo"


def test_a_subject_is_plain_text(tmp_path: Path) -> None:
    letter, _ = composed(tmp_path, template("x", subject="\n  For {{ client.name }}\n  &amp; {{ supports }}"))

    assert letter
    assert letter.subject == "For Jordan <b> & Ann & Bo"


def test_what_comes_after_the_signature_is_kept_apart(tmp_path: Path) -> None:
    source = template("x") + "{% block after_signature %}<p>Slip.</p>{% endblock %}"
    letter, _ = composed(tmp_path, source)

    assert letter
    assert letter.after_signature == "<p>Slip.</p>"
    assert "Slip" not in letter.body


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    letter, findings = composed(tmp_path, template("x").encode("utf-8-sig"))

    assert letter, findings


@pytest.mark.parametrize("name", ["items", "keys", "get", "pop", "copy"])
def test_a_field_may_be_called_like_a_method(name: str, tmp_path: Path) -> None:
    assert body(tmp_path, f"{{{{ group.{name} }}}}", group={name: "text"}) == "text"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n{{ nobody }}", 4, "something it is not given: `nobody` is none of its fields"),
        ("a\n\n{{ client.hours }}", 5, "`hours` is none of its fields"),
        ("{% if nobody %}x{% endif %}", 3, "`nobody` is none"),
        ("{{ nobody or 'x' }}", 3, "`nobody` is none"),
        ("{{ words.other }}", 3, "`other` is none"),
        ("{% for one in items %}\n{{ one.who }}\n{% endfor %}", 4, "`who` is none"),
        ("{% for one in range(1000000000) %}{% endfor %}", 3, "`range` is none"),
        ("{{ lipsum(n=1000) }}", 3, "`lipsum` is none"),
        ("{% set x = namespace() %}", 3, "`namespace` is none"),
        ("{{ cycler('a') }}", 3, "`cycler` is none"),
        ("{{ joiner() }}", 3, "`joiner` is none"),
        ("{{ dict(a=1) }}", 3, "`dict` is none"),
        ("{{ super() }}", 3, "no parent block"),
        ("{% if %}", 3, "cannot be read: Expected an expression"),
        ("x\n{% for one in items %}", 5, "cannot be read: "),
        ("{{ client|attr('name') }}", 3, "No filter named 'attr'"),
        ("{{ {'a': 'b'}|xmlattr }}", 3, "No filter named 'xmlattr'"),
        ("{{ [client.name]|map('safe')|first }}", 3, "No filter named 'map'"),
        ("{{ client.name|e }}", 3, "No filter named 'e'"),
        ("{{ words.note|reverse }}", 3, "No filter named 'reverse'"),
        ("{% debug %}", 3, "unknown tag 'debug'"),
        ("{{ client.name.__class__ }}", 3, "takes a value apart"),
        ("{{ client['__class__'] }}", 3, "takes a value apart"),
        ("{{ ''.__class__.__mro__ }}", 3, "takes a value apart"),
        ("{{ '{0.__class__}'.format(client) }}", 3, "takes a value apart"),
        ("{{ '{a}'.format_map(client) }}", 3, "takes a value apart"),
        ("{{ '{:999999999}'.format('x') }}", 3, "takes a value apart"),
        ("{{ words.note.format('x') }}", 3, "takes a value apart"),
        ("{{ words.note.translate({97: '<script>'}) }}", 3, "takes a value apart"),
        ("{{ words.note.unescape() }}", 3, "takes a value apart"),
        ("{{ client.name[0] }}", 3, "takes a value apart"),
        ("{{ client.update({'name': 'x'}) }}", 3, "takes a value apart"),
        ("{{ items.append('x') }}", 3, "takes a value apart"),
        ("{% set client.name = 'x' %}", 2, "fails (TemplateRuntimeError)"),
        ("{{ supports() }}", 3, "not callable"),
        ("{{ 1 / 0 }}", 3, "fails (ZeroDivisionError)"),
        ("{{ items }}", 3, "prints a list where text belongs"),
        ("{{ nothing }}", 3, "prints a group of fields where text belongs"),
        ("{{ none }}", 3, "prints nothing where text belongs"),
        ("{{ 1 == 1 }}", 3, "prints a truth where text belongs"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 3, "calls itself without end"),
        ("{% for a in items %}" * 25 + "{% endfor %}" * 25, None, "nested too deeply"),
        ("{{ " + "(" * 400 + "1" + ")" * 400 + " }}", None, "nested too deeply"),
        ("<ul><li>x</ul>", 3, "A tag <li> in the block body has no counterpart"),
        ("<p>x", 3, "A tag <p> in the block body has no counterpart"),
        ("a\n\nx</p>", 5, "A tag </p> in the block body has no counterpart"),
        ("x\n<section>\n<p>x</p>", 2, "A tag <section> in the block body has no counterpart"),
        ("{% if nobody is defined %}</p>{% endif %}<p>x", None, "A tag <p> in the block body"),
        ("x</section></main>", 3, None),
    ],
)
def test_a_template_that_fails_makes_no_letter(
    text: str, line: int | None, message: str | None, tmp_path: Path
) -> None:
    if message is None:
        assert [one.code for one in composed(tmp_path, template(text))[1]] == ["template-unsafe"]
        return
    finding = fault(tmp_path, template(text))

    assert message in finding.message
    assert finding.place is not None
    assert finding.place.line == line


def test_tags_nested_too_deeply_make_no_letter(tmp_path: Path) -> None:
    def nested(times: int) -> str:
        return template("<div>" * times + "x" + "</div>" * times)

    # The section around them is one more.
    assert "More than 50 tags" in fault(tmp_path, nested(50)).message
    assert "More than 50 tags" in fault(tmp_path, nested(1000)).message
    assert composed(tmp_path, nested(49))[1] == []


def test_a_table_within_another_makes_no_letter(tmp_path: Path) -> None:
    table = "<table><tr><td>{}</td></tr></table>"

    assert "too small to read" in fault(tmp_path, template(table.format(table))).message
    assert composed(tmp_path, template(table * 2))[1] == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{% block body %}x{% endblock %}", "The block subject is missing"),
        ("{% block subject %}x{% endblock %}", "The block body is missing"),
        ("{% block subject %} {% endblock %}{% block body %}x{% endblock %}", "The block subject is missing"),
        (template("x", subject="<strong>x</strong>"), "The subject holds a tag"),
        (template("Ä").encode("cp1252"), "it is not UTF-8 text"),
        (template("x").encode("utf-16"), "it is not UTF-8 text"),
    ],
)
def test_a_template_that_is_not_one_is_said(source: str | bytes, message: str, tmp_path: Path) -> None:
    assert message in fault(tmp_path, source).message


def test_an_empty_template_lacks_everything(tmp_path: Path) -> None:
    letter, findings = composed(tmp_path, "")

    assert letter is None
    assert [finding.code for finding in findings] == ["template", "template"]


def test_a_template_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "en.html.j2").mkdir()
    letter, (finding,) = compose(tmp_path, "en", {}, {}, {})

    assert letter is None
    assert finding.message == "The template cannot be read: Is a directory."


def test_a_template_changes_nothing_for_the_next(tmp_path: Path) -> None:
    before = {name: str(value) for name, value in FIELDS.items()}
    body(tmp_path, "{% set client = 'x' %}{% set items = 'y' %}{{ client }}")

    assert {name: str(value) for name, value in FIELDS.items()} == before
    assert body(tmp_path, "{{ client.called }}") == "J"


def test_a_changed_template_is_read_again(tmp_path: Path) -> None:
    assert [body(tmp_path, text) for text in ("one", "two", "one")] == ["one", "two", "one"]


def test_words_nobody_wrote_leave_a_marked_gap(tmp_path: Path) -> None:
    (tmp_path / "en.html.j2").write_text(template("{{ words.a }}|{{ words.b }}|{{ words.c }}"), "utf-8")
    says = {"a": "what <only> they did", "c": "thanks"}
    letter, _ = compose(tmp_path, "en", {}, {"a": "", "b": "", "c": "Thank you."}, says)

    assert letter
    assert visible_text(letter.body) == "[what <only> they did] || Thank you."
    assert [(gap.name, gap.text) for gap in gaps(letter.body)] == [("a", "[what <only> they did]")]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.", "<p>One.</p>"),
        ("One.\nTwo.\n\n \nThree.\n", "<p>One.<br>Two.</p><p>Three.</p>"),
        ("<p>One</p>", "<p>&lt;p&gt;One&lt;/p&gt;</p>"),
        ("  \n ", ""),
    ],
)
def test_written_text_becomes_paragraphs(text: str, html: str) -> None:
    assert paragraphs(text) == html


def elements(html: str) -> list[str]:
    return [
        element.tag for element in parse(f"<!DOCTYPE html><body>{html}", namespace_html_elements=False).iter()
    ]


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'{}%/!-= \n")))
def test_no_text_becomes_markup_or_a_command(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    source = template("<p>{{ client.name }}</p><p>{{ supports|upper }}</p>{{ supports|paragraphs }}")
    values = {"client": {"name": text}, "supports": text}
    letter, findings = composed(folder, source, **values)
    plain, _ = composed(folder, source, client={"name": "x"}, supports="x")

    assert letter, findings
    assert plain
    said, lines = " ".join(text.split()), text.strip().splitlines()
    assert visible_text(letter.body).startswith(said)
    assert elements(letter.body).count("p") <= 3 + len(lines)
    assert set(elements(letter.body)) <= {*elements(plain.body), "br"}


@pytest.mark.parametrize(
    ("text", "marked", "remedy"),
    [
        ("<p>{{ words.notte }}</p>", "notte", "Did you mean words.note?"),
        ("<p>{{ words.zzzzz }}</p>", "zzzzz", "Words are for the sections with `words: required` or"),
        ("<p>{{ client.name }} {{ client.caled }}</p>", "caled", "Did you mean client.called?"),
        ("<p>suports {{ supports }} {{ suports }}</p>", "suports", "Did you mean supports?"),
        ("<p>{{ client.zzzzz }}</p>", "zzzzz", "Declare the field in kind.yaml"),
        ("{% for one in items %}{{ one.wat }}{% endfor %}", "wat", "Declare the field in kind.yaml"),
        ("{% for one in range(9) %}{% endfor %}", "range", "Declare the field in kind.yaml"),
    ],
)
def test_a_field_that_is_not_given_is_pointed_at_with_the_nearest_that_is(
    text: str, marked: str, remedy: str, tmp_path: Path
) -> None:
    finding = fault(tmp_path, template(text))

    assert finding.remedy.startswith(remedy)
    assert finding.place is not None
    start = (finding.place.column or 0) - 1
    assert finding.place.excerpt[start : start + finding.place.length] == marked
