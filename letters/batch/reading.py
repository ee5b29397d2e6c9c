"""The cases of a caseload, one after the other: rows of tables, case files, cases of the register."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.batch.before import Before
from letters.batch.outcome import Outcome
from letters.batch.seen import OF_REGISTER, digest_of
from letters.batch.wanted import Given
from letters.caseload.completing import gone
from letters.caseload.doubts import divided, odd_postcodes
from letters.caseload.reported import FileOrStdin, Gathered, Reported, is_table_file, laid_over, unfolded
from letters.findings import Finding, FoundError, Severity, errors, rule
from letters.model.case import Case
from letters.order import KeptCase, RowCase
from letters.register import queries
from letters.sources import read, read_text
from letters.sources.reading import MISSING_FIELD
from letters.tables import Row, Table, open_table
from letters.tables.told import place_in_row

if TYPE_CHECKING:
    from letters.findings import Place
    from letters.model.practice import Practice
    from letters.register.queries import Filter
    from letters.register.store import Connection

NOT_AMONG_THEM = rule(
    "not-among-them",
    Severity.ERROR,
    "A row about a case that is not written to would be lost, and with it perhaps somebody's new clinician.",
)


@dataclass(frozen=True)
class Item:
    """A case as it was read, or what is wrong with it.

    `place` says where a value of it stands, and `cells` what its row says, by the names of the columns.
    `digest` is of what was read, and `before` are its letters where they were issued and nothing is another.
    """

    source: str
    number: str
    case: Path | KeptCase | RowCase | None
    value: Case | None
    place: Callable[[str], Place]
    findings: list[Finding] = field(default_factory=list)
    to: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    data: object = ""
    digest: str = ""
    before: list[Outcome] | None = None


class Caseload:
    """What was asked for, read case by case; `columns` are those of its tables, as they are written."""

    def __init__(
        self, given: Given, practice: Practice, connection: Connection | None, before: Before | None = None
    ) -> None:
        self.given = given
        self.practice = practice
        self.connection = connection
        self.before = before or Before()
        self._are_reports: list[bool] = []
        self.findings: list[Finding] = []
        self.columns: dict[str, None] = {}
        self._places: dict[str, dict[str, str]] = {}
        self._lacking: dict[str, list[Finding]] = {}
        self._has_several = False

    @property
    def is_mending(self) -> bool:
        """Whether nothing but lists of problems was given."""
        return bool(self._are_reports) and all(self._are_reports)

    def items(self) -> Iterator[Item]:
        """Every case. Raises FoundError where a file or a table as a whole is at fault."""
        if self.given.register is not None:
            yield from self._of_register(self.given.register)
            return
        gathered = Gathered()
        files = list(dict.fromkeys(unfolded(self.given.files, gathered)))
        self._tell(gathered.findings)
        self._has_several = len(files) > 1
        for file in files:
            if is_table_file(file):
                for row, table in self._rows(file):
                    yield self._of_row(row, table.name)
            else:
                yield self._of_file(file)

    def located(self, finding: Finding) -> Finding:
        """A finding with the letter of its column, as the spreadsheet shows it."""
        place = finding.place
        row, _, name = place.field.partition(", column ") if place else ("", "", "")
        if place is None or not name or place.file not in self._places:
            return finding
        known = self._places[place.file]
        if name in known.values() or f"column {name}" in known.values():
            return finding
        # Of a group, such as an address, the first column stands for all.
        column = known.get(name) or next((at for one, at in known.items() if one.startswith(f"{name} ")), "")
        return replace(finding, place=replace(place, field=f"{row}, {column}" if column else row))

    def _tell(self, findings: Sequence[Finding]) -> None:
        if errors(findings):
            raise FoundError(list(findings))
        self.findings += findings

    def _rows(self, file: FileOrStdin) -> Iterator[tuple[Row, Table]]:
        table = open_table(
            file,
            encoding=self.given.encoding,
            sheet=self.given.sheet,
            ignore=self.given.ignore_columns,
            columns=self.practice.columns,
            dates=self.practice.table_dates,
            for_letters=True,
        )
        lacking = [one for one in table.findings if one.code == MISSING_FIELD.code]
        # Where the register has the cases, a table need not say all of each.
        self._tell([one for one in table.findings if not (self.connection and one in lacking)])
        self._lacking[table.name] = lacking
        self.columns |= dict.fromkeys(table.names)
        self._are_reports.append(table.is_report)
        self._places[table.name] = table.places
        for row in table:
            yield row, table
        self.columns |= dict.fromkeys(table.names)  # JSON Lines name theirs as they go

    def _of_file(self, file: FileOrStdin) -> Item:
        reading = read(file, Case, encoding=self.given.encoding)
        name = "standard input" if file == "-" else file.name
        place = reading.document.place if reading.document else partial(place_in_row, name, "")
        data = reading.document.data if reading.document else ""
        number = str(data.get("case", "")) if isinstance(data, dict) else ""
        item = Item(name, number, None, reading.value, place, reading.findings, data=data)
        item = replace(item, digest=digest_of(data, None))
        if found := self.before.unchanged(number, item.digest):
            return replace(item, before=found)
        if file != "-":
            return replace(item, case=file)
        # Standard input can be read only once.
        return replace(item, case=RowCase(number, name, "", data) if isinstance(data, dict) else None)

    def _of_row(self, row: Row, table: str) -> Item:
        place = partial(place_in_row, table, row.where)
        data: dict[str, Any] = row.data if isinstance(row.data, dict) else {}
        number, digest = str(data.get("case", "")), digest_of(row.data, row.to)
        source = f"{Path(table).name}, {row.where}" if self._has_several else row.where
        if found := self.before.unchanged(number, digest):
            return Item(
                source, number, None, row.value, place, to=row.to, data=data, digest=digest, before=found
            )
        findings, value = list(row.findings), row.value
        if self._is_short(row, number):
            findings = [one for one in findings if one.code != MISSING_FIELD.code]
        if not errors(findings):
            data, value, more = self._whole(number, data, value, place)
            findings += more
        item = Item(source, number, None, value, place, findings, row.to, row.cells(), data, digest)
        if value is None or errors(findings):
            # Of a case that nobody knows a table has to say all.
            item.findings.extend(self._lacking[table] if not errors(findings) else [])
            return replace(item, value=None)
        # What comes into the register with its letter is looked at as it is in an import.
        reported = Reported(value, data, place, is_row=True)
        item.findings.extend([*odd_postcodes(reported), *divided(reported)])
        return replace(item, case=RowCase(number, table, row.where, data))

    def _is_short(self, row: Row, number: str) -> bool:
        """Whether a row says less than a case needs, of one that the register has."""
        lacks = any(one.code == MISSING_FIELD.code for one in row.findings) or row.value is None
        return bool(lacks and self.connection and number and queries.known(self.connection, number))

    def _whole(
        self, number: str, data: dict[str, Any], value: Case | None, place: Callable[[str], Place]
    ) -> tuple[dict[str, Any], Case | None, list[Finding]]:
        """What a row says, laid over what the register has of its case."""
        connection = self.connection
        if found := gone(number, place, connection):
            return data, None, found
        if connection is None or queries.known(connection, number) is None:
            return data, value, []
        whole, found = laid_over(data, place, json.loads(queries.case_file(connection, number)))
        return (whole.data, whole.case, found) if whole else (data, None, found)

    def _of_register(self, wanted: Filter) -> Iterator[Item]:
        connection = self.connection
        assert connection is not None  # noqa: S101 - the register was asked for
        self.columns["case"] = None
        rows = self._rows_by_case()
        for case in queries.cases(connection, wanted):
            found = rows.pop(case.number, [])
            if not found and self.is_mending:
                continue  # what another table says of it is not known here
            if not found:
                yield self._of_case(connection, case.number)
            # Where there are several, nobody knows which of them holds: a check of doubles says so.
            yield from (self._of_row(*one) for one in found)
        yield from (self._stray(row, table) for some in rows.values() for row, table in some)

    def _rows_by_case(self) -> dict[str, list[tuple[Row, str]]]:
        found: dict[str, list[tuple[Row, str]]] = {}
        for file in self.given.files:
            for row, table in self._rows(file):
                number = row.data.get("case") if isinstance(row.data, dict) else None
                found.setdefault(str(number or row.where), []).append((row, table.name))
        return found

    def _of_case(self, connection: Connection, number: str) -> Item:
        place = partial(place_in_row, f"case {number}", "")
        if found := self.before.unchanged(number, OF_REGISTER):
            return Item("", number, None, None, place, digest=OF_REGISTER, before=found)
        text, digest = queries.case_file(connection, number), queries.digest(connection, number)
        reading = read_text(text, f"case {number}", Case, is_at_hand=False)
        data = reading.document.data if reading.document else ""
        return Item(
            "",
            number,
            KeptCase(number, text, digest),
            reading.value,
            reading.document.place if reading.document else place,
            reading.findings,
            cells={"case": number},
            data=data,
            digest=OF_REGISTER,
        )

    def _stray(self, row: Row, table: str) -> Item:
        number = str(row.data.get("case", "")) if isinstance(row.data, dict) else ""
        place = partial(place_in_row, table, row.where)
        named = f"case {number}" if number else "no case"
        message = f"This row is about {named}, which is not among the cases that are written to."
        remedy = "Correct the number, or take the row out."
        wrong = [one for one in row.findings if one.code != MISSING_FIELD.code]
        found = [*wrong, NOT_AMONG_THEM.finding(message, remedy, place("case"))]
        return Item(row.where, number, None, None, place, found, cells=row.cells())
