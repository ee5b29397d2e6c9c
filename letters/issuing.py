"""Issuing: the letter itself, published once under an opaque name, with a record beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from typing import Any

from letters.checks.accepted import tells
from letters.checks.issued import ALREADY_ISSUED, RECORD
from letters.checks.weights import weighed
from letters.errors import MachineError, UsageError
from letters.files import (
    FileTakenError,
    alone_in,
    letter_id,
    publish,
    publish_new,
    read_ordinary,
    sweep,
)
from letters.findings import Finding, Place, Severity
from letters.letter import Letter, Order, make
from letters.model.case import Case
from letters.model.people import ClientAddress
from letters.model.practice import Practice
from letters.sources import Document, read
from letters.version import VERSION
from letters.workspace import practice_file

COPY = ".file-copy.pdf"  # how the name of an English copy ends
_Files = tuple[Document | None, Document | None]
_LARGEST_RECORD = 64 * 1024


@dataclass(frozen=True)
class Issued:
    """What came of one order: the file, unless something stopped it, and every finding.

    `addressee` is the id of whom the letter is to. `again` is true where this very letter had been
    issued before and nothing was written.
    """

    order: Order
    findings: list[Finding]
    file: Path | None = None
    addressee: str = ""
    envelope: str = ""
    sender: str = ""
    again: bool = False


def issue(orders: Sequence[Order], out: Path, accepted: Mapping[str, str]) -> list[Issued]:
    """Issue a letter for each order that nothing stops; all are made before the first is published.

    A warning stops its letter unless `accepted` holds its code, with the reason. Raises UsageError
    for a reason that repeats something confidential, before anything is published, and MachineError
    where files cannot be written; what is published by then stays, and the same orders again go on
    from there.
    """
    sweep(out)
    made = [(order, *make(order)) for order in orders]
    if accepted:
        _expect_discreet(accepted, [_files(order, letter) for order, letter, _ in made])
    can_be_issued = any(letter and not _is_stopped(findings, accepted) for _, letter, findings in made)
    # Two runs could each find no letter about the same matter, and publish different ones.
    with alone_in(out) if can_be_issued else nullcontext():
        return [_finish(order, letter, findings, out, accepted) for order, letter, findings in made]


def _finish(
    order: Order, letter: Letter | None, findings: list[Finding], out: Path, accepted: Mapping[str, str]
) -> Issued:
    if letter is None:
        return Issued(order, findings)
    name = letter_id(letter.pdf)
    again = _is_issued(letter, name, out)
    if not again:
        traps = [found for ending in (".pdf", COPY) for found in _trap(out / f"{name}{ending}")]
        earlier = traps + _earlier(letter, name, out)
        findings = findings + weighed(letter.written.facts, earlier)
    if _is_stopped(findings, accepted):
        return Issued(order, findings)
    if not again:
        reasons = {finding.code: accepted[finding.code] for finding in findings if finding.code in accepted}
        again = _publish(letter, name, out, reasons)
    addressee, envelope = letter.written.facts.addressee.id, letter.written.layout.envelope
    return Issued(order, findings, out / f"{name}.pdf", addressee, envelope, _sender(letter), again)


def _expect_discreet(accepted: Mapping[str, str], files: Iterable[_Files]) -> None:
    """Raise UsageError for a reason that would carry into a record what no record may hold."""
    for case, practice in files:
        for code, reason in accepted.items():
            if case and tells(reason, case, practice):
                raise UsageError(
                    f"The reason for accepting {code} repeats something confidential, or names somebody, of "
                    f"the case in {Path(case.source.name).name}.",
                    "Give the reason without it: it is kept in the record beside the letter.",
                )


def _files(order: Order, letter: Letter | None) -> _Files:
    """The case and the practice of an order, also of a stopped one; standard input can be read only once."""
    if letter:
        return letter.written.facts.case_file, letter.written.facts.practice_file
    if order.case == "-":
        return None, None
    practice = read(practice_file(order.practice, order.case), Practice)
    return read(order.case, Case, encoding=order.encoding).document, practice.document


def _is_stopped(findings: list[Finding], accepted: Mapping[str, str]) -> bool:
    return any(stops(finding, accepted) for finding in findings)


def stops(finding: Finding, accepted: Mapping[str, str]) -> bool:
    """Whether a finding keeps a letter from leaving."""
    return finding.severity is Severity.ERROR or (
        finding.severity is Severity.WARNING and finding.code not in accepted
    )


def _is_issued(letter: Letter, name: str, out: Path) -> bool:
    """Whether this very letter lies there whole, with its record."""
    try:
        pdf = read_ordinary(out / f"{name}.pdf", len(letter.pdf))
        _read_record(out / f"{name}.json")
        copy = read_ordinary(out / f"{name}{COPY}", len(letter.copy)) if letter.copy else None
    except (OSError, ValueError):
        return False
    return (pdf, copy) == (letter.pdf, letter.copy)


def _publish(letter: Letter, name: str, out: Path, accepted: dict[str, str]) -> bool:
    """Write the record, then the letter; return whether another run was quicker.

    In this order there is never a letter without a record. A run killed in between leaves a record
    without its letter; the same order again writes the letter, and another letter about the same
    matter is asked for its reason.
    """
    record, pdf = out / f"{name}.json", out / f"{name}.pdf"
    is_first = not record.exists()
    publish(record, json.dumps(_record(letter, name, accepted), indent=2).encode() + b"\n")
    copy = out / f"{name}{COPY}"
    try:
        if letter.copy:
            publish(copy, letter.copy)
        publish_new(pdf, letter.pdf)
    except FileTakenError:
        if _is_issued(letter, name, out):
            return True
        publish(pdf, letter.pdf)  # what lies there was damaged
    except MachineError:
        if is_first:
            record.unlink(missing_ok=True)
            with suppress(OSError):
                copy.unlink()
        raise
    return False


def _record(letter: Letter, name: str, accepted: dict[str, str]) -> dict[str, Any]:
    """What is known of an issued letter; ids and dates, no names and no content."""
    return {
        "letter": name,
        **_matter(letter),
        "dated": letter.written.facts.dated.isoformat(),
        "language": letter.written.facts.language,
        "sha256": sha256(letter.pdf).hexdigest(),
        "file_copy": sha256(letter.copy).hexdigest() if letter.copy else None,
        "accepted": accepted,
        "letters": VERSION,
    }


def _matter(letter: Letter) -> dict[str, str]:
    """What a letter is about: two letters alike in this are the same one twice."""
    facts = letter.written.facts
    return {"kind": facts.kind, "case": facts.case.case, "addressee": facts.addressee.id}


def _earlier(letter: Letter, name: str, out: Path) -> list[Finding]:
    """Look through the records in the folder for a letter about the same matter."""
    matter = _matter(letter)
    found: list[Finding] = []
    damaged: list[Finding] = []
    for file in _records(out):
        try:
            record = _read_record(file)
        except (OSError, ValueError) as error:
            damaged.append(_damaged(file, error))
            continue
        if not found and file.stem != name and matter.items() <= record.items():
            found.append(
                ALREADY_ISSUED.finding(
                    f"{matter['addressee']} was issued this kind of letter already, dated {record['dated']}.",
                    "If it must go out a second time, say why with --accept already-issued=REASON.",
                    Place(str(file)),
                )
            )
    return damaged + found


def _records(out: Path) -> list[Path]:
    """The records in a folder. Raises PermissionError where nobody may look into it."""
    try:
        return sorted(path for path in out.iterdir() if path.match("L-*.json"))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _read_record(file: Path) -> dict[str, str]:
    """What names the letter in a record. Raises OSError or ValueError for a file that is none."""
    try:
        record = json.loads(read_ordinary(file, _LARGEST_RECORD))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(record, dict):
        raise ValueError("not a record")
    names = {field: record.get(field) for field in ("letter", "kind", "case", "addressee", "dated")}
    told = {field: value for field, value in names.items() if isinstance(value, str)}
    if told.keys() != names.keys():
        raise ValueError("not a record")
    date.fromisoformat(told["dated"])
    return told


def _damaged(file: Path, error: Exception) -> Finding:
    if isinstance(error, PermissionError):
        remedy = "Ask its owner for the right to read it."
    else:
        remedy = "Put a copy of it back; if there is none and you know what letter it was, move it elsewhere."
    return RECORD.finding(
        "This record of an issued letter cannot be read, so this letter may have been issued already.",
        remedy,
        Place(str(file)),
    )


def _trap(pdf: Path) -> list[Finding]:
    """Find what has the letter's name and is no file; a letter that is damaged is none of these."""
    with suppress(FileNotFoundError):
        if not S_ISREG(pdf.lstat().st_mode):
            return [
                RECORD.finding(
                    "This has the name of the letter, and is not an ordinary file.",
                    "Look where it comes from, and move it to another folder.",
                    Place(str(pdf)),
                )
            ]
    return []


def _sender(letter: Letter) -> str:
    """The name the envelope may show."""
    facts = letter.written.facts
    address = facts.addressee.address
    if isinstance(address, ClientAddress) and address.discreet is not False:
        return facts.practice.discreet_name or ""
    return facts.practice.name
