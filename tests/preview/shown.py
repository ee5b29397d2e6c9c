"""Views to be shown, of which everything is known that can be, and a page as a browser reads it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

from letters.findings import Finding, Place, Severity
from letters.preview.app import Ui
from letters.preview.views import (
    Chosen,
    Entry,
    Kept,
    Listed,
    Picture,
    Ref,
    Section,
    Standing,
    Started,
    Told,
    View,
    Walk,
    Word,
)

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
EVIL = "</textarea></pre><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} {name} &lt;"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element of a page, and the text in it."""

    tag: str
    has: dict[str, str]
    text: str = ""


@dataclass
class Parsed(HTMLParser):
    """A page as a browser has it, as far as that matters here."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs})
        assert len(one.has) == len(attrs), (tag, attrs)
        self.elements.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for one in self.open:
            one.text += data

    def all(self, tag: str) -> list[Element]:
        return [one for one in self.elements if one.tag == tag]

    def by(self, name: str) -> Element:
        (found,) = [one for one in self.elements if one.has.get("id") == name]
        return found


def parsed(html: str) -> Parsed:
    page = Parsed()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def ui(language: str = "en", *, is_part: bool = False) -> Ui:
    return Ui("/key", language, lambda ref: f"/key/letter/{ref.kind}", is_part, "/key/letter/here")


def point(text: str = "It is missing.", target: str = "", severity: Severity = Severity.ERROR) -> Told:
    place = Place("/far/away/cases/C-1.yaml", 3, 1, excerpt=text)
    return Told(Finding("a-code", severity, text, text, place, text), target)


def listed(text: str, group: Any, **changes: Any) -> Listed:
    one = Listed(Ref("outreach", "C-1", text), group, text, text, text, text, DAY, text, text)
    return replace(one, **changes)


def view(text: str = "Plain", **changes: Any) -> View:
    """A letter of which everything is known that can be, and all of it says the same."""
    kept = Kept(text, text, AT)
    sections = (
        Section("acknowledgment", text, True, text, kept, kept),
        Section("our-own", text, False, text, kept),
        Section("next", text, False, ""),
    )
    standing = Standing(
        may_approve=True,
        may_issue=True,
        approvers=(text, text),
        accepts=("already-issued", "address-unconfirmed"),
    )
    whole = View(
        practice=text,
        by=text,
        kind="own",
        title=text,
        number=text,
        names=text,
        language="es",
        sections=sections,
        people=(Chosen(text, text, True), Chosen("two", text)),
        languages=(Chosen("en", text), Chosen("es", text, True)),
        envelopes=(Chosen("", "us-10", True), Chosen("none", "none")),
        dated=DAY,
        told=(
            point(text, "words.acknowledgment"),
            point(text),
            point(text, "to", Severity.WARNING),
            point(text, "", Severity.NOTE),
        ),
        pages=(Picture("p1", 816, 1056), Picture("p2", 816, 1056)),
        text=text,
        is_complete=True,
        digest="d",
        standing=standing,
        log=(Entry(AT, text, text), Entry(AT, text, text)),
        walk=Walk(2, 3, "approve", Ref("before", "C-1"), Ref("after", "C-2")),
        came="conflict",
    )
    return replace(whole, **changes)


def standing(**changes: Any) -> Any:
    return replace(view().standing, **changes)


STATES: dict[str, dict[str, Any]] = {
    "ready": {},
    "draft": {"is_complete": False},
    "broken": {"is_broken": True},
    "waits": {"standing": standing(needs_approval=True, is_held=True, concerns=("It changed.",))},
    "approved": {"standing": standing(approved=Word("Lena", AT))},
    "back": {"standing": standing(sent_back=Word("Lena", AT, "Warmer."))},
    "issued": {"standing": standing(issued="L-1", issued_on=DAY, folder="issued")},
    "nothing": {"standing": Standing(), "sections": (), "told": (), "log": (), "walk": None, "pages": ()},
    "nobody": {"standing": Standing(approvers=("Lena", "Sam")), "log": None, "came": ""},
}


def started(text: str = "Plain") -> Started:
    return Started(
        text,
        text,
        (Chosen(text, text, True), Chosen("lena", text)),
        (
            listed(text, "approve"),
            listed(text, "approve"),
            listed(text, "approve", batch=""),
            listed(text, "mend"),
            listed(text, "read"),
            listed(text, "due", ref=None, clinician="", since=None),
            listed(text, "issue"),
            listed(text, "given"),
        ),
        (point(text).finding,),
    )
