"""Pages for a browser: whatever is put in is escaped, and what is not there is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from letters.compose.screens import screens

HOSTILE = "</p><script>alert('1')</script>&\""


def rendered(folder: Path, template: str, **values: object) -> str:
    (folder / "page.html.j2").write_text(template, "utf-8")
    return screens(folder).get_template("page.html.j2").render(**values)


def test_whatever_is_put_in_is_escaped(tmp_path: Path) -> None:
    html = rendered(tmp_path, '<p title="{{ text }}">{{ text }}</p>', text=HOSTILE)
    told = "&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&#34;"
    assert html == f'<p title="{told}">{told}</p>'


def test_what_a_macro_of_another_template_is_given_is_escaped_once(tmp_path: Path) -> None:
    (tmp_path / "parts.html.j2").write_text("{% macro said(text) %}<b>{{ text }}</b>{% endmacro %}")
    html = rendered(tmp_path, '{% import "parts.html.j2" as parts %}{{ parts.said(text) }}', text="<&")
    assert html == "<b>&lt;&amp;</b>"


def test_a_text_is_no_template(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ text }}", text="{{ 7 * 7 }}{% raw %}") == "{{ 7 * 7 }}{% raw %}"


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, "{{ nothing }}")
    with pytest.raises(UndefinedError):
        rendered(tmp_path, "{{ view.nothing }}", view=HOSTILE)


def test_a_line_that_holds_a_block_alone_leaves_none(tmp_path: Path) -> None:
    assert rendered(tmp_path, "<ul>\n  {% if true %}\n<li>\n  {% endif %}\n</ul>") == "<ul>\n<li>\n</ul>"


def test_templates_outside_the_folder_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "secret.html.j2").write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(TemplateNotFound):
        rendered(inside, '{% include "../secret.html.j2" %}')
