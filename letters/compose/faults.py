"""What is wrong with a template, said in findings with their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import Template, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from letters.findings import Finding, Place, Severity, rule
from letters.spelling import nearest

TEMPLATE_FAULT = rule(
    "template",
    Severity.ERROR,
    "A template that fails makes no letter rather than a wrong one.",
)
TEMPLATE_UNSAFE = rule(
    "template-unsafe",
    Severity.ERROR,
    "A template may not switch off escaping, carry scripts or styles, fetch anything, or hide what it "
    "says: what stands in a case file must never turn into markup, and every word must be there to read.",
)

_MISSING = re.compile(r"`(\w+)` is none of its fields")


def endless(file: Path, seconds: float) -> Finding:
    """Say of a template that it was given up after so many seconds."""
    message = f"The template did not come to an end in {seconds:.0f} seconds."
    return TEMPLATE_FAULT.finding(message, "Look at its loops and macros.", Place(str(file)))


def fault(
    file: Path, source: str, template: Template | None, error: Exception, values: Mapping[str, Any]
) -> Finding:
    """Say what is wrong in a template that was given some values, at the last of its lines that took part."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _last_line(file, template, error)
    missing = _MISSING.search(str(error)) if isinstance(error, UndefinedError) else None
    if missing is None:
        return TEMPLATE_FAULT.finding(_said(error), "Mend the template.", place(str(file), source, line))
    where = place(str(file), source, line, missing[1])
    return TEMPLATE_FAULT.finding(_said(error), _other_field(missing[1], where, values), where)


def _said(error: Exception) -> str:
    match error:
        case TemplateSyntaxError():
            return f"The template cannot be read: {(error.message or '').rstrip('.')}."
        case UndefinedError():
            return f"The template asks for something it is not given: {(error.message or '').rstrip('.')}."
        case SecurityError():
            return "The template takes a value apart, and values are for printing only."
        case RecursionError() | SyntaxError():
            return "The template calls itself without end, or is nested too deeply."
        case TypeError():
            return f"The template fails: {error}."
    # Other messages can quote the data.
    return f"The template fails ({type(error).__name__})."


def _other_field(name: str, where: Place, values: Mapping[str, Any]) -> str:
    """Say what to write instead of a field that is not given."""
    before = re.search(r"(\w+)\.$", where.excerpt[: (where.column or 1) - 1])
    # `words` is always given, and is like many a word.
    given = values.get(before[1]) if before else {one: None for one in values if one != "words"}
    if near := nearest(name, given if isinstance(given, Mapping) else ()):
        return f"Did you mean {before[0] if before else ''}{near}?"
    if before and before[1] == "words":
        return "Words are for the sections with `words: required` or `words: optional` in kind.yaml."
    return "Declare the field in kind.yaml, with a ? after its name if it may be missing."


def _last_line(file: Path, template: Template | None, error: Exception) -> int | None:
    if template is None:
        return None
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == str(file)]
    return template.get_corresponding_lineno(lines[-1]) if lines else None


def place(file: str, source: str, line: int | None = None, mark: str = "") -> Place:
    """Where something stands in a template: `mark` within a line of it, or all of that line."""
    lines = source.splitlines()
    if line is None or not 0 < line <= len(lines):
        return Place(file)
    text = lines[line - 1]
    edge = r"\b" if mark.isidentifier() else ""
    # What comes from a part is not in the line that includes it.
    found = re.search(f"{edge}{re.escape(mark)}{edge}", text) if mark else None
    start, end = found.span() if found else (len(text) - len(text.lstrip()), len(text.rstrip()))
    return Place(file, line, start + 1, max(1, end - start), text)
