"""A client who answers cancels whatever was queued next."""

from __future__ import annotations

from datetime import date

from letters.model.history import TaskClosed
from letters.register import queries
from letters.register.queries import TaskRow
from letters.register.store import Writing

QUEUED = ("letter", "no-route")  # of a step that was due
READING = ("approve", "mend")  # of any letter


def cancel_queued(writing: Writing, number: str, on: date, did: str = "answered") -> list[TaskRow]:
    """Close what was to do because a letter was due, as the client answered on a day; return which.

    That is to issue, to approve or to mend a letter for their silence, or to find a way to somebody without
    one. What is written for another reason, such as that their clinician leaves, is still called for.
    """
    tasks = queries.tasks(writing.connection, number)
    queued = [task for task in tasks if task.task in QUEUED or _is_for_silence(task)]
    for task in queued:
        because = f"the client {did} on {on}"
        writing.append(TaskClosed(number=task.number, outcome="canceled", because=because), number)
    return queued


def _is_for_silence(task: TaskRow) -> bool:
    return task.task in READING and bool(task.data.get("for_silence"))


def is_of_a_step(task: TaskRow) -> bool:
    """Whether a task is about a letter that moves its case, or stands for one."""
    return task.task in QUEUED or (task.task in READING and bool(task.data.get("step")))
