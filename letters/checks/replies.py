"""Whether the practice tried to reach the client, and had no answer, before it says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.case import ContactAttempt

LEAST_ATTEMPTS = 2

ANSWERED = rule(
    "answered",
    Severity.ERROR,
    "A client who answered is not told that there was no answer: a reply cancels what was planned next.",
)
FEW_ATTEMPTS = rule(
    "few-attempts",
    Severity.WARNING,
    "Before contact counts as lost, the practice has tried at least twice to reach the client.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check the contacts since the last session, where the letter tells of them."""
    if "attempts" not in facts.spec.field_names:
        return
    since = [one for one in enumerate(facts.case.contacts) if _counts(facts, one[1])]
    for number, contact in since:
        if contact.is_answer:
            yield ANSWERED.finding(
                f"There was an answer on {contact.at.date()}, and the letter says there was none.",
                "Go on from that answer; if contact was lost again after it, enter it as `last_session`.",
                facts.in_case(f"contacts[{number}]"),
            )
    tried = sum(contact.is_attempt for _, contact in since)
    if tried < LEAST_ATTEMPTS:
        times = "no attempt" if tried == 0 else "only one attempt"
        yield FEW_ATTEMPTS.finding(
            f"There was {times} to reach {facts.addressee.id} since the last session.",
            "Try again on another safe channel, and enter each attempt under `contacts`.",
            facts.in_case("contacts"),
        )


def _counts(facts: Facts, contact: ContactAttempt) -> bool:
    last = facts.case.last_session or date.min
    about = (None, facts.addressee.id, facts.client.id)
    return last < contact.at.date() <= facts.dated and contact.to in about
