"""The story of one letter, from the files to the finished PDF.

`check`, `draft`, `issue` and all that come after them go this one way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from letters import addressees, jurisdictions, kinds, workspace
from letters.checks import check_facts, check_text
from letters.checks.layout import check_layout
from letters.compose import Composed, compose, endless, framed
from letters.deadline import OutOfTimeError, time_limit
from letters.facts import Facts
from letters.fields import collect
from letters.findings import Finding, Place, Severity, errors, rule
from letters.frame import Frame, frame, wording
from letters.kinds import Kind
from letters.model.case import Case
from letters.model.jurisdiction import Jurisdiction
from letters.model.practice import Practice
from letters.sources import Reading, read
from letters.typeset import Layout, typeset
from letters.typeset.rules import TOO_LONG

JURISDICTION = rule(
    "unknown-jurisdiction",
    Severity.ERROR,
    "Crisis lines and the law differ from place to place; a letter has to be right for one of them.",
)
LANGUAGE = rule(
    "language",
    Severity.ERROR,
    "A letter is written in a language its reader has, and never silently in another.",
)

COMPOSING = 5.0  # seconds; a good template takes some thousandths of one
WRITING = 20.0  # seconds; some hundredths are usual


@dataclass(frozen=True)
class Order:
    """What letter is wanted."""

    kind: str
    case: Path | Literal["-"]
    dated: date
    draft: bool
    practice: Path | None = None
    to: str | None = None
    language: str | None = None
    large_print: bool = False
    encoding: str | None = None  # of the case


@dataclass(frozen=True)
class Written:
    """A letter before it is set: its page as HTML, and all that setting it needs."""

    facts: Facts
    frame: Frame
    layout: Layout
    html: str


@dataclass(frozen=True)
class Letter:
    """A finished letter."""

    written: Written
    pdf: bytes


@dataclass(frozen=True)
class Sources:
    """The three files a letter is made from."""

    kind: Kind
    practice_file: Path
    practice: Reading[Practice]
    case: Reading[Case]

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with any of them."""
        return [*self.practice.findings, *self.kind.findings, *self.case.findings]


def make(order: Order) -> tuple[Letter | None, list[Finding]]:
    """Make a letter: no letter where there is an error, and every finding either way.

    Raises UsageError where kind, practice or addressee cannot be told, MachineError where this
    machine cannot set a page.
    """
    written, findings = write(order)
    if written is None:
        return None, findings
    letter, more = set_pages(written)
    return letter, findings + more


def write(order: Order) -> tuple[Written | None, list[Finding]]:
    """Write a letter without setting it."""
    sources = _read(order)
    facts, findings = _gather(order, sources)
    if facts is None:
        return None, findings
    try:
        with time_limit(WRITING):
            written, more = _write(order, sources, facts)
    except OutOfTimeError:
        message = f"The letter was not written and checked within {WRITING:.0f} seconds."
        remedy = "Look for very long lists and notes in the case and the practice file, and shorten them."
        return None, [*findings, TOO_LONG.finding(message, remedy, facts.in_case(""))]
    findings += more
    return (None if errors(findings) else written), findings


def _write(order: Order, sources: Sources, facts: Facts) -> tuple[Written | None, list[Finding]]:
    findings = check_facts(facts)
    values, more = collect(facts)
    findings += more
    if errors(findings):
        return None, findings
    composed, more = _compose(facts, sources.kind, values)
    findings += more
    if composed is None:
        return None, findings
    around, more = frame(facts, composed, sources.practice_file.parent)
    findings += more
    findings += check_text(facts, composed.subject, composed.body + composed.after_signature, around.lines)
    if errors(findings):
        return None, findings
    return Written(facts, around, _layout(order, facts), framed(around.values)), findings


def set_pages(written: Written) -> tuple[Letter | None, list[Finding]]:
    """Set a letter's pages and look at them."""
    layout, facts = written.layout, written.facts
    pages = typeset(written.html, layout, written.frame.pictures, created=facts.dated)
    findings = list(pages.findings)
    if errors(findings):
        return None, _about(facts, findings)
    signatory = facts.practice.people[facts.signer_id or ""].name
    findings += check_layout(pages.pdf, layout.paper, layout.envelope, written.frame.address, signatory)
    return (None if errors(findings) else Letter(written, pages.pdf)), _about(facts, findings)


def _about(facts: Facts, findings: list[Finding]) -> list[Finding]:
    """Give findings about pages, which stand nowhere in a file, the case they belong to."""
    case = Place(facts.case_file.source.name)
    return [replace(finding, place=finding.place or case) for finding in findings]


def _read(order: Order) -> Sources:
    file = workspace.practice_file(order.practice, None if order.case == "-" else order.case)
    kind = kinds.find(order.kind, file.parent / workspace.KINDS)
    practice = read(file, Practice)
    return Sources(kind, file, practice, read(order.case, Case, encoding=order.encoding))


def _gather(order: Order, sources: Sources) -> tuple[Facts | None, list[Finding]]:
    """Bring everything together that decides the letter."""
    findings = sources.findings
    practice, case, spec = sources.practice, sources.case, sources.kind.spec
    if practice.value is None or case.value is None or spec is None:
        return None, findings
    practice_file, case_file, kind_file = practice.document, case.document, sources.kind.document
    # Every value comes with its document; this tells the type checker.
    assert practice_file and case_file and kind_file  # noqa: S101, PT018
    jurisdiction, more = _jurisdiction(practice)
    findings += more
    if jurisdiction is None:
        return None, findings
    addressee, more = addressees.choose(
        case.value, case_file, spec, order.to, order.dated, jurisdiction.majority
    )
    findings += more
    if addressee is None:
        return None, findings
    asked = addressee.person.language if addressee.person else None
    language, more = _language(order.language or asked or practice.value.language, sources, addressee.path)
    findings += more
    if language is None:
        return None, findings
    facts = Facts(
        sources.kind.id,
        spec,
        practice.value,
        case.value,
        addressee,
        order.dated,
        language,
        jurisdiction,
        practice_file,
        case_file,
        kind_file,
        order.draft,
    )
    return facts, findings


def _jurisdiction(practice: Reading[Practice]) -> tuple[Jurisdiction | None, list[Finding]]:
    assert practice.value  # noqa: S101
    assert practice.document  # noqa: S101
    try:
        return jurisdictions.load(practice.value.jurisdiction), []
    except KeyError:
        return None, [
            JURISDICTION.finding(
                f"There is no data for the jurisdiction {practice.value.jurisdiction}.",
                f"Choose one of: {', '.join(jurisdictions.known())}.",
                practice.document.place("jurisdiction"),
            )
        ]


def _language(wanted: str, sources: Sources, path: str) -> tuple[str | None, list[Finding]]:
    """The language the kind is written in that serves the one wanted: `en` serves `en-GB`."""
    possible = [tag for tag in sources.kind.languages if _has_wording(tag)]
    if wanted in possible or wanted.split("-")[0] in possible:
        return wanted, []
    assert sources.case.document  # noqa: S101
    return None, [
        LANGUAGE.finding(
            f"There is no {sources.kind.id} in the language {wanted}.",
            f"Choose one with --language: {', '.join(possible)}."
            if possible
            else f"Add a template such as en{kinds.TEMPLATE} to the folder of the kind.",
            sources.case.document.place(f"{path}.language"),
        )
    ]


def _has_wording(language: str) -> bool:
    try:
        wording(language)
    except KeyError:
        return False
    return True


def _compose(facts: Facts, kind: Kind, values: dict[str, Any]) -> tuple[Composed | None, list[Finding]]:
    with_words = [section for section in facts.spec.sections if section.words != "none"]
    words = {section.id: facts.case.words.get(section.id, "") for section in with_words}
    expected = {section.id: section.says for section in with_words if section.words == "required"}
    tag = facts.language if facts.language in kind.languages else facts.language.split("-")[0]
    try:
        with time_limit(COMPOSING):
            return compose(kind.folder, tag, values, words, expected)
    except OutOfTimeError:
        return None, [endless(kind.folder / f"{tag}{kinds.TEMPLATE}", COMPOSING)]


def _layout(order: Order, facts: Facts) -> Layout:
    style = facts.practice.letter
    return Layout(style.paper, style.envelope, style.typeface, facts.language, order.draft, order.large_print)
