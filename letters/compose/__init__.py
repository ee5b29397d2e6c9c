"""Composing: a kind's template and its fields become the body, and the frame is put around it.

Sole owner of Jinja. Templates may come from a practice or from a stranger, so what one may hold is
listed, not what it may not: a few elements with fixed attributes, a few filters, no method of any
value. All markup is the template's own text, and everything put in is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from letters.compose.faults import TEMPLATE_FAULT, TEMPLATE_UNSAFE, endless, fault
from letters.compose.rendered import troubles
from letters.compose.sandbox import paragraphs, sandbox
from letters.compose.vetting import BLOCKS, prepare
from letters.findings import Finding, Place

__all__ = ["TEMPLATE_FAULT", "TEMPLATE_UNSAFE", "Composed", "compose", "endless", "framed", "paragraphs"]

FRAME = Path(__file__).parents[1] / "templates" / "frame.html.j2"


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
    shows a marked gap. A template that never ends is not stopped here.
    """
    file = folder / f"{language}.html.j2"
    try:
        # Editors on Windows put a byte order mark at the beginning.
        source = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        message = f"The template cannot be read: {reason}."
        return None, [TEMPLATE_FAULT.finding(message, "Save it again as UTF-8 text.", Place(str(file)))]
    template = None
    values = {**fields, "words": _personal(words, expected)}
    try:
        template, unfit = prepare(str(file), source, language)
        if template is None:
            return None, list(unfit)
        blocks = _render(template, values)
    # Whatever a template raises is its own fault.
    except Exception as error:
        return None, [fault(file, source, template, error, values)]
    findings = list(troubles(str(file), source, blocks))
    subject = " ".join(blocks["subject"].unescape().split())
    return (None if findings else Composed(subject, blocks["body"], blocks["after_signature"])), findings


def framed(frame: dict[str, Any]) -> str:
    """Put the letterhead, address, date, greeting and signature around a body."""
    return _frame().render(frame=frame)


def _personal(words: dict[str, str], expected: dict[str, str]) -> dict[str, Markup]:
    personal = {section: paragraphs(text) for section, text in words.items()}
    return personal | {
        section: _gap(section, says) for section, says in expected.items() if not words[section]
    }


def _gap(section: str, says: str) -> Markup:
    return Markup('<p><mark data-gap="{}">[{}]</mark></p>').format(section, says)


@cache
def _frame() -> Template:
    return sandbox().from_string(FRAME.read_text(encoding="utf-8"))


def _render(template: Template, values: dict[str, Any]) -> dict[str, Markup]:
    context = template.new_context(values)
    return {
        name: Markup("".join(template.blocks[name](context)).strip() if name in template.blocks else "")  # noqa: S704
        for name in BLOCKS
    }
