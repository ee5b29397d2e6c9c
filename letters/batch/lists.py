"""What a batch tells of its letters, as lists for people and programs.

Every list has the same columns in the same order each time. Reasons are the messages of findings, which hold
nothing confidential.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from letters.batch.folder import LETTERS
from letters.batch.outcome import Outcome
from letters.findings import Place
from letters.spreadsheet import csv_table, defused

MANIFEST = (
    *("number", "source", "case", "addressee", "status", "letter", "pages", "language", "route"),
    *("envelope", "sender", "sha256", "file", "enclosures", "why"),
)
WITHHELD = ("number", "source", "case", "addressee", "name", "why", "what to do")
PROBLEMS = ("row", "problem", "mend")  # before the columns of the table itself
TRACKED = ("letter", "name")  # then the lines of the address
AFTER_ADDRESS = ("postcode", "country", "tracking")
ADDRESS_LINES = 6  # at least; more where an address has more

# As in: row 17, column F (ending on); row 3, column country; line 3, opened.
_COLUMN = re.compile(r"(?:row|line) \d+, (?:column (?:[A-Z]+ \((?P<name>.+)\)|(?P<bare>.+))|(?P<field>.+))$")
_UNIT = re.compile(r"^(?:row|line) (?=\d+$)")


def manifest_csv(outcomes: Iterable[Outcome]) -> bytes:
    """Every letter that was planned, and what became of it."""
    return csv_table(MANIFEST, map(_entry_cells, outcomes))


def manifest_jsonl(outcomes: Iterable[Outcome]) -> bytes:
    """The same for programs, one object a line: lists stay lists, and reasons have their codes."""
    entries = (
        {
            **_entry(one),
            **{"name": one.name, "postcode": one.postcode, "country": one.country},
            **{"replaces": one.replaces, "held": one.is_held},
        }
        for one in outcomes
    )
    return "".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in entries).encode(
        "utf-8", "backslashreplace"
    )


def withheld_csv(outcomes: Iterable[Outcome]) -> bytes:
    """Who was not written to, why, and what to do instead."""
    return csv_table(WITHHELD, (_withheld(one) for one in outcomes if one.status == "withheld"))


def problems_csv(outcomes: Iterable[Outcome], names: Sequence[str]) -> bytes:
    """The rows that can be mended, with all columns of their table, to be mended and read again.

    A row of which several letters have problems stands there once. Columns that an earlier list of problems
    put before the table's own are written anew, and what stood beside the table comes last.
    """
    rows = list(_rows(outcomes))
    known = dict.fromkeys([*names, *(name for row in rows for name in row[0].cells)])
    kept = [name for name in known if name.strip().casefold() not in PROBLEMS]
    return csv_table([*PROBLEMS, *kept], (_problem(row, kept) for row in rows))


def tracked_post_csv(outcomes: Iterable[Outcome], numbers: Mapping[str, str] | None = None) -> bytes:
    """The letters that go by post, for a carrier's import, with their tracking numbers or room for them."""
    known = numbers or {}
    posted = [one for one in outcomes if one.status == "issued" and one.route and not one.is_held]
    most = max([ADDRESS_LINES, *(len(one.route) - 1 for one in posted)])
    header = [*TRACKED, *(f"address {number}" for number in range(1, most + 1)), *AFTER_ADDRESS]
    return csv_table(header, (_posted(one, most, known.get(one.letter, "")) for one in posted))


def numbers_in(listed: bytes) -> dict[str, str]:
    """The tracking numbers that somebody put into a list of what is posted. Raises ValueError."""
    rows = csv.DictReader(io.StringIO(listed.decode("utf-8-sig"), newline=""), restval="")
    if not {"letter", "tracking"} <= set(rows.fieldnames or ()):
        raise ValueError("this is no list of posted letters")
    return {row["letter"]: _undone(row["tracking"]) for row in rows}


def _undone(cell: str) -> str:
    """A cell before it was defused."""
    return cell[1:] if cell.startswith("'") and defused(cell[1:]) == cell else cell


def _entry(one: Outcome) -> dict[str, Any]:
    """What the manifest tells of a letter, by its columns."""
    values = (
        *(one.number, one.source, one.case, one.addressee, one.status, one.letter, one.pages or None),
        *(one.language, list(one.route), one.envelope, one.sender, one.sha256),
        f"{LETTERS}/{one.letter}.pdf" if one.status == "issued" else "",
        [{"file": each.file, "pages": each.pages} for each in one.enclosed],
        [{"code": each.code, "message": each.message, "remedy": each.remedy} for each in one.findings],
    )
    return dict(zip(MANIFEST, values, strict=True))


def _entry_cells(one: Outcome) -> list[str]:
    """The same as cells: an address on one line, enclosures with their pages, reasons without their codes."""
    entry = _entry(one)
    entry["route"] = ", ".join(one.route)
    entry["enclosures"] = "; ".join(f"{each.file} ({_counted(each.pages)})" for each in one.enclosed)
    entry["why"] = _joined([finding.message for finding in one.findings])
    return ["" if value is None else str(value) for value in entry.values()]


def _counted(pages: int) -> str:
    return f"{pages} page{'s' * (pages != 1)}"


def _withheld(one: Outcome) -> list[str]:
    why = [finding.message for finding in one.findings]
    instead = [finding.remedy for finding in one.findings]
    return [str(one.number), one.source, one.case, one.addressee, one.name, _joined(why), _joined(instead)]


def _rows(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """The letters with a problem, by the row they came of."""
    rows: dict[str, list[Outcome]] = {}
    for one in outcomes:
        if one.status == "problem":
            rows.setdefault(one.source or f"letter {one.number}", []).append(one)
    yield from rows.values()


def _problem(row: list[Outcome], names: Sequence[str]) -> list[str]:
    findings = list(dict.fromkeys(finding for one in row for finding in one.findings))
    problems = _joined([_where(finding.place) + finding.message for finding in findings])
    mend = _joined([finding.remedy for finding in findings])
    cells = [row[0].cells.get(name, "") for name in names]
    return [_UNIT.sub("", row[0].source), problems, mend, *cells]


def _where(place: Place | None) -> str:
    """The name of the column alone: its letter is another one in the list of problems."""
    found = _COLUMN.search(place.field) if place else None
    return f"{found['name'] or found['bare'] or found['field']}: " if found else ""


def _posted(one: Outcome, most: int, tracking: str) -> list[str]:
    name, *lines = one.route
    blank = [""] * (most - len(lines))
    return [one.letter, name, *lines, *blank, one.postcode, one.country, tracking]


def _joined(texts: Sequence[str]) -> str:
    """Put sentences together; several are numbered, so that it is seen which remedy is for which problem."""
    if len(texts) < 2:
        return "".join(texts)
    return " ".join(f"({number}) {text}" for number, text in enumerate(texts, 1) if text)
