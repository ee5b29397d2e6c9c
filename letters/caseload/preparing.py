"""Preparing what is due: a draft for everybody a letter is for, and a task to read and issue it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from letters.caseload.recipients import Recipient, have_died, recipients
from letters.caseload.review import Wanted, majority_of, pace_of, pending_on, to_option
from letters.caseload.steps import letters_of
from letters.checks.issued import STALE
from letters.clock import now
from letters.files import letter_id, staged, sweep
from letters.findings import Finding, Place, Severity, rule
from letters.gathering import read_case
from letters.letter import make
from letters.model.history import TaskClosed, TaskOpened
from letters.office import Office
from letters.order import KeptCase, Order
from letters.register import pending, queries
from letters.register.queries import CaseRow, TaskRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from letters.register.store import Actor, Connection, Register, Writing

NO_ROUTE = rule(
    "no-route",
    Severity.ERROR,
    "Where post is not known to be safe, nothing is written: an envelope in the wrong hands can get a client "
    "hurt. Somebody who knows the client has to find another way.",
    "45 CFR 164.522(b), confidential communications",
)
NOBODY = rule(
    "nobody-to-write-to",
    Severity.ERROR,
    "A letter needs somebody living who may be told, and an ending without one is entered by hand.",
)


@dataclass(frozen=True)
class Prepared:
    """What came of one letter that is due: its draft and task, or what stopped it.

    `addressee` is None where nobody is there to write to. `before` is true where the task was open already;
    `file` is then the draft that was made for it, if one was.
    """

    case: str
    kind: str
    addressee: str | None
    findings: list[Finding]
    file: Path | None = None
    task: int | None = None
    before: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether there is no draft."""
        return self.file is None


@dataclass(frozen=True)
class Bench:
    """Where drafts are prepared: the practice and its register, who does it, the day, and the folder."""

    office: Office
    register: Register
    actor: Actor
    today: date
    out: Path

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The kind of letter for each step."""
        return letters_of(self.office.own_kinds)

    def kind_due(self, connection: Connection, number: str) -> str | None:
        """The kind of the letter that is due in a case now; None where there is none."""
        row = queries.known(connection, number)
        if row is None or not row.is_open:
            return None
        step = pending_on(row, self.today, pace_of(self.office.practice)).letter_step
        return self.kinds[step] if step else None


@dataclass(frozen=True)
class _Step:
    """A letter that is due in a case, as the register has it."""

    case: KeptCase
    kind: str
    clinician: str


def prepare(bench: Bench, wanted: Wanted) -> Iterator[Prepared]:
    """Prepare the letters that are due, one after the other; one that is stopped does not stop the others.

    Raises MachineError where files or register cannot be written; what is prepared by then stays, and the
    same again goes on from there.
    """
    sweep(bench.out)
    pace, majority = pace_of(bench.office.practice), majority_of(bench.office)
    with bench.register.reading() as connection:
        rows = pending.pending(connection, bench.today, pace, wanted.clinician)
    due = [row for row in rows if pending_on(row, bench.today, pace).letter_step]
    for row in due[: wanted.limit]:
        with bench.register.reading() as connection:
            step = _step(bench, connection, row)
        if step:
            yield from _case(bench, step, majority)


def _step(bench: Bench, connection: Connection, row: CaseRow) -> _Step | None:
    """The letter of a case, unless something happened in it while others were prepared."""
    kind = bench.kind_due(connection, row.number)
    if kind is None:
        return None
    text, digest = queries.case_file(connection, row.number), queries.digest(connection, row.number)
    return _Step(KeptCase(row.number, text, digest), kind, row.clinician or "their clinician")


def _case(bench: Bench, step: _Step, majority: int) -> Iterator[Prepared]:
    reading = read_case(_order(bench, step, None))
    if reading.value is None:
        yield Prepared(step.case.number, step.kind, None, reading.findings)
        return
    people = recipients(reading.value.clients, bench.today, majority)
    if not people:
        yield Prepared(
            step.case.number, step.kind, None, [_nobody(step, died=have_died(reading.value.clients))]
        )
    for person in people:
        yield _letter(bench, step, person) if person.by_post else _stuck(bench, step, person)


def _order(bench: Bench, step: _Step, to: str | None) -> Order:
    day = bench.today
    return Order(step.kind, step.case, day, draft=True, practice=bench.office.file, to=to, asked_on=day)


def _nobody(step: _Step, *, died: bool) -> Finding:
    number = step.case.number
    if died:
        message = f"The client of case {number} has died, and no {step.kind} goes out."
        remedy = f"Enter the end: letters case end {number} --reason DECEASED"
    else:
        message = f"The client of case {number} is a minor, and nobody may act for them."
        remedy = "Add a parent or guardian with authority under `representatives`."
    return NOBODY.finding(message, remedy, _place(step))


def _place(step: _Step) -> Place:
    return Place(f"{step.case.number} (register)")


def _stuck(bench: Bench, step: _Step, person: Recipient) -> Prepared:
    """Open a task where a letter may go to no address of somebody."""
    number = step.case.number
    what, remedy = _other_way(step, person)
    event = TaskOpened(task="no-route", what=what, kind=step.kind, addressee=person.id)
    with bench.register.writing(bench.actor, now(bench.office.practice.time_zone)) as writing:
        if _is_changed(bench, step, writing):
            return Prepared(number, step.kind, person.id, [_stale(step)])
        known = _open(writing.connection, number, event)
        task = known.number if known else writing.append(event, number).seq
    message = f"There is no address of {person.id} at which a letter is known to be safe."
    finding = NO_ROUTE.finding(message, remedy, _place(step))
    return Prepared(number, step.kind, person.id, [finding], task=task, before=known is not None)


def _other_way(step: _Step, person: Recipient) -> tuple[str, str]:
    """What is to do, and what to do about it, where post is not safe."""
    if not person.by_phone:
        what = f"Find a safe way to reach {person.id}: ask {step.clinician}."
        return what, f"Ask {step.clinician}. Do not write to any other address."
    log = f"letters case contact {step.case.number}"
    what = f"Call {person.id}, as no post is safe, and log the call: {log}"
    return what, f"Call on the phone that is safe, and log it: {log}"


def _open(connection: Connection, number: str, event: TaskOpened) -> TaskRow | None:
    """The open task that is the same as one to be opened."""
    asked = event.task, event.kind, event.addressee
    for task in queries.tasks(connection, number):
        if (task.task, task.data["kind"], task.data["addressee"]) == asked:
            return task
    return None


def _letter(bench: Bench, step: _Step, person: Recipient) -> Prepared:
    number, kind = step.case.number, step.kind
    what = f"Read the draft, then: letters issue {kind} {number}{to_option(person)}"
    event = TaskOpened(task="letter", what=what, kind=kind, addressee=person.id)
    with bench.register.reading() as connection:
        known = _open(connection, number, event)
    if known and (file := _draft(bench, known)).is_file():
        return Prepared(number, kind, person.id, [], file, known.number, before=True)
    letter, findings = make(_order(bench, step, person.id))
    if letter is None:
        return Prepared(number, kind, person.id, findings)
    file = bench.out / f"D{letter_id(letter.pdf).removeprefix('L')}.pdf"
    return _keep(bench, step, event, {file: letter.pdf}, findings)


def _draft(bench: Bench, task: TaskRow) -> Path:
    return bench.office.folder / (task.data["file"] or "no draft")


class _MeanwhileError(Exception):
    """Something else happened in the case while its draft was being made."""

    def __init__(self, found: Prepared) -> None:
        super().__init__()
        self.found = found


def _keep(
    bench: Bench, step: _Step, event: TaskOpened, files: dict[Path, bytes], findings: list[Finding]
) -> Prepared:
    """Put a draft into its folder, and enter its task: both, or neither."""
    number, kind, addressee = step.case.number, step.kind, event.addressee
    (file,) = files
    event = event.model_copy(update={"file": bench.office.seen(file)})
    try:
        moment = now(bench.office.practice.time_zone)
        with staged(files), bench.register.writing(bench.actor, moment) as writing:
            _look_again(bench, step, event, writing)
            task = writing.append(event, number).seq
    except _MeanwhileError as error:
        return error.found
    return Prepared(number, kind, addressee, findings, file, task)


def _look_again(bench: Bench, step: _Step, event: TaskOpened, writing: Writing) -> None:
    """Raise _MeanwhileError where another desk was quicker, or the case is not what it was."""
    number, kind, addressee = step.case.number, step.kind, event.addressee
    known = _open(writing.connection, number, event)
    if known and _draft(bench, known).is_file():
        file = _draft(bench, known)
        raise _MeanwhileError(Prepared(number, kind, addressee, [], file, known.number, before=True))
    if _is_changed(bench, step, writing):
        raise _MeanwhileError(Prepared(number, kind, addressee, [_stale(step)]))
    if known:
        gone = TaskClosed(number=known.number, outcome="canceled", because="its draft is not there any more")
        writing.append(gone, number)


def _is_changed(bench: Bench, step: _Step, writing: Writing) -> bool:
    """Whether a case is another than the one that was read, or its letter is not due any more."""
    connection, number = writing.connection, step.case.number
    if bench.kind_due(connection, number) != step.kind:
        return True
    return queries.digest(connection, number) != step.case.digest


def _stale(step: _Step) -> Finding:
    message = f"Case {step.case.number} was changed in the register while its draft was being made."
    return STALE.finding(message, "Run the same command again.", _place(step))
