"""Proof that the files of the letters are what was issued, and that a copy of the register is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from letters.errors import MachineError
from letters.files import letter_id, read_ordinary
from letters.findings import Finding, Place, Severity, rule
from letters.office import Office
from letters.recovering import COPY
from letters.register import correspondence, queries
from letters.register.chain import Head
from letters.register.exporting import restore
from letters.register.opening import open_register
from letters.register.queries import LetterRow
from letters.register.store import Actor, Register, head_of
from letters.register.verifying import verify

if TYPE_CHECKING:
    from letters.register.store import Connection

ALTERED = rule(
    "altered-letter",
    Severity.ERROR,
    "The file is what the client was told. One that was changed since proves nothing, and may have been "
    "changed to say something else.",
)
MISSING = rule(
    "missing-letter",
    Severity.ERROR,
    "Of what was sent there must be a copy, for as long as records are kept.",
)
ELSEWHERE = rule(
    "letter-elsewhere",
    Severity.WARNING,
    "Where several desks share a register, each has the files of its own letters; those of another desk "
    "are proved there.",
)
UNKNOWN = rule(
    "unknown-letter",
    Severity.ERROR,
    "What looks like a letter of the practice and was never issued may be taken for one.",
)
UNREADABLE = rule(
    "unreadable-letter",
    Severity.ERROR,
    "A letter is an ordinary file that can be read; through a link it could be another one tomorrow.",
)
_LARGEST = 200_000_000  # bytes; a letter has some hundred thousand
_BACKUP = "Put the file from a backup in its place. The paper that was sent is not affected."
_PDF = ".pdf"


class State(StrEnum):
    """What can be said of a file of a letter."""

    WHOLE = "whole"
    ALTERED = "altered"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Proof:
    """What was looked at, the last entry of the history, and all that is wrong."""

    head: Head
    letters: int
    findings: list[Finding]


@dataclass(frozen=True)
class Known:
    """A file that was shown: which letter it is, if it is one, and whether it is its English copy."""

    file: Path
    letter: LetterRow | None
    is_copy: bool = False


@dataclass(frozen=True)
class _Part:
    """A file that belongs to a letter: its name, and its digest."""

    name: str
    digest: str


def prove(office: Office, register: Register, expected: Head | None = None) -> Proof:
    """Look at the whole history, and at the file of every letter in the folders it was put into."""
    head, findings = verify(register, expected)
    with register.reading() as connection:
        rows = queries.letters(connection)
        folders = folders_of(connection, office, rows)
        erased = correspondence.erased_letters(connection)
    findings += [one for row in rows for one in _of_letter(row, folders[row.letter], register)]
    strangers = _strangers(rows, {folder for some in folders.values() for folder in some})
    if strangers:
        # One of them may have been issued while the others were looked at.
        with register.reading() as connection:
            strangers = [file for file in strangers if not _is_part(connection, file)]
    findings += [_nobodys(file, erased) for file in strangers]
    return Proof(head, len(rows), findings)


def folders_of(connection: Connection, office: Office, rows: Iterable[LetterRow]) -> dict[str, list[Path]]:
    """The folders each letter was put into, the last one first; more than one if it was made again."""
    found = {row.letter: [office.folder / row.folder] for row in rows}
    for letter, folder in correspondence.made_again(connection):
        if letter in found:
            found[letter] = [folder_ for folder_ in found[letter] if folder_ != office.folder / folder]
            found[letter].insert(0, office.folder / folder)
    return found


def parts_of(row: LetterRow) -> list[_Part]:
    """The files of a letter: itself, and its English copy where it has one."""
    copy = [_Part(f"{row.letter}{COPY}", row.copy_sha256)] if row.copy_sha256 else []
    return [_Part(f"{row.letter}{_PDF}", row.sha256), *copy]


def state_of(file: Path, digest: str) -> State:
    """Whether a file is what it was."""
    return _state(file, lambda data: sha256(data).hexdigest() == digest)


def state_of_draft(file: Path) -> State:
    """Whether a draft is what it was made as: its name tells, as that of a letter does."""
    return _state(file, lambda data: letter_id(data).removeprefix("L-") == file.stem.removeprefix("D-"))


def _state(file: Path, is_whole: Callable[[bytes], bool]) -> State:
    try:
        data = read_ordinary(file, _LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return State.MISSING
    except OSError:
        return State.UNREADABLE
    return State.WHOLE if is_whole(data) else State.ALTERED


def _of_letter(row: LetterRow, folders: list[Path], register: Register) -> Iterator[Finding]:
    for part in parts_of(row):
        states = {folder / part.name: state_of(folder / part.name, part.digest) for folder in folders}
        for file, state in states.items():
            if state is State.ALTERED:
                message = f"{_what(row, part)} is not what was issued on {row.issued_at[:10]}."
                yield ALTERED.finding(message, _BACKUP, Place(str(file)))
            elif state is State.UNREADABLE:
                message = f"{_what(row, part)} is no ordinary file, or cannot be read."
                yield UNREADABLE.finding(message, "Look at what lies there.", Place(str(file)))
        if row.status != "void" and all(state is State.MISSING for state in states.values()):
            yield _missing(row, part, folders[0], register)


def _missing(row: LetterRow, part: _Part, folder: Path, register: Register) -> Finding:
    message, place = f"{_what(row, part)} is not there.", Place(str(folder / part.name))
    if register.where.file is None:
        remedy = "If another desk issued it, verify it there; else put it back from a backup."
        return ELSEWHERE.finding(message, remedy, place)
    remedy = (
        f"Put it back from a backup, or run the command that made it again, with --dated {row.dated} and "
        "--accept backdated=REASON. If it never left, void it and issue it anew: "
        f"letters log void {row.letter} --because REASON"
    )
    return MISSING.finding(message, remedy, place)


def _what(row: LetterRow, part: _Part) -> str:
    of = "The English copy of" if part.name.endswith(COPY) else "The letter"
    return f"{of} {row.letter} ({row.kind} to {row.addressee}, case {row.case_number})"


def _strangers(rows: list[LetterRow], folders: set[Path]) -> list[Path]:
    """The files that are named like letters and are none of these."""
    known, found = {part.name for row in rows for part in parts_of(row)}, list[Path]()
    for folder in sorted(folders):
        with suppress(OSError):  # a folder that is gone has been told with its letters
            found += [file for file in sorted(folder.glob(f"L-*{_PDF}")) if file.name not in known]
    return found


def _is_part(connection: Connection, file: Path) -> bool:
    row = queries.letter(connection, file.name.partition(".")[0])
    return row is not None and file.name in {part.name for part in parts_of(row)}


def _nobodys(file: Path, erased: set[str]) -> Finding:
    if file.name.partition(".")[0] in erased:
        message = "This has the name of a letter whose case was erased from the register."
        return UNKNOWN.finding(message, "Delete the file as well.", Place(str(file)))
    return UNKNOWN.finding(
        "This is named like a letter, and the register knows of none such.",
        "Find out who made it. If it is from another practice, move it out of this folder.",
        Place(str(file)),
    )


def recognize(register: Register, files: Iterable[Path]) -> tuple[list[Known], list[Finding]]:
    """Say of files, whatever they are called by now, which letter each one is."""
    known, findings = list[Known](), list[Finding]()
    with register.reading() as connection:
        for file in files:
            try:
                data = read_ordinary(file, _LARGEST)
            except OSError as error:
                message = f"This cannot be read: {error.strerror or 'it is no ordinary file'}."
                findings.append(UNREADABLE.finding(message, "Name the PDF itself.", Place(str(file))))
                known.append(Known(file, None))
                continue
            one = _recognized(connection, file, data)
            known.append(one)
            findings += [] if one.letter else [_no_letter(connection, file, data)]
    return known, findings


def _recognized(connection: Connection, file: Path, data: bytes) -> Known:
    digest = sha256(data).hexdigest()
    row = next(iter(correspondence.letters_with(connection, digest)), None)
    return Known(file, row, is_copy=row is not None and row.sha256 != digest)


def _no_letter(connection: Connection, file: Path, data: bytes) -> Finding:
    row = queries.letter(connection, file.name.partition(".")[0])
    if row is not None:
        what = f"{row.letter} ({row.kind} to {row.addressee}, case {row.case_number})"
        message = f"This is named as the letter {what}, and is not what was issued on {row.issued_at[:10]}."
        return ALTERED.finding(message, _BACKUP, Place(str(file)))
    if letter_id(data) in correspondence.erased_letters(connection):
        message = f"This is {letter_id(data)}, whose case was erased from the register."
        return UNKNOWN.finding(message, "Delete the file, unless the law has you keep it.", Place(str(file)))
    message = "This is no letter that is in the register, or it was changed since."
    return UNKNOWN.finding(message, "Compare it with the letter it is said to be.", Place(str(file)))


def prove_copy(register: Register, copy: Path) -> Head:
    """Open a backup, and see that it goes as far as the register did; return its last entry.

    Raises MachineError where it does not.
    """
    head = _head_in(copy)
    with register.reading() as connection:
        if not correspondence.has_entry(connection, head):
            raise MachineError(
                f"The backup {copy} is not what the register is.", "Make another one, on another disk."
            )
    return head


def _head_in(copy: Path) -> Head:
    if copy.suffix == ".jsonl":
        with TemporaryDirectory() as folder:
            return _restored(copy, Path(folder))
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            (state,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
            told = opened.execute("SELECT seq, digest FROM head").fetchone()
    except sqlite3.Error as error:
        raise MachineError(f"The backup {copy} cannot be opened.", "Make another one.") from error
    if state != "ok":
        raise MachineError(f"The backup {copy} is damaged.", "Make another one, on another disk.")
    return Head(*told) if told else Head()


def _restored(history: Path, folder: Path) -> Head:
    """Read a history into a register that is thrown away: what can be read back is a backup."""
    from letters.register.location import location

    anew = open_register(location(str(folder / "anew.sqlite"), folder))
    try:
        restore(anew, history, Actor("backup", "backup"))
        with anew.reading() as connection:
            return head_of(connection)
    finally:
        anew.engine.dispose()
