"""The pages of what was checked are set in other processes; here the letters are published and entered."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from letters.assemble.enclosing import digest, enclosures_for
from letters.batch.crew import Crew, Lost
from letters.batch.folder import LETTERS
from letters.batch.mishaps import lost
from letters.batch.outcome import Enclosed
from letters.batch.planning import Plan, Planned, status_of
from letters.batch.readings import Readings
from letters.batch.spool import Spool
from letters.batch.work import Pages, set_pages
from letters.checks.issued import ALREADY_ISSUED, NOT_APPROVED
from letters.clock import now
from letters.errors import LettersError, MachineError
from letters.issuing import ENCLOSURES, Issued, Made, finish
from letters.letter import Letter, Written
from letters.recording import stops

T = TypeVar("T")
_AT_ONCE, _SOON = 16, 0.5  # letters, seconds

if TYPE_CHECKING:
    from letters.findings import Finding
    from letters.order import Order
    from letters.recording import Desk
    from letters.register.store import Register


def together(results: Iterable[list[T]]) -> Iterator[list[T]]:
    """Gather what comes in quick succession: one transaction for several costs little more than for one."""
    gathered: list[T] = []
    begun = monotonic()
    try:
        for some in results:
            if not gathered:
                begun = monotonic()
            gathered += some
            if len(gathered) >= _AT_ONCE or monotonic() - begun >= _SOON:
                ready, gathered = gathered, []
                yield ready
    except (LettersError, KeyboardInterrupt):
        if gathered:  # what is done is kept
            yield gathered
        raise
    if gathered:
        yield gathered


class Maker:
    """Makes the letters of a plan that are ready; `held` keeps a run from ending while some are entered."""

    def __init__(
        self,
        plan: Plan,
        spool: Spool,
        desk: Desk,
        register: Register,
        held: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.plan = plan
        self.spool = spool
        self.desk = desk
        self.register = register
        self.held = held
        self.new = 0  # letters that were issued here, and not in an earlier run

    def run(self, crew: Crew) -> Iterator[int]:
        """Make and issue them all; yields how many are done with, as they are.

        Raises MachineError where files or register cannot be written; what is issued by then stays.
        """
        for results in together(crew.run(set_pages, self._ready())):
            with self.held():
                made = [one for number, pages in results if (one := self._made(number, pages))]
                for (planned, _), issued in zip(made, self._issue([one for _, one in made]), strict=True):
                    self._take(planned, issued)
            yield len(results)

    def enter_waiting(self) -> None:
        """Have the letters that wait for an approval read; a case that is new comes into the register before.

        Raises MachineError where the register cannot be written.
        """
        waiting = [planned for planned in self.plan.letters if _waits(planned, self.desk)]
        if not waiting:
            return
        kind = self._kept(waiting[0])[0].kind  # the same of all
        with self.register.writing(self.desk.actor, now(self.desk.office.practice.time_zone)) as writing:
            readings = Readings(writing, self.desk, kind)
            for planned in waiting:
                if not readings.has(planned.outcome.case, planned.outcome.addressee):
                    order, written = self._kept(planned)
                    readings.ask(order, pickle.loads(written))  # noqa: S301 - our own

    def _ready(self) -> Iterator[tuple[int, bytes]]:
        for number, planned in enumerate(self.plan.letters):
            if planned.is_ready and planned.place:
                yield number, self._kept(planned)[1]

    def _kept(self, planned: Planned) -> tuple[Order, bytes]:
        assert planned.place is not None  # noqa: S101 - only what was kept is made
        kept: tuple[Order, bytes] = pickle.loads(self.spool.take(planned.place))  # noqa: S301 - our own
        return kept

    def _made(self, number: int, pages: Pages | Lost) -> tuple[Planned, Made] | None:
        planned = self.plan.letters[number]
        before = list(planned.outcome.findings)
        if isinstance(pages, Lost):
            planned.now("failed", [*before, lost(pages, planned.outcome)])
            return None
        order, written = self._kept(planned)
        findings = before + pages.findings
        if pages.pdf is None:
            planned.now(status_of(findings, self.desk.accepted), findings)
            return None
        letter = Letter(self._whole(pickle.loads(written)), pages.pdf, pages.copy, pages.pages)  # noqa: S301
        return planned, Made(order, letter, findings)

    def _whole(self, written: Written) -> Written:
        """The letter with its documents. Raises MachineError where one was changed since it was checked."""
        if not written.frame.enclosures:
            return written
        found, _ = enclosures_for(written.facts, self.desk.office.folder)
        if digest(found) != digest(written.frame.enclosures):
            raise MachineError(
                "An enclosure was changed while the batch was being made.", "Run the same command again."
            )
        return replace(written, frame=replace(written.frame, enclosures=tuple(found)))

    def _issue(self, made: list[Made]) -> list[Issued]:
        return finish(made, self.desk, self.register) if made else []

    def _take(self, planned: Planned, issued: Issued) -> None:
        findings = list({(one.code, one.message, one.place): one for one in issued.findings}.values())
        planned.place = None
        if issued.file is None:
            planned.now(status_of(findings, self.desk.accepted), findings)
            return
        if issued.before and not (self.desk.out / issued.file.name).is_file():
            planned.now("withheld", [*findings, _elsewhere(issued)])
            return
        self.new += not issued.before
        planned.now("issued", findings, letter=issued.name)
        planned.outcome = replace(
            planned.outcome,
            pages=issued.pages,
            sha256=issued.sha256,
            entry=issued.entry,
            replaces=issued.replaces or "",
            enclosed=tuple(
                Enclosed(f"{LETTERS}/{ENCLOSURES}/{file.name}", pages) for file, pages in issued.enclosed
            ),
        )


def _elsewhere(issued: Issued) -> Finding:
    """Say that another run issued this very letter while this one made it; there is one paper of each."""
    assert issued.file is not None  # noqa: S101 - of a letter that was issued before
    return ALREADY_ISSUED.finding(
        f"{issued.addressee} was issued this very letter already: {issued.name}.",
        f"It lies in {issued.file.parent}: print it from there.",
    )


def _waits(planned: Planned, desk: Desk) -> bool:
    """Whether a letter waits for nothing but its approval."""
    outcome = planned.outcome
    codes = {one.code for one in outcome.findings if stops(one, desk.accepted)}
    return outcome.status == "withheld" and planned.place is not None and codes == {NOT_APPROVED.code}
