"""What earlier runs of the same batch issued and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from letters.assemble.enclosing import enclosed_name, enclosures_for
from letters.batch import seen
from letters.batch.folder import LETTERS
from letters.batch.outcome import Enclosed, Outcome
from letters.batch.told import told
from letters.caseload.delivery import MUST_NOT_LEAVE
from letters.checks.issued import ALREADY_ISSUED, STALE
from letters.files import read_ordinary
from letters.findings import RULES
from letters.frame import addressed
from letters.issuing import ENCLOSURES, sender_of
from letters.recovering import COPY, LARGEST
from letters.register import correspondence

if TYPE_CHECKING:
    from letters.batch.seen import Seen
    from letters.facts import Facts
    from letters.findings import Finding
    from letters.office import Office
    from letters.register.queries import LetterRow
    from letters.register.store import Connection

_Key = tuple[str, str]  # a case and an addressee


class Before:
    """The letters that earlier runs issued and that are in force, and what the lists told."""

    def __init__(
        self,
        out: Path | None = None,
        issued: Mapping[_Key, LetterRow] | None = None,
        changed: Mapping[str, int] | None = None,
        voided: Mapping[_Key, LetterRow] | None = None,
        kind: str = "",
        office: Office | None = None,
    ) -> None:
        self.issued = issued or {}
        self.changed = changed or {}
        self._voided = voided or {}
        self._looked_at: dict[Path, bool] = {}
        self._out = out
        self._kind = kind
        self._office = office

    @property
    def is_empty(self) -> bool:
        """Whether there was no earlier run that issued anything."""
        return not self.issued and not self._voided

    @cached_property
    def around(self) -> str:
        """The digest of all that surrounds the cases now."""
        return seen.around(self._kind, self._office) if self._office else ""

    @cached_property
    def seen(self) -> Seen:
        """How the cases were when their letters were issued; nothing where something around them changed."""
        found = seen.read(self._out) if self._out and self.issued else seen.Seen()
        return found if found.around == self.around else seen.Seen()

    @cached_property
    def told(self) -> dict[_Key, Outcome]:
        """What the lists told of each letter; of one that was issued, what was told then."""
        if self._out is None:
            return {}
        found = sorted(told(self._out), key=lambda one: one.status == "issued")
        return {(one.case, one.addressee): one for one in found}

    def unchanged(self, number: str, row: str) -> list[Outcome] | None:
        """The letters of a case, where all were issued and nothing they are made from is another."""
        look = self.seen.cases.get(number)
        if look is None or look.row != row or look.changed != self.changed.get(number):
            return None
        found = [self._whole((number, addressee)) for addressee in look.addressees]
        outcomes = [one for one in found if one]
        return outcomes if len(outcomes) == len(found) else None

    def _whole(self, key: _Key) -> Outcome | None:
        row, known = self.issued.get(key), self.told.get(key)
        if row is None or known is None or known.letter != row.letter:
            return None
        return replace(known, findings=()) if self.is_whole(row) else None

    def is_whole(self, row: LetterRow) -> bool:
        """Whether the files of a letter are there, and are what was issued; copies and enclosures, too."""
        if self._out is None or self._office is None:
            return False
        folder = self._out / LETTERS
        files = {folder / f"{row.letter}.pdf": row.sha256}
        if row.copy_sha256:
            files[folder / f"{row.letter}{COPY}"] = row.copy_sha256
        for name, digest in row.data["enclosures"].items():
            files[folder / ENCLOSURES / enclosed_name(name, digest)] = digest
        return all(self._is(file, digest) for file, digest in files.items())

    def _is(self, file: Path, digest: str) -> bool:
        """Whether a file is what it was; a document that is behind many letters is looked at once."""
        if file not in self._looked_at:
            try:
                found = sha256(read_ordinary(file, LARGEST)).hexdigest() == digest
            except OSError:
                found = False
            if file.parent.name != ENCLOSURES:
                return found
            self._looked_at[file] = found
        return self._looked_at[file]

    def voided(self, case: str, addressee: str) -> LetterRow | None:
        """The letter of this batch to somebody that was voided last, where none is in force."""
        key = case, addressee
        return None if key in self.issued else self._voided.get(key)

    def carried(self, now: Sequence[Outcome], *, is_mending: bool) -> list[Outcome]:
        """The outcomes of earlier runs that this one did not come by, in their order.

        Letters that were issued always stay; where somebody must not be written to any more, they are held.
        With `is_mending`, where only the rows with problems were read again, those who were not to be
        written to stay as well.
        """
        met = {(one.case, one.addressee) for one in now if one.status in ("issued", "planned")}
        held = {(one.case, one.addressee) for one in now if self._forbids(one)}
        cases = {one.case for one in now}
        kept = [
            replace(_issued(self.told.get(key), row), is_held=key in held)
            for key, row in self.issued.items()
            if key not in met
        ]
        if is_mending:
            kept += [
                one
                for one in self.told.values()
                if one.status in ("withheld", "failed") and one.case not in cases
            ]
        return sorted(kept, key=lambda one: one.number)

    def _forbids(self, one: Outcome) -> bool:
        """Whether an earlier letter must not leave: nobody may write to them any more, or not there."""
        row = self.issued.get((one.case, one.addressee))
        if one.status != "withheld" or row is None:
            return False
        # What a table says and the register does not is no news yet.
        is_news = all(finding.code != STALE.code for finding in one.findings)
        is_elsewhere = bool(one.route) and ", ".join(one.route) != row.data["route"]
        return any(map(_is_grave, one.findings)) or (is_news and is_elsewhere)

    def warned(self, outcome: Outcome) -> Outcome:
        """With the warning that an earlier letter to them must not leave, where that is so."""
        row = self.issued.get((outcome.case, outcome.addressee))
        if row is None or not self._forbids(outcome):
            return outcome
        finding = MUST_NOT_LEAVE.finding(
            f"{row.letter} was issued before this was known.",
            f"If it is still here, destroy it: letters log void {row.letter} --because TEXT",
        )
        return replace(outcome, findings=(*outcome.findings, finding))


def letters_of(
    connection: Connection, batch: str
) -> tuple[Mapping[_Key, LetterRow], Mapping[_Key, LetterRow]]:
    """The letters of a batch that are in force, and those that were voided, by their case and addressee."""
    rows = correspondence.letters_wanted(connection, correspondence.Wanted(batch=batch))
    by_key = [((row.case_number, row.addressee), row) for row in rows if not row.replaced_by]
    void = {key: row for key, row in by_key if row.status == "void"}
    return {key: row for key, row in by_key if row.status != "void"}, void


def _is_grave(finding: Finding) -> bool:
    known = RULES.get(finding.code)
    return bool(known and known.withholds) and finding.code not in (ALREADY_ISSUED.code, STALE.code)


def _issued(known: Outcome | None, row: LetterRow) -> Outcome:
    """A letter that was issued, as the register has it, with what a list told of its reader."""
    known = known or Outcome(0, "issued", "", row.case_number, row.addressee, route=(row.data["route"],))
    return replace(
        known,
        status="issued",
        letter=row.letter,
        language=row.data["language"],
        pages=row.data["pages"],
        sha256=row.sha256,
        findings=(),
    )


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
