"""The list of letters that went by tracked post, with the numbers that the carrier gave."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from letters.findings import Finding, FoundError, Place, Severity, rule
from letters.model.reading import UnfitError, read_text

LIST_OF_POST = rule(
    "list-of-post",
    Severity.ERROR,
    "A tracking number entered for another letter proves that somebody had notice who had none.",
)
_LARGEST = 10 * 1024 * 1024  # bytes


def read_tracked(file: Path) -> list[tuple[str, str]]:
    """The name and the tracking number of each letter that has one, as in `tracked-post.csv` filled in.

    Raises FoundError with all that is wrong.
    """
    rows = list(_rows(file))
    found, findings = [], []
    for line, row in rows:
        try:
            letter, number = row["letter"].strip(), row["tracking"].strip().removeprefix("'")
            if number:
                found.append((letter, read_text(number)))
        except UnfitError as error:
            findings.append(_finding(f"The tracking number {error.trouble}.", error.remedy, file, line))
    counts = Counter(letter for letter, _ in found)
    for letter in (name for name, number in counts.items() if number > 1):
        findings.append(_finding(f"{letter} is here twice.", "Keep the row with the right number.", file))
    if not found and not findings:
        findings.append(_finding("No letter has a tracking number.", "Fill in the column tracking.", file))
    if findings:
        raise FoundError(findings)
    return found


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        if file.stat().st_size > _LARGEST:
            raise FoundError([_finding("This list is too large.", "Split it into several.", file)])
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"This file cannot be read: {error.strerror}."
        raise FoundError([_finding(message, "Check its name.", file)]) from error
    except UnicodeDecodeError as error:
        raise FoundError([_finding("This is no UTF-8 text.", "Save it as CSV UTF-8.", file)]) from error
    sign = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=sign, restval="")
    if not {"letter", "tracking"} <= set(reader.fieldnames or ()):
        remedy = "Use the list that the batch left: tracked-post.csv."
        raise FoundError([_finding("This list has no columns letter and tracking.", remedy, file)])
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise FoundError([_finding("This list cannot be read as CSV.", f"{error}.", file)]) from error


def _finding(message: str, remedy: str, file: Path, line: int | None = None) -> Finding:
    return LIST_OF_POST.finding(message, remedy, Place(str(file), line))
