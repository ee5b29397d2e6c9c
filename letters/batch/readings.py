"""The letters of a batch that wait for nothing but an approval: a task to read each, opened once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters import against
from letters.entering import enter, move_of, told
from letters.letter import Letter
from letters.model.history import TaskClosed, TaskOpened
from letters.register import correspondence, queries
from letters.replies import READING

if TYPE_CHECKING:
    from letters.facts import Facts
    from letters.letter import Written
    from letters.order import Order
    from letters.recording import Desk
    from letters.register.queries import TaskRow
    from letters.register.store import Writing


class Readings:
    """What is open of reading and mending letters of a kind, asked once for all; and what is to be read."""

    def __init__(self, writing: Writing, desk: Desk, kind: str) -> None:
        self._writing = writing
        self._desk = desk
        self._move = move_of(kind, desk.office.own_kinds)
        self._known = set(queries.all_numbers(writing.connection))
        self._reading: set[tuple[str, str]] = set()
        self._mending: dict[tuple[str, str], TaskRow] = {}
        for task in correspondence.open_tasks(writing.connection, READING):
            if task.data["kind"] == kind:
                self._note(task, (task.case_number, task.data["addressee"]))

    def _note(self, task: TaskRow, key: tuple[str, str]) -> None:
        if task.task == "approve":
            self._reading.add(key)
        else:
            self._mending[key] = task

    def has(self, number: str, addressee: str) -> bool:
        """Whether there is a task already to read the letter to somebody."""
        return (number, addressee) in self._reading

    def ask(self, order: Order, written: Written) -> None:
        """Open a task to read a letter, and before it enter a case that is new.

        A letter that was sent back is read again once something in it has changed.
        """
        facts, number = written.facts, written.facts.case.case
        if number not in self._known:
            about = told(facts.case, facts.case_file.data, self._desk.office.own_kinds)
            enter(self._writing, about, self._desk.office.source(order.case_file))
            self._known.add(number)
        mending = self._mending.get((number, facts.addressee.id))
        if mending and not self._is_mended(written):
            return
        if mending:
            self._writing.append(TaskClosed(number=mending.number, outcome="done"), number)
        self._writing.append(self._task(order, facts), number)
        self._reading.add((number, facts.addressee.id))

    def _is_mended(self, written: Written) -> bool:
        """Whether a letter that was sent back is another by now; that is known before it has pages."""
        facts, connection = written.facts, self._writing.connection
        back = correspondence.sent_back(connection, facts.case.case, facts.kind, facts.addressee.id)
        return not any(against.is_unmended(one, Letter(written, b"")) for one in back[:1])

    def _task(self, order: Order, facts: Facts) -> TaskOpened:
        return TaskOpened(
            task="approve",
            what=f"Read it, then approve it: {_command(order, facts)}",
            kind=facts.kind,
            addressee=facts.addressee.id,
            dated=facts.dated,
            language=order.language,
            large_print=order.large_print,
            batch=self._desk.batch,
            step=self._move.step if self._move else None,
            for_silence=self._move.for_silence if self._move else False,
        )


def _command(order: Order, facts: Facts) -> str:
    """The command that approves the very letter."""
    to = f" --to {facts.addressee.id}" if facts.spec.to != "file" else ""
    how = (f" --language {order.language}" if order.language else "") + " --large-print" * order.large_print
    return f"letters approve {facts.kind} {facts.case.case}{to}{how} --dated {facts.dated}"
