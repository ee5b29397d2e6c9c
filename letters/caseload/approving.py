"""Approving a letter: somebody who may has read it, and from then on any change is seen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from letters import against, approval
from letters.caseload import tasks
from letters.entering import enter, told
from letters.findings import Finding, Severity, errors, rule
from letters.gathering import read_case
from letters.letter import Letter, chosen_envelope, make
from letters.model.history import LetterApproved
from letters.office import Office
from letters.order import KeptCase, Order
from letters.register import correspondence, queries
from letters.register.opening import is_there

if TYPE_CHECKING:
    from letters.register.queries import ApprovalRow
    from letters.register.store import Actor, Connection, Writing

MAY_NOT = rule(
    "may-not-approve",
    Severity.ERROR,
    "The practice says who answers for its letters; somebody else's approval would be nobody's.",
)
SALT = 16  # bytes
_MOST_TRIED = 3


@dataclass(frozen=True)
class Approved:
    """What came of it: everything found and, if it was approved, by which entry; `before`: already."""

    findings: list[Finding]
    entry: int | None = None
    before: bool = False


def may_approve(letter: Letter, actor: Actor) -> list[Finding]:
    """Find that somebody may not approve a letter."""
    facts = letter.written.facts
    who = approval.approvers(facts.practice, facts.case.clinician)
    if actor.by in who:
        return []
    listed = " or ".join(who)
    remedy = f"Have {listed} approve it; --by says who does it, for people without a `login` of their own."
    nobody = "Name those who may in the practice file, under `approval: by`."
    message = f"{actor.by} may not approve letters of {facts.case.clinician}'s cases."
    return [MAY_NOT.finding(message, remedy if who else nobody, facts.in_practice("approval.by"))]


def approve(writing: Writing, letter: Letter, order: Order, office: Office, actor: Actor) -> Approved:
    """Enter an approval, and before it a case that is new; nothing where something stops it.

    What was to do until it is approved is done by it.
    """
    facts = letter.written.facts
    about = told(facts.case, facts.case_file.data, office.own_kinds)
    source = office.source(order.case_file)
    against_it = against.of_case(writing.connection, facts, order, about, source)
    found = [*may_approve(letter, actor), *against_it]
    if errors(found):
        return Approved(found)
    given = against.standing(writing.connection, facts)
    if held := next((one for one in given if one.by == actor.by and not against.changed(one, letter)), None):
        return Approved(found, held.entry, before=True)
    enter(writing, about, source)
    entry = writing.append(_event(letter), facts.case.case).seq
    for task in tasks.about_letter(writing.connection, facts.case.case, facts.kind, facts.addressee.id):
        tasks.close(writing, task, "done")
    return Approved(found, entry)


def _event(letter: Letter) -> LetterApproved:
    facts, salt = letter.written.facts, secrets.token_hex(SALT)
    return LetterApproved(
        kind=facts.kind,
        addressee=facts.addressee.id,
        language=facts.language,
        large_print=letter.written.layout.large_print,
        dated=facts.dated,
        content=approval.content(letter),
        parts=approval.parts(letter, salt),
        salt=salt,
        envelope=chosen_envelope(letter.written),
    )


def as_approved(office: Office, order: Order) -> Order:
    """The order with the date of its approval, where there is one. Raises as `approved_date` does."""
    approved = approved_date(office, order)
    return replace(order, dated=approved, is_approved=True) if approved else order


def approved_date(office: Office, order: Order) -> date | None:
    """The date under which a letter was approved and can still leave; None where there is none.

    Where the letter needs an approval and each is void by now, the date of the latest, so that what changed
    is told without the day. An approval that a letter has used up counts no more. A case from standard input
    can be read only once and is not looked at. Raises what `letter.make` raises.
    """
    if order.case == "-" or not is_there(office.where):
        return None
    number = number_of(order)
    with office.register(make=False).reading() as connection:
        given = unused(connection, number, order) if number else []
    latest = None
    for one in given[:_MOST_TRIED]:
        letter, _ = make(replace(order, dated=date.fromisoformat(one.data["dated"])))
        if letter is None or letter.written.facts.addressee.id != one.addressee:
            continue
        if not against.changed(one, letter):
            return letter.written.facts.dated
        if approval.is_needed(letter.written.facts):
            latest = latest or letter.written.facts.dated
    return latest


def number_of(order: Order) -> str | None:
    """The number of the case; None where its file has mistakes, which are told later."""
    if isinstance(order.case, KeptCase):
        return order.case.number
    case = read_case(order).value
    return case.case if case else None


def unused(connection: Connection, number: str, order: Order) -> list[ApprovalRow]:
    """The approvals no letter was issued on yet and that no sending back has ended, the latest first."""
    used = {one.data["approval"] for one in queries.letters(connection, number) if one.status != "void"}
    return [
        one
        for one in correspondence.approvals_given(connection, number, order.kind)
        if one.entry not in used and order.to in (None, one.addressee) and not _is_over(connection, one)
    ]


def _is_over(connection: Connection, given: ApprovalRow) -> bool:
    """Whether the letter was sent back after an approval."""
    back = correspondence.sent_back(connection, given.case_number, given.kind, given.addressee)
    return bool(back) and back[0].entry > given.entry
