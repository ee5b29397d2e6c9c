"""The letters that wait for somebody: to be approved, mended, read, written or issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from letters.caseload.review import Look, Pending, majority_of, pace_of, pending_on
from letters.caseload.steps import letters_of
from letters.register import correspondence, pending
from letters.register.correspondence import Key, SentBack
from letters.register.queries import ApprovalRow, CaseRow, TaskRow

if TYPE_CHECKING:
    from letters.office import Office
    from letters.register.store import Connection, Register

Group = Literal["approve", "mend", "read", "due", "issue"]
MOST_DUE = 200
_AT_ONCE = 200  # cases that are looked at together
# The tasks about letters, and where each is listed.
_LISTED: Mapping[str, Group] = {"approve": "approve", "mend": "mend", "letter": "read"}
# One letter is listed once: what somebody asked for comes before what the calendar says.
_FIRST: tuple[Group, ...] = ("approve", "mend", "issue", "read", "due")
_ORDER: tuple[Group, ...] = ("approve", "mend", "read", "due", "issue")


@dataclass(frozen=True)
class Waiting:
    """A letter that waits: its kind, the case, whom it is to, and for what it waits since when.

    `to` is None where there is nobody to write to. `remark` is what was said when it was sent back, and of a
    letter that is due what is in its way. The rest is told where a task or an approval says it.
    """

    group: Group
    kind: str
    case: str
    to: str | None
    names: str
    clinician: str
    since: date
    remark: str = ""
    batch: str | None = None
    dated: date | None = None
    language: str | None = None
    large_print: bool = False
    envelope: str | None = None

    @property
    def key(self) -> tuple[str, str, str | None]:
        """Which letter it is."""
        return self.case, self.kind, self.to


def waiting(
    office: Office, register: Register, today: date, clinician: str | None = None, most_due: int = MOST_DUE
) -> list[Waiting]:
    """Everybody's letters that wait, or those of one clinician's cases, in groups, the oldest first.

    Letters of one batch stand together. No more than `most_due` that are only due are listed.
    """
    with register.reading() as connection:
        look = _Looking(connection, office, today, clinician)
        found = [*look.tasks(), *look.approved()]
        listed = {one.key: one for group in reversed(_FIRST) for one in found if one.group == group}
        due = look.due(set(listed), most_due)
        return sorted([*listed.values(), *due], key=_place)


def _place(one: Waiting) -> tuple[object, ...]:
    batch = one.batch or "" if one.group == "approve" else ""
    return _ORDER.index(one.group), batch, one.since, one.case, one.kind, one.to or ""


def clinicians(office: Office, register: Register) -> list[str]:
    """Those who have open cases: the people of the practice in its order, then those who have left it."""
    with register.reading() as connection:
        found = pending.clinicians(connection)
    people = list(office.practice.people)
    return sorted(found, key=lambda one: (people.index(one) if one in people else len(people), one))


class _Looking:
    """What the register has about the letters that wait, each thing asked once."""

    def __init__(self, connection: Connection, office: Office, today: date, clinician: str | None) -> None:
        self._connection = connection
        self._office = office
        self._today = today
        self._clinician = clinician = clinician or None
        self._kinds = letters_of(office.own_kinds)
        self._back = correspondence.last_sent_back(connection)
        self._tasks = correspondence.open_tasks(connection, [*_LISTED, "returned"], clinician)
        self._given = correspondence.approvals_open(connection, clinician)
        numbers = {one.case_number for one in self._tasks} | {one.case_number for one in self._given}
        self._cases = {one.number: one for one in pending.cases_of(connection, sorted(numbers))}

    def tasks(self) -> Iterator[Waiting]:
        """What is to be approved, mended or read, because somebody or a batch asked for it."""
        for task in self._tasks:
            if group := _LISTED.get(task.task):
                yield self._of_task(task, group)

    def _of_task(self, task: TaskRow, group: Group) -> Waiting:
        data, row = task.data, self._cases[task.case_number]
        kind, to = data["kind"] or "", data["addressee"]
        back = self._back.get((row.number, kind, to)) if group == "mend" else None
        since = date.fromisoformat(task.opened_on)
        found = _about(row, group, kind, to, since, remark=back.remark if back else "")
        return replace(
            found,
            batch=data.get("batch"),
            dated=_day(data.get("dated")),
            language=data.get("language"),
            large_print=bool(data.get("large_print")),
            envelope=data.get("envelope"),
        )

    def approved(self) -> Iterator[Waiting]:
        """What was approved and not issued since: the last approval of each letter."""
        for given in {_key(one): one for one in self._given}.values():
            row = self._cases[given.case_number]
            if not _is_after(self._back.get(_key(given)), given) and not self._is_heard_of(row, given):
                since = date.fromisoformat(given.at[:10])
                found = _about(row, "issue", given.kind, given.addressee, since)
                yield replace(
                    found,
                    dated=_day(given.data["dated"]),
                    language=given.data["language"],
                    large_print=given.data["large_print"],
                    envelope=given.data.get("envelope"),
                )

    def _is_heard_of(self, row: CaseRow, given: ApprovalRow) -> bool:
        """Whether a letter for silence was approved before somebody broke it."""
        return given.kind in self._kinds.values() and (row.silent_since or "") > given.at[:10]

    def due(self, listed: set[tuple[str, str, str | None]], most: int) -> list[Waiting]:
        """The letters that are due by the calendar and of which nothing else is told."""
        pace, majority = pace_of(self._office.practice), majority_of(self._office)
        rows = pending.pending(self._connection, self._today, pace, self._clinician)
        every = [pending_on(row, self._today, pace) for row in rows]
        steps = [one for one in every if one.letter_step]
        look = Look(self._connection, self._tasks, self._kinds, self._today, majority)
        found: list[Waiting] = []
        for start in range(0, len(steps), _AT_ONCE):
            looked = look.through(steps[start : start + _AT_ONCE])
            found += [new for one in looked for new in self._of_step(one) if new.key not in listed]
            if len(found) >= most:
                break
        return found[:most]

    def _of_step(self, one: Pending) -> Iterator[Waiting]:
        assert one.letter_step is not None  # noqa: S101 - only these are looked at
        assert one.step is not None  # noqa: S101
        kind = self._kinds[one.letter_step]
        people: list[str | None] = [action.to for action in one.actions if action.to]
        for to in people or [None]:
            yield _about(one.case, "due", kind, to, one.step.on, remark=one.note)


def _about(
    row: CaseRow, group: Group, kind: str, to: str | None, since: date, *, remark: str = ""
) -> Waiting:
    return Waiting(group, kind, row.number, to, row.names or "", row.clinician or "", since, remark)


def _key(given: ApprovalRow) -> Key:
    return given.case_number, given.kind, given.addressee


def _is_after(back: SentBack | None, given: ApprovalRow) -> bool:
    return back is not None and back.entry > given.entry


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
