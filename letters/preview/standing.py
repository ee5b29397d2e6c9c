"""Where a letter stands: what the register has of it, and what whoever sits here may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from letters import approval
from letters.caseload import approving
from letters.checks.issued import APPROVAL_VOID, NOT_APPROVED, SENT_BACK
from letters.findings import Finding, Severity
from letters.issuing import Heard, heard
from letters.letter import Letter
from letters.office import Office
from letters.order import Order
from letters.preview.drawing import Drawn
from letters.preview.views import Standing, Word
from letters.register import correspondence
from letters.register.chain import canonical
from letters.register.opening import is_there
from letters.register.queries import LetterRow
from letters.register.store import Actor

# What an approval mends is told where the letter stands, and not among what has to be mended first.
_OF_APPROVAL = {NOT_APPROVED.code, APPROVAL_VOID.code, SENT_BACK.code}


def stand(drawn: Drawn, office: Office, actor: Actor) -> tuple[Standing, list[Finding]]:
    """Where the letter stands, and what the register has against it besides an approval that is missing."""
    facts = drawn.facts
    if facts is None:
        return Standing(), []
    told = heard(drawn.letter, drawn.order, office) if drawn.letter and drawn.is_complete else Heard([])
    others = [one for one in told.findings if one.code not in _OF_APPROVAL]
    row = told.issued
    standing = Standing(
        needs_approval=approval.is_needed(facts),
        may_approve=drawn.letter is not None and not approving.may_approve(drawn.letter, actor),
        may_issue=office.practice.preview.issue,
        approvers=tuple(
            facts.practice.people[one].name
            for one in approval.approvers(facts.practice, facts.case.clinician)
        ),
        is_held=any(one.code in _OF_APPROVAL for one in told.findings)
        or (approval.is_needed(facts) and told.approval is None),
        # That nobody has approved it yet is told by where it stands.
        concerns=tuple(one.message for one in told.findings if one.code == APPROVAL_VOID.code),
        accepts=tuple(
            dict.fromkeys(one.code for one in [*drawn.findings, *others] if one.severity is Severity.WARNING)
        ),
        issued=row.letter if row else "",
        issued_on=date.fromisoformat(row.dated) if row else None,
        folder=row.folder if row else "",
    )
    return _with_words(standing, drawn, office, told.approval, row), others


def _with_words(
    standing: Standing, drawn: Drawn, office: Office, given: int | None, issued: LetterRow | None
) -> Standing:
    """Add who approved it, or sent it back last."""
    facts = drawn.facts
    if facts is None or not is_there(office.where):
        return standing
    with office.register(make=False).reading() as connection:
        row = correspondence.approval_of(connection, given) if given is not None else None
        back = correspondence.sent_back(connection, facts.case.case, facts.kind, facts.addressee.id)
    approved = Word(office.called(row.by), moment(row.at, office)) if row else None
    # One that was issued after it was sent back has been mended.
    out = issued.entry if issued else 0
    last = back[0] if back and not row and back[0].entry > out else None
    sent_back = Word(office.called(last.by), moment(last.at, office), last.remark) if last else None
    return replace(standing, approved=approved, sent_back=sent_back)


def beside(letter: Letter, office: Office) -> str:
    """A digest of what is decided on besides a letter's pages: what is behind it, and who sent it back."""
    facts, last = letter.written.facts, 0
    if is_there(office.where):
        with office.register(make=False).reading() as connection:
            back = correspondence.sent_back(connection, facts.case.case, facts.kind, facts.addressee.id)
        last = back[0].entry if back else 0
    text = canonical([last, *(one.sha256 for one in letter.enclosures)])
    return sha256(text.encode()).hexdigest()


def moment(text: str, office: Office) -> datetime:
    """A moment of the register by the practice's clock."""
    zone = office.practice.time_zone
    return datetime.fromisoformat(text).astimezone(ZoneInfo(zone) if zone else None)


def approved_days(order: Order, number: str, office: Office) -> set[date]:
    """The dates under which a letter of this kind about the case was approved and not issued yet."""
    if not is_there(office.where):
        return set()
    with office.register(make=False).reading() as connection:
        return {date.fromisoformat(one.data["dated"]) for one in approving.unused(connection, number, order)}
