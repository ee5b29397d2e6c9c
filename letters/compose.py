"""Composing: a kind's template and its fields become the body, and the frame is put around it.

Sole owner of Jinja. Templates may come from a practice, so they run in a sandbox, see plain
strings, lists and dicts only, and everything put in is escaped.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from letters.findings import Finding, Place, Severity, rule

FRAME = Path(__file__).parent / "templates"

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

_UNSAFE = {
    r"\|\s*safe\b": "`|safe` switches off the escaping of data.",
    r"\{%-?\s*autoescape\b": "`autoescape` switches off the escaping of data.",
    r"<\s*(script|style|link|iframe|object|embed|base|meta|img|svg)\b": (
        "This element has no place in a body."
    ),
    r"\s(style|on\w+|src)\s*=": "This attribute has no place in a body.",
    r"<[^>{]*\s[\w-]+\s*=\s*(?:[^\"'\s>]|[\"'][^\"'>]*\{[{%])": "Data may not stand in an attribute.",
}


@dataclass(frozen=True)
class Composed:
    """The subject as plain text; the body, and what comes after the signature, as marked-up sections."""

    subject: str
    body: Markup
    after_signature: Markup


def compose(
    folder: Path, language: str, fields: dict[str, Any], words: dict[str, str], expected: dict[str, str]
) -> tuple[Composed | None, list[Finding]]:
    """Render a kind's template in one language.

    `words` holds the personal part of each section that may have one, empty where nobody wrote
    any; `expected` says what it should be about where it must not stay empty, and the body then
    shows a marked gap.
    """
    file = folder / f"{language}.html.j2"
    findings = _unsafe(file)
    if findings:
        return None, findings
    personal = {section: paragraphs(text) for section, text in words.items()}
    personal |= {section: _gap(section, says) for section, says in expected.items() if not words[section]}
    try:
        template = _environment(folder).get_template(file.name)
        context = template.new_context({**fields, "words": personal})
        blocks = {name: Markup("".join(block(context)).strip()) for name, block in template.blocks.items()}  # noqa: S704
        composed = Composed(
            _one_line(blocks["subject"]), blocks["body"], blocks.get("after_signature", Markup())
        )
    except KeyError as error:
        message = f"The template has no block {error}."
        return None, [
            TEMPLATE_FAULT.finding(message, "It needs the blocks `subject` and `body`.", Place(str(file)))
        ]
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        return None, [_fault(file, error)]
    return composed, []


def _one_line(html: Markup) -> str:
    return " ".join(html.unescape().split())


def framed(frame: dict[str, Any]) -> str:
    """Put the letterhead, address, date, greeting and signature around a body."""
    return _environment(FRAME).get_template("frame.html.j2").render(frame=frame)


def paragraphs(text: str) -> Markup:
    """Turn text somebody wrote into paragraphs: an empty line parts them, a line break is kept."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    lines = (Markup("<br>").join(part.splitlines()) for part in parts)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def _gap(section: str, says: str) -> Markup:
    return Markup('<p><mark data-gap="{}">[{}]</mark></p>').format(section, says)


@cache
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["paragraphs"] = paragraphs
    return environment


def _printable(value: object) -> object:
    """Refuse what would print as Python rather than as language."""
    if isinstance(value, (str, Markup, StrictUndefined)):
        return value
    raise TypeError(
        f"it prints {'nothing' if value is None else 'a ' + type(value).__name__} where text belongs"
    )


def _unsafe(file: Path) -> list[Finding]:
    """Find what a template may not contain, with its line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        return [TEMPLATE_FAULT.finding(f"The template cannot be read: {reason}.", ".", Place(str(file)))]
    return [
        TEMPLATE_UNSAFE.finding(
            message,
            "Remove it; the frame carries style and pictures.",
            Place(str(file), number, found.start() + 1, len(found.group()), line),
        )
        for number, line in enumerate(lines, 1)
        for pattern, message in _UNSAFE.items()
        if (found := re.search(pattern, line, re.IGNORECASE))
    ]


def _fault(file: Path, error: Exception) -> Finding:
    """Say what is wrong in a template, at the last of its lines that took part."""
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _last_line(file, error)
    return TEMPLATE_FAULT.finding(_said(error), _remedy(error), _line(file, line))


def _said(error: Exception) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"The template cannot be read: {error.message}."
    if isinstance(error, UndefinedError):
        return f"The template asks for something it is not given: {error.message}."
    if isinstance(error, RecursionError):
        return "The template calls itself without end."
    # Other messages can quote the data.
    return (
        f"The template fails: {error}."
        if isinstance(error, TypeError)
        else f"The template fails ({type(error).__name__})."
    )


def _remedy(error: Exception) -> str:
    if isinstance(error, UndefinedError):
        return "Declare the field in kind.yaml, or put the place in {% if … %} if it may be missing."
    return "Mend the template, and see `letters check`."


def _last_line(file: Path, error: Exception) -> int | None:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return frames[-1].lineno if frames else None


def _line(file: Path, line: int | None) -> Place:
    lines = file.read_text(encoding="utf-8").splitlines()
    if line is None or not 0 < line <= len(lines):
        return Place(str(file))
    text = lines[line - 1]
    indent = len(text) - len(text.lstrip())
    return Place(str(file), line, indent + 1, max(1, len(text.strip())), text)
