"""What travels between the web server and the desk, where letters are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from letters.findings import Finding

Action = Literal["open", "draw", "save", "approve", "send-back", "issue"]
Group = Literal["given", "approve", "mend", "read", "due", "issue"]


@dataclass(frozen=True)
class Ref:
    """Which letter: its kind, its case (a file, or a number in the register), and how it was ordered."""

    kind: str
    case: Path | str
    to: str | None = None
    dated: date | None = None
    language: str | None = None
    large_print: bool = False
    envelope: str | None = None


@dataclass(frozen=True)
class Seat:
    """Where the letters belong, and who sits there.

    `register` is its address, if it was told; `by` the id of a person, if one was named; `clinician` whose
    cases are listed, None for everybody's; `given` the letters that were named when the page was started.
    """

    practice: Path
    register: str | None = None
    by: str | None = None
    clinician: str | None = None
    given: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What is to be done with which letter, and the page's fields as they are.

    `pictures` are the names of those that need not be sent again.
    """

    seat: Seat
    ref: Ref
    action: Action
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    pictures: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Listed:
    """One letter in a list: which, about whom, and what is said beside it; no letter where `ref` is None."""

    ref: Ref | None
    group: Group
    number: str
    names: str
    title: str
    clinician: str
    since: date | None = None
    remark: str = ""
    batch: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Chosen:
    """One of the values of a control, and what it is called; an empty value is what is usual."""

    value: str
    label: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Started:
    """The first view: the practice, who sits here, whose cases may be listed, and the letters that wait.

    Without a register, and with no letter named, there is nothing that could wait.
    """

    practice: str
    by: str
    people: tuple[Chosen, ...] = ()
    waiting: tuple[Listed, ...] = ()
    findings: tuple[Finding, ...] = ()
    has_register: bool = True


@dataclass(frozen=True)
class Kept:
    """A text in the register: who wrote it, and when."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Section:
    """A personal part of the letter: what it should say, and what is kept of it.

    `theirs` is what somebody else saved in the meantime, where that is in the way.
    """

    id: str
    says: str
    is_required: bool
    text: str
    kept: Kept | None = None
    theirs: Kept | None = None


@dataclass(frozen=True)
class Picture:
    """The picture of a page: its name, and its size in CSS pixels at a zoom of one."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Told:
    """A finding, and the id of the field that mends it; empty where none does."""

    finding: Finding
    target: str = ""


@dataclass(frozen=True)
class Word:
    """What somebody said about the letter: an approval, or why it went back."""

    by: str
    at: datetime
    remark: str = ""


@dataclass(frozen=True)
class Standing:
    """Where the letter stands: what the register has of it, and what this person may do.

    `issued` is the name of the letter, once it is; `is_held` says that it waits for an approval, and
    `concerns` what became of an earlier one; `accepts` are the codes of warnings that need a reason before it
    is issued.
    """

    needs_approval: bool = False
    may_approve: bool = False
    may_issue: bool = False
    approvers: tuple[str, ...] = ()
    approved: Word | None = None
    sent_back: Word | None = None
    issued: str = ""
    issued_on: date | None = None
    folder: str = ""
    is_held: bool = False
    concerns: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line of the history: when, who, what."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True)
class Walk:
    """The letter's place among those of its group; the letters before and after it."""

    place: int
    of: int
    group: Group
    before: Ref | None = None
    after: Ref | None = None


@dataclass(frozen=True)
class View:
    """A letter as the page shows it.

    Where something is broken, `is_broken` is true, there are only findings, and the page keeps what it has.
    `is_complete` says that the pictures are of the letter itself, and `digest` which one that is; else they
    are of a draft, which cannot be approved. The pictures have `scale` pixels to a CSS pixel. `text` is the
    letter as text, where that was asked for. `base` is the entry of the register that the words on the page
    were written on, and `newest` the last one about the case's data. `ground` is a digest of what the letter
    is made from besides the page's fields, `beside` one of what is decided on together with the pages. `came`
    tells what came of the action, by its name in the words of the page: `saved`, `conflict`, `approved`,
    `sent-back`, `issued`, `changed` and others.
    """

    practice: str
    by: str
    kind: str = ""
    title: str = ""
    number: str = ""
    names: str = ""
    language: str = ""
    sections: tuple[Section, ...] = ()
    people: tuple[Chosen, ...] = ()
    languages: tuple[Chosen, ...] = ()
    envelopes: tuple[Chosen, ...] = ()
    dated: date | None = None
    large_print: bool = False
    told: tuple[Told, ...] = ()
    pages: tuple[Picture, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    scale: float = 1.0
    text: str | None = None
    is_complete: bool = False
    is_broken: bool = False
    digest: str = ""
    base: int = 0
    newest: int = 0
    ground: str = ""
    beside: str = ""
    standing: Standing = field(default_factory=Standing)
    log: tuple[Entry, ...] | None = None
    walk: Walk | None = None
    came: str = ""
