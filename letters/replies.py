"""A client who answers cancels whatever was queued next."""

from __future__ import annotations

from datetime import date

from letters.model.history import TaskClosed
from letters.register import queries
from letters.register.queries import TaskRow
from letters.register.store import Writing


def cancel_queued(writing: Writing, number: str, on: date, did: str = "answered") -> list[TaskRow]:
    """Close what was to do because a letter was due, as the client answered on a day; return which.

    That is to issue a letter that was prepared, or to find a way to somebody without one.
    """
    tasks = queries.tasks(writing.connection, number)
    queued = [task for task in tasks if task.task in ("letter", "no-route")]
    for task in queued:
        because = f"the client {did} on {on}"
        writing.append(TaskClosed(number=task.number, outcome="canceled", because=because), number)
    return queued
