"""What is done with a letter from the page: its words are saved, it is approved, sent back, issued.

Each is bound to the letter that was read, by its digest: where it has become another, nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from letters import approval
from letters.caseload import approving, sending_back, words
from letters.clock import now
from letters.errors import UsageError
from letters.findings import Finding, as_finding, errors
from letters.issuing import issue
from letters.letter import Letter, make
from letters.office import Office
from letters.order import Order
from letters.preview.ordering import reasons_of
from letters.preview.standing import beside
from letters.preview.views import Kept
from letters.recording import Desk
from letters.register.store import Actor

ISSUED = "issued"  # the folder for the letters, beside the practice file; the same as the command's


@dataclass(frozen=True)
class Done:
    """What came of it, by its name in the words of the page; what was found, whose words are in the way."""

    came: str = ""
    findings: list[Finding] = field(default_factory=list)
    conflicts: Mapping[str, Kept] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What somebody wants done: the letter as it is typed, who they are, and the page's fields.

    `typed` are the words that differ from those saved, and `base` the entry of the register they were
    written on.
    """

    order: Order
    typed: Mapping[str, str]
    base: int
    office: Office
    actor: Actor
    fields: Mapping[str, str]


def save(asked: Decision) -> Done:
    """Keep the words in the register, unless somebody else has written others there in the meantime."""
    if not asked.typed:
        return Done("saved")
    saved = words.save(asked.office, asked.actor, asked.order, asked.typed, asked.base)
    if saved.conflicts:
        conflicts = {
            one: Kept(kept.text, asked.office.called(kept.by), kept.at)
            for one, kept in saved.conflicts.items()
        }
        return Done("conflict", saved.findings, conflicts)
    return Done("stopped" if errors(saved.findings) else "saved", saved.findings)


def approve(asked: Decision) -> Done:
    """Approve the letter that was read."""
    return _decide(asked, _approve)


def send_back(asked: Decision) -> Done:
    """Send the letter that was read back, with the remark."""
    if not asked.fields.get("remark", "").strip():
        return Done("no-remark")
    return _decide(asked, _send_back)


def _decide(asked: Decision, decide: Callable[[Decision, Letter], Done]) -> Done:
    letter, findings = _read(asked)
    if letter is None:
        return Done("stopped", findings)
    return decide(asked, letter) if _is_read(asked, letter) else Done("changed")


def _is_read(asked: Decision, letter: Letter) -> bool:
    """Whether a letter is the one on the page, with all that was told there."""
    now = approval.content(letter), beside(letter, asked.office)
    return now == (asked.fields.get("digest"), asked.fields.get("beside"))


def _read(asked: Decision) -> tuple[Letter | None, list[Finding]]:
    """The letter as it is now; a draft where that was what somebody read."""
    return make(replace(asked.order, draft=asked.fields.get("complete") != "yes"))


def _approve(asked: Decision, letter: Letter) -> Done:
    if asked.fields.get("complete") != "yes":
        return Done("incomplete")
    office = asked.office
    with office.register().writing(asked.actor, now(office.practice.time_zone)) as writing:
        approved = approving.approve(writing, letter, asked.order, office, asked.actor)
    return Done("stopped" if errors(approved.findings) else "approved", approved.findings)


def _send_back(asked: Decision, letter: Letter) -> Done:
    office, remark = asked.office, asked.fields["remark"].strip()
    with office.register().writing(asked.actor, now(office.practice.time_zone)) as writing:
        sent = sending_back.send_back(writing, letter, asked.order, office, asked.actor, remark)
    return Done("stopped" if errors(sent.findings) else "sent-back", sent.findings)


def issue_it(asked: Decision) -> Done:
    """Issue the letter that was read, where the practice lets that be done from the page.

    A reason that tells something confidential is refused as the command does.
    """
    office = asked.office
    if not office.practice.preview.issue:
        return Done("may-not-issue")
    letter, findings = _read(asked)
    if letter is None or not _is_read(asked, letter):
        return Done("changed" if letter else "stopped", findings)
    desk = Desk(office, asked.actor, office.folder / ISSUED, reasons_of(asked.fields))
    try:
        (done,) = issue([asked.order], desk, asked.fields.get("digest", ""))
    except UsageError as error:
        return Done("stopped", [as_finding(error)])
    return Done("stopped" if done.file is None else "issued", done.findings if done.file is None else [])
