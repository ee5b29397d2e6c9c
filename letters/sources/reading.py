"""A file → a model, with every problem of the file at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

from letters.findings import Finding, Place, Rule, Severity, errors, rule
from letters.model.validation import Fault, validate
from letters.sources import json, yaml
from letters.sources.characters import examine, without_harm
from letters.sources.decoding import decode
from letters.sources.document import Document, Tree
from letters.sources.text import Flaw, SourceText

M = TypeVar("M", bound=BaseModel)

FILE = rule("file", Severity.ERROR, "What cannot be opened or is empty cannot be read.")
UNKNOWN_FIELD = rule(
    "unknown-field",
    Severity.ERROR,
    "A field nobody knows is mostly a slip of the pen, and what it says would be lost.",
)
MISSING_FIELD = rule("missing-field", Severity.ERROR, "The letter cannot be written without it.")
BAD_VALUE = rule("bad-value", Severity.ERROR, "A value that means nothing, or not what its field is for.")
BAD_NAME = rule("bad-name", Severity.ERROR, "A name that entries of this group cannot have.")
MORE = rule("more-findings", Severity.NOTE, "A file with hundreds of problems mostly has one cause.")
RULE_FOR: dict[str, Rule] = {
    declared.code: declared for declared in (UNKNOWN_FIELD, MISSING_FIELD, BAD_VALUE, BAD_NAME)
}

LARGEST_FILE = 5 * 1024 * 1024
MOST_FINDINGS = 200
STDIN = "standard input"
NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet or a ZIP archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What came of reading a file: the value if there is no error, and all findings by place."""

    value: M | None
    findings: list[Finding]
    document: Document | None = None


def read(path: Path | Literal["-"], model: type[M], *, encoding: str | None = None) -> Reading[M]:
    """Read a YAML or JSON file, or standard input for `-`, as `model`. Raises nothing."""
    name = STDIN if path == "-" else str(path)
    content = _content(path, name)
    if isinstance(content, Finding):
        return Reading(None, [content])
    decoded = decode(content, encoding)
    return _read(decoded.text, name, model, decoded.flaws)


def read_text(text: str, name: str, model: type[M]) -> Reading[M]:
    """Read YAML or JSON that is a text already; `name` is the file it is said to be from."""
    return _read(text.removeprefix("\ufeff"), name, model, ())


def _content(path: Path | Literal["-"], name: str) -> bytes | Finding:
    """The bytes of a file, or why there are none to read."""
    try:
        content = _bytes(path)
    except FileNotFoundError:
        return FILE.finding("There is no such file.", _like(Path(path)), Place(name))
    except IsADirectoryError:
        return FILE.finding("This is a folder, not a file.", "Name a file in it.", Place(name))
    except PermissionError:
        return FILE.finding(
            "This file may not be read.", "Ask its owner for the right to read it.", Place(name)
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        return FILE.finding(
            f"This file cannot be read: {reason}.", "Check its name and its disk.", Place(name)
        )
    return _unfit(content, name) or content


def _bytes(path: Path | Literal["-"]) -> bytes:
    """No more than is needed to know that a file is too large."""
    if path == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _like(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return "Check the name of the folder."
    close = get_close_matches(path.name, names, n=1)
    return f"Did you mean {path.parent / close[0]}?" if close else "Check its name."


def _unfit(content: bytes, name: str) -> Finding | None:
    if len(content) > LARGEST_FILE:
        megabytes = LARGEST_FILE // (1024 * 1024)
        return FILE.finding(
            f"This file is larger than {megabytes} MB.", "Check that it is the right one.", Place(name)
        )
    for beginning, what in NOT_TEXT.items():
        if content.startswith(beginning):
            return FILE.finding(f"This is {what}, not a text file.", "Name a YAML or JSON file.", Place(name))
    return None


def _read(text: str, name: str, model: type[M], flaws: tuple[Flaw, ...]) -> Reading[M]:
    clean = without_harm(text)
    tree = _tree(clean, name)
    source = SourceText(name, text, tree.secrets())
    found = [source.finding(flaw) for flaw in (*flaws, *examine(text), *tree.flaws, *_escaped(clean, tree))]
    document = Document(source, tree.data, tree.values, tree.keys)
    if not tree.complete:
        return Reading(None, _sorted(found))
    if tree.data == "":
        found.append(
            FILE.finding(
                "This file is empty.", "Fill it in; `letters new` makes one to start from.", Place(name)
            )
        )
        return Reading(None, _sorted(found))
    value, faults = validate(model, tree.data)
    found += [_finding(fault, document) for fault in faults if fault.path not in tree.spoiled]
    return Reading(value if value and not errors(found) else None, _sorted(found), document)


def _tree(text: str, name: str) -> Tree:
    suffix = Path(name).suffix.lower()
    if suffix == ".json" or (suffix not in (".yaml", ".yml") and text.lstrip().startswith("{")):
        return json.read_tree(text)
    return yaml.read_tree(text)


def _escaped(text: str, tree: Tree) -> Iterator[Flaw]:
    """What is wrong with characters that are written as escapes, such as \\u202e."""
    if "\\" not in text or not tree.complete:
        return
    for path, (start, end) in [*tree.values.items(), *tree.keys.items()]:
        value = path[-1] if path and tree.keys.get(path) == (start, end) else _plain(tree, path)
        if isinstance(value, str) and "\\" in text[start:end]:
            for flaw in examine(value.replace("\ufffd", "")):
                yield Flaw(flaw.rule, flaw.message, flaw.remedy, start, end)


def _plain(tree: Tree, path: tuple[str | int, ...]) -> object:
    value: object = tree.data
    for step in path:
        value = value[step]  # type: ignore[index]
    return value


def _finding(fault: Fault, document: Document) -> Finding:
    at_key = fault.code in ("unknown-field", "bad-name")
    place = document.key_place(fault.path) if at_key else document.place(fault.path)
    return RULE_FOR[fault.code].finding(fault.message, fault.remedy, place)


def _sorted(findings: list[Finding]) -> list[Finding]:
    ordered = sorted(findings, key=_order)
    if len(ordered) <= MOST_FINDINGS:
        return ordered
    more = f"{len(ordered) - MOST_FINDINGS:,} more findings of this file are not shown."
    place = Place(ordered[0].place.file) if ordered[0].place else None
    return [*ordered[:MOST_FINDINGS], MORE.finding(more, "Mend these first and check again.", place)]


def _order(finding: Finding) -> tuple[int, int]:
    place = finding.place
    return (place.line or 0, place.column or 0) if place else (0, 0)
