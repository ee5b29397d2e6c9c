"""Copies of issued letters for e-mail and portals; the letters themselves stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.caseload.delivery import MUST_NOT_LEAVE, Desk, Sending, against_sending
from letters.caseload.naming import named
from letters.caseload.proving import ALTERED, MISSING, UNREADABLE, State, folders_of, state_of
from letters.errors import UsageError
from letters.files import FileTakenError, publish_new, read_ordinary
from letters.findings import Finding, Place
from letters.office import Office
from letters.register import queries
from letters.register.queries import LetterRow
from letters.register.store import Register

if TYPE_CHECKING:
    from letters.register.store import Connection

_FROM_BACKUP = "Put the file from a backup in its place, and copy it then."
_PDF = ".pdf"
_LARGEST = 200_000_000  # bytes


@dataclass(frozen=True)
class Original:
    """A letter that may leave, its file as it was issued, and what others know of its case."""

    letter: LetterRow
    pdf: bytes
    known: tuple[str, ...]

    @property
    def reader(self) -> tuple[str, str]:
        """Whom it is to: the case, and the id of the addressee within it."""
        return self.letter.case_number, self.letter.addressee


def originals(
    office: Office, register: Register, names: Sequence[str], desk: Desk
) -> tuple[list[Original], list[Finding]]:
    """Find letters to copy: none where something speaks against one of them.

    What must not be sent must not be copied for it either. Raises UsageError for an unknown letter.
    """
    with register.reading() as connection:
        rows = list({row.letter: row for row in (named(connection, name) for name in names)}.values())
        findings = [finding for row in rows for finding in _against(connection, row, desk)]
        folders = folders_of(connection, office, rows)
        known = {row.letter: tuple(_known(office, connection, row)) for row in rows}
    found = list[Original]()
    for row in () if findings else rows:
        whole = _whole(row, folders[row.letter])
        if isinstance(whole, Finding):
            findings.append(whole)
        else:
            found.append(Original(row, whole, known[row.letter]))
    return ([] if findings else found), findings


def publish_copies(copies: dict[Path, bytes]) -> None:
    """Write copies, each where there is nothing yet. Raises as `publish_new`, if it can before the first."""
    for file in copies:
        if file.exists():
            raise FileTakenError(f"There is already a file {file}.", "Choose another folder with -o.")
    for file, data in copies.items():
        publish_new(file, data)


def _against(connection: Connection, row: LetterRow, desk: Desk) -> Iterator[Finding]:
    """Whether a letter must not leave; that it left before keeps nobody from sending it once more."""
    today = Sending("email", desk.today)
    found = against_sending(connection, row, today, desk)
    yield from (one for one in found if one.code == MUST_NOT_LEAVE.code)


def _whole(row: LetterRow, folders: Sequence[Path]) -> bytes | Finding:
    """The file as it was issued, from the first folder that has it."""
    files = [folder / f"{row.letter}{_PDF}" for folder in folders]
    states = {file: state_of(file, row.sha256) for file in files}
    for file, state in states.items():
        # It is read once more, and may be another by now.
        if state is State.WHOLE and sha256(data := read_ordinary(file, _LARGEST)).hexdigest() == row.sha256:
            return data
    return _trouble(row, states)


def _trouble(row: LetterRow, states: dict[Path, State]) -> Finding:
    for file, state in states.items():
        if state is State.ALTERED:
            message = f"The file of {row.letter} is not what was issued on {row.issued_at[:10]}."
            return ALTERED.finding(message, _FROM_BACKUP, Place(str(file)))
        if state is State.UNREADABLE:
            message = f"The file of {row.letter} is no ordinary file, or cannot be read."
            return UNREADABLE.finding(message, "Look at what lies there.", Place(str(file)))
    message = f"The file of {row.letter} is not there."
    return MISSING.finding(message, _FROM_BACKUP, Place(str(next(iter(states)))))


def _known(office: Office, connection: Connection, row: LetterRow) -> Iterator[str]:
    """What somebody who wants to guess a password would try first."""
    yield from (row.letter, row.case_number, row.dated, office.practice.name)
    yield from (person.name for person in office.practice.people.values())
    data = queries.data(connection, row.case_number)
    yield from _texts([data.get("clients"), data.get("business")])


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for one in tree.values() if isinstance(tree, dict) else tree:
            yield from _texts(one)


def expect_one_reader(originals: Sequence[Original]) -> None:
    """Raise UsageError where one password would open letters to different people."""
    if len({one.reader for one in originals}) > 1:
        raise UsageError(
            "These letters are to different people, and one password would open them all.",
            "Copy those of each person by themselves.",
        )
