"""What there is to do about the cases, and entering that it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from letters.errors import UsageError
from letters.model.history import TaskClosed
from letters.register import pending, queries
from letters.register.queries import TaskRow
from letters.replies import READING

if TYPE_CHECKING:
    from letters.register.store import Actor, Connection, Register, Writing

# What each sort that is done by doing something else waits for, and how that is told.
_WAITS: Mapping[str, tuple[str, str]] = {
    "letter": ("a letter, which is done once it is issued", "Issue it"),
    "approve": ("a letter to read, which is done once it is approved or sent back", "Approve it"),
}


@dataclass(frozen=True)
class Closed:
    """A task that is closed; `before` where it was so already, and nothing was entered."""

    task: TaskRow
    before: bool


def listed(register: Register, number: str | None = None, *, closed: bool = False) -> list[TaskRow]:
    """What there is to do, about one case or all; with `closed` also what is done.

    Raises UsageError for a case that is not there.
    """
    with register.reading() as connection:
        if number is not None:
            queries.find(connection, number)
        return queries.tasks(connection, number, closed=closed)


def done(register: Register, actor: Actor, at: datetime, number: int, because: str | None = None) -> Closed:
    """Enter that a task is done.

    Raises UsageError where there is no such task, or where a letter is to be done without its being issued or
    approved and nobody says why.
    """
    with register.writing(actor, at) as writing:
        task = pending.task(writing.connection, number)
        if task is None:
            raise UsageError(f"There is no task {number}.", "`letters task list` shows what there is to do.")
        if task.outcome is not None:
            return Closed(task, before=True)
        if task.task in _WAITS and because is None:
            waits, do_it = _WAITS[task.task]
            raise UsageError(
                f"Task {number} is {waits}.",
                f"{do_it}, as `letters task list` says. If it is done in another way, add --because TEXT.",
            )
        writing.append(TaskClosed(number=number, outcome="done", because=because), task.case_number)
    return Closed(task, before=False)


def about_letter(connection: Connection, number: str, kind: str, addressee: str) -> list[TaskRow]:
    """What is open of reading or mending a letter of a kind to somebody."""
    return [
        task
        for task in queries.tasks(connection, number)
        if task.task in READING and (task.data["kind"], task.data["addressee"]) == (kind, addressee)
    ]


def close(
    writing: Writing, task: TaskRow, outcome: Literal["done", "canceled"], because: str | None = None
) -> None:
    """Enter that a task is over."""
    writing.append(TaskClosed(number=task.number, outcome=outcome, because=because), task.case_number)
