"""Removing what is known of cases, with the files of their letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from letters.caseload import retention
from letters.caseload.proving import State, folders_of, parts_of, state_of, state_of_draft
from letters.checks.accepted import tells
from letters.errors import MachineError, UsageError
from letters.findings import Finding, Severity, rule
from letters.model.case import Case
from letters.office import Office
from letters.register import queries
from letters.register.erasing import erase
from letters.sources import read_text

if TYPE_CHECKING:
    from letters.model.history import CaseErased
    from letters.register.store import Connection, Writing

OPEN = rule(
    "erase-open",
    Severity.ERROR,
    "What is known of somebody the practice still works with is needed, and the law has it kept.",
)
NOT_DUE = rule(
    "erase-not-due",
    Severity.ERROR,
    "Records are kept for as long as the law or the practice says: a client may ask for them, and so may a "
    "board or a court.",
)


@dataclass(frozen=True)
class Cleared:
    """What was erased, the files that are gone, those that were not there, and those that were left."""

    erased: list[CaseErased] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class _File:
    path: Path
    digest: str | None = None  # of a letter; a draft is known by its name


def against_erasing(
    connection: Connection, numbers: Sequence[str], office: Office, today: date, *, early: bool
) -> list[Finding]:
    """Find why cases may not be erased; `early` lets those pass that must be kept for longer.

    Raises UsageError for a case that is not in the register, or was merged or erased.
    """
    jurisdiction = office.jurisdiction()
    findings = list[Finding]()
    for number in dict.fromkeys(numbers):
        row = queries.find(connection, number)
        if row.is_open:
            remedy = f"If the work is over, end it first: letters case end {number}."
            findings.append(OPEN.finding(f"Case {number} is open.", remedy))
        elif not early:
            ended = date.fromisoformat(str(row.ended_on))
            findings += _early(
                number, retention.of_case(connection, number, office, jurisdiction, ended), today
            )
    return findings


def _early(number: str, keeping: retention.Keeping, today: date) -> Iterator[Finding]:
    if keeping.is_over(today):
        return
    remedy = "If it must be erased all the same, say so with --early, and why with --because."
    if keeping.until is None:
        message = f"How long case {number} must be kept cannot be told: {keeping.figure}."
    else:
        message = f"Case {number} is kept until {keeping.until}: {keeping.figure}, says {keeping.source}."
    yield NOT_DUE.finding(message, remedy)


def expect_discreet(connection: Connection, numbers: Sequence[str], because: str) -> None:
    """Raise UsageError for a reason that would keep what is to be erased."""
    for number in numbers:
        document = read_text(queries.case_file(connection, number), number, Case).document
        if document is not None and tells(because, document, None):
            raise UsageError(
                f"The reason repeats something confidential of case {number}, or names somebody of it.",
                "Give it without that: the reason stays in the register.",
            )


def clear(writing: Writing, numbers: Sequence[str], because: str, office: Office) -> Cleared:
    """Erase cases from the register, and remove the files of their letters and the drafts made for them.

    The files go first, within the transaction: after a mishap the register still knows of them, and the same
    command goes on. Raises MachineError where a file cannot be removed.
    """
    files = [one for number in dict.fromkeys(numbers) for one in _files(writing.connection, number, office)]
    erased = [erase(writing, number, because) for number in dict.fromkeys(numbers)]
    cleared = Cleared(erased)
    for file in dict.fromkeys(files):
        _sort(file, cleared).append(file.path)
    for path in cleared.removed:
        _remove(path)
    return cleared


def _files(connection: Connection, number: str, office: Office) -> Iterator[_File]:
    rows = queries.letters(connection, number)
    folders = folders_of(connection, office, rows)
    for row in rows:
        for folder in folders[row.letter]:
            yield from (_File(folder / part.name, part.digest) for part in parts_of(row))
    for task in queries.tasks(connection, number, closed=True):
        if file := task.data.get("file"):
            yield _File(office.folder / file)


def _sort(file: _File, cleared: Cleared) -> list[Path]:
    """Only an ordinary file that is what it was is removed: anything else may be somebody's own."""
    state = state_of(file.path, file.digest) if file.digest else state_of_draft(file.path)
    if state is State.MISSING:
        return cleared.missing
    return cleared.removed if state is State.WHOLE else cleared.left


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(
            f"The file {path} cannot be removed: {error.strerror}. Nothing was erased from the register.",
            "Ask for the right to its folder, then run the same command again.",
        ) from error


def backups(office: Office) -> list[Path]:
    """The copies of the register that lie where `letters` puts them; there may be others."""
    where = office.where
    folders = {office.folder, where.file.parent if where.file else office.folder}
    found = {path for folder in folders for path in folder.glob("register-*") if _is_backup(path)}
    return sorted(found - {where.file} if where.file else found)


def _is_backup(path: Path) -> bool:
    return path.suffix in (".sqlite", ".jsonl") and path.is_file()
