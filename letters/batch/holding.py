"""Letters that were issued, and by what is known now must not leave: they are held until somebody decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from letters.batch.before import Before, is_grave, must_not_leave
from letters.checks import check_facts
from letters.checks.weights import weighed
from letters.clock import now
from letters.findings import errors
from letters.frame import addressed
from letters.gathering import gather
from letters.model.history import TaskClosed, TaskOpened
from letters.order import KeptCase, Order
from letters.register import correspondence, queries

if TYPE_CHECKING:
    from letters.batch.planning import Plan
    from letters.batch.wanted import Wanted
    from letters.office import Office
    from letters.recording import Desk
    from letters.register.queries import LetterRow
    from letters.register.store import Connection, Register


def overtaken(plan: Plan, before: Before, connection: Connection, wanted: Wanted, office: Office) -> set[str]:
    """The letters of cases that this run did not come by, and that must not leave, as the register says."""
    met = {planned.outcome.case for planned in plan.letters}
    return {
        row.letter
        for row in before.issued.values()
        if row.case_number not in met
        and before.is_to_be_looked_at(row)
        and _is_forbidden(row, connection, wanted, office)
    }


def _is_forbidden(row: LetterRow, connection: Connection, wanted: Wanted, office: Office) -> bool:
    number = row.case_number
    case = KeptCase(number, queries.case_file(connection, number), queries.digest(connection, number))
    order = Order(
        wanted.kind, case, wanted.dated, False, office.file, row.addressee, asked_on=wanted.asked_on
    )
    facts, findings = gather(order)
    if facts is None:
        return bool(errors(findings))
    is_elsewhere = addressed(facts) != row.data["lines"]
    return is_elsewhere or any(is_grave(one) for one in errors(weighed(facts, check_facts(facts))))


def settle(plan: Plan, before: Before, overdue: set[str], *, is_partial: bool) -> None:
    """Say which letters are to be held or released, and put what earlier runs told before the rest."""
    outcomes = [planned.outcome for planned in plan.letters]
    plan.to_hold = {
        letter: row
        for letter, row in before.to_hold(outcomes, plan.meant).items()
        if letter not in before.held
    } | {row.letter: row for row in before.issued.values() if row.letter in overdue - before.held}
    plan.to_release = before.to_release(outcomes)
    held = (before.held | plan.to_hold.keys()) - plan.to_release
    _warn(plan)
    _carry(plan, before, frozenset(held), is_partial=is_partial)


def _warn(plan: Plan) -> None:
    """Have it told where the news is why a letter must not leave."""
    for letter, row in plan.to_hold.items():
        of_case = [one for one in plan.letters if one.outcome.case == row.case_number]
        same = [one for one in of_case if one.outcome.addressee == row.addressee]
        if not of_case:
            continue
        planned = (same or of_case)[0]
        findings = (*planned.outcome.findings, must_not_leave(letter))
        planned.outcome = replace(planned.outcome, findings=findings)


def _carry(plan: Plan, before: Before, held: frozenset[str], *, is_partial: bool) -> None:
    for planned in plan.letters:
        planned.outcome = replace(planned.outcome, is_held=planned.outcome.letter in held)
    kept = before.carried([planned.outcome for planned in plan.letters], held, is_partial=is_partial)
    plan.carry(kept)


def enter_holds(plan: Plan, desk: Desk, register: Register) -> None:
    """Enter as tasks what must not leave, so that nobody enters it as sent; and close those that are over.

    Raises MachineError where the register cannot be written.
    """
    if not plan.to_hold and not plan.to_release:
        return
    with register.writing(desk.actor, now(desk.office.practice.time_zone)) as writing:
        open_tasks = correspondence.holds(writing.connection)
        for letter, row in plan.to_hold.items():
            what = f"Destroy {letter}, which must not leave: letters log void {letter} --because TEXT"
            event = TaskOpened(task="hold", what=what, kind=row.kind, addressee=row.addressee, letter=letter)
            if letter not in open_tasks:
                writing.append(event, row.case_number)
        for letter in plan.to_release & open_tasks.keys():
            closed = TaskClosed(
                number=open_tasks[letter].number,
                outcome="canceled",
                because="it may leave by what is known now",
            )
            writing.append(closed, open_tasks[letter].case_number)
