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
from letters.tables.reserved import IGNORE, REPORT, TO

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
LET_BE = rule(
    "column-let-be",
    Severity.NOTE,
    "What a table says and nobody reads here is told, so that it is not taken for known.",
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
    """A column that is read: where it stands, counted from 0, its name as written, its field.

    The path is empty where it is no field of a case. In a line of its own, names have no letters.
    """

    index: int
    name: str
    path: Path
    has_letters: bool = True

    @property
    def kind(self) -> type:
        """What its values are read as."""
        node = node_at(self.path)
        return node.kind if isinstance(node, Leaf) else str

    def __str__(self) -> str:
        return f"column {column_letters(self.index)} ({self.name})" if self.has_letters else self.name


@dataclass(frozen=True)
class Header:
    """The columns that are read, those without a name, and what is wrong with any of them.

    `names` are those of all columns as they are written, and `to` is the column for the addressee.
    `told` are the paths of columns that are missing or misspelled, which is no news in every row.
    """

    file: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    nameless: tuple[int, ...]
    findings: tuple[Finding, ...]
    told: frozenset[Path]
    to: Column | None = None
    is_sheet: bool = True

    @property
    def read(self) -> tuple[Column, ...]:
        """All columns whose cells are looked at."""
        return (*self.columns, self.to) if self.to else self.columns

    @property
    def kept(self) -> dict[int, str]:
        """The names of the columns that somebody filled in, by where they stand."""
        return {index: name for index, name in enumerate(self.names) if name and not is_report(name)}

    def place(self, number: int, where: object = "") -> Place:
        """The place of a row, or of something in it."""
        row = f"{'row' if self.is_sheet else 'line'} {number}"
        return Place(self.file, field=f"{row}, {where}" if where else row)


def is_report(name: str) -> bool:
    """Whether a column holds what a report says of the row."""
    return plain(name) in REPORT


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
    row: int | None = 1,
    *,
    ignore: Collection[str] | bool = (),
    columns: Mapping[str, str] | None = None,
    for_letters: bool = True,
) -> Header:
    """Match the names of a first row with the fields of a case.

    `row` is None for the names in a line of its own, whose number is told later. `ignore` are names to
    let be, or True for all unknown ones; `columns` gives names of somebody's own a column's name each.
    Only `for_letters` it is of interest to whom one goes.
    """
    reader = _Reader(file, row, ignore, columns or {}, for_letters=for_letters)
    if len(names) > MOST_COLUMNS:
        message = f"The first row of this table has {len(names):,} columns."
        reader.findings.append(FILE.finding(message, f"Leave at most {MOST_COLUMNS:,}.", reader.place()))
        return reader.header(())
    for index, name in enumerate(names):
        reader.add(index, name)
    return reader.header(tuple(names))


class _Reader:
    """Takes the names of a first row one by one."""

    def __init__(
        self,
        file: str,
        row: int | None,
        ignore: Collection[str] | bool,
        columns: Mapping[str, str],
        *,
        for_letters: bool,
    ) -> None:
        self.file, self.row, self.for_letters = file, row, for_letters
        self.ignores_all = ignore is True
        self.let_be = set() if isinstance(ignore, bool) else {plain(name) for name in ignore}
        self.own = {plain(name): field for name, field in columns.items()}
        self.columns: dict[Path, Column] = {}
        self.to: Column | None = None
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
        elif plain(name) not in self.let_be and not is_report(name):
            self._find(index, name)

    def _find(self, index: int, name: str) -> None:
        self.findings += _doubtful(name, self.place(index, name))
        meant = self.own.get(plain(name), name)
        if plain(meant) == IGNORE and plain(name) in self.own:
            return
        if plain(meant) == TO:
            self._take_addressee(self._column(index, name, ()))
        elif paths := paths_of(meant):
            self._take(self._column(index, name, paths[0]))
        elif self.ignores_all and plain(name) not in self.own:
            self.ignored.append(f"{column_letters(index)} ({name[:LONGEST_NAME]})")
        elif len(self.unknown) < MOST_UNKNOWN:  # comparing names takes long
            self.unknown.append(self._unknown(index, name))

    def _column(self, index: int, name: str, path: Path) -> Column:
        return Column(index, name[:LONGEST_NAME], path, self.row is not None)

    def _take(self, column: Column) -> None:
        first = self.columns.setdefault(column.path, column)
        if first is not column:
            self._note_again(first, column, name_of(column.path))

    def _take_addressee(self, column: Column) -> None:
        if not self.for_letters:
            message = "This column says to whom a letter goes, and no letter is written here."
            told = LET_BE.finding(message, "Nothing has to be done.", self.place(column.index, column.name))
            self.findings.append(told)
        elif self.to:
            self._note_again(self.to, column, TO)
        else:
            self.to = column

    def _note_again(self, first: Column, column: Column, name: str) -> None:
        which = f"Column {column_letters(first.index)}" if self.row else first.name
        place = self.place(column.index, column.name)
        told = DUPLICATE_COLUMN.finding(f"{which} is for {name} already.", "Keep one of the two.", place)
        self.findings.append(told)

    def _unknown(self, index: int, name: str) -> Finding:
        place, shown = self.place(index, name), name[:LONGEST_NAME]
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

    def header(self, names: tuple[str, ...]) -> Header:
        """What came of it."""
        missing = () if not self.columns else tuple(self._missing())
        self.findings += [self._left_out()] if self.ignored and self.columns else []
        unknown = self._unknown_ones() if names else []
        findings = [*unknown, *self.findings, *(self._lacking(path) for path in missing)]
        return Header(
            self.file,
            tuple(" ".join(name.split()) for name in names),
            tuple(self.columns.values()),
            tuple(self.nameless),
            tuple(findings),
            frozenset((*missing, *self.meant)),
            self.to,
            self.row is not None,
        )

    def _left_out(self) -> Finding:
        """Say which columns are ignored: one of them may say who must not be written to."""
        shown = self.ignored[:MOST_UNKNOWN]
        more = f" and {len(self.ignored) - len(shown):,} more" if len(self.ignored) > len(shown) else ""
        message = f"Not read, as --ignore-columns says: {', '.join(shown)}{more}."
        remedy = "Make sure that none of them says what is not safe, or who must not be contacted."
        return replace(UNKNOWN_COLUMN.finding(message, remedy, self.place()), severity=Severity.WARNING)

    def _unknown_ones(self) -> list[Finding]:
        """The unknown columns; but where not one is known, that is one finding and names nobody."""
        if self.columns:
            return self.unknown
        message = "The first row of this table has no name of a column that is known."
        remedy = "Put the names of the columns there, such as case, opened, clinician and client name."
        if self.row is None:
            message = "Nothing in this line has a name that is known."
            remedy = "Use the names of columns, such as case, opened, clinician and client name."
        return [FILE.finding(message, remedy, self.place())]

    def _missing(self) -> Iterator[Path]:
        for name in case_fields().required:
            if name not in MADE_UP:
                path = first_value((name,))
                if path not in self.columns:
                    yield path

    def _lacking(self, path: Path) -> Finding:
        message = f"There is no column {name_of(path)}." if self.row else f"There is no {name_of(path)}."
        return MISSING_FIELD.finding(message, ADD_IT if self.row else "Add it.", self.place())

    def place(self, index: int | None = None, name: str = "") -> Place:
        """The place of a column; within a line of its own, whose number is told later, that is its name."""
        if self.row is None:
            return Place(self.file, field=name[:LONGEST_NAME])
        column = "" if index is None else f", column {column_letters(index)}"
        return Place(self.file, field=f"row {self.row}{column}")


def _doubtful(name: str, place: Place) -> Iterator[Finding]:
    for flaw in examine(name):
        yield flaw.rule.finding(flaw.message, flaw.remedy, place)
