"""The first row of a table: which column is for which field of a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from letters.findings import Finding, Place, Severity, rule
from letters.model.secrecy import Path
from letters.sources.characters import examine
from letters.sources.opening import FILE
from letters.sources.reading import MISSING_FIELD
from letters.spelling import nearest
from letters.tables.fields import Leaf, case_fields, first_value, node_at
from letters.tables.names import known_names, name_of, paths_of, plain, worded

UNKNOWN_COLUMN = rule(
    "unknown-column",
    Severity.ERROR,
    "A column nobody knows is mostly a slip of the pen, and what it says would be lost.",
)
DUPLICATE_COLUMN = rule(
    "duplicate-column",
    Severity.ERROR,
    "Of two columns for one fact only one would count, and nobody would know which.",
)
# What other record systems call a column, where the nearest name would be another one's.
ELSEWHERE = {
    **dict.fromkeys(("address", "street", "street address", "address 1"), "address line 1"),
    **dict.fromkeys(("cell", "cell phone", "home phone", "mobile", "mobile phone", "telephone"), "phone"),
    **dict.fromkeys(("client", "full name", "patient", "patient name"), "client name"),
    **dict.fromkeys(("birthdate", "date of birth", "dob"), "client born"),
    **dict.fromkeys(("counselor", "therapist"), "clinician"),
    **dict.fromkeys(("last appointment", "last visit", "last seen"), "last session"),
    **dict.fromkeys(("intake", "intake date", "opened on", "start date"), "opened"),
    **dict.fromkeys(("do not contact", "do not call", "dnc"), "no contact"),
    **dict.fromkeys(("mail ok", "ok to mail", "ok to mail?", "safe", "safe to mail"), "address safe"),
    **dict.fromkeys(("call ok", "ok to call", "ok to call?", "safe to call"), "phone safe"),
    **{"case number": "case", "case id": "case", "state": "region", "voicemail": "phone voicemail"},
    **{"zip": "postcode", "zip code": "postcode"},
}
PARTS_OF_A_NAME = ("family name", "first name", "given name", "last name", "surname")
LONGEST_NAME = 60  # characters of a column's name that are shown
MOST_UNKNOWN = 30  # columns that are told of
MOST_COLUMNS = 2000
ADD_IT = "Add it to the first row, and fill it in."
# Made up where there is no column, see `letters.tables.rows`.
MADE_UP = ("relationship",)


@dataclass(frozen=True)
class Column:
    """A column that is read: where it stands, counted from 0, its name as written, its field."""

    index: int
    name: str
    path: Path

    @property
    def kind(self) -> type:
        """What its values are read as."""
        node = node_at(self.path)
        return node.kind if isinstance(node, Leaf) else str

    def __str__(self) -> str:
        return f"column {column_letters(self.index)} ({self.name})"


@dataclass(frozen=True)
class Header:
    """The columns that are read, those without a name, and what is wrong with any of them.

    `told` are the paths of columns that are missing or misspelled, which is no news in every row.
    """

    file: str
    row: int
    width: int
    columns: tuple[Column, ...]
    nameless: tuple[int, ...]
    findings: tuple[Finding, ...]
    told: frozenset[Path]


def column_letters(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, last = divmod(index - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def read_header(
    names: Sequence[str],
    file: str,
    row: int = 1,
    *,
    ignore: Collection[str] | bool = (),
    columns: Mapping[str, str] | None = None,
) -> Header:
    """Match the names of a first row with the fields of a case.

    `ignore` are names to let be, or True for all unknown ones; `columns` gives names of somebody's
    own a column's name each.
    """
    if len(names) > MOST_COLUMNS:
        message = f"The first row of this table has {len(names):,} columns."
        place = Place(file, field=f"row {row}")
        finding = FILE.finding(message, f"Leave at most {MOST_COLUMNS:,}.", place)
        return Header(file, row, len(names), (), (), (finding,), frozenset())
    reader = _Reader(file, row, ignore, columns or {})
    for index, name in enumerate(names):
        reader.add(index, name)
    return reader.header(len(names))


class _Reader:
    """Takes the names of a first row one by one."""

    def __init__(
        self, file: str, row: int, ignore: Collection[str] | bool, columns: Mapping[str, str]
    ) -> None:
        self.file, self.row = file, row
        self.ignores_all = ignore is True
        self.let_be = set() if isinstance(ignore, bool) else {plain(name) for name in ignore}
        self.own = {plain(name): field for name, field in columns.items()}
        self.columns: dict[Path, Column] = {}
        self.nameless: list[int] = []
        self.unknown: list[Finding] = []
        self.ignored: list[str] = []
        self.meant: set[Path] = set()
        self.findings: list[Finding] = []

    def add(self, index: int, written: str) -> None:
        """Find out what a column is for."""
        name = " ".join(written.split())
        if not name:
            self.nameless += [] if self.ignores_all else [index]
        elif plain(name) not in self.let_be:
            self._find(index, name)

    def _find(self, index: int, name: str) -> None:
        self.findings += _doubtful(name, self._place(index))
        paths = paths_of(self.own.get(plain(name), name))
        if paths:
            self._take(Column(index, name[:LONGEST_NAME], paths[0]))
        elif self.ignores_all and plain(name) not in self.own:
            self.ignored.append(f"{column_letters(index)} ({name[:LONGEST_NAME]})")
        elif len(self.unknown) < MOST_UNKNOWN:  # comparing names takes long
            self.unknown.append(self._unknown(index, name))

    def _take(self, column: Column) -> None:
        first = self.columns.setdefault(column.path, column)
        if first is not column:
            message = f"Column {column_letters(first.index)} is for {name_of(column.path)} already."
            place = self._place(column.index)
            self.findings.append(DUPLICATE_COLUMN.finding(message, "Keep one of the two.", place))

    def _unknown(self, index: int, name: str) -> Finding:
        place, shown = self._place(index), name[:LONGEST_NAME]
        if target := self.own.get(plain(name)):
            remedy = self._guess(target) or "Write the name of a column there."
            message = f"The column {shown} stands for {target[:LONGEST_NAME]}, and there is no such column."
            return UNKNOWN_COLUMN.finding(message, remedy, place)
        otherwise = "Rename it, remove it, or have it ignored with --ignore-columns."
        remedy = self._guess(name) or otherwise
        return UNKNOWN_COLUMN.finding(f"There is no column {shown}.", remedy, place)

    def _guess(self, name: str) -> str:
        """Ask for the column that was probably meant."""
        if worded(name) in PARTS_OF_A_NAME:
            self.meant.update(paths_of("client name"))
            return "Put the whole name into one column: client name."
        near = ELSEWHERE.get(worded(name)) or nearest(worded(name), known_names())
        self.meant.update(paths_of(near))
        return f"Did you mean {near}?" if near else ""

    def header(self, width: int) -> Header:
        """What came of it."""
        missing = () if not self.columns else tuple(self._missing())
        self.findings += [self._left_out()] if self.ignored and self.columns else []
        findings = [*self._unknown_ones(), *self.findings, *(self._lacking(path) for path in missing)]
        return Header(
            self.file,
            self.row,
            width,
            tuple(self.columns.values()),
            tuple(self.nameless),
            tuple(findings),
            frozenset((*missing, *self.meant)),
        )

    def _left_out(self) -> Finding:
        """Say which columns are ignored: one of them may say who must not be written to."""
        shown = self.ignored[:MOST_UNKNOWN]
        more = f" and {len(self.ignored) - len(shown):,} more" if len(self.ignored) > len(shown) else ""
        message = f"Not read, as --ignore-columns says: {', '.join(shown)}{more}."
        remedy = "Make sure that none of them says what is not safe, or who must not be contacted."
        return replace(UNKNOWN_COLUMN.finding(message, remedy, self._place()), severity=Severity.WARNING)

    def _unknown_ones(self) -> list[Finding]:
        """The unknown columns; but where not one is known, that is one finding and names nobody."""
        if self.columns:
            return self.unknown
        message = "The first row of this table has no name of a column that is known."
        remedy = "Put the names of the columns there, such as case, opened, clinician and client name."
        return [FILE.finding(message, remedy, self._place())]

    def _missing(self) -> Iterator[Path]:
        for name in case_fields().required:
            if name not in MADE_UP:
                path = first_value((name,))
                if path not in self.columns:
                    yield path

    def _lacking(self, path: Path) -> Finding:
        return MISSING_FIELD.finding(f"There is no column {name_of(path)}.", ADD_IT, self._place())

    def _place(self, index: int | None = None) -> Place:
        column = "" if index is None else f", column {column_letters(index)}"
        return Place(self.file, field=f"row {self.row}{column}")


def _doubtful(name: str, place: Place) -> Iterator[Finding]:
    for flaw in examine(name):
        yield flaw.rule.finding(flaw.message, flaw.remedy, place)
