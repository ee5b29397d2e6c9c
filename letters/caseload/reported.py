"""What files, folders, tables and standard input report of cases, before any of it is entered."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from letters.caseload.overlaying import overlaid
from letters.entering import Tree
from letters.findings import Finding, Place, Severity, errors
from letters.model.case import Case
from letters.model.practice import DayOrder
from letters.model.secrecy import is_confidential
from letters.model.validation import Fault, validate
from letters.sources import Document, read
from letters.sources.document import steps
from letters.sources.opening import FILE
from letters.sources.reading import MISSING_FIELD, RULE_FOR
from letters.tables import Row, Table, is_table, open_table
from letters.tables.lines import are_lines
from letters.tables.names import name_of, paths_of
from letters.tables.opening import OLD, ZIPPED
from letters.workspace import PRACTICE_FILES

CASE_FILES = (".yaml", ".yml", ".json")
FileOrStdin = Path | Literal["-"]
_SHOWN = 5  # files that are named
_HEAD = 4096  # bytes of standard input that are looked at


@dataclass(frozen=True)
class Reported:
    """One case as a file or a row has it; `place` says where a value of it stands.

    `file` is None for what does not come from a case file. What a row says is not all there is to say.
    """

    case: Case
    data: Tree
    place: Callable[[str], Place]
    file: Path | None = None
    is_row: bool = False


@dataclass(frozen=True)
class Short:
    """A row that says too little to be a case of its own, and may say enough of one that is known.

    `lacking` says what is missing in it; `is_faulty` whether what it does say is wrong.
    """

    table: str
    data: Tree
    place: Callable[[str], Place]
    lacking: list[Finding]
    is_faulty: bool

    @property
    def number(self) -> str:
        """The number of its case; empty where it gives none."""
        return str(self.data.get("case", ""))


@dataclass
class Gathered:
    """All that was read: the cases without errors, what was found, and how many cases had errors.

    `short` are the rows that are none without the register, and `lacking` the columns missing in their
    tables: an error where the register does not help.
    """

    reported: list[Reported] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)
    lacking: dict[str, list[Finding]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    faulty: int = 0

    @property
    def rows(self) -> int:
        """How many cases were there, whatever is wrong with them."""
        return len(self.reported) + len(self.short) + self.faulty


def gather(
    files: Sequence[FileOrStdin],
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    ignore: Collection[str] | bool = (),
    columns: Mapping[str, str] | None = None,
    dates: DayOrder | None = None,
) -> Gathered:
    """Read everything before anything is decided; a folder stands for the case files in it.

    The options are those of `open_table`.
    """
    open_ = partial(open_table, encoding=encoding, sheet=sheet, ignore=ignore, columns=columns, dates=dates)
    found = Gathered()
    for file in dict.fromkeys(unfolded(files, found)):
        if is_table_file(file):
            _read_table(open_(file), found)
        else:
            _read_file(file, found, encoding)
    return found


def unfolded(files: Sequence[FileOrStdin], found: Gathered) -> Iterator[FileOrStdin]:
    """The files themselves, and of folders the case files in them."""
    for file in files:
        if file == "-" or not file.is_dir():
            yield file
        elif inside := sorted(path for path in file.iterdir() if _is_case_file(path)):
            found.findings += _passed_over(file)
            yield from inside
        else:
            remedy = "Name a folder with YAML or JSON case files in it, or the tables themselves."
            found.findings.append(
                FILE.finding("There is no case file in this folder.", remedy, Place(str(file)))
            )
            found.faulty += 1


def _passed_over(folder: Path) -> Iterator[Finding]:
    """Tables may hold anything, so those in a folder are read where they are named, and told of otherwise."""
    if tables := sorted(path.name for path in folder.iterdir() if is_table(path) and path.is_file()):
        more = f" and {len(tables) - _SHOWN:,} more" if len(tables) > _SHOWN else ""
        message = (
            f"Of this folder the case files are read, and no tables: {', '.join(tables[:_SHOWN])}{more}."
        )
        told = FILE.finding(message, "Name those that hold cases.", Place(str(folder)))
        yield replace(told, severity=Severity.WARNING)


def _is_case_file(path: Path) -> bool:
    is_hidden = path.name.startswith((".", "~"))
    return path.suffix.lower() in CASE_FILES and path.name not in PRACTICE_FILES and not is_hidden


def is_table_file(file: FileOrStdin) -> bool:
    """Whether a file, or what comes from standard input, is a table."""
    return _is_table_handed_in() if file == "-" else is_table(file)


def _is_table_handed_in() -> bool:
    """Whether standard input is a table: a workbook, or two names of columns in its first line."""
    stream = sys.stdin.buffer
    if hasattr(stream, "peek"):
        head = stream.peek(_HEAD)[:_HEAD]
    else:
        at = stream.tell()
        head = stream.read(_HEAD)
        stream.seek(at)
    if head.startswith((ZIPPED, OLD)) or are_lines(head):
        return True
    first = next(iter(head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()), "")
    return any(sum(map(_is_column, first.split(sign))) > 1 for sign in ",;\t")


def _is_column(name: str) -> bool:
    return ": " not in name and bool(paths_of(name.strip().strip('"')))


def _read_file(file: FileOrStdin, found: Gathered, encoding: str | None) -> None:
    reading = read(file, Case, encoding=encoding)
    found.findings += reading.findings
    if reading.value is None or reading.document is None:
        found.faulty += 1
        return
    path = None if file == "-" else file
    found.reported.append(Reported(reading.value, _tree(reading.document), reading.document.place, path))


def _tree(document: Document) -> Tree:
    assert isinstance(document.data, dict)  # noqa: S101 - a case was made from it
    return document.data


def _read_table(table: Table, found: Gathered) -> None:
    before = found.rows
    lacking = [finding for finding in table.findings if _is_lacking(finding)]
    is_sound = errors(table.findings) == lacking
    for row in table:
        _take_row(row, table.name, found, may_be_short=is_sound and bool(lacking or _lacking(row)))
    is_short = is_sound and any(one.table == table.name for one in found.short)
    if is_short:
        found.lacking[table.name] = lacking
    found.findings += [one for one in table.findings if not (is_short and _is_lacking(one))]
    if found.rows == before:  # the table itself was at fault
        found.faulty += 1


def _is_lacking(finding: Finding) -> bool:
    """Whether it says that something is missing, and not that something is wrong."""
    return finding.code == MISSING_FIELD.code


def _lacking(row: Row) -> list[Finding]:
    return [finding for finding in row.findings if _is_lacking(finding)]


def _take_row(row: Row, name: str, found: Gathered, *, may_be_short: bool) -> None:
    place = partial(_in_row, name, row.number)
    if row.value is not None and isinstance(row.data, dict):
        found.findings += row.findings
        found.reported.append(Reported(row.value, dict(row.data), place, is_row=True))
    elif may_be_short and isinstance(row.data, dict):
        lacking = _lacking(row)
        wrong = [finding for finding in row.findings if not _is_lacking(finding)]
        found.findings += wrong
        found.short.append(Short(name, dict(row.data), place, lacking, is_faulty=bool(errors(wrong))))
    else:
        found.findings += row.findings
        found.faulty += 1


def _in_row(name: str, number: int, path: str) -> Place:
    if not path:
        return Place(name, field=f"row {number}")
    try:
        return Place(name, field=f"row {number}, column {name_of(steps(path))}")
    except (KeyError, ValueError):  # a path that no column leads to
        return Place(name, field=f"row {number}")


def laid_over(
    data: Tree, place: Callable[[str], Place], known: Tree
) -> tuple[Reported | None, list[Finding]]:
    """What a row says together with what is known of its case; or why the two do not go together."""
    said = dict(data)
    # What a table has no column for comes last: it was made up.
    if next(reversed(said), "") == "relationship" and said["relationship"] == "individual":
        del said["relationship"]
    tree = overlaid(known, said)
    value, faults = validate(Case, tree)
    if value is None or not isinstance(tree, dict):
        return None, [_not_together(fault, place("")) for fault in faults]
    return Reported(value, tree, place), []


def _not_together(fault: Fault, place: Place) -> Finding:
    """Say that it is the row and what the register has together that are at fault."""
    if fault.code == MISSING_FIELD.code:
        column = name_of(fault.path)
        message = f"This row needs a column {column}, also with what the register has."
        return MISSING_FIELD.finding(
            message, f"Fill it in, so that it is clear what is meant: {column}.", place
        )
    told = "A value cannot be used here." if is_confidential(fault.path) else fault.message
    message = f"Together with what the register has: {told}"
    return RULE_FOR[fault.code].finding(message, fault.remedy, place)
