"""Issuing: the letter itself, published once under an opaque name, and recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG

from letters import against, approval
from letters.assemble.enclosing import Enclosure
from letters.checks.accepted import tells
from letters.checks.issued import OTHER, TRAP
from letters.checks.weights import weighed
from letters.clock import now
from letters.entering import told
from letters.errors import UsageError
from letters.files import Staged, letter_id, publish, read_ordinary, staged
from letters.findings import Finding, Place
from letters.gathering import read_case
from letters.letter import Letter, make
from letters.model.practice import Practice
from letters.office import Office
from letters.order import Order
from letters.recording import Desk, IssuedBeforeError, StoppedError, is_stopped, record, sender_of
from letters.recovering import COPY, tidy
from letters.register import queries
from letters.register.opening import is_there
from letters.register.queries import LetterRow
from letters.register.store import Register, Writing
from letters.sources import Document, read
from letters.workspace import practice_file

ENCLOSURES = "enclosures"  # the folder beside the letters
_Files = tuple[Document | None, Document | None]


@dataclass(frozen=True)
class Made:
    """What came of making a letter that was ordered: none where something stopped it."""

    order: Order
    letter: Letter | None
    findings: list[Finding]


@dataclass(frozen=True)
class Issued:
    """What came of one order: the file, unless something stopped it, and every finding.

    `name` is what the letter is called, and `addressee` the id of whom it is to. `before` is true where this
    very letter had been issued already (`put_back`: its file was missing or damaged), and
    `replaces` names an earlier letter that never left and must not any more. `enclosed` are the files that
    go behind it, in order, with their pages; `entry` is the register's last entry about it.
    `taken_over` are the places in the file that were news to the register.
    """

    order: Order
    findings: list[Finding]
    file: Path | None = None
    name: str = ""
    addressee: str = ""
    envelope: str = ""
    sender: str = ""
    pages: int = 0
    sha256: str = ""
    entry: int = 0
    enclosed: tuple[tuple[Path, int], ...] = ()
    before: bool = False
    put_back: bool = False
    replaces: str | None = None
    taken_over: tuple[str, ...] = ()


def issue(orders: Sequence[Order], desk: Desk, read: str | None = None) -> list[Issued]:
    """Issue a letter for each order that nothing stops; all are made before the first is published.

    `read` is the digest of the letter that somebody read, where it must be that very one. Raises UsageError
    for a reason that repeats something confidential, before anything is published, and MachineError where
    files or register cannot be written; what is published by then stays, and the same orders again go on
    from there.
    """
    tidy(desk.out, desk.office)
    made = [_as_read(Made(order, *make(order)), read) for order in orders]
    reasons = {**desk.accepted, **({"again": desk.again} if desk.again else {})}
    if reasons:
        _expect_discreet(reasons, [_files(one.order, one.letter) for one in made])
    if not any(one.letter and not is_stopped(one.findings, desk.accepted) for one in made):
        return [Issued(one.order, one.findings) for one in made]
    register = desk.office.register()
    return [issued for one in made for issued in finish([one], desk, register)]


def _as_read(made: Made, read: str | None) -> Made:
    """What was made, unless it is another than the one that was read."""
    if read is None or made.letter is None or approval.content(made.letter) == read:
        return made
    place = made.letter.written.facts.in_case("case")
    found = OTHER.finding("This is not the letter that was read.", "Read it once more.", place)
    return Made(made.order, None, [*made.findings, found])


def look(order: Order, office: Office) -> list[Finding]:
    """Find everything that would stop a letter or be told of it, and issue none."""
    letter, findings = make(order)
    return findings if letter is None else findings + heard(letter, order, office).findings


@dataclass(frozen=True)
class Heard:
    """What the register has about a letter that was made.

    `findings` are all that speaks against its leaving now, `approval` is the entry of the one that holds, and
    `issued` the letter itself or else the last of its kind to the same person, where one was issued.
    """

    findings: list[Finding]
    approval: int | None = None
    issued: LetterRow | None = None


def heard(letter: Letter, order: Order, office: Office) -> Heard:
    """Ask the register about a letter that was made; a register that is not there has nothing."""
    if not is_there(office.where):
        return Heard([])
    facts = letter.written.facts
    about = told(facts.case, facts.case_file.data, office.own_kinds)
    with office.register(make=False).reading() as connection:
        known = queries.letter(connection, letter_id(letter.pdf))
        source = office.source(order.case_file)
        if known is not None and known.status != "void":
            repeated = against.repeating(connection, letter, order, about, source)
            return Heard(weighed(facts, repeated), known.data["approval"], known)
        asked = against.ask(connection, letter, order, about, source)
    return Heard(weighed(facts, asked.findings), asked.approval, next(iter(asked.earlier), None))


def finish(made: Sequence[Made], desk: Desk, register: Register) -> list[Issued]:
    """Publish letters and enter them, in one transaction; one that is stopped does not stop the others.

    Raises MachineError where files or register cannot be written, and nothing of these is issued then.
    """
    ready = [_ready(one, desk) for one in made]
    files = {file: data for one in ready for file, data in one.files.items()}
    if not files:
        return [Issued(one.made.order, one.findings) for one in ready]
    for one in ready:
        _keep_enclosures(one, desk.out)
    # Should the disk be full, the register must not say that there is a letter.
    with (
        staged(files) as waiting,
        register.writing(desk.actor, now(desk.office.practice.time_zone)) as writing,
    ):
        done = [_enter(one, desk, writing, waiting) for one in ready]
    return [_with_its_files(one, before) for one, before in zip(ready, done, strict=True)]


@dataclass(frozen=True)
class _Ready:
    """A letter with its name, its files, and all that was found; no files where it is stopped."""

    made: Made
    findings: list[Finding]
    name: str = ""
    files: Mapping[Path, bytes] = field(default_factory=dict)


def _ready(made: Made, desk: Desk) -> _Ready:
    if made.letter is None:
        return _Ready(made, made.findings)
    name = letter_id(made.letter.pdf)
    files = _to_publish(made.letter, name, desk.out)
    traps = (trap for file in files for trap in _trap(file))
    findings = made.findings + weighed(made.letter.written.facts, traps)
    return _Ready(made, findings, name, {} if is_stopped(findings, desk.accepted) else files)


def _enter(ready: _Ready, desk: Desk, writing: Writing, waiting: Staged) -> Issued:
    """Enter one letter; the files of one that is stopped, or was issued before, get no name."""
    letter = ready.made.letter
    if letter is None or not ready.files:
        return Issued(ready.made.order, ready.findings)
    done = _done(ready.made.order, letter, ready.findings, desk.out / f"{ready.name}.pdf")
    try:
        recorded = record(ready.made.order, letter, ready.findings, desk, writing)
    except (StoppedError, IssuedBeforeError) as error:
        for file in ready.files:
            waiting.drop(file)
        if isinstance(error, StoppedError):
            return Issued(ready.made.order, error.findings)
        if desk.batch and error.batch == desk.batch:
            return replace(done, before=True)  # the folder of a batch may have been moved
        # There is one paper of each letter, so no other folder gets it as well.
        return replace(done, before=True, file=desk.office.folder / error.folder / f"{ready.name}.pdf")
    news = tuple(recorded.taken_over)
    return replace(
        done,
        findings=recorded.findings,
        replaces=recorded.replaces,
        taken_over=news,
        entry=writing.last,
    )


def _with_its_files(ready: _Ready, done: Issued) -> Issued:
    """Put back what is missing of a letter that was issued before."""
    if not done.before or done.file is None:
        return done
    folder = done.file.parent
    return replace(done, put_back=_put_back({folder / file.name: data for file, data in ready.files.items()}))


def _done(order: Order, letter: Letter, findings: list[Finding], file: Path) -> Issued:
    facts = letter.written.facts
    envelope, sender = letter.written.layout.envelope, sender_of(facts)
    return Issued(
        order,
        findings,
        file,
        file.stem,
        facts.addressee.id,
        envelope,
        sender,
        letter.pages,
        approval.content(letter),
        enclosed=tuple((enclosed_at(file.parent, one), one.pages) for one in letter.enclosures),
    )


def _keep_enclosures(ready: _Ready, out: Path) -> None:
    """Have the documents that go behind a letter lie beside it, one file for each content."""
    if ready.made.letter is None or not ready.files:
        return
    for enclosure in ready.made.letter.enclosures:
        file = enclosed_at(out, enclosure)
        if not _is_whole(file, enclosure.data):
            publish(file, enclosure.data)


def enclosed_at(out: Path, enclosure: Enclosure) -> Path:
    """Where a document lies that goes behind letters of a folder."""
    return out / ENCLOSURES / enclosure.file_name


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
