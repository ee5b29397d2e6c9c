"""A file → a model, with every problem of the file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import islice
from pathlib import Path
from time import time_ns
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

from letters.files import state_of
from letters.findings import Finding, Place, Rule, Severity, rule
from letters.model.validation import MOST_FAULTS, Fault, validate
from letters.sources import json, yaml
from letters.sources.characters import DIRECTED, examine, examine_directions, without_harm
from letters.sources.decoding import decode
from letters.sources.document import Document, Span, Tree, field_name, value_at
from letters.sources.opening import FILE, content_of, table_finding
from letters.sources.text import MOST_FLAWS, Flaw, SourceText, as_far_as_key

M = TypeVar("M", bound=BaseModel)

UNKNOWN_FIELD = rule(
    "unknown-field",
    Severity.ERROR,
    "A field nobody knows is mostly a slip of the pen, and what it says would be lost.",
)
MISSING_FIELD = rule(
    "missing-field",
    Severity.ERROR,
    "Letters need this fact, and this program never makes one up.",
)
BAD_VALUE = rule(
    "bad-value",
    Severity.ERROR,
    "A value that cannot be understood would be guessed at, and a wrong date or address reaches somebody.",
)
BAD_NAME = rule(
    "bad-name",
    Severity.ERROR,
    "The names of entries are used in other places of the file and on the command line, where a space or a "
    "special sign would cut them short.",
)
MORE = rule("more-findings", Severity.NOTE, "A file with hundreds of problems mostly has one cause.")
RULE_FOR: dict[str, Rule] = {
    declared.code: declared for declared in (UNKNOWN_FIELD, MISSING_FIELD, BAD_VALUE, BAD_NAME, FILE)
}

MOST_FINDINGS = 30
STDIN = "standard input"
_FRESH = 50_000_000  # nanoseconds; the clocks of file systems are coarser than writing is quick
_MOST_REMEMBERED = 64


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What came of reading a file: the value if there is no error, and all findings by place."""

    value: M | None
    findings: list[Finding]
    document: Document | None = None


def read(path: Path | Literal["-"], model: type[M], *, encoding: str | None = None) -> Reading[M]:
    """Read a YAML or JSON file, or standard input for `-`, as `model`. Raises nothing."""
    name = STDIN if path == "-" else str(path)
    content = content_of(path, name)
    if isinstance(content, Finding):
        return Reading(None, [content])
    decoded = decode(content, encoding)
    return _read(decoded.text, name, model, decoded.flaws)


def remembered(path: Path, model: type[M], *, encoding: str | None = None) -> Reading[M]:
    """Read a file as `read` does, and once while it stays as it is. Nobody may change what it gives."""
    state = state_of(path)
    if state is None or time_ns() - max(state[2:]) < _FRESH:
        return read(path, model, encoding=encoding)
    return _remembering(model)(path, encoding, state)


@cache
def _remembering(model: type[M]) -> Callable[[Path, str | None, tuple[int, ...]], Reading[M]]:
    """Each model has its own memory: many cases must not drive out the one practice."""

    @lru_cache(maxsize=_MOST_REMEMBERED)
    def as_it_was(path: Path, encoding: str | None, state: tuple[int, ...]) -> Reading[M]:  # noqa: ARG001 - only remembered by
        return read(path, model, encoding=encoding)

    return as_it_was


def read_text(text: str, name: str, model: type[M], *, is_at_hand: bool = True) -> Reading[M]:
    """Read YAML or JSON that is a text already.

    `name` is the file it is said to be from, or with `is_at_hand` false what it is, where nobody can look
    it up line by line.
    """
    return _read(text.removeprefix("\ufeff"), name, model, (), is_at_hand=is_at_hand)


def _read(
    text: str, name: str, model: type[M], flaws: tuple[Flaw, ...], *, is_at_hand: bool = True
) -> Reading[M]:
    clean = without_harm(text)
    tree = _tree(clean, name)
    if (not tree.complete or isinstance(tree.data, str)) and (table := table_finding(text, name)):
        return Reading(None, [table])
    told = [*flaws, *examine(text), *tree.flaws, *islice(_in_values(clean, tree), MOST_FLAWS)]
    if not tree.complete or tree.data == "":
        source = SourceText(name, text, tree.secrets(), tree.unread, is_at_hand)
        empty = [_empty(name)] if tree.complete else []
        return Reading(None, [*_placed([_of_flaw(flaw, source) for flaw in told], name), *empty])
    value, faults = validate(model, tree.data)
    secrets = (*tree.secrets(), *_unknown(tree, faults, text))
    source = SourceText(name, text, secrets, is_at_hand=is_at_hand)
    document = Document(source, tree.data, tree.values, tree.keys)
    told = told if is_at_hand else _by_field(told, tree)
    raw = [_of_flaw(flaw, source) for flaw in told]
    raw += [_of_fault(fault, document) for fault in faults if fault.path not in tree.spoiled]
    is_good = value and not any(one.severity is Severity.ERROR for one in raw)
    return Reading(value if is_good else None, _placed(raw, name), document)


def _empty(name: str) -> Finding:
    remedy = "Fill it in; `letters new` makes one to start from."
    return FILE.finding("This file is empty.", remedy, Place(name))


def _unknown(tree: Tree, faults: list[Fault], text: str) -> list[Span]:
    """The values of fields that are like no known one: they may belong into a confidential group."""
    if len(faults) >= MOST_FAULTS:  # not all of them were looked at
        return [(0, len(text))]
    unknown = (fault for fault in faults if fault.code == "unknown-field" and not fault.meant)
    return [tree.values[fault.path] for fault in unknown]


def _tree(text: str, name: str) -> Tree:
    suffix = Path(name).suffix.lower()
    if suffix == ".json" or (suffix not in (".yaml", ".yml") and text.lstrip().startswith("{")):
        return json.read_tree(text)
    return yaml.read_tree(text)


def _in_values(text: str, tree: Tree) -> Iterator[Flaw]:
    """What is wrong with whole values, and with characters written as escapes, such as \\u202e."""
    if not tree.complete or ("\\" not in text and not DIRECTED.search(text)):
        return
    for path, (start, end) in [*tree.values.items(), *tree.keys.items()]:
        value = path[-1] if path and tree.keys.get(path) == (start, end) else value_at(tree.data, path)
        if isinstance(value, str):
            found = examine(value.replace("\ufffd", "")) if "\\" in text[start:end] else []
            for flaw in [*found, *examine_directions(value)]:
                yield replace(flaw, start=start, end=end)


def _by_field(flaws: list[Flaw], tree: Tree) -> list[Flaw]:
    """The flaws by the values they are in: where nobody sees the text its lines tell nothing."""
    told = [replace(flaw, field=flaw.field or _field_at(flaw.start, tree)) for flaw in flaws]
    return [*{(flaw.rule.code, flaw.message, flaw.field): flaw for flaw in told}.values()]


def _field_at(start: int, tree: Tree) -> str:
    """The innermost value that a character belongs to."""
    around = {path: end - begin for path, (begin, end) in tree.values.items() if begin <= start < end}
    return field_name(min(around, key=around.__getitem__, default=()))


@dataclass(frozen=True)
class _Raw:
    """A finding to be: what decides whether it is shown, and how it is made if it is."""

    start: int
    severity: Severity
    finding: Callable[[], Finding]


def _of_flaw(flaw: Flaw, source: SourceText) -> _Raw:
    return _Raw(flaw.start, flaw.rule.severity, partial(source.finding, flaw))


def _of_fault(fault: Fault, document: Document) -> _Raw:
    at_key = fault.code in ("unknown-field", "bad-name")
    start, _ = document.key_span(fault.path) if at_key else document.span(fault.path)
    start = -1 if fault.code == "file" else start
    return _Raw(start, RULE_FOR[fault.code].severity, partial(_finding, fault, document))


def _finding(fault: Fault, document: Document) -> Finding:
    return RULE_FOR[fault.code].finding(fault.message, fault.remedy, _place(fault, document))


def _place(fault: Fault, document: Document) -> Place:
    if fault.code == "file":
        return Place(document.source.name)
    if fault.code in ("unknown-field", "bad-name"):
        place = document.key_place(fault.path)
        return as_far_as_key(place) if fault.meant else place
    place = document.place(fault.path)
    # The first line is not to blame for what the whole file is or lacks.
    is_whole = len(fault.path) <= (fault.code == "missing-field")
    return replace(place, excerpt="") if is_whole else place


def _placed(raw: list[_Raw], name: str) -> list[Finding]:
    """The findings by place. Where there are too many, errors are kept rather than warnings."""
    kept = sorted(raw, key=lambda one: (one.severity is not Severity.ERROR, one.start))[:MOST_FINDINGS]
    findings = [one.finding() for one in sorted(kept, key=lambda one: one.start)]
    if len(raw) <= MOST_FINDINGS:
        return findings
    more = f"{len(raw) - MOST_FINDINGS:,} more findings of this file are not shown."
    if len(raw) >= MOST_FLAWS:
        more = f"At least {more}"
    return [*findings, MORE.finding(more, "Mend these first and check again.", Place(name))]
