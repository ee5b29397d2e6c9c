"""Whether a letter holds the texts that the law words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Severity, rule

REQUIRED = rule(
    "required-text",
    Severity.ERROR,
    "A text that the law words counts only word for word: no template and no translation may change it.",
)


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Look for each required text in what the letter shows; only white space may differ."""
    shown = _normal(" ".join((text.outside, *(section.text for section in text.sections))))
    for required in facts.jurisdiction.texts_for(facts.spec, facts.case):
        if _normal(required.text) not in shown:
            finding = REQUIRED.finding(
                f"The letter does not hold the text {required.id} word for word: “{required.text}”",
                "Print every one of `required_texts` in the template, as it is.",
                facts.kind_file.place("fields"),
            )
            yield replace(finding, authority=required.source)


def _normal(text: str) -> str:
    return " ".join(text.split())
