"""A row of cells → a case, or every fault of it with its row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from letters.findings import Finding, Place, Rule, Severity, errors, rule
from letters.model.case import Case
from letters.model.validation import Fault, validate
from letters.sources.characters import DIRECTED, examine, examine_directions
from letters.sources.document import Data
from letters.sources.reading import MISSING_FIELD, RULE_FOR
from letters.tables.cells import ODD, Cell, UnusableError, cell_text
from letters.tables.fields import first_value
from letters.tables.growing import Plan
from letters.tables.header import Column, Header, column_letters
from letters.tables.names import name_of

NAMELESS_COLUMN = rule(
    "nameless-column",
    Severity.ERROR,
    "A cell in a column without a name belongs to nothing, and what it says would be lost.",
)


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and the case that came of it if nothing is wrong.

    `data` is the tree of texts that a case file would hold.
    """

    number: int
    value: Case | None
    findings: list[Finding]
    data: Data = field(default="", repr=False)


@dataclass(frozen=True)
class _Flaw:
    """A finding before its place is written: the column it is in, if it is in one."""

    rule: Rule
    message: str
    remedy: str
    column: Column | None

    def finding(self, file: str, row: int) -> Finding:
        where = f"row {row}, {self.column}" if self.column else f"row {row}"
        return self.rule.finding(self.message, self.remedy, Place(file, field=where))


class RowReader:
    """Reads the rows of one table; none has a case where the table itself is not sound."""

    def __init__(self, header: Header, *, is_sound: bool) -> None:
        self.header = header
        self.is_sound = is_sound
        self.columns = {column.path: column for column in header.columns}
        self.kinds = [(column.index, column, column.kind) for column in header.columns]
        self.indexes = [column.index for column in header.columns]
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
        if not flaws:
            return Row(number, value if self.is_sound else None, [], data)
        flaws.sort(key=lambda flaw: flaw.column.index if flaw.column else self.header.width)
        findings = [flaw.finding(self.header.file, number) for flaw in flaws]
        return Row(number, None if errors(findings) or not self.is_sound else value, findings, data)

    def _texts(self, cells: Sequence[Cell], flaws: list[_Flaw]) -> dict[int, str]:
        """The texts of the filled cells, as far as they can be used."""
        texts = self._ordinary(cells)
        if texts is None:
            texts = dict(self._one_by_one(cells, flaws))
            flaws += self._doubtful(texts)
        elif not "".join(texts.values()).isascii():
            flaws += self._doubtful({index: text for index, text in texts.items() if not text.isascii()})
        return texts

    def _ordinary(self, cells: Sequence[Cell]) -> dict[int, str] | None:
        """The texts of a row in which nothing has to be looked at closely; most rows are such."""
        if len(cells) < self.header.width:
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
        for index in (*self.header.nameless, *range(self.header.width, len(cells))):
            if index < len(cells) and not _is_blank(cells[index]):
                message = f"Column {column_letters(index)} is filled in here and has no name."
                yield _Flaw(NAMELESS_COLUMN, message, "Name it in the first row, or empty it.", None)
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
            return _Flaw(RULE_FOR[fault.code], fault.message, fault.remedy, column)
        needed = first_value(path)
        if needed in self.header.told:
            return None
        if column := self.columns.get(needed):
            message = f"There is nothing in the column {name_of(needed)}."
            return _Flaw(MISSING_FIELD, message, f"Fill in {column}.", column)
        message = f"This row needs a column {name_of(needed)}, and there is none."
        return _Flaw(MISSING_FIELD, message, "Add the column, and fill it in.", None)


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
