"""What the register's history tells: one model for each sort of entry.

An entry is kept as the JSON of its model, so that old entries can still be read: a field may be
added with a default, and none is ever renamed or taken away.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Literal

from letters.model.strict import Model

Step = Literal["outreach", "outreach-final", "closing"]
Delivery = Literal["post", "tracked-post", "hand", "portal", "email"]
Task = Literal["letter", "returned", "no-route", "answer", "hold", "approve", "mend"]
Tree = dict[str, Any]  # as a case file gives it: texts, lists and groups


class Move(Model):
    """How letters of a kind move a case: to which step, and whether because nothing was heard."""

    step: Step
    for_silence: bool = False


class Event(Model):
    """Something that happened, told by one entry of the history."""

    name: ClassVar[str]


class CaseEntered(Event):
    """A case came into the register; `moves` says how each kind of letter it lists moves a case.

    `source` is the file it came from, as seen from the practice file.
    """

    name = "case-entered"
    data: Tree
    contacts: list[Tree] = []
    moves: dict[str, Move] = {}
    reachable: bool = True
    source: str | None = None


class CaseChanged(Event):
    """The data of a case is another now; contacts are those that are new or put right."""

    name = "case-changed"
    data: Tree
    contacts: list[Tree] = []
    moves: dict[str, Move] = {}
    reachable: bool = True
    source: str | None = None


class ContactLogged(Event):
    """A call, a message or a meeting took place."""

    name = "contact-logged"
    contact: Tree


class CaseEnded(Event):
    """The relationship was entered as ended; `without` says why there was neither letter nor call."""

    name = "case-ended"
    reason: str
    on: date
    at: datetime
    without: str | None = None


class CaseRestarted(Event):
    """An ended relationship goes on."""

    name = "case-restarted"
    on: date
    because: str | None = None


class CaseMerged(Event):
    """Another case was the same relationship, entered twice; `data` is what both say together."""

    name = "case-merged"
    other: str
    data: Tree
    reachable: bool = True
    because: str | None = None


class LetterIssued(Event):
    """A letter was issued.

    `kind_digest`, `input_digest` and `sha256` are of the kind's folder, of all that went into the letter,
    and of the file, in hexadecimal digits. `folder` is where the files were put, as seen from the
    practice file. `batch` is the id of the batch it belongs to; `pages` is 0 where nobody counted.
    `enclosures` are the digests of the documents behind it, by their ids; `lines` those of the address as
    printed, and `sender` the name that the envelope may show.
    """

    name = "letter-issued"
    letter: str
    kind: str
    kind_digest: str
    version: str
    addressee: str
    route: str
    language: str
    dated: date
    input_digest: str
    sha256: str
    copy_sha256: str | None = None
    folder: str
    accepted: dict[str, str] = {}
    replaces: str | None = None
    step: Step | None = None
    ends_on: date | None = None
    for_silence: bool = False
    approval: int | None = None
    batch: str | None = None
    pages: int = 0
    enclosures: dict[str, str] = {}
    lines: list[str] = []
    sender: str = ""


class LetterAgain(Event):
    """The very same letter was made a second time, for a reason."""

    name = "letter-again"
    letter: str
    because: str
    folder: str


class LetterSent(Event):
    """A letter left the practice."""

    name = "letter-sent"
    letter: str
    on: date
    how: Delivery
    tracking: str | None = None


class LetterReturned(Event):
    """A letter came back."""

    name = "letter-returned"
    letter: str
    on: date
    why: str | None = None


class LetterVoided(Event):
    """A letter was issued and never left."""

    name = "letter-voided"
    letter: str
    because: str


class LetterApproved(Event):
    """Somebody approved a letter; `parts` has the salted digest of each thing it is made from.

    `envelope` is the one it is for, where that is not the practice's own.
    """

    name = "letter-approved"
    kind: str
    addressee: str
    language: str
    large_print: bool
    dated: date
    content: str
    parts: dict[str, str]
    salt: str
    envelope: str | None = None


class LetterSentBack(Event):
    """Somebody who might have approved a letter read it, and had it mended instead; `remark` says why.

    `content` is the digest of the pages that were read, those of a draft where `is_draft` says so. `parts`
    has the salted digest of each thing the letter is made from, as an approval has.
    """

    name = "letter-sent-back"
    kind: str
    addressee: str
    language: str
    large_print: bool
    dated: date
    content: str
    is_draft: bool
    remark: str
    parts: dict[str, str] = {}
    salt: str = ""


class TaskOpened(Event):
    """There is something to do about a case; `file` is a draft that was made for it.

    Where a letter is to be read or mended, `dated`, `language`, `large_print`, `envelope` and `batch` say
    which, and `step` and `for_silence` how it will move its case.
    """

    name = "task-opened"
    task: Task
    what: str
    kind: str | None = None
    addressee: str | None = None
    letter: str | None = None
    file: str | None = None
    dated: date | None = None
    language: str | None = None
    large_print: bool = False
    envelope: str | None = None
    batch: str | None = None
    step: Step | None = None
    for_silence: bool = False


class TaskClosed(Event):
    """What was to do is done, or no longer called for."""

    name = "task-closed"
    number: int
    outcome: Literal["done", "canceled"]
    because: str | None = None


class CaseErased(Event):
    """The personal data of a case was removed: the contents of these entries, and these files."""

    name = "case-erased"
    numbers: list[str]
    entries: list[int]
    letters: list[str] = []
    because: str


EVENTS: dict[str, type[Event]] = {one.name: one for one in Event.__subclasses__()}
