"""A letter that was made is entered in the register, unless that has something against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from letters import against, approval
from letters.checks.weights import weighed
from letters.entering import enter, move_of, told
from letters.facts import Facts
from letters.files import letter_id
from letters.findings import Finding, Severity
from letters.letter import Letter
from letters.model.history import LetterAgain, LetterIssued, TaskClosed
from letters.model.people import ClientAddress
from letters.office import Office
from letters.order import Order
from letters.register import queries
from letters.register.queries import LetterRow
from letters.register.store import Actor, Writing
from letters.replies import READING, is_of_a_step
from letters.version import VERSION

_OF_LETTERS = ("letter", *READING)


@dataclass(frozen=True)
class Desk:
    """Where letters are issued: the practice, who does it, and the folder they are put into.

    A warning stops its letter unless `accepted` holds its code, with the reason. `again` is the reason for
    making the very same letter once more. `batch` is the id of the batch they belong to.
    """

    office: Office
    actor: Actor
    out: Path
    accepted: Mapping[str, str]
    again: str | None = None
    batch: str | None = None


class StoppedError(Exception):
    """The register has something against a letter whose files are made already."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


class IssuedBeforeError(Exception):
    """The register has this very letter, in a folder as seen from the practice file, and of a batch."""

    def __init__(self, known: LetterRow) -> None:
        super().__init__()
        self.folder, self.batch = known.folder, known.batch


@dataclass(frozen=True)
class Recorded:
    """What came of entering a letter: what was found, which letter it replaces, what was news of its case."""

    findings: list[Finding]
    replaces: str | None
    taken_over: list[str]


def record(order: Order, letter: Letter, findings: list[Finding], desk: Desk, writing: Writing) -> Recorded:
    """Ask the register, and enter the letter. Raises StoppedError or IssuedBeforeError."""
    facts, connection = letter.written.facts, writing.connection
    about = told(facts.case, facts.case_file.data, desk.office.own_kinds)
    source = desk.office.source(order.case_file)
    known = queries.letter(connection, letter_id(letter.pdf))
    if known is not None and known.status != "void":
        findings = findings + weighed(facts, against.repeating(connection, letter, order, about, source))
        return _once_more(known, findings, desk, writing)
    asked = against.ask(connection, letter, order, about, source)
    findings = findings + weighed(facts, asked.findings)
    if is_stopped(findings, desk.accepted):
        raise StoppedError(findings)
    taken_over = enter(writing, about, source)
    replaces = next((one.letter for one in asked.earlier if one.status == "issued"), None)
    writing.append(_event(letter, findings, desk, replaces, asked.approval), facts.case.case)
    _close_tasks(writing, letter)
    return Recorded(findings, replaces, taken_over)


def _once_more(known: LetterRow, findings: list[Finding], desk: Desk, writing: Writing) -> Recorded:
    """Enter that a letter is made once more, where there is a reason. Raises as `record` does."""
    if is_stopped(findings, desk.accepted):
        raise StoppedError(findings)
    if desk.again is None:
        raise IssuedBeforeError(known)
    made = LetterAgain(letter=known.letter, because=desk.again, folder=desk.office.seen(desk.out))
    writing.append(made, known.case_number)
    return Recorded(findings, None, [])


def _event(
    letter: Letter, findings: list[Finding], desk: Desk, replaces: str | None, approved: int | None
) -> LetterIssued:
    facts = letter.written.facts
    move = move_of(facts.kind, desk.office.own_kinds)
    return LetterIssued(
        letter=letter_id(letter.pdf),
        kind=facts.kind,
        kind_digest=approval.kind_digest(facts.kind, desk.office.own_kinds),
        version=VERSION,
        addressee=facts.addressee.id,
        route=_route(letter),
        language=facts.language,
        dated=facts.dated,
        input_digest=approval.input_digest(letter),
        sha256=approval.content(letter),
        copy_sha256=sha256(letter.copy).hexdigest() if letter.copy else None,
        folder=desk.office.seen(desk.out),
        accepted={one.code: desk.accepted[one.code] for one in findings if one.code in desk.accepted},
        replaces=replaces,
        step=move.step if move else None,
        ends_on=_ends_on(letter) if move and move.step == "closing" else None,
        for_silence=move.for_silence if move else False,
        approval=approved,
        batch=desk.batch,
        pages=letter.pages,
        enclosures={one.id: one.sha256 for one in letter.enclosures},
        lines=list(letter.written.frame.address),
        sender=sender_of(facts),
    )


def _ends_on(letter: Letter) -> date:
    """The day the letter says that the relationship ends; its own where it says none."""
    facts = letter.written.facts
    ending, closing = facts.case.ending, facts.practice.closing
    named = ending.on if ending else None
    return named or (closing.on if closing else None) or facts.dated


def sender_of(facts: Facts) -> str:
    """The name the envelope may show."""
    address = facts.addressee.address
    if isinstance(address, ClientAddress) and address.discreet is not False:
        return facts.practice.discreet_name or ""
    return facts.practice.name


def _route(letter: Letter) -> str:
    """The way the letter is to go: the address as printed, in one line; empty for what stays."""
    return ", ".join(letter.written.frame.address)


def _close_tasks(writing: Writing, letter: Letter) -> None:
    """What was to be written is written; another step prepared for the same person is not due any more."""
    facts = letter.written.facts
    for task in queries.tasks(writing.connection, facts.case.case):
        if task.task not in _OF_LETTERS or task.data["addressee"] != facts.addressee.id:
            continue
        if task.data["kind"] == facts.kind:
            writing.append(TaskClosed(number=task.number, outcome="done"), facts.case.case)
        elif facts.spec.step and is_of_a_step(task):
            because = f"{facts.kind} was issued instead"
            closed = TaskClosed(number=task.number, outcome="canceled", because=because)
            writing.append(closed, facts.case.case)


def is_stopped(findings: Iterable[Finding], accepted: Mapping[str, str]) -> bool:
    """Whether anything that was found keeps a letter from leaving."""
    return any(stops(finding, accepted) for finding in findings)


def stops(finding: Finding, accepted: Mapping[str, str]) -> bool:
    """Whether a finding keeps a letter from leaving."""
    return finding.severity is Severity.ERROR or (
        finding.severity is Severity.WARNING and finding.code not in accepted
    )
