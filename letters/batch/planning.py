"""Which letters a caseload comes to: each is named once, compared with what was issued, and checked."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from letters import against, kinds
from letters.approval import digest_of_facts, is_asked, is_needed, surroundings
from letters.batch.before import Before, issued_before
from letters.batch.crew import Crew, Lost
from letters.batch.doubles import Doubles
from letters.batch.mishaps import lost, telling_reason, voided_before
from letters.batch.outcome import Outcome, Status
from letters.batch.reading import Caseload, Item
from letters.batch.spool import Place as Spooled
from letters.batch.spool import Spool
from letters.batch.work import Checked, Reader, Task, check
from letters.caseload.approving import approved_date
from letters.checks.issued import ALREADY_ISSUED
from letters.checks.weights import UNKNOWN_RULE, WEAKER_RULE, weighed
from letters.entering import told
from letters.facts import Facts
from letters.findings import RULES, Finding, FoundError, errors
from letters.gathering import JURISDICTION, Sources, gathered, one_each, read_sources
from letters.model.kind import KindSpec
from letters.order import KeptCase, Order, RowCase
from letters.recording import stops
from letters.register import queries

if TYPE_CHECKING:
    from letters.batch.wanted import Wanted
    from letters.model.history import Move
    from letters.office import Office
    from letters.register.queries import LetterRow
    from letters.register.store import Connection

_OF_THE_PRACTICE = {JURISDICTION.code, UNKNOWN_RULE.code, WEAKER_RULE.code}


@dataclass
class Planned:
    """A letter of the batch: what is known of it, and where it waits until it is made."""

    outcome: Outcome
    place: Spooled | None = None
    cells: Spooled | None = None
    is_carried: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it is to be made."""
        return self.outcome.status == "planned"

    def with_cells(self, spool: Spool) -> Outcome:
        """What became of it, together with its row as it was read."""
        if self.cells is None:
            return self.outcome
        cells: dict[str, str] = pickle.loads(spool.take(self.cells))  # noqa: S301 - our own
        return replace(self.outcome, cells=cells)

    def now(self, status: Status, findings: list[Finding], **values: object) -> None:
        """Note down what became of it."""
        self.outcome = replace(self.outcome, status=status, findings=tuple(findings), **values)  # type: ignore[arg-type]


@dataclass
class Plan:
    """All letters, in order; `findings` are about the caseload as a whole, `columns` those of its tables.

    `read` has of each case the digest of what was read, and which letters are its; `meant` those who get
    one, where they are several. `to_hold` are letters of earlier runs that must not leave any more, and
    `to_release` those that may again. `is_mending` is true where only a list of problems was read, and
    `left_out` how many cases there was no room for.
    """

    letters: list[Planned] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    read: list[tuple[str, str, list[int]]] = field(default_factory=list)
    meant: dict[str, set[str]] = field(default_factory=dict)
    to_hold: dict[str, LetterRow] = field(default_factory=dict)
    to_release: set[str] = field(default_factory=set)
    is_mending: bool = False
    left_out: int = 0

    def carry(self, kept: list[Outcome]) -> None:
        """Put outcomes of earlier runs before those of this one."""
        self.letters[:0] = [Planned(one, is_carried=True) for one in kept]
        self.read = [
            (case, digest, [one + len(kept) for one in letters]) for case, digest, letters in self.read
        ]
        for number, planned in enumerate(self.letters, 1):
            planned.outcome = replace(planned.outcome, number=number)


def status_of(findings: list[Finding], accepted: Mapping[str, str]) -> Status:
    """What findings make of a letter: nothing, somebody who must not be written to, or what can be mended."""
    stopping = [finding for finding in findings if stops(finding, accepted)]
    if any(one.code in RULES and RULES[one.code].withholds for one in stopping):
        return "withheld"
    return "problem" if stopping else "planned"


class Planner:
    """Goes through a caseload once; what is fine waits in the spool until it is made."""

    def __init__(
        self,
        wanted: Wanted,
        office: Office,
        spool: Spool,
        connection: Connection | None = None,
        before: Before | None = None,
    ) -> None:
        self.wanted = wanted
        self.office = office
        self.spool = spool
        self.connection = connection
        self.before = before or Before()
        self.plan = Plan()
        self._doubles = Doubles(spool)
        self._orders: dict[int, Order] = {}
        self._moves: dict[str, Move | None] = {}
        self._around: dict[str, str] | None = None
        self._lost: set[int] = set()
        self._new = 0  # letters that no earlier run issued

    def run(self, caseload: Caseload, crew: Crew) -> Iterator[Plan]:
        """Plan and check everything; yields the plan as it grows.

        Raises FoundError where a file of the practice or a table as a whole is at fault, UsageError for a
        reason that tells what no record may hold.
        """
        for results in crew.run(check, self._tasks(caseload)):
            for number, checked in results:
                self._take(number, checked)
            yield self.plan
        self.plan.findings += caseload.findings
        self.plan.columns = tuple(caseload.columns)
        for number, finding in self._doubles.found(self.connection):
            self._add(number, finding)
        for planned in self.plan.letters:
            if planned.outcome.findings:
                located = tuple(caseload.located(finding) for finding in planned.outcome.findings)
                planned.outcome = replace(planned.outcome, findings=located)
        self.plan.is_mending = caseload.is_mending
        yield self.plan

    def _tasks(self, caseload: Caseload) -> Iterator[tuple[int, Task]]:
        for item in caseload.items():
            if self._room == 0:
                # Nobody is written to from here on, but somebody may be here for the second time.
                self._doubles.add(item, [])
                self.plan.left_out += 1
            elif not item.data or self.wanted.is_meant(item.data):
                yield from self._of_item(item)

    @property
    def _room(self) -> int | None:
        """How many letters there is still room for; those of earlier runs take none."""
        if self.wanted.limit is None:
            return None
        return max(0, self.wanted.limit - self._new)

    def _of_item(self, item: Item) -> Iterator[tuple[int, Task]]:
        if item.before is not None:
            self._take_over(item, item.before)
            return
        if item.value is None or item.case is None or errors(item.findings):
            self._doubles.add(item, [self._note(item, "problem")])
            return
        order = self._order(item, item.case)
        sources = read_sources(order)
        numbers, orders = [], one_each(order, sources)
        self.plan.meant.setdefault(item.number, set()).update(order.to for order in orders if order.to)
        for order in orders[: self._room]:  # the rest comes with the next run
            numbers.append(self._note(item, "planned", addressee=order.to or ""))
        self._doubles.add(item, numbers)
        self.plan.read.append((item.number, item.digest, numbers))
        for number, order in zip(numbers, orders, strict=False):
            if not self._is_as_it_was(number, order, sources):
                self._orders[number] = self._as_approved(order)
                yield number, Task(self._orders[number], self.wanted.accepted)

    def _take_over(self, item: Item, before: list[Outcome]) -> None:
        """Tell of a case whose letters were issued, and of which nothing changed, as it was told."""
        first = len(self.plan.letters)
        for number, outcome in enumerate(before, first + 1):
            self.plan.letters.append(Planned(replace(outcome, number=number, source=item.source)))
        numbers = [*range(first, len(self.plan.letters))]
        self._doubles.add(item, numbers)
        self.plan.read.append((item.number, item.digest, numbers))

    def _order(self, item: Item, case: Path | KeptCase | RowCase) -> Order:
        wanted = self.wanted
        return Order(
            wanted.kind,
            case,
            wanted.dated,
            draft=False,
            practice=self.office.file,
            to=item.to,
            language=wanted.language,
            large_print=wanted.large_print,
            encoding=wanted.given.encoding,
            asked_on=wanted.asked_on,
            is_approved=wanted.is_resumed,
        )

    def _note(self, item: Item, status: Status, addressee: str = "") -> int:
        number = len(self.plan.letters)
        self._new += 1
        outcome = Outcome(
            number + 1,
            status,
            item.source,
            item.number,
            addressee,
            findings=tuple(item.findings),
        )
        # Few rows have to be told once more, as a list of problems does.
        cells = self.spool.keep(pickle.dumps(dict(item.cells))) if item.cells else None
        self.plan.letters.append(Planned(outcome, cells=cells))
        return number

    def _as_approved(self, order: Order) -> Order:
        """With the date of its approval, where there is one."""
        if self.connection is None or not is_asked(self.office.practice, order.kind, self._spec):
            return order
        approved = approved_date(self.office, order)
        return replace(order, dated=approved, is_approved=True) if approved else order

    @cached_property
    def _spec(self) -> KindSpec:
        spec = kinds.find(self.wanted.kind, self.office.own_kinds).spec
        assert spec is not None  # noqa: S101 - looked at before the first letter
        return spec

    def _is_as_it_was(self, number: int, order: Order, sources: Sources) -> bool:
        """Whether this very letter was issued in an earlier run; then it need not even be checked."""
        if self.before.is_empty:
            return False
        facts, _ = gathered(order, sources)
        if facts is None:
            return False
        if row := self.before.voided(facts.case.case, facts.addressee.id):
            self._add(number, voided_before(row))
        known = self.before.issued.get((facts.case.case, facts.addressee.id))
        if known is None:
            return False
        self._around = self._around or surroundings(facts.practice_file, facts.kind_file, facts.jurisdiction)
        digest = digest_of_facts(facts, self._around, large_print=order.large_print)
        if digest != known.data["input_digest"]:
            return False
        if not self.before.is_whole(known):
            self._lost.add(number)  # its file is put back
            return False
        planned = self.plan.letters[number]
        planned.outcome = issued_before(planned.outcome, known, facts)
        self._new -= 1
        return True

    def _take(self, number: int, checked: Checked | Lost) -> None:
        """Note down what was found; what is fine goes into the spool."""
        order, planned = self._orders.pop(number), self.plan.letters[number]
        if isinstance(checked, Lost):
            planned.now("failed", [*planned.outcome.findings, lost(checked, planned.outcome)])
            return
        if checked.telling:
            raise telling_reason(planned.outcome)
        self._expect_sound(checked.findings)
        findings = [*planned.outcome.findings, *checked.findings]
        reader = {one.name: getattr(checked.reader, one.name) for one in fields(Reader)}
        reader["addressee"] = reader["addressee"] or planned.outcome.addressee
        planned.now("planned", findings, **reader)
        if checked.written is not None:
            against_it = self._against(order, checked.written)
            is_lost = number in self._lost
            findings += [one for one in against_it if not (is_lost and one.code == ALREADY_ISSUED.code)]
            planned.place = self.spool.keep(pickle.dumps((order, checked.written)))
        planned.now(status_of(findings, self.wanted.accepted), findings)

    def _expect_sound(self, findings: list[Finding]) -> None:
        """Raise FoundError for what is wrong with the kind or the practice, and so with every letter."""
        folder = str(kinds.find(self.wanted.kind, self.office.own_kinds).folder)
        common = [
            one
            for one in errors(findings)
            if one.code in _OF_THE_PRACTICE or (one.place and one.place.file.startswith(folder))
        ]
        if common:
            raise FoundError(common)

    def _against(self, order: Order, written: bytes) -> list[Finding]:
        """What the register has against a letter, as far as that is known before it has pages."""
        facts: Facts = pickle.loads(written).facts  # noqa: S301 - our own, from a worker
        if self.connection is None or queries.known(self.connection, facts.case.case) is None:
            return weighed(facts, [against.not_approved(facts)]) if is_needed(facts) else []
        about = told(facts.case, facts.case_file.data, self.office.own_kinds, self._moves)
        source = self.office.source(order.case_file)
        asked = against.before_pages(self.connection, facts, order, about, source)
        return weighed(facts, asked.findings)

    def _add(self, number: int, finding: Finding) -> None:
        planned = self.plan.letters[number]
        findings = [*planned.outcome.findings, finding]
        if planned.outcome.status in ("planned", "problem"):
            planned.now(status_of(findings, self.wanted.accepted), findings)
        elif planned.outcome.status != "issued":
            planned.now(planned.outcome.status, findings)
