"""The review: open cases by silence, the step each waits for, and the command that does it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from letters.caseload.recipients import Recipient, have_died, recipients
from letters.caseload.steps import letters_of
from letters.lifecycle import DECEASED, Due, Pace, Standing, State, due, state_on
from letters.model.people import Client
from letters.model.practice import Practice
from letters.model.validation import validate
from letters.office import Office
from letters.register import pending, queries
from letters.register.pending import Tally
from letters.register.queries import CaseRow, Filter, TaskRow
from letters.register.turns import standing_of

if TYPE_CHECKING:
    from letters.register.store import Register

SILENCE = "LOST_CONTACT"  # the reason of an ending for silence
MAJORITY = 18  # where the practice's file names no place that is known


@dataclass(frozen=True)
class Wanted:
    """Which cases are wanted: with `all`, also the open ones that have no step before them."""

    clinician: str | None = None
    all: bool = False
    limit: int | None = None


@dataclass(frozen=True)
class Action:
    """A command that does what is due; `draft` is to be read before, where one is prepared.

    Where it is a letter that goes by post, `kind` and `to` say which, and to whom.
    """

    command: str
    draft: str | None = None
    kind: str | None = None
    to: str | None = None


@dataclass(frozen=True)
class Pending:
    """One open case: its state and the days of silence on the day of the review, and its next step.

    `actions` do the step once it is due, and `note` says what is in its way.
    """

    case: CaseRow
    state: State
    days: int
    step: Due | None
    is_due: bool
    actions: tuple[Action, ...] = ()
    note: str = ""

    @property
    def letter_step(self) -> str | None:
        """The step whose letter is due; None where there is none, or where it is no letter."""
        return self.step.step if self.step and self.is_due and self.step.step != "end" else None


@dataclass(frozen=True)
class Review:
    """What a practice looks at together: how many cases there are, those wanted, and the open tasks."""

    on: date
    tally: Tally
    cases: list[Pending]
    tasks: list[TaskRow]


def pace_of(practice: Practice) -> Pace:
    """How long the practice waits, and how often it tries."""
    told = practice.review
    return Pace(told.silence, told.wait, told.attempts)


def review(office: Office, register: Register, wanted: Wanted, today: date) -> Review:
    """Look through the open cases, the longest silent first."""
    pace = pace_of(office.practice)
    with register.reading() as connection:
        if wanted.all:
            rows = queries.cases(connection, Filter(clinician=wanted.clinician), wanted.limit)
        else:
            rows = pending.pending(connection, today, pace, wanted.clinician, wanted.limit)
        tasks = queries.tasks(connection, clinician=wanted.clinician)
        cases = [pending_on(row, today, pace) for row in rows]
        look = Look(connection, tasks, letters_of(office.own_kinds), today, majority_of(office))
        cases = look.through(cases)
        return Review(today, pending.tally(connection, today, pace, wanted.clinician), cases, tasks)


def majority_of(office: Office) -> int:
    """The age from which people speak for themselves where the practice is."""
    place = office.jurisdiction()
    return place.majority if place else MAJORITY


def _by_case(tasks: Sequence[TaskRow]) -> Mapping[str, Sequence[TaskRow]]:
    found: dict[str, list[TaskRow]] = {}
    for task in tasks:
        found.setdefault(task.case_number, []).append(task)
    return found


def pending_on(row: CaseRow, today: date, pace: Pace) -> Pending:
    """Where an open case stands on a day, from its columns alone."""
    now = _standing(row)
    step = due(now, today, pace)
    days = (today - now.silent_since).days
    return Pending(row, state_on(now, today, pace), days, step, step is not None and step.on <= today)


def _standing(row: CaseRow) -> Standing:
    # Every open case has both.
    assert row.state is not None  # noqa: S101
    assert row.silent_since is not None  # noqa: S101
    return Standing(
        State(row.state),
        date.fromisoformat(row.silent_since),
        attempts=row.attempts or 0,
        stepped_on=_day(row.stepped_on),
        ends_on=_day(row.ends_on),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Look:
    """What is looked at to say which command does a step that is due."""

    connection: Any
    open_tasks: Sequence[TaskRow]
    kinds: Mapping[str, str]
    today: date
    majority: int

    @cached_property
    def tasks(self) -> Mapping[str, Sequence[TaskRow]]:
        """What is to do about each case."""
        return _by_case(self.open_tasks)

    def through(self, cases: Sequence[Pending]) -> list[Pending]:
        """Say of each case whose step is due what does it."""
        told = pending.told(self.connection, [one.case.number for one in cases if one.is_due])
        return [self._at(one, told[one.case.number]) if one.is_due else one for one in cases]

    def _at(self, one: Pending, data: Mapping[str, Any]) -> Pending:
        clients = [client for tree in data["clients"] if (client := validate(Client, tree)[0])]
        if clients and have_died(clients):
            return replace(
                one, actions=(_end(one, DECEASED),), note="The client has died: no letter goes out."
            )
        if one.letter_step is None:
            return replace(one, actions=(_end(one, self._reason(one, data)),))
        return self._letter(one, self.kinds[one.letter_step], recipients(clients, self.today, self.majority))

    def _reason(self, one: Pending, data: Mapping[str, Any]) -> str | None:
        """Why a closing case ends, where that is known."""
        if ending := data.get("ending"):
            return str(ending["reason"])
        return SILENCE if standing_of(self.connection, one.case.number).for_silence else None

    def _letter(self, one: Pending, kind: str, people: Sequence[Recipient]) -> Pending:
        prepared = dict(self._prepared(one, kind))
        actions = [_write(one, kind, person, prepared) for person in people if person.by_post]
        stuck = [person for person in people if not person.by_post]
        calls = [_call(one, person) for person in stuck if person.by_phone]
        notes = [_stuck(one, person) for person in stuck]
        notes += [note for person in people if person.by_post for note in self._came_back(one, person)]
        if not people:
            notes = [f"Nobody may act for the client: ask {_clinician(one)}."]
        return replace(one, actions=(*actions, *calls), note=" ".join(notes))

    def _came_back(self, one: Pending, person: Recipient) -> Iterator[str]:
        """What is to do first where post to somebody came back."""
        for task in self.tasks.get(one.case.number, ()):
            if task.task == "returned" and task.data["addressee"] == person.id:
                yield f"Post to {person.called} came back: see to task {task.number} first."

    def _prepared(self, one: Pending, kind: str) -> Iterator[tuple[str, str | None]]:
        """Who has a draft prepared already, and its file."""
        for task in self.tasks.get(one.case.number, ()):
            if task.task == "letter" and task.data["kind"] == kind:
                yield task.data["addressee"], task.data["file"]


def _write(one: Pending, kind: str, person: Recipient, prepared: Mapping[str, str | None]) -> Action:
    verb = "issue" if person.id in prepared else "draft"
    command = f"letters {verb} {kind} {one.case.number}{to_option(person)}"
    return Action(command, prepared.get(person.id), kind, person.id)


def to_option(person: Recipient) -> str:
    """The option that says whom a letter is to, where that is needed."""
    return f" --to {person.id}" if person.is_one_of_several else ""


def _call(one: Pending, person: Recipient) -> Action:
    """What to do instead of a letter, where a phone is safe: a call is logged, and a closing is spoken."""
    if one.letter_step == "closing":
        return Action(f"letters draft call-script {one.case.number}{to_option(person)}")
    return Action(f"letters case contact {one.case.number}")


def _stuck(one: Pending, person: Recipient) -> str:
    if person.by_phone:
        return f"No post is safe for {person.called}, but a phone is: call, and log it."
    return f"No safe way to reach {person.called}: ask {_clinician(one)}."


def _clinician(one: Pending) -> str:
    return one.case.clinician or "their clinician"


def _end(one: Pending, reason: str | None) -> Action:
    return Action(f"letters case end {one.case.number}" + (f" --reason {reason}" if reason else ""))
