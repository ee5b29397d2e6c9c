"""Issuing: the letter itself, published once under an opaque name, and recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from letters import against, approval
from letters.checks.accepted import tells
from letters.checks.issued import TRAP
from letters.checks.weights import weighed
from letters.clock import now
from letters.entering import enter, move_of, told
from letters.errors import UsageError
from letters.files import letter_id, publish, read_ordinary, staged, sweep
from letters.findings import Finding, Place, Severity
from letters.letter import Letter, make, read_case
from letters.model.history import LetterAgain, LetterIssued, TaskClosed
from letters.model.people import ClientAddress
from letters.model.practice import Practice
from letters.office import Office
from letters.order import Order
from letters.register import queries
from letters.register.opening import is_there
from letters.register.queries import LetterRow
from letters.register.store import Actor, Register, Writing
from letters.sources import Document, read
from letters.version import VERSION
from letters.workspace import practice_file

COPY = ".file-copy.pdf"  # how the name of an English copy ends
_Files = tuple[Document | None, Document | None]


@dataclass(frozen=True)
class Desk:
    """Where letters are issued: the practice, who does it, and the folder they are put into.

    A warning stops its letter unless `accepted` holds its code, with the reason. `again` is the reason for
    making the very same letter once more.
    """

    office: Office
    actor: Actor
    out: Path
    accepted: Mapping[str, str]
    again: str | None = None


@dataclass(frozen=True)
class Issued:
    """What came of one order: the file, unless something stopped it, and every finding.

    `addressee` is the id of whom the letter is to. `before` is true where this very letter had been
    issued already (`put_back`: its file was missing or damaged), and
    `replaces` names an earlier letter that never left and must not any more.
    `taken_over` are the places in the file that were news to the register.
    """

    order: Order
    findings: list[Finding]
    file: Path | None = None
    addressee: str = ""
    envelope: str = ""
    sender: str = ""
    before: bool = False
    put_back: bool = False
    replaces: str | None = None
    taken_over: tuple[str, ...] = ()


class _StoppedError(Exception):
    """The register has something against a letter whose files are made already."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


class _IssuedBeforeError(Exception):
    """The register has this very letter, in a folder as seen from the practice file."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder


def issue(orders: Sequence[Order], desk: Desk) -> list[Issued]:
    """Issue a letter for each order that nothing stops; all are made before the first is published.

    Raises UsageError for a reason that repeats something confidential, before anything is published, and
    MachineError where files or register cannot be written; what is published by then stays, and the same
    orders again go on from there.
    """
    sweep(desk.out)
    made = [(order, *make(order)) for order in orders]
    reasons = {**desk.accepted, **({"again": desk.again} if desk.again else {})}
    if reasons:
        _expect_discreet(reasons, [_files(order, letter) for order, letter, _ in made])
    if not any(letter and not _is_stopped(findings, desk.accepted) for _, letter, findings in made):
        return [Issued(order, findings) for order, _, findings in made]
    register = desk.office.register()
    return [_finish(order, letter, findings, desk, register) for order, letter, findings in made]


def look(order: Order, office: Office) -> list[Finding]:
    """Find everything that would stop a letter or be told of it, and issue none."""
    letter, findings = make(order)
    if letter is None or not is_there(office.where):
        return findings
    facts = letter.written.facts
    about = told(facts.case, facts.case_file.data, office.own_kinds)
    with office.register(make=False).reading() as connection:
        known = queries.letter(connection, letter_id(letter.pdf))
        source = office.source(order.case_file)
        if known is not None and known.status != "void":
            asked = against.repeating(connection, letter, order, about, source)
        else:
            asked = against.ask(connection, letter, order, about, source).findings
    return findings + weighed(facts, asked)


def _finish(
    order: Order, letter: Letter | None, findings: list[Finding], desk: Desk, register: Register
) -> Issued:
    if letter is None:
        return Issued(order, findings)
    name = letter_id(letter.pdf)
    files = _to_publish(letter, name, desk.out)
    findings = findings + weighed(letter.written.facts, (trap for file in files for trap in _trap(file)))
    if _is_stopped(findings, desk.accepted):
        return Issued(order, findings)
    done = _done(order, letter, findings, desk.out / f"{name}.pdf")
    try:
        # Should the disk be full, the register must not say that there is a letter.
        with staged(files), register.writing(desk.actor, now(desk.office.practice.time_zone)) as writing:
            recorded = _record(order, letter, findings, desk, writing)
    except _StoppedError as stopped:
        return Issued(order, stopped.findings)
    except _IssuedBeforeError as before:
        # There is one paper of each letter, so no other folder gets it as well.
        folder = desk.office.folder / before.folder
        is_back = _put_back({folder / file.name: data for file, data in files.items()})
        return replace(done, before=True, put_back=is_back, file=folder / f"{name}.pdf")
    news = tuple(recorded.taken_over)
    return replace(done, findings=recorded.findings, replaces=recorded.replaces, taken_over=news)


@dataclass(frozen=True)
class _Recorded:
    findings: list[Finding]
    replaces: str | None
    taken_over: list[str]


def _record(order: Order, letter: Letter, findings: list[Finding], desk: Desk, writing: Writing) -> _Recorded:
    """Ask the register, and enter the letter. Raises _StoppedError or _IssuedBeforeError."""
    facts, connection = letter.written.facts, writing.connection
    about = told(facts.case, facts.case_file.data, desk.office.own_kinds)
    source = desk.office.source(order.case_file)
    known = queries.letter(connection, letter_id(letter.pdf))
    if known is not None and known.status != "void":
        findings = findings + weighed(facts, against.repeating(connection, letter, order, about, source))
        return _once_more(known, findings, desk, writing)
    asked = against.ask(connection, letter, order, about, source)
    findings = findings + weighed(facts, asked.findings)
    if _is_stopped(findings, desk.accepted):
        raise _StoppedError(findings)
    taken_over = enter(writing, about, source)
    replaces = next((one.letter for one in asked.earlier if one.status == "issued"), None)
    writing.append(_event(letter, findings, desk, replaces, asked.approval), facts.case.case)
    _close_tasks(writing, letter)
    return _Recorded(findings, replaces, taken_over)


def _once_more(known: LetterRow, findings: list[Finding], desk: Desk, writing: Writing) -> _Recorded:
    """Enter that a letter is made once more, where there is a reason. Raises as `_record` does."""
    if _is_stopped(findings, desk.accepted):
        raise _StoppedError(findings)
    if desk.again is None:
        raise _IssuedBeforeError(known.folder)
    made = LetterAgain(letter=known.letter, because=desk.again, folder=desk.office.seen(desk.out))
    writing.append(made, known.case_number)
    return _Recorded(findings, None, [])


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
    )


def _ends_on(letter: Letter) -> date:
    """The day the letter says that the relationship ends; its own where it says none."""
    facts = letter.written.facts
    ending, closing = facts.case.ending, facts.practice.closing
    named = ending.on if ending else None
    return named or (closing.on if closing else None) or facts.dated


def _route(letter: Letter) -> str:
    """The way the letter is to go: the address as printed, in one line; empty for what stays."""
    return ", ".join(letter.written.frame.address)


def _close_tasks(writing: Writing, letter: Letter) -> None:
    """What was to be written is written; another step prepared for the same person is not due any more."""
    facts = letter.written.facts
    for task in queries.tasks(writing.connection, facts.case.case):
        if task.task != "letter" or task.data["addressee"] != facts.addressee.id:
            continue
        if task.data["kind"] == facts.kind:
            writing.append(TaskClosed(number=task.number, outcome="done"), facts.case.case)
        elif facts.spec.step:
            because = f"{facts.kind} was issued instead"
            closed = TaskClosed(number=task.number, outcome="canceled", because=because)
            writing.append(closed, facts.case.case)


def _done(order: Order, letter: Letter, findings: list[Finding], file: Path) -> Issued:
    facts = letter.written.facts
    return Issued(order, findings, file, facts.addressee.id, letter.written.layout.envelope, _sender(letter))


def _to_publish(letter: Letter, name: str, out: Path) -> dict[Path, bytes]:
    """The files of a letter: itself last, as it is what people look for."""
    copy = {out / f"{name}{COPY}": letter.copy} if letter.copy else {}
    return {**copy, out / f"{name}.pdf": letter.pdf}


def _put_back(files: Mapping[Path, bytes]) -> bool:
    """Write again what is missing or damaged, of a letter that was issued; return whether anything was."""
    lost = {file: data for file, data in files.items() if not _is_whole(file, data)}
    for file, data in lost.items():
        publish(file, data)
    return bool(lost)


def _is_whole(file: Path, data: bytes) -> bool:
    try:
        return read_ordinary(file, len(data)) == data
    except OSError:
        return False


def _expect_discreet(reasons: Mapping[str, str], files: Iterable[_Files]) -> None:
    """Raise UsageError for a reason that would carry into the register what no letter's record may hold."""
    for case, practice in files:
        for code, reason in reasons.items():
            if case and tells(reason, case, practice):
                what = "making it again" if code == "again" else f"accepting {code}"
                raise UsageError(
                    f"The reason for {what} repeats something confidential, or names somebody, of "
                    f"the case in {Path(case.source.name).name}.",
                    "Give the reason without it: it is kept with the letter.",
                )


def _files(order: Order, letter: Letter | None) -> _Files:
    """The case and the practice of an order, also of a stopped one; standard input can be read only once."""
    if letter:
        return letter.written.facts.case_file, letter.written.facts.practice_file
    if order.case == "-":
        return None, None
    practice = read(practice_file(order.practice, order.case_file), Practice)
    return read_case(order).document, practice.document


def _is_stopped(findings: list[Finding], accepted: Mapping[str, str]) -> bool:
    return any(stops(finding, accepted) for finding in findings)


def stops(finding: Finding, accepted: Mapping[str, str]) -> bool:
    """Whether a finding keeps a letter from leaving."""
    return finding.severity is Severity.ERROR or (
        finding.severity is Severity.WARNING and finding.code not in accepted
    )


def _trap(file: Path) -> list[Finding]:
    """Find what has the letter's name and is no file; a letter that is damaged is none of these."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if not S_ISREG(file.lstat().st_mode):
            return [
                TRAP.finding(
                    "This has the name of the letter, and is not an ordinary file.",
                    "Look where it comes from, and move it to another folder.",
                    Place(str(file)),
                )
            ]
    return []


def _sender(letter: Letter) -> str:
    """The name the envelope may show."""
    facts = letter.written.facts
    address = facts.addressee.address
    if isinstance(address, ClientAddress) and address.discreet is not False:
        return facts.practice.discreet_name or ""
    return facts.practice.name
