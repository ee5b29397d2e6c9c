"""What earlier runs of the same batch issued and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from letters.checks.issued import (
    ALREADY_ISSUED,
    APPROVAL_VOID,
    ENDED,
    NOT_AGAIN,
    NOT_APPROVED,
    SENT_BACK,
    STALE,
)
from letters.files import read_ordinary
from letters.findings import RULES
from letters.issuing import ENCLOSURES
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
# These keep another letter from leaving, and say nothing against the one that was issued.
_OF_THE_REGISTER = {
    one.code for one in (ALREADY_ISSUED, STALE, NOT_APPROVED, APPROVAL_VOID, SENT_BACK, ENDED, NOT_AGAIN)
}


class Before:
    """The letters that earlier runs issued and that are in force, and what the lists told."""

    def __init__(
        self,
        out: Path | None = None,
        issued: Mapping[_Key, LetterRow] | None = None,
        changed: Mapping[str, int] | None = None,
        voided: Mapping[_Key, LetterRow] | None = None,
        held: Iterable[str] = (),
        kind: str = "",
        office: Office | None = None,
        *,
        is_whole_caseload: bool = True,
    ) -> None:
        self.issued = issued or {}
        self.changed = changed or {}
        self._voided = voided or {}
        self.held = frozenset(held)
        self._looked_at: dict[Path, bool] = {}
        self._out = out
        self._kind = kind
        self._office = office
        self._is_whole_caseload = is_whole_caseload

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
        # A condition has to be looked up in each case.
        look = self.seen.cases.get(number) if self._is_whole_caseload else None
        if look is None or look.row != row or look.changed != self.changed.get(number):
            return None
        found = [self._whole((number, addressee)) for addressee in look.addressees]
        outcomes = [one for one in found if one]
        return outcomes if len(outcomes) == len(found) else None

    def _whole(self, key: _Key) -> Outcome | None:
        row, known = self.issued.get(key), self.told.get(key)
        if row is None or known is None or known.letter != row.letter:
            return None
        if not self.is_whole(row):
            return None
        return replace(_issued(known, row), is_held=row.letter in self.held)

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

    def carried(self, now: Sequence[Outcome], held: frozenset[str], *, is_partial: bool) -> list[Outcome]:
        """The outcomes of earlier runs that this one did not come by, in their order.

        Letters that were issued always stay. With `is_partial`, where not all of the caseload was read, so do
        those who were not written to.
        """
        met = {(one.case, one.addressee) for one in now if one.status in ("issued", "planned")}
        cases = {one.case for one in now}
        kept = [
            _held(_issued(self.told.get(key), row), is_held=row.letter in held)
            for key, row in self.issued.items()
            if key not in met
        ]
        if is_partial:
            kept += [
                one
                for one in self.told.values()
                if one.status in ("withheld", "problem", "failed") and one.case not in cases
            ]
        return sorted(kept, key=lambda one: one.number)

    def to_hold(self, now: Sequence[Outcome], meant: Mapping[str, set[str]]) -> dict[str, LetterRow]:
        """The letters that have not left, and by what is known now must not.

        `meant` are those who would get a letter in each case, whether or not it was their turn.
        """
        cases = _by_case(now)
        return {
            row.letter: row
            for (case, addressee), row in self.issued.items()
            if case in cases
            and row.status == "issued"
            and self._is_over(row, cases[case], meant.get(case, set()))
        }

    def is_to_be_looked_at(self, row: LetterRow) -> bool:
        """Whether something was entered about the case of a letter that has not left, since it was issued."""
        look = self.seen.cases.get(row.case_number)
        return row.status == "issued" and (look is None or look.changed != self.changed.get(row.case_number))

    def to_release(self, now: Sequence[Outcome]) -> set[str]:
        """The letters that were held, and may leave by what is known now."""
        sound = {(one.case, one.addressee) for one in now if one.status in ("issued", "planned")}
        return {row.letter for key, row in self.issued.items() if row.letter in self.held and key in sound}

    def _is_over(self, row: LetterRow, now: Sequence[Outcome], meant: set[str]) -> bool:
        same = [one for one in now if one.addressee == row.addressee]
        if same:
            return not any(one.status in ("issued", "planned") for one in same) and any(
                self._forbids(one, row) for one in same
            )
        # A row that cannot be read says nothing about whom it is for.
        is_unread = any(one.status == "problem" and not one.addressee for one in now)
        return not is_unread and row.addressee not in meant

    def _forbids(self, one: Outcome, row: LetterRow) -> bool:
        """Whether nobody may write to them any more, or not there."""
        if one.status != "withheld":
            return False
        # What a table says and the register does not is no news yet.
        is_news = all(finding.code != STALE.code for finding in one.findings)
        is_elsewhere = bool(one.route) and ", ".join(one.route) != row.data["route"]
        return any(map(is_grave, one.findings)) or (is_news and is_elsewhere)


def _by_case(now: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for one in now:
        found.setdefault(one.case, []).append(one)
    return found


def must_not_leave(letter: str) -> Finding:
    """Say that a letter was issued, and must not leave any more."""
    return MUST_NOT_LEAVE.finding(
        f"{letter} was issued before this was known.",
        f"If it is still here, destroy it: letters log void {letter} --because TEXT",
    )


def _held(one: Outcome, *, is_held: bool) -> Outcome:
    return replace(one, is_held=True, findings=(must_not_leave(one.letter),)) if is_held else one


def letters_of(
    connection: Connection, batch: str
) -> tuple[Mapping[_Key, LetterRow], Mapping[_Key, LetterRow]]:
    """The letters of a batch that are in force, and those that were voided, by their case and addressee."""
    rows = correspondence.letters_wanted(connection, correspondence.Wanted(batch=batch))
    by_key = [((row.case_number, row.addressee), row) for row in rows if not row.replaced_by]
    void = {key: row for key, row in by_key if row.status == "void"}
    return {key: row for key, row in by_key if row.status != "void"}, void


def is_grave(finding: Finding) -> bool:
    """Whether it says that somebody must not be written to, for more than that they were."""
    known = RULES.get(finding.code)
    return bool(known and known.withholds) and finding.code not in _OF_THE_REGISTER


def _issued(known: Outcome | None, row: LetterRow) -> Outcome:
    """A letter that was issued, as the register has it, with what a list told of its reader."""
    known = known or Outcome(0, "issued", "", row.case_number, row.addressee)
    pages = {one.file: one.pages for one in known.enclosed}
    files = [
        f"{LETTERS}/{ENCLOSURES}/{enclosed_name(name, digest)}"
        for name, digest in row.data["enclosures"].items()
    ]
    return replace(
        known,
        route=tuple(row.data["lines"]) or (row.data["route"],),
        sender=row.data["sender"],
        enclosed=tuple(Enclosed(file, pages.get(file, 0)) for file in files),
        status="issued",
        letter=row.letter,
        language=row.data["language"],
        pages=row.data["pages"],
        sha256=row.sha256,
        findings=(),
        is_sent=row.status != "issued",
    )


def issued_before(outcome: Outcome, row: LetterRow, facts: Facts) -> Outcome:
    """What is to be told of a letter that was issued in an earlier run."""
    address = facts.addressee.address
    known = replace(
        outcome,
        addressee=row.addressee,
        name=facts.addressee.names[0] if facts.addressee.names else "",
        postcode=(address.postcode or "") if address else "",
        country=address.country if address else "",
        envelope=facts.practice.letter.envelope if facts.spec.to != "file" else "none",
        enclosed=tuple(
            Enclosed(f"{LETTERS}/{ENCLOSURES}/{one.file_name}", one.pages)
            for one in enclosures_for(facts, Path(facts.practice_file.source.name).parent)[0]
        ),
    )
    return _issued(known, row)
