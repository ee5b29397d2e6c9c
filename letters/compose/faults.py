"""What is wrong with a template, said in findings with their places."""

from __future__ import annotations

from pathlib import Path
from traceback import walk_tb

from jinja2 import Template, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from letters.findings import Finding, Place, Severity, rule

TEMPLATE_FAULT = rule(
    "template",
    Severity.ERROR,
    "A template that fails makes no letter rather than a wrong one.",
)
TEMPLATE_UNSAFE = rule(
    "template-unsafe",
    Severity.ERROR,
    "A template may not switch off escaping, carry scripts or styles, or fetch anything: "
    "what stands in a case file must never turn into markup.",
)


def endless(file: Path, seconds: float) -> Finding:
    """Say of a template that it was given up after so many seconds."""
    message = f"The template did not come to an end in {seconds:.0f} seconds."
    return TEMPLATE_FAULT.finding(message, "Look at its loops and macros.", Place(str(file)))


def fault(file: Path, source: str, template: Template | None, error: Exception) -> Finding:
    """Say what is wrong in a template, at the last of its lines that took part."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _last_line(file, template, error)
    return TEMPLATE_FAULT.finding(_said(error), _remedy(error), place(str(file), source, line))


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


def _remedy(error: Exception) -> str:
    if isinstance(error, UndefinedError):
        return "Declare the field in kind.yaml, with a ? after its name if it may be missing."
    return "Mend the template, and see `letters check`."


def _last_line(file: Path, template: Template | None, error: Exception) -> int | None:
    if template is None:
        return None
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == str(file)]
    return template.get_corresponding_lineno(lines[-1]) if lines else None


def place(file: str, source: str, line: int | None, mark: str = "") -> Place:
    """Where something stands in a template: a line of it, or `mark` within that line."""
    lines = source.splitlines()
    if line is None or not 0 < line <= len(lines):
        return Place(file)
    text = lines[line - 1]
    start = max(text.find(mark), 0) if mark else len(text) - len(text.lstrip())
    return Place(file, line, start + 1, len(mark) or max(1, len(text.strip())), text)
