"""What people read in a terminal: findings with their place, errors, small tables."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from letters.excerpt import cut, mark, visible, width_of
from letters.findings import Finding, Place, Severity

_NARROWEST = 40
_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_BOLD, _GUTTER, _HELP = "1", "1;34", "1;32"


@dataclass(frozen=True)
class _Paper:
    """Where text goes: how wide it is, and whether it takes color."""

    stream: TextIO
    width: int | None  # None: not a terminal, lines may be of any length
    has_color: bool

    def paint(self, text: str, style: str) -> str:
        return f"\033[{style}m{text}\033[0m" if self.has_color else text

    def write(self, lines: Iterable[str]) -> None:
        text = "\n".join([*lines, ""])
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        self.stream.flush()

    def labelled(self, label: str, style: str, text: str) -> list[str]:
        """Set a text after its label, with the lines that follow indented alike."""
        words = visible(text)
        lines = [words]
        if self.width:
            lines = textwrap.wrap(words, max(self.width - len(label), _NARROWEST)) or [""]
        return [self.paint(label, style) + lines[0], *(" " * len(label) + line for line in lines[1:])]


def show_findings(findings: Iterable[Finding], *, stream: TextIO | None = None) -> None:
    """Show findings with their excerpts, and count them; nothing is shown where there are none.

    `stream` is stderr by default.
    """
    listed = list(findings)
    if not listed:
        return
    paper = _paper(stream or sys.stderr)
    for finding in listed:
        paper.write([*_finding_lines(finding, paper), ""])
    paper.write([summary(listed)])


def summary(findings: Iterable[Finding]) -> str:
    """Count findings, as in `2 errors, 1 warning`."""
    counts = Counter(finding.severity for finding in findings)
    said = [f"{counts[kind]} {kind}{'s' * (counts[kind] > 1)}" for kind in Severity if counts[kind]]
    return ", ".join(said) or "no findings"


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
    paper = _paper(stream or sys.stdout)
    cells = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(headers, *cells, strict=True)]
    paper.write(paper.paint(line, _BOLD) for line in _row(headers, widths, paper))
    for row in cells:
        paper.write(_row(row, widths, paper))


def _row(cells: Sequence[str], widths: Sequence[int], paper: _Paper) -> list[str]:
    start = "".join(
        cell + " " * (width - width_of(cell) + 2) for cell, width in zip(cells[:-1], widths, strict=False)
    )
    indent = sum(widths[:-1]) + 2 * len(widths[:-1])
    lines = [cells[-1]]
    if paper.width and paper.width - indent >= _NARROWEST // 2:
        lines = textwrap.wrap(cells[-1], paper.width - indent) or [""]
    return [(start + lines[0]).rstrip(), *(" " * indent + line for line in lines[1:])]


def _paper(stream: TextIO) -> _Paper:
    is_terminal = stream.isatty()
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    width = max(shutil.get_terminal_size().columns, _NARROWEST) if is_terminal else None
    return _Paper(stream, width, is_terminal and not plain)


def _finding_lines(finding: Finding, paper: _Paper) -> list[str]:
    label = f"{finding.severity}[{finding.code}]: "
    lines = paper.labelled(label, _STYLES[finding.severity], finding.message)
    if finding.place:
        lines += _place_lines(finding.place, finding.severity, paper)
    if finding.remedy:
        lines += paper.labelled("help: ", _HELP, finding.remedy)
    if finding.authority:
        lines += paper.labelled("note: ", _BOLD, finding.authority)
    return lines


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
