"""The story of a batch: all is read and checked, then made, and what came of it is left in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from letters.batch import folder, jobs, seen
from letters.batch.before import Before, letters_of
from letters.batch.crew import Crew, Place
from letters.batch.holding import enter_holds, overtaken, settle
from letters.batch.interruption import Interruption
from letters.batch.leaving import Left, Paper, write_lists
from letters.batch.making import Maker
from letters.batch.outcome import Outcome
from letters.batch.planning import Plan, Planner
from letters.batch.reading import Caseload
from letters.batch.seen import Look
from letters.batch.spool import Spool
from letters.checks.issued import NOT_APPROVED
from letters.errors import MachineError, UsageError
from letters.recording import Desk
from letters.recovering import tidy
from letters.register.correspondence import changed_in, holds
from letters.register.opening import is_there

if TYPE_CHECKING:
    from letters.batch.folder import Batch
    from letters.batch.wanted import Wanted
    from letters.office import Office
    from letters.register.store import Actor, Connection

Stage = Literal["checked", "made"]
Tell = Callable[[Stage, int, int | None], None]  # how many are done, of how many as far as that is known


@dataclass(frozen=True)
class Bench:
    """Where a batch is worked on: at which practice, by whom, in which folder, and with which processes."""

    office: Office
    actor: Actor
    place: Place
    out: Path | None
    paper: Paper = field(default_factory=Paper)


@dataclass
class Result:
    """What came of a batch; `before` is how many of the letters an earlier run had issued.

    `trouble` is what kept them from being put together for the printer.
    """

    plan: Plan
    batch: str = ""
    before: int = 0
    left: Left = field(default_factory=Left)
    trouble: MachineError | None = None

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of each letter."""
        return [planned.outcome for planned in self.plan.letters]

    @property
    def counts(self) -> Counter[str]:
        """How many letters are what."""
        return Counter(one.status for one in self.outcomes)


def look(wanted: Wanted, bench: Bench, tell: Tell) -> Result:
    """Plan and check everything, and make nothing. Raises as `run` does."""
    batch = folder.begun(bench.out) if bench.out else None
    wanted = _as_begun(wanted, batch, bench.out)
    with Spool() as spool, Crew(bench.place) as crew:
        plan = _planned(wanted, bench, crew, spool, batch, tell)
    before = sum(planned.outcome.status == "issued" for planned in plan.letters)
    return Result(plan, batch.batch if batch else "", before)


def run(wanted: Wanted, bench: Bench, tell: Tell) -> Result:
    """Run a batch, from the beginning or from where an earlier run ended.

    Raises UsageError where the folder holds another batch or is in use, FoundError where the practice or a
    table as a whole is at fault, and MachineError where files or register cannot be written; what is issued
    by then stays, and the same command again goes on from there.
    """
    out = bench.out
    assert out is not None  # noqa: S101 - only `look` does without
    folder.begun(out)  # before anything is put there
    with (
        Interruption() as interruption,
        folder.alone(out),
        Spool() as spool,
        Crew(bench.place) as crew,
    ):
        batch = folder.begun(out)
        wanted = _as_begun(wanted, batch, out)
        tidy(out / folder.LETTERS, bench.office)
        folder.clear(out)
        around = seen.around(wanted.kind, bench.office)
        plan = _planned(wanted, bench, crew, spool, batch, tell)
        batch = batch or folder.begin(
            out, wanted.kind, wanted.dated, language=wanted.language, large_print=wanted.large_print
        )
        result = Result(plan, batch.batch)
        result.before = result.counts["issued"]
        write_lists(out, plan, spool, is_done=False)
        try:
            tell("made", 0, result.counts["planned"])
            for done, ready in _made(result, wanted, bench, crew, spool, interruption):
                tell("made", done, ready)
        except BaseException:
            # Whatever ended the run, what is done is told; why it ended matters more than a list.
            with suppress(MachineError):
                write_lists(out, plan, spool, is_done=False)
            raise
        write_lists(out, plan, spool)
        try:
            result.left = jobs.write(out, result.outcomes, bench.paper)
        except MachineError as error:  # the letters are issued all the same, which has to be told first
            result.trouble = error
        _note_down(out, result, wanted, bench, around)
    return result


def _as_begun(wanted: Wanted, batch: Batch | None, out: Path | None) -> Wanted:
    """A batch that goes on keeps the date, the language and the size of print it was begun with."""
    if batch is None or out is None:
        return wanted
    dated = wanted.dated.isoformat() if wanted.dated != wanted.asked_on else None
    large_print = wanted.large_print or None
    folder.expect_same(
        batch, out, kind=wanted.kind, dated=dated, language=wanted.language, large_print=large_print
    )
    return replace(
        wanted,
        dated=batch.day,
        language=batch.language,
        large_print=batch.large_print,
        is_resumed=batch.day != wanted.asked_on,
    )


@contextmanager
def _reading(office: Office) -> Iterator[Connection | None]:
    if not is_there(office.where):
        yield None
        return
    with office.register(make=False).reading() as connection:
        yield connection


def _planned(wanted: Wanted, bench: Bench, crew: Crew, spool: Spool, batch: Batch | None, tell: Tell) -> Plan:
    with _reading(bench.office) as connection:
        before = Before()
        if connection and batch:
            issued, voided = letters_of(connection, batch.batch)
            before = Before(
                bench.out,
                issued,
                changed_in(connection, batch.batch),
                voided,
                holds(connection),
                wanted.kind,
                bench.office,
                is_whole_caseload=not wanted.conditions,
            )
            _expect_own(before, bench)
        planner = Planner(wanted, bench.office, spool, connection, before)
        caseload = Caseload(wanted.given, bench.office.practice, connection, before)
        for plan in planner.run(caseload, crew):
            tell("checked", len(plan.letters), None)
        plan = planner.plan
        is_partial = plan.is_mending or bool(wanted.conditions) or wanted.limit is not None
        overdue = overtaken(plan, before, connection, wanted, bench.office) if connection else set()
        settle(plan, before, overdue, is_partial=is_partial)
    return plan


def _expect_own(before: Before, bench: Bench) -> None:
    """Raise UsageError where the letters of the batch lie in another folder: this one is a copy of it."""
    for row in before.issued.values():
        there = bench.office.folder / row.folder
        is_here = bench.out is not None and there.absolute() == (bench.out / folder.LETTERS).absolute()
        if not is_here and (there / f"{row.letter}.pdf").exists():
            raise UsageError(
                f"The letters of this batch are in {there}, and {bench.out} is a copy of its folder.",
                f"Go on there, with --out {there.parent}, or name a new folder for another batch.",
            )


def _note_down(out: Path, result: Result, wanted: Wanted, bench: Bench, around: str) -> None:
    """Note down how the cases are, so that the next run sees at once which are as they were.

    Only where nothing around them has changed since they were read.
    """
    with _reading(bench.office) as connection:
        if connection is None:
            return
        looks: dict[str, Look] = {}
        if around and around == seen.around(wanted.kind, bench.office):
            earlier = seen.read(out)
            looks = earlier.cases if earlier.around == around else {}
            looks |= dict(_looked(result.plan, connection, result.batch, looks))
        seen.keep(out, around, looks)


def _looked(
    plan: Plan, connection: Connection, batch: str, earlier: Mapping[str, Look]
) -> Iterator[tuple[str, Look]]:
    """How each case was read of which all letters are issued, unless something else was entered since."""
    changed = changed_in(connection, batch)
    for case, digest, letters in plan.read:
        outcomes = [plan.letters[number].outcome for number in letters]
        if not outcomes or any(one.status != "issued" for one in outcomes):
            continue
        known = earlier[case].changed if case in earlier else 0
        if changed.get(case) == (max(one.entry for one in outcomes) or known):
            yield case, Look(changed[case], digest, tuple(one.addressee for one in outcomes))


def _made(
    result: Result, wanted: Wanted, bench: Bench, crew: Crew, spool: Spool, interruption: Interruption
) -> Iterator[tuple[int, int]]:
    """Make what is ready; yields how many are done with, of how many."""
    plan = result.plan
    ready = sum(planned.is_ready for planned in plan.letters)
    waits = any(NOT_APPROVED.code in (found.code for found in one.findings) for one in result.outcomes)
    if bench.out is None or not (ready or waits or plan.to_hold or plan.to_release):
        return
    letters = bench.out / folder.LETTERS
    desk = Desk(bench.office, bench.actor, letters, wanted.accepted, batch=result.batch)
    register = bench.office.register()
    maker = Maker(plan, spool, desk, register, interruption.held)
    maker.enter_waiting()
    enter_holds(plan, desk, register)
    done = 0
    for number in maker.run(crew):
        done += number
        result.before = result.counts["issued"] - maker.new
        yield done, ready
