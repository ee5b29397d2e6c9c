"""The story of one letter, from the files to the finished PDF.

`check`, `draft`, `issue` and all that come after them go this one way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from letters import kinds
from letters.assemble.enclosing import Enclosure
from letters.checks import check_facts, check_text
from letters.checks.layout import check_layout
from letters.checks.weights import weighed
from letters.compose import Composed, compose, endless, framed
from letters.deadline import OutOfTimeError, time_limit
from letters.facts import Facts
from letters.fields import collect
from letters.findings import Finding, Place, Severity, errors, rule
from letters.frame import Frame, frame, has_wording
from letters.gathering import Sources, base_of, gathered, read_sources
from letters.kinds import Kind
from letters.order import Order
from letters.paper import matched
from letters.typeset import Layout, typeset
from letters.typeset.rules import TOO_LONG

FILE_COPY = rule(
    "file-copy",
    Severity.WARNING,
    "Whoever opens the file later must be able to read what was said: a letter that is not in English keeps "
    "an English copy there.",
)
FILE_LANGUAGE = "en"

COMPOSING = 5.0  # seconds; a good template takes some thousandths of one
WRITING = 20.0  # seconds; some hundredths are usual


@dataclass(frozen=True)
class Written:
    """A letter before it is set: its page as HTML, and all that setting it needs.

    `copy` is the same in English, for the file, where the letter is in another language.
    """

    facts: Facts
    frame: Frame
    layout: Layout
    html: str
    copy: Written | None = None


@dataclass(frozen=True)
class Letter:
    """A finished letter."""

    written: Written
    pdf: bytes
    copy: bytes | None = None
    pages: int = 0

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The documents that go behind it, in order."""
        return self.written.frame.enclosures


def make(order: Order) -> tuple[Letter | None, list[Finding]]:
    """Make a letter: no letter where there is an error, and every finding either way.

    Raises UsageError where kind, practice or addressee cannot be told, or an envelope is wanted that the
    paper does not fit; MachineError where this machine cannot set a page.
    """
    written, findings = write(order)
    if written is None:
        return None, findings
    letter, more = set_pages(written)
    return letter, findings + more


def write(order: Order) -> tuple[Written | None, list[Finding]]:
    """Write a letter without setting it. Raises UsageError as `make` does."""
    sources = read_sources(order)
    facts, findings = gathered(order, sources)
    if facts is None:
        return None, findings
    findings = weighed(facts, findings)
    written, more = write_from(facts, order, sources)
    return (None if errors(findings) else written), findings + more


def write_from(facts: Facts, order: Order, sources: Sources) -> tuple[Written | None, list[Finding]]:
    """Write a letter whose facts are gathered already."""
    try:
        with time_limit(WRITING):
            written, more = _write_with_copy(order, sources, facts)
    except OutOfTimeError:
        message = f"The letter was not written and checked within {WRITING:.0f} seconds."
        remedy = "Look for very long lists and notes in the case and the practice file, and shorten them."
        return None, [TOO_LONG.finding(message, remedy, facts.in_case(""))]
    findings = weighed(facts, more)
    return (None if errors(findings) else written), findings


def _write_with_copy(order: Order, sources: Sources, facts: Facts) -> tuple[Written | None, list[Finding]]:
    written, findings = _write(order, sources, facts)
    is_wanted = order.file_copy or not order.draft
    if written is None or not is_wanted or base_of(facts.language) == FILE_LANGUAGE:
        return written, findings
    copy, trouble = _write_copy(order, sources, facts, written.frame.enclosures)
    return replace(written, copy=copy), findings + trouble


def _write_copy(
    order: Order, sources: Sources, facts: Facts, behind: tuple[Enclosure, ...]
) -> tuple[Written | None, list[Finding]]:
    """Write the letter in English; what is wrong with that never stops the letter without being told."""
    if FILE_LANGUAGE in sources.kind.languages and has_wording(FILE_LANGUAGE, sources.own_kinds):
        # The copy tells of what really went out.
        copy, findings = _write(order, sources, replace(facts, language=FILE_LANGUAGE, is_copy=True), behind)
    else:
        copy, findings = None, []
    if copy is not None:
        return copy, []
    why = errors(findings)[0].message if findings else "the kind is not written in English."
    remedy = f"Add {FILE_LANGUAGE}{kinds.TEMPLATE} to the kind, or keep a translation of your own."
    message = f"There is no English copy for the file: {why}"
    return None, [FILE_COPY.finding(message, remedy, facts.kind_file.place("title"))]


def _write(
    order: Order, sources: Sources, facts: Facts, behind: tuple[Enclosure, ...] | None = None
) -> tuple[Written | None, list[Finding]]:
    findings = weighed(facts, check_facts(facts))
    values, more = collect(facts)
    findings += more
    if errors(findings):
        return None, findings
    composed, more = _compose(facts, sources.kind, values)
    findings += more
    if composed is None:
        return None, findings
    around, more = frame(facts, composed, sources.practice_file.parent, behind)
    findings += more
    said = check_text(facts, composed.subject, composed.body + composed.after_signature, around.lines)
    findings += weighed(facts, said)
    if errors(findings):
        return None, findings
    return Written(facts, around, _layout(order, facts), framed(around.values)), findings


def set_pages(written: Written) -> tuple[Letter | None, list[Finding]]:
    """Set a letter's pages and look at them."""
    layout, facts = written.layout, written.facts
    pages = typeset(written.html, layout, written.frame.pictures, created=facts.dated)
    findings = weighed(facts, pages.findings)
    if errors(findings):
        return None, _about(facts, findings)
    signatory = (
        facts.practice.people[facts.signer_id].name if facts.signer_id and facts.addressee.names else ""
    )
    findings += weighed(
        facts, check_layout(pages.pdf, layout.paper, layout.envelope, written.frame.address, signatory)
    )
    if errors(findings):
        return None, _about(facts, findings)
    copy, more = _set_copy(written)
    findings += weighed(facts, more)
    letter = None if errors(findings) else Letter(written, pages.pdf, copy, pages.pages)
    return letter, _about(facts, findings)


def _set_copy(written: Written) -> tuple[bytes | None, list[Finding]]:
    """Set the copy for the file, which nobody posts: how its pages turn out is not looked at."""
    copy = written.copy
    if copy is None:
        return None, []
    pages = typeset(copy.html, copy.layout, copy.frame.pictures, created=copy.facts.dated)
    if not errors(pages.findings):
        return pages.pdf, []
    message = f"There is no English copy for the file: {errors(pages.findings)[0].message}"
    return None, [FILE_COPY.finding(message, errors(pages.findings)[0].remedy)]


def _about(facts: Facts, findings: list[Finding]) -> list[Finding]:
    """Give findings about pages, which stand nowhere in a file, the case they belong to."""
    case = Place(facts.case_file.source.name)
    return [replace(finding, place=finding.place or case) for finding in findings]


def _compose(facts: Facts, kind: Kind, values: dict[str, Any]) -> tuple[Composed | None, list[Finding]]:
    with_words = [section for section in facts.spec.sections if section.words != "none"]
    words = {section.id: facts.say(facts.case.words.get(section.id)) for section in with_words}
    expected = {section.id: section.says for section in with_words if section.words == "required"}
    tag = facts.language if facts.language in kind.languages else facts.language.split("-")[0]
    try:
        with time_limit(COMPOSING):
            return compose(kind.folder, tag, values, words, expected)
    except OutOfTimeError:
        return None, [endless(kind.folder / f"{tag}{kinds.TEMPLATE}", COMPOSING)]


def chosen_envelope(written: Written) -> str | None:
    """The envelope, where it is not the practice's own."""
    envelope = written.layout.envelope
    return envelope if envelope != usual_envelope(written.facts) else None


def usual_envelope(facts: Facts) -> str:
    """The practice's own; what stays with the practice goes into none."""
    return "none" if facts.spec.to == "file" else facts.practice.letter.envelope


def _layout(order: Order, facts: Facts) -> Layout:
    style, envelope = facts.practice.letter, usual_envelope(facts)
    if order.envelope and facts.spec.to != "file":
        matched(style.paper, envelope := order.envelope)
    is_marked = order.draft or facts.is_copy
    return Layout(style.paper, envelope, style.typeface, facts.language, is_marked, order.large_print)
