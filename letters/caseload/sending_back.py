"""Sending a letter back: somebody who may approve it has read it, and says what to mend instead."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letters import against, approval
from letters.caseload import tasks
from letters.caseload.approving import SALT, may_approve
from letters.checks.issued import STALE
from letters.entering import enter, move_of, told
from letters.files import letter_id
from letters.findings import Finding, Severity, errors, rule
from letters.letter import Letter, chosen_envelope
from letters.model.history import LetterSentBack, TaskOpened
from letters.model.reading import UnfitError, read_text
from letters.office import Office
from letters.order import Order
from letters.register import queries
from letters.sources.characters import examine, examine_directions

if TYPE_CHECKING:
    from letters.register.store import Actor, Writing

NO_REMARK = rule(
    "no-remark",
    Severity.ERROR,
    "Whoever is to mend a letter has to know what is wrong with it.",
)
TOO_LATE = rule(
    "too-late-to-send-back",
    Severity.ERROR,
    "A letter that was issued may be in the post. Sending it back would leave nobody sure whether it is out.",
)


@dataclass(frozen=True)
class Declined:
    """What came of it: everything found and, if it was sent back, by which entry and the task to mend it."""

    findings: list[Finding]
    entry: int | None = None
    task: int | None = None


def send_back(
    writing: Writing, letter: Letter, order: Order, office: Office, actor: Actor, remark: str
) -> Declined:
    """Enter that a letter, or the draft of one, is to be mended, and before it a case that is new.

    Nothing is entered where something stops it. Raises UsageError for a case that was merged or erased.
    """
    facts = letter.written.facts
    about, source = told(facts.case, facts.case_file.data, office.own_kinds), office.source(order.case_file)
    words, unfit = _read(remark)
    known = against.of_case(writing.connection, facts, order, about, source)
    # What is known by now may be just what makes somebody send it back.
    found = [*may_approve(letter, actor), *(one for one in known if one.code != STALE.code)]
    found += [*unfit, *_too_late(writing, letter)]
    if errors(found):
        return Declined(found)
    if queries.known(writing.connection, facts.case.case) is None:
        enter(writing, about, source)
    entry = writing.append(_event(letter, words), facts.case.case).seq
    return Declined(found, entry, _ask_to_mend(writing, letter, order, office, words))


def _read(remark: str) -> tuple[str, list[Finding]]:
    """A remark as one line."""
    try:
        words = read_text(" ".join(remark.split()))
    except UnfitError as error:
        return "", [NO_REMARK.finding(f"What is to be mended {error.trouble}.", "Say it in a few words.")]
    if any(True for _ in (*examine(words), *examine_directions(words))):
        message = "What is to be mended holds signs that cannot be seen."
        return "", [NO_REMARK.finding(message, "Type it by hand, on one line.")]
    return words, []


def _too_late(writing: Writing, letter: Letter) -> list[Finding]:
    row = queries.letter(writing.connection, letter_id(letter.pdf))
    if row is None or row.status == "void":
        return []
    remedy = f"If it has not left: letters log void {row.letter} --because TEXT"
    return [TOO_LATE.finding(f"This letter was issued: {row.letter}.", remedy)]


def _event(letter: Letter, remark: str) -> LetterSentBack:
    facts, salt = letter.written.facts, secrets.token_hex(SALT)
    return LetterSentBack(
        kind=facts.kind,
        addressee=facts.addressee.id,
        language=facts.language,
        large_print=letter.written.layout.large_print,
        dated=facts.dated,
        content=approval.content(letter),
        is_draft=facts.draft,
        remark=remark,
        parts=approval.parts(letter, salt),
        salt=salt,
    )


def _ask_to_mend(writing: Writing, letter: Letter, order: Order, office: Office, remark: str) -> int:
    """Open the task to mend a letter, in the place of what was to do about it."""
    facts = letter.written.facts
    number, move = facts.case.case, move_of(facts.kind, office.own_kinds)
    waiting = tasks.about_letter(writing.connection, number, facts.kind, facts.addressee.id)
    task = TaskOpened(
        task="mend",
        what=f"Mend the letter, then have it read again: {remark}",
        kind=facts.kind,
        addressee=facts.addressee.id,
        dated=facts.dated,
        language=order.language,
        large_print=letter.written.layout.large_print,
        envelope=chosen_envelope(letter.written),
        batch=next((one.data["batch"] for one in waiting if one.data.get("batch")), None),
        step=move.step if move else None,
        for_silence=move.for_silence if move else False,
    )
    for one in waiting:
        if one.task == "approve":
            tasks.close(writing, one, "done")
        else:
            tasks.close(writing, one, "canceled", "it was sent back once more")
    return writing.append(task, number).seq
