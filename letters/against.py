"""What the register says about a letter that is about to be issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letters import approval
from letters.checks.issued import (
    ALREADY_ISSUED,
    APPROVAL_VOID,
    ENDED,
    NOT_AGAIN,
    NOT_APPROVED,
    SENT_BACK,
    STALE,
)
from letters.entering import Told, entering
from letters.facts import Facts
from letters.files import letter_id
from letters.findings import Finding
from letters.letter import Letter
from letters.order import KeptCase, Order, RowCase
from letters.register import correspondence, queries
from letters.register.correspondence import SentBack
from letters.register.queries import ApprovalRow, LetterRow

if TYPE_CHECKING:
    from letters.register.store import Connection

_MOST_NAMED = 4
# What a file may bring along with its letter. An old copy of it, put back from somewhere, must not bring back
# an address that somebody has left, or a permission that was taken back.
_WORDING = {
    *("words", "supports", "referrals", "offered", "reply_by", "ending", "appointments", "last_session"),
    *("letters", "matters", "money", "records", "request", "handover"),
}

# A letter that was sent back gets no better by waiting, and says the same in larger print. Whoever wanted
# just that can approve it.
_NO_MENDING = {"the letter's date", "large print", "the envelope"}


@dataclass(frozen=True)
class Asked:
    """What was found, the earlier letters about the same matter, latest first, and what approval holds."""

    findings: list[Finding]
    earlier: list[LetterRow]
    approval: int | None


def ask(connection: Connection, letter: Letter, order: Order, about: Told, source: str | None) -> Asked:
    """Compare a letter with what is known of its case.

    `source` is the file the case comes from, where nobody else writes from another copy of it.
    """
    findings, earlier = _known(connection, letter.written.facts, order, about, source)
    holds, more = _approved(connection, letter)
    return Asked(findings + more, earlier, holds)


def before_pages(
    connection: Connection, facts: Facts, order: Order, about: Told, source: str | None
) -> Asked:
    """What `ask` finds of a letter that has no pages yet: all but whether an approval still holds."""
    findings, earlier = _known(connection, facts, order, about, source)
    if approval.is_needed(facts) and not standing(connection, facts):
        findings.append(not_approved(facts))
    return Asked(findings, earlier, None)


def _known(
    connection: Connection, facts: Facts, order: Order, about: Told, source: str | None
) -> tuple[list[Finding], list[LetterRow]]:
    """What speaks against any such letter, and the earlier ones."""
    findings = of_case(connection, facts, order, about, source)
    is_known = queries.known(connection, facts.case.case) is not None
    earlier = _earlier(connection, facts) if is_known and facts.spec.to != "file" else []
    return findings + [_again(facts, one) for one in earlier[:1]], earlier


def of_case(
    connection: Connection, facts: Facts, order: Order, about: Told, source: str | None
) -> list[Finding]:
    """Find what keeps every letter of its kind about this case from leaving, also one only to be approved.

    Raises UsageError for a case that was merged or erased.
    """
    if queries.known(connection, facts.case.case) is None:
        return []
    row = queries.find(connection, facts.case.case)
    findings = list(_differences(connection, facts, order, about, source))
    if not row.is_open and facts.spec.step:
        message = f"Case {row.number} ended on {row.ended_on}."
        remedy = f"If it goes on, enter that first: letters case restart {row.number}."
        findings.append(ENDED.finding(message, remedy, facts.in_case("case")))
    return findings


def repeating(
    connection: Connection, letter: Letter, order: Order, about: Told, source: str | None
) -> list[Finding]:
    """Find what keeps a letter that was issued from being made once more."""
    facts = letter.written.facts
    findings = of_case(connection, facts, order, about, source)
    row = queries.letter(connection, letter_id(letter.pdf))
    if row is None:
        return findings
    place = facts.in_case("case")
    if row.replaced_by:
        findings.append(
            NOT_AGAIN.finding(f"{row.letter} was replaced by {row.replaced_by}.", "Send that one.", place)
        )
    if row.status == "returned":
        message = f"{row.letter} came back on {row.returned_on}."
        findings.append(NOT_AGAIN.finding(message, "Find another safe way first, and write anew.", place))
    return findings


def _differences(
    connection: Connection, facts: Facts, order: Order, about: Told, source: str | None
) -> Iterator[Finding]:
    place = facts.in_case("case")
    if isinstance(order.case, KeptCase):
        if queries.digest(connection, order.case.number) != order.case.digest:
            message = f"Case {order.case.number} was changed in the register while the letter was being made."
            yield STALE.finding(message, "Run the same command again.", place)
        return
    new = entering(connection, about)
    is_edited = source and not new.kept and source == queries.source(connection, new.number)
    # A row was laid over what the register has, so nothing is missing in it.
    if (is_edited or isinstance(order.case, RowCase)) and all(
        _is_wording(change.path) for change in new.changes
    ):
        return  # all the register knows came from this file
    names = ["contacts"] if new.contacts or new.kept else []
    names += [change.path for change in new.changes]
    if names:
        yield STALE.finding(
            f"The register has case {new.number} otherwise than this file: {_few(names)}.",
            f"Write from the register, naming the case {new.number}; or bring the file's news into it first: "
            "`letters case import FILE` shows what differs.",
            place,
        )


def _few(names: list[str]) -> str:
    """The first of several names, and how many there are besides."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _is_wording(path: str) -> bool:
    """Whether a value is about what a letter says, and not about who is reached, and where."""
    return re.split(r"[.\[]", path)[0] in _WORDING


def _earlier(connection: Connection, facts: Facts) -> list[LetterRow]:
    """The letters of this kind to this person since the case was last (re)started, the latest first."""
    endings = queries.endings(connection, facts.case.case)
    since = max((one["restart"] or 0 for one in endings), default=0)
    return [
        one
        for one in reversed(queries.letters(connection, facts.case.case))
        if (one.kind, one.addressee) == (facts.kind, facts.addressee.id)
        and one.status != "void"
        and one.replaced_by is None
        and one.entry > since
    ]


def _again(facts: Facts, earlier: LetterRow) -> Finding:
    became = {"issued": "It has not been entered as sent", "sent": f"It was sent on {earlier.sent_on}"}
    state = became.get(earlier.status, f"It came back on {earlier.returned_on}")
    return ALREADY_ISSUED.finding(
        f"{facts.addressee.id} was issued this kind of letter already: {earlier.letter}, dated "
        f"{earlier.dated}. {state}.",
        "If another must go out, say why with --accept already-issued=REASON.",
        facts.in_case("case"),
    )


def _sent_back(connection: Connection, facts: Facts) -> list[SentBack]:
    return correspondence.sent_back(connection, facts.case.case, facts.kind, facts.addressee.id)


def standing(connection: Connection, facts: Facts) -> list[ApprovalRow]:
    """The approvals of a letter that nobody has ended by sending it back or voiding it, the latest first."""
    return _given(connection, facts, _sent_back(connection, facts))


def _given(connection: Connection, facts: Facts, back: list[SentBack]) -> list[ApprovalRow]:
    given = queries.approvals(connection, facts.case.case, facts.kind, facts.addressee.id)
    last = back[0].entry if back else 0
    # Whoever voided a letter did not want it to leave as it was.
    void = {
        one.data["approval"] for one in queries.letters(connection, facts.case.case) if one.status == "void"
    }
    return [one for one in given if one.entry > last and one.entry not in void]


def _approved(connection: Connection, letter: Letter) -> tuple[int | None, list[Finding]]:
    """The approval that holds for a letter, or what is wrong where one is needed."""
    facts = letter.written.facts
    back = _sent_back(connection, facts)
    given = _given(connection, facts, back)
    holding = next((one.entry for one in given if not changed(one, letter)), None)
    if holding is None and (same := next((one for one in back if is_unmended(one, letter)), None)):
        return None, [_unmended(facts, same)]
    if holding is not None or not approval.is_needed(facts):
        return holding, []
    if not given:
        return None, [not_approved(facts)]
    told = _few(changed(given[0], letter))
    message = (
        f"{given[0].by} approved this letter on {given[0].at[:10]}. Since then this has changed: {told}."
    )
    return None, [APPROVAL_VOID.finding(message, _to_approve(facts), facts.in_case("case"))]


def not_approved(facts: Facts) -> Finding:
    """Say that nobody has approved a letter that needs it."""
    message = "Nobody has approved this letter, and it needs that."
    return NOT_APPROVED.finding(message, _to_approve(facts), facts.in_case("case"))


def _to_approve(facts: Facts) -> str:
    who = " or ".join(approval.approvers(facts.practice, facts.case.clinician)) or "somebody"
    command = f"letters approve {facts.kind} {facts.case.case} --to {facts.addressee.id}"
    return f"Have {who} read and approve it: {command}"


def is_unmended(back: SentBack, letter: Letter) -> bool:
    """Whether a letter is what was sent back: the same pages, or the same said otherwise."""
    if back.data["content"] == approval.content(letter):
        return True
    salt = back.data["salt"]
    return (
        bool(salt) and set(approval.changed(back.data["parts"], approval.parts(letter, salt))) <= _NO_MENDING
    )


def _unmended(facts: Facts, back: SentBack) -> Finding:
    message = f"{back.by} sent this letter back on {back.at[:10]}: {back.remark}"
    return SENT_BACK.finding(message, "Mend it, then have it read again.", facts.in_case("case"))


def changed(given: ApprovalRow, letter: Letter) -> list[str]:
    """What is another since an approval."""
    now = approval.parts(letter, given.data["salt"])
    names = approval.changed(given.data["parts"], now)
    if not names and given.data["content"] != approval.content(letter):
        return ["how the pages come out"]  # a picture, a typeface of the system
    return names
