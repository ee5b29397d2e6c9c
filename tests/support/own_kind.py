"""A kind of letter that says one thing, to try fields and templates with."""

from __future__ import annotations

from typing import Any

from letters import markup
from letters.findings import Finding
from tests.support.desk import Desk

KIND = "note"
OWN = ("kind-field", "missing-data", "template", "template-unsafe")


def template(body: str, subject: str = "A note", practical: str = "") -> str:
    """A template whose first section holds `body`; it begins on the third line."""
    return (
        f"{{% block subject %}}{subject}{{% endblock %}}\n"
        f'{{% block body %}}<section data-says="note">\n{body}\n</section>{practical}{{% endblock %}}\n'
    )


def give_kind(desk: Desk, body: str, *fields: str, subject: str = "A note", **details: Any) -> None:
    """Give the practice a kind of letter with these fields, which has all a letter must say."""
    practical = {"records": desk.practice["records"].get("phone", desk.practice["phone"])}
    practical |= {"crisis": "988 or 911", "contact": desk.practice["phone"]}
    description = {
        "title": "A note",
        "use": "To try something.",
        "to": "client",
        "fields": list(fields),
        "sections": [{"id": name, "says": name} for name in ("note", *practical)],
        **details,
    }
    sections = "".join(f'<section data-says="{name}">{text}</section>' for name, text in practical.items())
    desk.own_kind(KIND, description, template(body, subject, sections))


def shown(desk: Desk, body: str, *fields: str, to: str | None = None, **details: Any) -> str:
    """What a note shows; fails where something is wrong."""
    give_kind(desk, body, *fields, **details)
    written, findings = desk.write(KIND, to=to)
    assert written, findings
    return markup.sections(written.html)[0].text


def refused(desk: Desk, body: str, *fields: str, **order: Any) -> Finding:
    """The one thing that is wrong with the fields or the template of a note."""
    give_kind(desk, body, *fields)
    written, findings = desk.write(KIND, **order)
    assert written is None
    (finding,) = (finding for finding in findings if finding.code in OWN)
    return finding
