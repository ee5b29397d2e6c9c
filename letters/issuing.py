"""Issuing: the letter itself, published once under an opaque name, with a record beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from letters.files import FileTakenError, letter_id, publish, publish_new
from letters.findings import Finding, Place, Severity, rule
from letters.letter import Letter, Order, make
from letters.model.case import ClientAddress
from letters.version import VERSION

ALREADY_ISSUED = rule(
    "already-issued",
    Severity.WARNING,
    "Everybody gets a letter once. A second one about the same matter needs a reason.",
)


@dataclass(frozen=True)
class Issued:
    """What came of one order: the file, unless something stopped it, and every finding.

    `again` is true where this very letter had been issued before and nothing was written.
    """

    order: Order
    findings: list[Finding]
    file: Path | None = None
    envelope: str = ""
    sender: str = ""
    again: bool = False


def issue(orders: Sequence[Order], out: Path, accepted: Mapping[str, str]) -> list[Issued]:
    """Issue a letter for each order that nothing stops; all are made before the first is published.

    A warning stops its letter unless `accepted` holds its code, with the reason. Raises
    MachineError where files cannot be written; what is published by then stays, and the same
    orders again go on from there.
    """
    made = [(order, *make(order)) for order in orders]
    return [_finish(order, letter, findings, out, accepted) for order, letter, findings in made]


def _finish(
    order: Order, letter: Letter | None, findings: list[Finding], out: Path, accepted: Mapping[str, str]
) -> Issued:
    if letter is None:
        return Issued(order, findings)
    name = letter_id(letter.pdf)
    findings = findings + _earlier(letter, name, out)
    if any(stops(finding, accepted) for finding in findings):
        return Issued(order, findings)
    again = _publish(letter, name, out, {f.code: accepted[f.code] for f in findings if f.code in accepted})
    layout = letter.written.layout
    return Issued(order, findings, out / f"{name}.pdf", layout.envelope, _sender(letter), again)


def stops(finding: Finding, accepted: Mapping[str, str]) -> bool:
    """Whether a finding keeps a letter from leaving."""
    return finding.severity is Severity.ERROR or (
        finding.severity is Severity.WARNING and finding.code not in accepted
    )


def _publish(letter: Letter, name: str, out: Path, accepted: dict[str, str]) -> bool:
    """Write the letter, then its record; a run killed in between is completed by the next."""
    record = out / f"{name}.json"
    try:
        publish_new(out / f"{name}.pdf", letter.pdf)
    except FileTakenError:
        if record.exists():
            return True
    publish(record, json.dumps(_record(letter, name, accepted), indent=2).encode() + b"\n")
    return False


def _record(letter: Letter, name: str, accepted: dict[str, str]) -> dict[str, Any]:
    """What is known of an issued letter; ids and dates, no names and no content."""
    return {
        "letter": name,
        **_matter(letter),
        "dated": letter.written.facts.dated.isoformat(),
        "language": letter.written.facts.language,
        "sha256": sha256(letter.pdf).hexdigest(),
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
    who = matter["addressee"]
    for file in sorted(out.glob("L-*.json")):
        try:
            record = json.loads(file.read_bytes())
        except (OSError, ValueError):
            continue
        if file.stem != name and isinstance(record, dict) and matter.items() <= record.items():
            return [
                ALREADY_ISSUED.finding(
                    f"{who} was issued this kind of letter already, dated {record.get('dated')}.",
                    "If it must go out a second time, say why with --accept already-issued=REASON.",
                    Place(str(file)),
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
