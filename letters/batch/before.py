"""Letters that an earlier run of the same batch issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from letters.assemble.enclosing import enclosures_for
from letters.batch.folder import LETTERS
from letters.batch.outcome import Enclosed, Outcome
from letters.files import read_ordinary
from letters.frame import addressed
from letters.issuing import ENCLOSURES, sender_of
from letters.recovering import LARGEST
from letters.register import correspondence

if TYPE_CHECKING:
    from letters.facts import Facts
    from letters.register.queries import LetterRow
    from letters.register.store import Connection


def issued_in(connection: Connection, batch: str) -> Mapping[tuple[str, str], LetterRow]:
    """The letters of a batch that are in force, by their case and addressee."""
    rows = correspondence.letters_wanted(connection, correspondence.Wanted(batch=batch))
    return {
        (row.case_number, row.addressee): row for row in rows if row.status != "void" and not row.replaced_by
    }


def is_whole(file: Path, digest: str) -> bool:
    """Whether a file is there, and is what was issued."""
    try:
        return sha256(read_ordinary(file, LARGEST)).hexdigest() == digest
    except OSError:
        return False


def issued_before(outcome: Outcome, row: LetterRow, facts: Facts) -> Outcome:
    """What is to be told of a letter that was issued in an earlier run."""
    address = facts.addressee.address
    return replace(
        outcome,
        status="issued",
        findings=(),
        addressee=row.addressee,
        letter=row.letter,
        route=tuple(addressed(facts)),
        name=facts.addressee.names[0] if facts.addressee.names else "",
        postcode=(address.postcode or "") if address else "",
        country=address.country if address else "",
        envelope=facts.practice.letter.envelope if facts.spec.to != "file" else "none",
        sender=sender_of(facts),
        language=row.data["language"],
        pages=row.data["pages"],
        sha256=row.sha256,
        file_copy=row.copy_sha256 is not None,
        enclosed=tuple(
            Enclosed(f"{LETTERS}/{ENCLOSURES}/{one.file_name}", one.pages)
            for one in enclosures_for(facts, Path(facts.practice_file.source.name).parent)[0]
        ),
    )
