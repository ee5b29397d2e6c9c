"""Parts: sections that the letters of several kinds have in common, one file for each and language.

A template takes one in with `{% include "crisis" %}`. There is no other way to bring in a file.
"""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from letters.compose.sandbox import sandbox

PARTS = Path(__file__).parents[1] / "templates" / "parts"
SUFFIX = ".html.j2"
_INCLUDE = re.compile(r"""^[ \t]*\{%-?\s*include\s+["']([\w-]+)["']\s*-?%\}[ \t]*\n?""", re.MULTILINE)


def known(language: str) -> list[str]:
    """The names of all parts in a language."""
    return sorted(file.name.removesuffix(SUFFIX) for file in _folder(language).glob(f"*{SUFFIX}"))


def merged(tree: nodes.Template, language: str) -> nodes.Template:
    """Put the known parts into a tree that includes them; other includes stay as they are.

    What comes from a part counts as standing on the line that includes it.
    """
    whole = _Merging(language).visit(tree)
    assert isinstance(whole, nodes.Template)  # noqa: S101 - tells mypy
    return whole


def expanded(source: str, language: str) -> str:
    """Put the text of the known parts into the text of a template."""
    names = known(language)
    return _INCLUDE.sub(lambda found: _text(found[1], language) if found[1] in names else found[0], source)


class _Merging(NodeTransformer):
    def __init__(self, language: str) -> None:
        self.language = language
        self.names = known(language)

    def visit_Include(self, node: nodes.Include) -> nodes.Include | list[nodes.Node]:  # noqa: N802 - Jinja's
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if name not in self.names:
            return node
        body: list[nodes.Node] = sandbox().parse(_text(name, self.language)).body
        for part in body:
            part.set_lineno(node.lineno, override=True)
        return body


def _text(name: str, language: str) -> str:
    return (_folder(language) / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def _folder(language: str) -> Path:
    own = PARTS / language
    return own if own.is_dir() else PARTS / language.split("-")[0]
