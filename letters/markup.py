"""What a letter's HTML says: its sections, the words still to be written, all its text.

Sole owner of the HTML parser, which is the typesetter's own, so that both see the same. In text
every run of white space, no-break spaces too, becomes one space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from xml.etree.ElementTree import Element

import tinyhtml5

from letters.plaintext import BLOCKS, NEVER_SHOWN, is_element, render

_EDGE = "\v"  # where a block begins or ends; white space, which no HTML holds


@dataclass(frozen=True)
class Section:
    """A part of a letter that says something asked for: `<section data-says="crisis">`.

    `text` includes what sections within this one say, `body` is the text without headings, `blocks`
    are its paragraphs and items, without tables and addresses. `inside` names the section around it.
    """

    says: str
    text: str
    body: str
    inside: str = ""
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Words somebody still has to write: `<mark data-gap="acknowledgment">`, within a section."""

    name: str
    text: str
    inside: str = ""


def sections(html: str) -> list[Section]:
    """List the sections in the order in which they begin."""
    return list(_sections(html))


# Letters about different people often have the same body, one after the other.
@lru_cache(maxsize=8)
def _sections(html: str) -> tuple[Section, ...]:
    elements = _elements(_tree(html))
    return tuple(_section(element, inside) for element, inside in elements if _is_section(element))


def gaps(html: str) -> list[Gap]:
    """List what is still to be written, in order."""
    return [
        Gap(element.get("data-gap", ""), _text_of(element), inside)
        for element, inside in _elements(_tree(html))
        if element.tag == "mark" and "data-gap" in element.attrib
    ]


@lru_cache(maxsize=8)
def visible_text(html: str) -> str:
    """Return the text a reader sees."""
    return _text_of(_tree(html))


@lru_cache(maxsize=8)
def outside_text(html: str) -> str:
    """Return the text a reader sees that is in no section."""
    return _text_of(_tree(html), _is_section)


@lru_cache(maxsize=8)
def hidden_text(html: str) -> str:
    """Return all text a reader does not see: titles, attributes, comments, styles, hidden parts."""
    return _normal(" ".join(_unseen(_tree(html), is_seen=True)))


def plain_text(html: str, width: int = 72) -> str:
    """Render a letter for reading as plain text, with lines of at most `width` characters."""
    return render(_tree(html), width)


@lru_cache(maxsize=8)
def _tree(html: str) -> Element:
    # Given a short string the parser would look for a file of that name.
    root: Element = tinyhtml5.parse(StringIO(html), namespace_html_elements=False)
    return root


def _section(element: Element, inside: str) -> Section:
    said, body = _text_of(element), _text_of(element, _is_heading)
    return Section(element.get("data-says", ""), said, body, inside, _blocks_of(element))


def _is_section(element: Element) -> bool:
    return element.tag == "section" and "data-says" in element.attrib


def _is_heading(element: Element) -> bool:
    return element.tag in ("h1", "h2", "h3", "h4", "h5", "h6")


def _elements(root: Element) -> list[tuple[Element, str]]:
    """List all elements in order, each with the name of the section around it."""
    found: list[tuple[Element, str]] = []

    def go(element: Element, inside: str) -> None:
        found.append((element, inside))
        within = element.get("data-says", "") if _is_section(element) else inside
        for child in element:
            if is_element(child):
                go(child, within)

    go(root, "")
    return found


def _nothing(element: Element) -> bool:  # noqa: ARG001
    return False


def _text_of(element: Element, left_out: Callable[[Element], bool] = _nothing) -> str:
    return _normal(_shown(element, left_out))


def _blocks_of(element: Element) -> tuple[str, ...]:
    blocks = _shown(element, _is_no_prose).split(_EDGE)
    return tuple(text for text in map(_normal, blocks) if text)


def _is_no_prose(element: Element) -> bool:
    return _is_heading(element) or element.tag in ("table", "address")


def _normal(text: str) -> str:
    return " ".join(text.split())


def _is_shown(element: Element) -> bool:
    return is_element(element) and element.tag not in NEVER_SHOWN and "hidden" not in element.attrib


def _shown(element: Element, left_out: Callable[[Element], bool]) -> str:
    # Words on both sides of a paragraph's end do not belong together; those around an <em> may.
    edge = _edge_of(element)
    parts = [edge, element.text or ""]
    for child in element:
        if _is_shown(child) and not left_out(child):
            parts.append(_shown(child, left_out))
        elif is_element(child):
            parts.append(_edge_of(child) or " ")
        parts.append(child.tail or "")
    parts.append(edge)
    return "".join(parts)


def _edge_of(element: Element) -> str:
    if element.tag == "br":
        return " "
    return _EDGE if element.tag in BLOCKS else ""


def _unseen(element: Element, *, is_seen: bool) -> Iterator[str]:
    if not is_element(element):
        yield element.text or ""  # a comment
        return
    seen = is_seen and _is_shown(element)
    yield from element.attrib.values()
    if not seen:
        yield element.text or ""
    for child in element:
        yield from _unseen(child, is_seen=seen)
        if not seen:
            yield child.tail or ""
