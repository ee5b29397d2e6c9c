"""Checks: what is looked at before a letter leaves.

`check_facts` looks at the data before anything is written, `check_text` at what the letter says.
`layout` looks at the finished pages.
"""

from __future__ import annotations

from collections.abc import Iterable

from letters.checks import (
    agreement,
    authorization,
    backdated,
    confidential,
    contact,
    dates,
    enclosures,
    ids,
    languages,
    money,
    never,
    notice,
    others,
    overheard,
    people,
    plain,
    references,
    replies,
    required,
    retention,
    routes,
    sections,
    starter,
    weights,
    wording,
)
from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding

_FACTS = (
    *(
        starter.check,
        weights.check,
        backdated.check,
        references.check,
        ids.check,
        people.check,
        contact.check,
        dates.check,
    ),
    *(notice.check, retention.check, replies.check, authorization.check, agreement.check, money.check),
    enclosures.check,
)
_TEXT = (
    *(sections.check, routes.check, confidential.check, others.check, overheard.check),
    *(required.check, wording.check, languages.check, never.check, plain.check),
)


def check_facts(facts: Facts) -> list[Finding]:
    """Look at the data a letter would be made from."""
    return confidential.discreet(facts, (finding for check in _FACTS for finding in check(facts)))


def check_text(facts: Facts, subject: str, body: str, around: Iterable[str] = ()) -> list[Finding]:
    """Look at the subject, the body (HTML with marked sections) and the lines around it."""
    text = Text.of(subject, body, around)
    return confidential.discreet(facts, (finding for check in _TEXT for finding in check(facts, text)))
