"""A row of cells → a case, or every fault of it with its row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from letters.findings import Finding, Rule, Severity, errors, rule
from letters.model.case import Case
from letters.model.practice import DayOrder
from letters.model.validation import Fault, validate
from letters.sources.characters import DIRECTED, examine, examine_directions
from letters.sources.document import Data
from letters.sources.reading import MISSING_FIELD, RULE_FOR
from letters.tables.cells import ODD, Cell, UnusableError, cell_text
from letters.tables.days import in_order, remedy
from letters.tables.fields import first_value
from letters.tables.growing import Plan
from letters.tables.header import Column, Header, column_letters
from letters.tables.names import name_of
from letters.tables.source import Record
from letters.tables.written import Cells, Written

NAMELESS_COLUMN = rule(
    "nameless-column",
    Severity.ERROR,
    "A cell in a column without a name belongs to nothing, and what it says would be lost.",
)


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and the case that came of it if nothing is wrong.

    `data` is the tree of texts that a case file would hold, and `to` the id of the addressee, where it is
    given. `unit` is what a row is called: a row, or a line.
    """

    number: int
    value: Case | None
    findings: list[Finding]
    data: Data = field(default="", repr=False)
    to: str | None = None
    unit: str = "row"
    written: Written | None = field(default=None, repr=False, compare=False)

    @property
    def where(self) -> str:
        """Where it stands, as a person would say it."""
        return f"{self.unit} {self.number}"

    def cells(self) -> dict[str, str]:
        """What it says, as it was read: the text of all that is filled in, by the names of the columns."""
        return self.written.texts() if self.written else {}


@dataclass(frozen=True)
class _Flaw:
    """A finding before its place is written: the column it is in, if it is in one."""

    rule: Rule
    message: str
    remedy: str
    column: Column | None

    def finding(self, header: Header, row: int) -> Finding:
        return self.rule.finding(self.message, self.remedy, header.place(row, self.column or ""))


class RowReader:
    """Reads the rows of one table; none has a case where the table itself is not sound."""

    def __init__(self, header: Header, *, is_sound: bool, dates: DayOrder | None = None) -> None:
        self.header = header
        self.is_sound = is_sound
        self.dates = dates
        self.width = len(header.names)
        self.days = [column.index for column in header.columns if column.kind is date] if dates else []
        self.columns = {column.path: column for column in header.columns}
        self.kinds = [(column.index, column, column.kind) for column in header.read]
        self.indexes = [column.index for column in header.read]
        self.plan = Plan((column.path, column.index) for column in header.columns)

    def read(self, number: int, cells: Sequence[Cell]) -> Row | None:
        """Make a case of a row; None where all of its cells are empty."""
        flaws: list[_Flaw] = []
        texts = self._texts(cells, flaws)
        if not texts and not flaws and all(map(_is_blank, cells)):
            return None
        flaws += self._beside(cells)
        data = self.plan.grow(texts)
        value = self._case(data, texts, flaws)
        if flaws:
            flaws.sort(key=lambda flaw: flaw.column.index if flaw.column else self.width)
        findings = [flaw.finding(self.header, number) for flaw in flaws]
        is_good = self.is_sound and not (findings and errors(findings))
        unit = "row" if self.header.is_sheet else "line"
        to = texts.get(self.header.to.index) if self.header.to else None
        written = Cells(self.header, cells)
        return Row(number, value if is_good else None, findings, data, to, unit, written)

    def unread(self, record: Record) -> Row:
        """A row that is out of joint: what is wrong with it, and what its cells say."""
        findings = [record.trouble] if record.trouble else []
        return Row(record.number, None, findings, written=Cells(self.header, record.cells))

    def _texts(self, cells: Sequence[Cell], flaws: list[_Flaw]) -> dict[int, str]:
        """The texts of the filled cells, as far as they can be used."""
        texts = self._ordinary(cells)
        if texts is None:
            texts = dict(self._one_by_one(cells, flaws))
            flaws += self._doubtful(texts)
        elif not "".join(texts.values()).isascii():
            flaws += self._doubtful({index: text for index, text in texts.items() if not text.isascii()})
        for index in self.days:
            if index in texts and self.dates:
                texts[index] = in_order(texts[index], self.dates)
        return texts

    def _ordinary(self, cells: Sequence[Cell]) -> dict[int, str] | None:
        """The texts of a row in which nothing has to be looked at closely; most rows are such."""
        if len(cells) < self.width:
            return None
        try:
            row = "\n".join(cells)  # type: ignore[arg-type]
        except TypeError:  # cells of a spreadsheet
            return None
        if ODD.search(row):
            return None
        return {index: text for index in self.indexes if (text := str(cells[index]).strip())}

    def _one_by_one(self, cells: Sequence[Cell], flaws: list[_Flaw]) -> Iterator[tuple[int, str]]:
        width = len(cells)
        for index, column, kind in self.kinds:
            if index >= width or (cell := cells[index]) == "":
                continue
            try:
                text = cell_text(cell, kind)
            except UnusableError as flaw:
                flaws.append(_Flaw(flaw.broken, flaw.message, flaw.remedy, column))
                text = flaw.text
            if text:
                yield index, text

    def _doubtful(self, texts: dict[int, str]) -> Iterator[_Flaw]:
        """What is wrong with the characters."""
        is_directed = DIRECTED.search("\n".join(texts.values()))
        for index, column, _ in self.kinds:
            if text := texts.get(index):
                for flaw in [*examine(text), *(examine_directions(text) if is_directed else ())]:
                    yield _Flaw(flaw.rule, flaw.message, flaw.remedy, column)

    def _beside(self, cells: Sequence[Cell]) -> Iterator[_Flaw]:
        """The first filled cell that stands in a column without a name."""
        for index in (*self.header.nameless, *range(self.width, len(cells))):
            if index < len(cells) and not _is_blank(cells[index]):
                is_sheet = self.header.is_sheet
                what = f"Column {column_letters(index)} is" if is_sheet else "Something is"
                mend = "Name it in the first row, or empty it." if is_sheet else "Name it, or remove it."
                yield _Flaw(NAMELESS_COLUMN, f"{what} filled in here and has no name.", mend, None)
                return

    def _case(self, data: Data, texts: dict[int, str], flaws: list[_Flaw]) -> Case | None:
        try:
            # Nothing empty is in the data, which is what `validate` sees to first.
            return Case.model_validate(data)
        except ValueError:
            value, faults = validate(Case, data)
        told = {flaw.column for flaw in flaws if flaw.rule.severity is Severity.ERROR}
        found = filter(None, (self._flaw(fault, texts) for fault in faults))
        flaws += [flaw for flaw in found if flaw.column is None or flaw.column not in told]
        return value

    def _flaw(self, fault: Fault, texts: dict[int, str]) -> _Flaw | None:
        path = self.plan.written(texts, fault.path)
        if fault.code != "missing-field":
            column = self.columns.get(path) or self.columns.get(first_value(path))
            unclear = (
                remedy(texts.get(column.index, ""), self.dates) if column and column.kind is date else ""
            )
            return _Flaw(RULE_FOR[fault.code], fault.message, unclear or fault.remedy, column)
        needed = first_value(path)
        if needed in self.header.told:
            return None
        if column := self.columns.get(needed):
            what = "the column " if self.header.is_sheet else ""
            message = f"There is nothing in {what}{name_of(needed)}."
            return _Flaw(MISSING_FIELD, message, f"Fill in {column}.", column)
        if not self.header.is_sheet:
            return _Flaw(MISSING_FIELD, f"There is no {name_of(needed)} in this line.", "Add it.", None)
        message = f"This row needs a column {name_of(needed)}, and there is none."
        return _Flaw(MISSING_FIELD, message, "Add the column, and fill it in.", None)


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
