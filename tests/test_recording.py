"""Entering a letter: what was to be done until it is issued is done with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.letter import Letter, write
from letters.model.history import TaskOpened
from letters.order import KeptCase, Order
from letters.recording import Desk, StoppedError, record
from letters.register import queries
from tests.caseload.kept import AT, SAM, Kept, keep
from tests.support.desk import TODAY

KIND = "closing-lost-contact"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return keep(tmp_path, None, "C-1001")


def issue(kept: Kept) -> None:
    """Enter a letter that has no pages."""
    case = KeptCase("C-1001", kept.ask(queries.case_file, "C-1001"), kept.ask(queries.digest, "C-1001"))
    order = Order(KIND, case, TODAY, draft=False, practice=kept.office.file)
    written, findings = write(order)
    assert written, findings
    desk = Desk(kept.office, SAM, kept.office.folder / "issued", {})
    with kept.register.writing(SAM, AT) as writing:
        record(order, Letter(written, b"pages"), findings, desk, writing)


# A task, the kind and the step of its letter, its reader, and what becomes of it.
TABLE = [
    ("approve", KIND, "closing", "jordan", "done"),
    ("mend", KIND, "closing", "jordan", "done"),
    ("letter", KIND, None, "jordan", "done"),
    ("approve", KIND, "closing", "another", None),
    ("letter", "outreach", None, "jordan", "canceled"),
    ("approve", "outreach", "outreach", "jordan", "canceled"),
    ("mend", "outreach-final", "outreach-final", "jordan", "canceled"),
    ("approve", "record-transfer", None, "jordan", None),
    ("answer", None, None, None, None),
    ("no-route", "outreach", None, "jordan", None),
]


@pytest.mark.parametrize(("sort", "kind", "step", "to", "outcome"), TABLE)
def test_with_a_letter_what_was_to_do_about_it_or_an_earlier_step_is_over(
    kept: Kept, sort: str, kind: str | None, step: str | None, to: str | None, outcome: str | None
) -> None:
    told = {"task": sort, "what": "Do it.", "kind": kind, "addressee": to, "step": step}
    kept.tell(TaskOpened.model_validate(told), "C-1001")
    issue(kept)
    (task,) = kept.ask(lambda connection: queries.tasks(connection, "C-1001", closed=True))
    assert task.outcome == outcome


def test_a_letter_that_is_stopped_leaves_everything_to_do(kept: Kept) -> None:
    task = TaskOpened(task="approve", what="Read it.", kind=KIND, addressee="jordan", step="closing")
    kept.tell(task, "C-1001")
    kept.issue("one", "C-1001", kind=KIND, addressee="jordan", step="closing", ends_on="2026-12-06")
    with pytest.raises(StoppedError):
        issue(kept)
    assert [one.task for one in kept.ask(queries.tasks, "C-1001")] == ["approve"]
