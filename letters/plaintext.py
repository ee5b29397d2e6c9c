"""A letter's HTML tree as plain text: wrapped paragraphs, lists with dashes, aligned tables."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from itertools import zip_longest
from xml.etree.ElementTree import Element

NEVER_SHOWN = frozenset({"head", "script", "style", "template", "title", "meta", "link"})
_LIST_OR_TABLE = frozenset({"ul", "ol", "dl", "table"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "html",
            "li",
            "main",
            "nav",
            "p",
            "pre",
            "section",
        ),
        *("tbody", "td", "tfoot", "th", "thead", "tr"),
    }
)
BLOCKS = _LIST_OR_TABLE | _HEADINGS | _PARTS | {"br", "hr"}
# Inline text is put together first and wrapped later; this stands for a line break in it.
_BREAK = "\v"
_NARROWEST = 20


def is_element(node: Element) -> bool:
    """Tell an element from a comment, whose tag is no string."""
    return isinstance(node.tag, str)


def render(element: Element, width: int) -> str:
    """Render an element; its blocks are set apart by empty lines. Ends with a line break."""
    return "\n\n".join(_blocks(element, width)) + "\n"


def _blocks(element: Element, width: int) -> list[str]:
    """Render what is in an element, one string a block; inline text between blocks is a block too."""
    done: list[str] = []
    inline = element.text or ""
    for child in element:
        if is_element(child) and _holds_block(child):
            done += [*_paragraph(inline, width), *_block(child, width)]
            inline = ""
        else:
            inline += _inline(child)
        inline += child.tail or ""
    return done + _paragraph(inline, width)


def _block(element: Element, width: int) -> list[str]:
    if element.tag in NEVER_SHOWN or "hidden" in element.attrib:
        return []
    renderer = _RENDERERS.get(element.tag)
    return renderer(element, width) if renderer else _blocks(element, width)


def _holds_block(element: Element) -> bool:
    if _is_line(element):
        return False
    return any(part.tag in BLOCKS - {"br"} for part in element.iter())


def _is_line(element: Element) -> bool:
    """Whether this is one line of several that belong together, as in an address or a signature."""
    return element.tag == "p" and element.get("class", "").split()[:1] in (["line"], ["signatory"])


def _inline(node: Element) -> str:
    if not is_element(node) or node.tag in NEVER_SHOWN or "hidden" in node.attrib:
        return ""
    if node.tag == "br":
        return _BREAK
    if node.tag == "img":
        return f"[{node.get('alt')}]" if node.get("alt") else ""
    text = (node.text or "") + "".join(_inline(child) + (child.tail or "") for child in node)
    return f"{text}{_BREAK}" if _is_line(node) else text


def _paragraph(text: str, width: int) -> list[str]:
    lines = [_wrapped(line, width) for line in text.split(_BREAK)]
    whole = "\n".join(lines).strip("\n")
    return [whole] if whole else []


def _wrapped(text: str, width: int) -> str:
    # Not .split(): a date or an amount is not to be broken at its no-break space.
    words = " ".join(word for word in text.replace("\n", " ").replace("\t", " ").split(" ") if word)
    return textwrap.fill(words, max(width, _NARROWEST), break_long_words=False, break_on_hyphens=False)


def _heading(element: Element, width: int) -> list[str]:
    text = " ".join(_blocks(element, width))
    sign = "=" if element.tag == "h1" else "-"
    return [f"{text}\n{sign * max(map(len, text.splitlines()))}"] if text else []


def _list(element: Element, width: int) -> list[str]:
    items = [child for child in element if is_element(child)]
    first = int(element.get("start", "1")) if element.get("start", "1").isdecimal() else 1
    last = first + len(items) - 1
    marks = ["- "] * len(items)
    if element.tag == "ol":
        marks = [f"{number}. ".ljust(len(f"{last}. ")) for number in range(first, last + 1)]
    done = [
        _indented("\n".join(_block(item, width - len(mark))), mark)
        for item, mark in zip(items, marks, strict=True)
    ]
    return ["\n".join(item for item in done if item)] if any(done) else []


def _indented(text: str, mark: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark)) if text else ""


def _quotation(element: Element, width: int) -> list[str]:
    return [textwrap.indent(block, "    ") for block in _blocks(element, width - 4)]


def _definitions(element: Element, width: int) -> list[str]:
    lines: list[str] = []
    for part in _parts(element, {"div"}):
        if part.tag == "dd":
            lines += [textwrap.indent(block, "    ") for block in _blocks(part, width - 4)]
        else:
            lines += _blocks(part, width)
    return ["\n".join(lines)] if lines else []


def _parts(element: Element, wrappers: set[str]) -> Iterator[Element]:
    """Go through an element's own parts, also within wrappers, but not within other parts."""
    for child in element:
        if child.tag in wrappers:
            yield from _parts(child, wrappers)
        elif is_element(child):
            yield child


def _rule(_: Element, width: int) -> list[str]:
    return ["-" * width]


def _table(element: Element, width: int) -> list[str]:
    """Set a table in columns, or, where those would be too narrow, each row as a block of lines."""
    caption = [block for part in element if part.tag == "caption" for block in _blocks(part, width)]
    parts = _parts(element, {"thead", "tbody", "tfoot"})
    rows = [[cell for cell in row if is_element(cell)] for row in parts if row.tag == "tr"]
    texts = [[" ".join(_blocks(cell, 10_000)).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip_longest(*texts, fillvalue="")]
    if not widths:
        return caption
    room = width - sum(widths[:-1]) - 2 * len(widths[:-1])
    if room < min(_NARROWEST, widths[-1]):
        return [*caption, *_rows_as_blocks(texts, width, has_header=_is_header(rows[0]))]
    lines: list[str] = []
    for row, cells in zip(texts, rows, strict=True):
        lines += _columns(row, [*widths[:-1], room])
        if _is_header(cells) and len(rows) > 1:
            lines.append("  ".join("-" * size for size in [*widths[:-1], min(widths[-1], room)]))
    return [*caption, "\n".join(lines)]


def _columns(row: list[str], widths: list[int]) -> Iterator[str]:
    wrapped = [
        textwrap.wrap(cell, max(size, 1), break_long_words=False) or [""]
        for cell, size in zip(row, widths, strict=False)
    ]
    for parts in zip_longest(*wrapped, fillvalue=""):
        yield "  ".join(part.ljust(size) for part, size in zip(parts, widths, strict=False)).rstrip()


def _is_header(cells: list[Element]) -> bool:
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _rows_as_blocks(texts: list[list[str]], width: int, *, has_header: bool) -> list[str]:
    """Set each row as lines of their own, named by the column where the columns have names."""
    if not has_header or len(texts) == 1:
        return ["\n".join(_line("- ", cell, width) for cell in row if cell) for row in texts]
    header, *rows = texts
    return [
        "\n".join(
            _line(f"{name}: " if name else "", cell, width)
            for name, cell in zip_longest(header, row, fillvalue="")
            if cell
        )
        for row in rows
    ]


def _line(label: str, text: str, width: int) -> str:
    first, *others = _wrapped(label + text, width - 2).split("\n")
    return "\n".join([first, *(f"  {line}" for line in others)])


_RENDERERS: dict[str, Callable[[Element, int], list[str]]] = {
    **dict.fromkeys(_HEADINGS, _heading),
    "ul": _list,
    "ol": _list,
    "dl": _definitions,
    "table": _table,
    "blockquote": _quotation,
    "hr": _rule,
}
