"""Finding one finding, and what it points to; a small kind of letter to spoil."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from letters.findings import Finding
from letters.order import Order
from tests.support import desk

SECTIONS = {
    "thanks": "<p>Thank you.</p>{{ words.thanks }}",
    "records": "<h2>Records</h2><p>Ask for them: {{ records.contact }}.</p>",
    "crisis": "<p>Call {{ emergency }}{% for line in crisis %}, or {{ line.reach }}{% endfor %}.</p>",
    "contact": "<p>Call {{ practice.phone }}.</p>",
}
FIELDS = ["practice.phone", "practice.email?", "records.contact", "crisis?", "emergency?", "client.name?"]


class Desk(desk.Desk):
    """A desk whose files have a line for every value, so that a place is the value's own."""

    def order(self, kind: str = "closing-lost-contact", **changes: Any) -> Order:
        """Write both files and order a letter."""
        order = super().order(kind, **changes)
        for name, data in (("practice", self.practice), ("case", self.case)):
            text = json.dumps(data, ensure_ascii=False, indent=2)
            (self.folder / f"{name}.json").write_text(text)
        return order


def the(code: str, findings: Iterable[Finding]) -> Finding:
    """The only finding with a code."""
    (one,) = [finding for finding in findings if finding.code == code]
    return one


def spot(finding: Finding) -> str:
    """The piece of the file that a finding points to."""
    place = finding.place
    assert place
    assert place.line
    assert place.column
    line = Path(place.file).read_text().splitlines()[place.line - 1]
    return line[place.column - 1 : place.column - 1 + place.length]


def field(finding: Finding) -> str:
    """The path of the value a finding is about."""
    assert finding.place
    return finding.place.field


def marked(sections: dict[str, str]) -> str:
    """Mark up sections as a template does."""
    return "\n".join(f'<section data-says="{says}">{text}</section>' for says, text in sections.items())


def note(table: desk.Desk, body: str | None = None, subject: str = "A note", **description: Any) -> str:
    """Give the desk a small kind of letter, faultless unless changed, and name it."""
    told: dict[str, Any] = {"title": "A note", "use": "For tests.", "to": "client", "fields": FIELDS}
    told["sections"] = [{"id": says, "says": f"what {says} says"} for says in SECTIONS]
    told["sections"][0]["words"] = "optional"
    body = marked(SECTIONS) if body is None else body
    template = "{% block subject %}" + subject + "{% endblock %}{% block body %}" + body + "{% endblock %}"
    table.own_kind("note", told | description, template)
    return "note"
