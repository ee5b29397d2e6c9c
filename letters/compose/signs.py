"""The characters of a template: what cannot be seen, or looks like another, hides words from a search."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes

from letters.compose.faults import TEMPLATE_UNSAFE
from letters.findings import Finding
from letters.sources.characters import examine, examine_directions
from letters.sources.text import SourceText

_ENTITIES = ("lt", "gt", "amp", "quot", "nbsp")
# An & before a space begins nothing; one at the end could go on with what Jinja puts there.
_OTHER_ENTITY = re.compile(rf"&(?!(?:{'|'.join(_ENTITIES)});|\s)[#\w]*;?")


def doubtful(file: str, source: str) -> Iterator[Finding]:
    """Find the characters of a template that no letter should hold."""
    text = SourceText(file, source)
    for flaw in examine(source):
        yield TEMPLATE_UNSAFE.finding(flaw.message, flaw.remedy, text.place(flaw.start, flaw.end))
    start = 0
    for line in source.splitlines(keepends=True):
        for flaw in examine_directions(line):
            yield TEMPLATE_UNSAFE.finding(flaw.message, flaw.remedy, text.place(start, start + len(line)))
        start += len(line)


def spelled_out(tree: nodes.Template) -> Iterator[tuple[str, str, int, str]]:
    r"""Find such characters written as `&shy;` or `"\u00ad"`: message, remedy, line, and what to point at."""
    for node in tree.find_all(nodes.TemplateData):
        for found in _OTHER_ENTITY.finditer(node.data):
            message = f"A letter may not hold {found[0]}, which can hide what it says."
            remedy = f"Write the character itself; only {_named()} are known here."
            yield message, remedy, node.lineno + node.data.count("\n", 0, found.start()), found[0]
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str):
            for flaw in examine(constant.value):
                yield flaw.message, flaw.remedy, constant.lineno, ""


def _named() -> str:
    return ", ".join(f"&{name};" for name in _ENTITIES)
