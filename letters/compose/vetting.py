"""What a template may hold: looked at before any of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer

from letters.compose import parts, signs
from letters.compose.faults import TEMPLATE_FAULT, TEMPLATE_UNSAFE, place
from letters.compose.sandbox import sandbox
from letters.findings import Finding, Rule

BLOCKS = ("subject", "body", "after_signature")

_ELEMENTS = (
    "section div p h2 h3 blockquote ul ol li dl dt dd "
    "table caption thead tbody tr th td strong em span bdi br"
)
_ATTRIBUTES = "class data-says scope lang dir"
# Other classes of the style sheet are for the letter's frame, and make text small, pale or unreadable.
CLASSES = ("inventory", "label", "line", "note", "number", "sign-here", "slip", "unbroken")
SMALL = "sign-here"  # for a p only
_CLASS = re.compile(r'\sclass="([^"]*)"')
# A whole tag with nothing of Jinja's in it, so that no data can stand within a tag.
_TAG = re.compile(
    rf'</?(?:{_ELEMENTS.replace(" ", "|")})(?:\s+(?:{_ATTRIBUTES.replace(" ", "|")})="[^"<>]*")*\s*>'
)
# The next attribute after those that are as they may be.
_NEXT_ATTRIBUTE = re.compile(
    rf'(?:\s+(?:{_ATTRIBUTES.replace(" ", "|")})="[^"<>]*")*[\s/]*([\w:-]*)',
)
_NO_FILES = "A template may not bring in another file; the parts it may include are: {}."
_NO_SUMS = "A template may not multiply or format, which can fill the memory."
_FORBIDDEN: dict[type[nodes.Node], str] = {
    nodes.Include: _NO_FILES,
    nodes.Import: _NO_FILES,
    nodes.FromImport: _NO_FILES,
    nodes.Extends: _NO_FILES,
    nodes.EvalContextModifier: "`autoescape` switches off the escaping of data.",
    nodes.Slice: "A template may not cut texts apart, as a part of markup is something else.",
    nodes.Mul: _NO_SUMS,
    nodes.Pow: _NO_SUMS,
    nodes.Mod: _NO_SUMS,
}


@lru_cache(maxsize=64)
def prepare(file: str, source: str, language: str) -> tuple[Template | None, tuple[Finding, ...]]:
    """Compile a template with its parts, unless it holds what it may not: folding constants can do harm."""
    tree = _OrNothing().visit(parts.merged(sandbox().parse(source, filename=file), language))
    findings = (
        *signs.doubtful(file, source),
        *(
            declared.finding(message, remedy, place(file, source, line, mark))
            for declared, message, remedy, line, mark in [*_unsafe(tree, language), *_stray(tree)]
        ),
    )
    if findings:
        return None, findings
    return Template.from_code(sandbox(), sandbox().compile(tree, filename=file), {}), ()


class _OrNothing(NodeTransformer):
    """Lets `{{ "x" if y }}` say nothing where y does not hold, which Jinja takes for a mistake."""

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802 - Jinja's
        self.generic_visit(node)
        if node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
        return node


_Flaw = tuple[Rule, str, str, int, str]  # with message, remedy, line, and what to point at in it


def _unsafe(tree: nodes.Template, language: str) -> Iterator[_Flaw]:
    for node in tree.find_all(tuple(_FORBIDDEN)):
        message = next(text for kind, text in _FORBIDDEN.items() if isinstance(node, kind))
        message = message.format(", ".join(parts.known(language)))
        yield TEMPLATE_UNSAFE, message, "Remove it.", node.lineno, ""
    for node in tree.find_all(nodes.Name):
        if node.name == "self":
            message = "A template may not print one of its blocks within another."
            yield TEMPLATE_UNSAFE, message, "Remove it.", node.lineno, "self"
    for node in tree.find_all(nodes.Filter):
        if node.name == "safe":
            message = "`|safe` switches off the escaping of data."
            yield TEMPLATE_UNSAFE, message, "Remove it.", node.lineno, "safe"
    for node in tree.find_all(nodes.TemplateData):
        text = _TAG.sub(lambda tag: re.sub(r"\S", " ", tag[0]), node.data)
        for found in re.finditer(r"</?!?[\w-]*", text):
            message, remedy, start, mark = _flaw_of_tag(found, text)
            line = node.lineno + text.count("\n", 0, start)
            yield TEMPLATE_UNSAFE, message, remedy, line, mark
        for name, start in _other_classes(node.data):
            line = node.lineno + node.data.count("\n", 0, start)
            message = f"A tag may not have the class {name}."
            yield TEMPLATE_UNSAFE, message, f"Use {', '.join(CLASSES)} at most.", line, name
    for message, remedy, line, mark in signs.spelled_out(tree):
        yield TEMPLATE_UNSAFE, message, remedy, line, mark


def _other_classes(text: str) -> Iterator[tuple[str, int]]:
    """The classes in a text that no template may use, each with where its tag begins."""
    for tag in _TAG.finditer(text):
        # A small line within another would be smaller still, and a paragraph never stands in another.
        known = CLASSES if tag[0].startswith(("<p ", "<p\n")) else [name for name in CLASSES if name != SMALL]
        for given in _CLASS.finditer(tag[0]):
            yield from ((name, tag.start()) for name in given[1].split() if name not in known)


def _flaw_of_tag(found: re.Match[str], text: str) -> tuple[str, str, int, str]:
    """Say what is wrong with a tag, what to do, and where in the text to point at what."""
    tag, start = found[0], found.start()
    element = tag.lstrip("</")
    if tag.startswith("<!--"):
        return "A letter may not hold comments.", "Write it as {# … #}, which stays here.", start, tag
    if not element:
        return "This < begins no tag that a letter may hold.", "Write a plain < as &lt;.", start, tag
    if element not in _ELEMENTS.split():
        message = f"A letter may not hold this tag: {tag}."
        return message, "Use p, h2, ul, li, table, strong, em and the like.", start, tag
    attribute = _NEXT_ATTRIBUTE.match(text, found.end())
    if attribute and attribute[1] and attribute[1] not in _ATTRIBUTES.split():
        message = f"A tag may not have the attribute {attribute[1]}."
        return message, f"Use {_ATTRIBUTES.replace(' ', ', ')} at most.", attribute.start(1), attribute[1]
    message = f"The tag {tag} is not written in a way that is safe."
    return (
        message,
        'Write its attributes as in class="line", and nothing of Jinja between < and >.',
        start,
        tag,
    )


def _stray(tree: nodes.Template) -> Iterator[_Flaw]:
    """Find what would be left out in silence."""
    remedy = f"Move it into one of the blocks {', '.join(BLOCKS)}."
    for node in tree.body:
        if isinstance(node, nodes.Output) and all(
            isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes
        ):
            continue
        if not isinstance(node, nodes.Block):
            message = "What stands outside the blocks of a template is never printed."
            yield TEMPLATE_FAULT, message, remedy, node.lineno, ""
        elif node.name not in BLOCKS:
            message = f"The block {node.name} is never printed."
            yield TEMPLATE_FAULT, message, remedy, node.lineno, node.name
