"""The whole register as files: its history, which can be read in again, and tables to look at."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, select

from letters.errors import UsageError
from letters.files import new_file
from letters.findings import Place
from letters.model.history import EVENTS, Event
from letters.register import sums, tables
from letters.register.chain import ENTRY, Entry, Head, faults
from letters.register.location import Location
from letters.register.store import Actor, Register, head_of, history
from letters.register.tables import REVISIONS
from letters.register.troubles import explained

HISTORY = "history.jsonl"
_SHEETS = {
    "cases.csv": tables.cases,
    "contacts.csv": tables.contacts,
    "endings.csv": tables.endings,
    "letters.csv": tables.letters,
    "approvals.csv": tables.approvals,
    "tasks.csv": tables.tasks,
}
# With these a spreadsheet would take a cell for a formula.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def export(register: Register, folder: Path) -> list[Path]:
    """Write the history and the tables into a folder; return the files.

    Raises UsageError where one of them is there already, MachineError where it cannot be written.
    """
    files = [folder / name for name in (HISTORY, *_SHEETS)]
    for file in files:
        if file.exists():
            raise UsageError(f"There is already a file {file}.", "Name an empty folder.")
    with register.reading() as connection:
        _write_history(connection, folder / HISTORY)
        for name, table in _SHEETS.items():
            query = select(table).order_by(*table.primary_key)
            rows = connection.execute(query, execution_options={"yield_per": 1000})
            _write_sheet(folder / name, list(table.c.keys()), rows.mappings())
    return files


def write_history(engine: Engine, where: Location, file: Path) -> None:
    """Write the history alone, which is all of the register."""
    with explained(where), engine.connect() as connection:
        level = {} if where.file else {"isolation_level": "REPEATABLE READ"}
        _write_history(connection.execution_options(**level), file)


def _write_history(connection: Connection, file: Path) -> None:
    with new_file(file) as temporary, temporary.open("w", encoding="utf-8") as lines:
        head = head_of(connection)
        lines.write(_line({"register": REVISIONS[-1], "entries": head.seq, "digest": head.digest}))
        with closing(history(connection)) as entries:
            lines.writelines(_line(asdict(entry)) for entry in entries)


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"


def _write_sheet(file: Path, columns: list[str], rows: Iterable[RowMapping]) -> None:
    # With a mark at the beginning, by which a spreadsheet knows the encoding.
    with new_file(file) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as lines:
        sheet = csv.writer(lines)
        sheet.writerow(columns)
        for row in rows:
            sheet.writerow([defused(row[name]) for name in columns])


def defused(value: object) -> str:
    """A value as a cell that no spreadsheet runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RISKY) else text


def restore(register: Register, file: Path, actor: Actor) -> int:
    """Read an exported history into an empty register; return how many entries it had.

    Raises UsageError where the register is not empty, or the history is damaged or no history.
    """
    head = _check(file)
    with register.writing(actor) as writing:
        if head_of(writing.connection).seq:
            raise UsageError(
                f"The register {register.where} is not empty.",
                "Read a history into a new one: --register FILE.",
            )
        for entry in _entries(file):
            writing.restore(entry, _event(entry, file), fold=False)
        try:
            sums.settle(writing.connection)
        except (KeyError, ValueError) as error:
            raise UsageError(
                f"The history {file} tells what this version does not know.",
                "Export it again with this version.",
            ) from error
    return head.seq


def _check(file: Path) -> Head:
    """Go along the whole chain before anything is written. Raises UsageError for the first fault."""
    head = _head(file)
    fault = next(faults(_entries(file), head, Place(str(file))), None)
    if fault is not None:
        raise UsageError(
            f"The history {file} is damaged: {fault.message}", "Export it again, or take another backup."
        )
    return head


def _head(file: Path) -> Head:
    told = next(_lines(file), None)
    if told is None or not _fits(told, {"register": str, "entries": int, "digest": str}):
        raise _no_history(file)
    if told["register"] not in REVISIONS:
        raise UsageError(f"The history {file} is of a newer version of letters.", "Install that version.")
    return Head(told["entries"], told["digest"])


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                told = json.loads(line)
                if not isinstance(told, dict):
                    raise _no_history(file)
                yield told
    except (ValueError, RecursionError) as error:
        raise _no_history(file) from error
    except OSError as error:
        raise UsageError(f"The file {file} cannot be read: {error.strerror}.", "Check its name.") from error


def _entries(file: Path) -> Iterator[Entry]:
    lines = _lines(file)
    next(lines, None)
    for told in lines:
        if not _fits(told, ENTRY):
            raise _no_history(file)
        yield Entry(**told)


def _fits(told: dict[str, Any], fields: Mapping[str, Any]) -> bool:
    """Whether a line has these fields, each with a value of its type."""
    return told.keys() == fields.keys() and all(isinstance(told[name], fields[name]) for name in fields)


def _no_history(file: Path) -> UsageError:
    return UsageError(
        f"{file} is not the history of a register.",
        f"Name a file that `letters register export` made ({HISTORY}), or a backup that ends with .jsonl.",
    )


def event_of(entry: Entry) -> Event | None:
    """The event of an entry; None where its content was erased.

    Raises KeyError for a sort of event nobody knows, ValueError for content that is none of its sort.
    """
    return EVENTS[entry.event].model_validate(entry.content) if entry.body is not None else None


def _event(entry: Entry, file: Path) -> Event | None:
    try:
        return event_of(entry)
    except (KeyError, ValueError) as error:
        raise UsageError(
            f"Entry {entry.seq} of {file} cannot be read.", "Export it again with this version."
        ) from error
