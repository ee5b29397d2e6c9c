"""What shows only in what was rendered: blocks that are empty, tags that are not closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from jinja2 import nodes

from letters.compose.faults import TEMPLATE_FAULT, place
from letters.compose.sandbox import sandbox
from letters.findings import Finding

_Line = Callable[[], int]  # counted only where it is wanted
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
DEEPEST = 50  # elements within one another; letters need about six, and much deeper ones cannot be read


def troubles(file: str, source: str, blocks: Mapping[str, str]) -> Iterator[Finding]:
    """Look through the rendered blocks of a template, for which `source` gives the lines."""
    for name in ("subject", "body"):
        if not blocks[name]:
            message = f"The block {name} is missing, or has nothing in it."
            yield TEMPLATE_FAULT.finding(message, "A letter needs a subject and a body.", place(file, source))
    if "<" in blocks["subject"]:
        message = "The subject holds a tag, and it is plain text."
        yield TEMPLATE_FAULT.finding(message, "Remove the tag.", place(file, source))
    for name, html in blocks.items():
        yield from _nested(file, source, name, html)
        if found := _unbalanced([(html, 1)]):
            tag = found[0]
            # What was rendered has other lines than the template.
            written = _unbalanced(_texts(source, name))
            line = written[1]() if written and written[0] == tag else None
            message = f"A tag {tag} in the block {name} has no counterpart."
            yield TEMPLATE_FAULT.finding(
                message, "Close what opens, in order.", place(file, source, line, tag.rstrip(">"))
            )


def _nested(file: str, source: str, name: str, html: str) -> Iterator[Finding]:
    """Refuse what is too deep for every reader of the tree, and tables that shrink within tables."""
    depth, tables, too_deep, shrunk = 0, 0, False, False
    for slash, element, _ in _tags([(html, 1)]):
        step = -1 if slash else 1
        depth, tables = depth + step, tables + step * (element == "table")
        too_deep, shrunk = too_deep or depth > DEEPEST, shrunk or tables > 1
    if too_deep:
        message = f"More than {DEEPEST} tags stand within one another in the block {name}."
        yield TEMPLATE_FAULT.finding(message, "Close each tag before the next one.", place(file, source))
    if shrunk:
        message = f"A table stands within another in the block {name}, and would be too small to read."
        yield TEMPLATE_FAULT.finding(message, "Set one after the other.", place(file, source))


def _texts(source: str, block: str) -> Iterator[tuple[str, int]]:
    """The texts of a block as written, each with the line it begins on."""
    for node in sandbox().parse(source).find_all(nodes.Block):
        if node.name == block:
            yield from ((text.data, text.lineno) for text in node.find_all(nodes.TemplateData))


def _unbalanced(texts: Iterable[tuple[str, int]]) -> tuple[str, _Line] | None:
    """The first tag without its counterpart, with its line."""
    open_tags: list[tuple[str, _Line]] = []
    for slash, element, line in _tags(texts):
        if not slash:
            open_tags.append((element, line))
        elif open_tags and open_tags[-1][0] == element:
            open_tags.pop()
        elif all(name != element for name, _ in open_tags):
            return f"</{element}>", line
        else:
            break
    return (f"<{open_tags[-1][0]}>", open_tags[-1][1]) if open_tags else None


def _tags(texts: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str, _Line]]:
    for text, first in texts:
        for found in _TAG.finditer(text):
            if found[2] != "br":
                yield found[1], found[2], partial(_line, text, first, found.start())


def _line(text: str, first: int, start: int) -> int:
    return first + text.count("\n", 0, start)
