"""What people read in a terminal: findings with their place, errors, small tables."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from letters.excerpt import cut, mark, visible, width_of
from letters.findings import Finding, Place, Severity

_NARROWEST = 40
_MEASURE = 100  # columns; longer lines of text are hard to read
_LEAST_ROOM = 20  # columns; a last column with less is set below the others
_HANGING = 7  # columns, at most, by which the lines after the first are indented
_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_BOLD, _GUTTER, _HELP = "1", "1;34", "1;32"


@dataclass(frozen=True)
class _Paper:
    """Where text goes: how wide it is, and whether it takes color.

    `width` is None where it is no terminal: sentences are wrapped in a file or a pipe as well, and
    tables are not, so that a row is one line, to be searched.
    """

    stream: TextIO
    width: int | None
    has_color: bool

    @property
    def measure(self) -> int:
        """How long a line of sentences may be."""
        return min(self.width or _MEASURE, _MEASURE)

    def paint(self, text: str, style: str) -> str:
        return f"\033[{style}m{text}\033[0m" if self.has_color else text

    def write(self, lines: Iterable[str]) -> None:
        text = "\n".join([*lines, ""])
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        self.stream.flush()

    def labelled(self, label: str, style: str, text: str) -> list[str]:
        """Set a text after its label, with the lines that follow indented alike."""
        indent = " " * min(width_of(label), _HANGING)
        first, *others = _wrapped(visible(text), self.measure, " " * width_of(label), indent)
        return [self.paint(label, style) + first[width_of(label) :], *others]


def show_findings(
    findings: Iterable[Finding], accepted: Mapping[str, str] | None = None, *, stream: TextIO | None = None
) -> None:
    """Show findings with their excerpts, and count them; nothing is shown where there are none.

    Warnings whose code is in `accepted` are shown with the reason there. `stream` is stderr by default.
    """
    listed, reasons = list(findings), accepted or {}
    if not listed:
        return
    paper = _paper(stream or sys.stderr)
    for finding in listed:
        is_accepted = _is_accepted(finding, reasons)
        lines = _accepted_lines(finding, reasons, paper) if is_accepted else _finding_lines(finding, paper)
        paper.write([*lines, ""])
    paper.write([summary(listed, reasons)])


def summary(findings: Iterable[Finding], accepted: Mapping[str, str] | None = None) -> str:
    """Count findings, as in `2 errors, 1 warning`; those accepted are counted apart."""
    listed, reasons = list(findings), accepted or {}
    counts = Counter(finding.severity for finding in listed if not _is_accepted(finding, reasons))
    said = [f"{counts[kind]} {kind}{'s' * (counts[kind] > 1)}" for kind in Severity if counts[kind]]
    if number := len(listed) - counts.total():
        said.append(f"{number} accepted")
    return ", ".join(said) or "no findings"


def _is_accepted(finding: Finding, accepted: Mapping[str, str]) -> bool:
    return finding.severity is Severity.WARNING and finding.code in accepted


def findings_json(findings: Iterable[Finding]) -> str:
    """Write findings as a JSON list, without excerpts: those may hold a client's data."""
    import json

    return json.dumps([finding_dict(finding) for finding in findings], indent=2)


def show_error(message: str, remedy: str = "", *, stream: TextIO | None = None) -> None:
    """Show why the program stops, on stderr by default. Without a message nothing is shown."""
    if not message:
        return
    paper = _paper(stream or sys.stderr)
    lines = paper.labelled("error: ", _STYLES[Severity.ERROR], message)
    if remedy:
        lines += paper.labelled(" help: ", _HELP, remedy)
    paper.write(lines)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, stream: TextIO | None = None) -> None:
    """Print rows in columns, on stdout by default; in a terminal the last column is wrapped to fit."""
    rows = [headers, *rows]
    widths = [max(width_of(visible(cell)) for cell in column) for column in zip(*rows, strict=True)]
    paper = _paper(stream or sys.stdout)
    first, *others = [_row([visible(cell) for cell in row], widths[:-1], paper) for row in rows]
    paper.write(paper.paint(line, _BOLD) for line in first)
    for lines in others:
        paper.write(lines)


def say(text: str, *, stream: TextIO | None = None) -> None:
    """Print a sentence or two, on stdout by default, wrapped in a terminal; line breaks are kept."""
    paper = _paper(stream or sys.stdout)
    for line in text.split("\n"):
        paper.write(_row([visible(line)], [], paper))


def entries(
    pairs: Iterable[tuple[str, str]], width: int, indent: str = "", *, stream: TextIO | None = None
) -> None:
    """Print texts after their labels, on stdout by default; the texts begin after `width` columns."""
    paper = _paper(stream or sys.stdout)
    for label, text in pairs:
        paper.write(_row([indent + visible(label), visible(text)], [width], paper))


def _row(cells: Sequence[str], widths: Sequence[int], paper: _Paper) -> list[str]:
    """Set the cells of a row side by side, or one below the other where there is no room for that."""
    start = "".join(
        cell + " " * (width - width_of(cell) + 2) for cell, width in zip(cells[:-1], widths, strict=True)
    )
    if not paper.width:
        return [(start + cells[-1]).rstrip()]
    indent = sum(widths) + 2 * len(widths)
    if paper.measure - indent >= _LEAST_ROOM:
        first, *others = _wrapped(cells[-1], paper.measure, " " * indent, " " * indent)
        return [(start + first[indent:]).rstrip(), *others]
    below = (line for cell in cells[1:] if cell for line in _wrapped(cell, paper.measure, "    ", "    "))
    return [cells[0].rstrip(), *below]


def _wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    # Names of files and kinds stay whole, to be found and copied.
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first]


def _paper(stream: TextIO) -> _Paper:
    is_terminal = stream.isatty()
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    width = max(shutil.get_terminal_size().columns, _NARROWEST) if is_terminal else None
    return _Paper(stream, width, is_terminal and not plain)


def _finding_lines(finding: Finding, paper: _Paper) -> list[str]:
    lines = _said_lines(finding, str(finding.severity), finding.severity, paper)
    if finding.remedy:
        lines += paper.labelled("help: ", _HELP, finding.remedy)
    if finding.authority:
        lines += paper.labelled("note: ", _BOLD, finding.authority)
    return lines


def _accepted_lines(finding: Finding, accepted: Mapping[str, str], paper: _Paper) -> list[str]:
    lines = _said_lines(finding, "accepted", Severity.NOTE, paper)
    return lines + paper.labelled("reason: ", _BOLD, accepted[finding.code])


def _said_lines(finding: Finding, word: str, weight: Severity, paper: _Paper) -> list[str]:
    """What is wrong, and where."""
    lines = paper.labelled(f"{word}[{finding.code}]: ", _STYLES[weight], finding.message)
    return lines + (_place_lines(finding.place, weight, paper) if finding.place else [])


def _place_lines(place: Place, severity: Severity, paper: _Paper) -> list[str]:
    number = str(place.line or "")
    indent = " " * len(number)
    where = str(place)
    if place.field and not place.line:
        where = f"{where}: {place.field}"
    lines = [f"{indent}{paper.paint('-->', _GUTTER)} {visible(where)}"]
    if not place.excerpt or not place.line:
        return lines
    room = (paper.width or 120) - len(number) - 3
    # An excerpt of a long line is not the whole of it. Loaded late: errors are shown without this.
    from letters.sources.text import caret_column

    marked = mark(place.excerpt, caret_column(place), place.length, paper.stream.encoding or "utf-8")
    text, before, length = cut(marked, room)
    bar = paper.paint("|", _GUTTER)
    lines += [f"{indent} {bar}", f"{paper.paint(number, _GUTTER)} {bar} {text}".rstrip()]
    if place.column:
        lines.append(f"{indent} {bar} {' ' * before}{paper.paint('^' * length, _STYLES[severity])}")
    return [*lines, f"{indent} {bar}"]


def finding_dict(finding: Finding) -> dict[str, str | int | None]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "remedy": finding.remedy,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "field": place.field if place else None,
        "authority": finding.authority,
    }
