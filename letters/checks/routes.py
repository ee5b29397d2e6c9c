"""Whether the reader is told where to turn: in a crisis, to the practice, for the records."""

from __future__ import annotations

from collections.abc import Iterator

from letters.checks import likeness
from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Severity, rule

CRISIS = rule(
    "crisis-route",
    Severity.ERROR,
    "A client of a clinical practice is told in every letter where to turn in a crisis.",
    "APA Ethics Code 10.10(c); 988 Suicide & Crisis Lifeline guidance",
)
CONTACT = rule(
    "contact-route",
    Severity.ERROR,
    "Every letter says how to reach the practice.",
)
RECORDS = rule(
    "records-route",
    Severity.ERROR,
    "Every client is told how to get their records.",
    "45 CFR 164.524",
)
NO_CRISIS_LINE = rule(
    "crisis-line-missing",
    Severity.ERROR,
    "Without a number from the jurisdiction's data the letter cannot say where to turn.",
)


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Check the routes that the letter has to name."""
    practice = facts.practice
    if facts.spec.to == "file":
        return
    if not _names(text.said("contact"), practice.phone, practice.email):
        yield CONTACT.finding(
            "The section `contact` names neither the practice's phone number nor its email address.",
            "Print `practice.phone` there.",
            facts.kind_file.place(_section(facts, "contact")),
        )
    if facts.spec.to != "client" or facts.is_discreet:
        return  # where to turn in a crisis would tell what the practice does
    if not _names(text.said("records"), practice.records.phone or practice.phone, practice.records.email):
        yield RECORDS.finding(
            "The section `records` does not say how to ask for the records.",
            "Print `records.contact` there.",
            facts.kind_file.place(_section(facts, "records")),
        )
    if practice.is_clinical:
        yield from _crisis(facts, text)


def _crisis(facts: Facts, text: Text) -> Iterator[Finding]:
    numbers = [line.number for line in facts.jurisdiction.crisis]
    if facts.jurisdiction.emergency:
        numbers.append(facts.jurisdiction.emergency.number)
    if not numbers:
        yield NO_CRISIS_LINE.finding(
            f"There is no crisis line for {facts.jurisdiction.name}.",
            "Choose another `jurisdiction` in the practice file.",
            facts.in_practice("jurisdiction"),
        )
    for number in numbers:
        if not _names(text.said("crisis"), number, None):
            yield CRISIS.finding(
                f"The section `crisis` does not name {number}.",
                "Print `emergency` and every line of `crisis` there.",
                facts.kind_file.place(_section(facts, "crisis")),
            )


def _names(said: str, phone: str, email: str | None) -> bool:
    """Whether a text holds a phone number, however it is spaced, or an email address."""
    return likeness.has_number(said, phone) or bool(email and email.casefold() in said.casefold())


def _section(facts: Facts, wanted: str) -> str:
    """The path of a section in the kind's description; of all sections where it is missing."""
    known = [spec.id for spec in facts.spec.sections]
    return f"sections[{known.index(wanted)}]" if wanted in known else "sections"
