"""JSON Lines: on each line a case of its own, as in a case file, or flat under the names of columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import IO, Any, cast

from letters.findings import Finding, Place, Severity, errors, rule
from letters.model.case import Case
from letters.model.validation import present, validate
from letters.sources import json as strict
from letters.sources.characters import examine, without_harm
from letters.sources.document import Data
from letters.sources.opening import FILE, reason_of
from letters.sources.reading import read_text
from letters.tables.header import is_report
from letters.tables.names import plain
from letters.tables.reserved import TO
from letters.tables.rows import Row, RowReader
from letters.tables.written import Entries

NOT_A_CASE = rule(
    "not-a-case",
    Severity.ERROR,
    "A line that holds no group of fields has nothing to make a letter from.",
)
LONGEST_LINE = 1 << 20  # characters
_MOST_READERS = 200  # sets of names that are kept in mind
_MOST_NAMES = 2000
_SPACE = " \t\r\n\f\v"
_DECODED = {True: "true", False: "false", None: ""}

Reader = Callable[[tuple[str, ...]], RowReader]


@dataclass
class Lines:
    """The lines of a file, read anew each time they are gone through."""

    name: str
    open: Callable[[str | None], IO[str]]
    make_reader: Reader
    for_letters: bool
    is_sound: bool = True
    seen: dict[str, None] = field(default_factory=dict)
    told: set[Finding] = field(default_factory=set)
    readers: dict[tuple[str, ...], RowReader] = field(default_factory=dict)

    @property
    def is_report(self) -> bool:
        """A list of problems is a table of cells."""
        return False

    @property
    def places(self) -> dict[str, str]:
        """A line has no columns that anybody could point at."""
        return {}

    @property
    def names(self) -> tuple[str, ...]:
        """All names in the lines that were gone through so far."""
        return tuple(self.seen)

    def fault(self) -> Finding | None:
        """Why the file as a whole is no JSON Lines."""
        try:
            beginning = [line.strip(_SPACE) for _, line in islice(self._lines(), 1)]
        except (OSError, UnicodeError) as error:
            return self._unread(error)
        if not beginning:
            remedy = "Write a case on each line."
            return FILE.finding("This file has nothing but empty lines.", remedy, Place(self.name))
        if beginning[0].startswith("[") or beginning[0] in ("{", '{"'):
            message = "This is JSON over several lines, or a list; in JSON Lines each line is a case."
            remedy = "Write each case on one line, between { and }, without a list around them."
            return FILE.finding(message, remedy, Place(self.name))
        return None

    def rows(self) -> Iterator[Row]:
        """A row for each line that is not empty."""
        self.told.clear()
        try:
            for number, line in self._lines():
                if row := self._row(number, line):
                    yield row if self.is_sound else replace(row, value=None)
        except (OSError, UnicodeError) as error:
            yield self._bad(0, [self._unread(error)])

    def _unread(self, error: OSError | UnicodeError) -> Finding:
        message = f"This file cannot be read any more: {reason_of(error)}."
        return FILE.finding(message, "Try again.", Place(self.name))

    def _lines(self) -> Iterator[tuple[int, str]]:
        """The lines that are not empty, with their numbers; one that is too long comes without its end."""
        with self.open(None) as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                whole = line
                while not whole.endswith("\n") and (whole := file.readline(LONGEST_LINE)):
                    pass
                if line.strip(_SPACE):
                    yield number, line

    def _row(self, number: int, line: str) -> Row | None:
        if len(line) > LONGEST_LINE:
            message = f"This line has more than {LONGEST_LINE:,} characters."
            remedy = "Look for a line break that is missing."
            return self._bad(number, [FILE.finding(message, remedy, self._place(number))])
        data = _quick(line)
        if data is None:
            data, findings = self._read_strictly(number, line)
            if errors(findings):
                return self._bad(number, findings)
        if not isinstance(data, dict):
            message = "This line is no group of fields."
            told = NOT_A_CASE.finding(message, "Write a case between { and }.", self._place(number))
            return self._bad(number, [told])
        if _may_be_nested(line) and any(isinstance(value, dict | list) for value in data.values()):
            return self._nested(number, line, data)
        return self._flat(number, cast("dict[str, str]", data))

    def _bad(self, number: int, findings: list[Finding]) -> Row:
        return Row(number, None, findings, unit="line")

    def _read_strictly(self, number: int, line: str) -> tuple[Data, list[Finding]]:
        """What is wrong with the notation of a line."""
        tree = strict.read_tree(without_harm(line))
        place = self._place(number)
        return tree.data, [
            flaw.rule.finding(
                _in_one_line(flaw.message), flaw.remedy, self._place(number, flaw.field) or place
            )
            for flaw in [*examine(line), *tree.flaws]
        ]

    def _flat(self, number: int, data: Mapping[str, str]) -> Row | None:
        names = tuple(data)
        reader = self.readers.get(names)
        if reader is None:
            reader = self.readers[names] = self.make_reader(names)
            if len(self.readers) > _MOST_READERS:
                del self.readers[next(iter(self.readers))]
            self._note(reader.header.kept.values())
        row = reader.read(number, tuple(data.values()))
        if row is None or not reader.header.findings:
            return row
        if not reader.header.columns:
            return replace(row, findings=[self._in_line(number, one) for one in reader.header.findings])
        beside = [self._in_line(number, one) for one in reader.header.findings if self._is_news(one)]
        return replace(row, findings=[*beside, *row.findings], value=None if errors(beside) else row.value)

    def _is_news(self, finding: Finding) -> bool:
        """Whether a finding about a name is told: an error in every line, anything else once."""
        is_told = finding in self.told
        self.told.add(finding)
        return finding.severity is Severity.ERROR or not is_told

    def _nested(self, number: int, line: str, data: dict[str, Data]) -> Row:
        aside = {name: text for name, text in data.items() if isinstance(text, str) and _is_reserved(name)}
        tree = {name: value for name, value in data.items() if name not in aside}
        to = next((text.strip() for name, text in aside.items() if plain(name) == TO), "")
        value, faults = validate(Case, tree)
        findings = []
        if faults or not line.isascii() or "\\" in line:
            # What is wrong with characters is looked for in the text.
            reading = read_text(json.dumps(tree, ensure_ascii=False), "line", Case, is_at_hand=False)
            value, findings = reading.value, [self._in_line(number, one) for one in reading.findings]
        written = Entries(tree, ((TO, to),) if to else ())
        self._note(written.texts())
        kept = cast("Data", present(Case, tree))
        return Row(number, value, findings, kept, to or None if self.for_letters else None, "line", written)

    def _note(self, names: Any) -> None:
        for name in names if len(self.seen) < _MOST_NAMES else ():
            self.seen.setdefault(name)

    def _in_line(self, number: int, finding: Finding) -> Finding:
        where = finding.place.field if finding.place else ""
        return replace(finding, place=self._place(number, where))

    def _place(self, number: int, where: str = "") -> Place:
        return Place(self.name, field=f"line {number}, {where}" if where else f"line {number}")


def _may_be_nested(line: str) -> bool:
    """Whether there is a bracket but those around the whole: most lines of an export have none."""
    return "[" in line or line.count("{") > 1


def _is_reserved(name: str) -> bool:
    return plain(name) == TO or is_report(name)


def _quick(line: str) -> Data | None:
    """A line that is well-formed, as a tree of texts; None where something is wrong with it."""
    try:
        data = _DECODER.decode(line.strip(_SPACE))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _group(pairs: list[tuple[str, Any]]) -> dict[str, Data]:
    group = {name: value if type(value) is str else _texts(value) for name, value in pairs}
    if len(group) != len(pairs):
        raise ValueError
    return group


def _texts(value: Any) -> Data:
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return _DECODED[value] if value is None or isinstance(value, bool) else cast("Data", value)


def _refused(word: str) -> str:
    raise ValueError(word)


_DECODER = json.JSONDecoder(object_pairs_hook=_group, parse_int=str, parse_float=str, parse_constant=_refused)


def _in_one_line(message: str) -> str:
    """A message without the line of the text, which is but one."""
    return (
        message.replace(", in line 1.", ".")
        .replace(", first in line 1.", ".")
        .replace("The file", "The line")
    )


def are_lines(head: bytes) -> bool:
    """Whether what a text begins with is JSON Lines rather than one case: two lines, a group on each."""
    lines = [line for line in head.decode("utf-8-sig", "replace").split("\n") if line.strip(_SPACE)]
    return any(
        _quick(one) is not None and two.lstrip(_SPACE).startswith("{") for one, two in pairwise(lines[:2])
    )
