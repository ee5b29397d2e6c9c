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
    withholds=True,
)
FEW_ATTEMPTS = rule(
    "few-attempts",
    Severity.WARNING,
    "Before contact counts as lost, the practice has tried at least twice to reach the client.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check the contacts since the last session, where the letter rests on there having been no answer."""
    tells_of_attempts = "attempts" in facts.spec.field_names
    if tells_of_attempts or "silence" in facts.spec.gates:
        yield from _answers(facts)
    if tells_of_attempts:
        yield from _too_few(facts)


def _answers(facts: Facts) -> Iterator[Finding]:
    """An answer of anybody who acts for the client counts, whoever the letter goes to."""
    for number, contact in _since(facts):
        is_theirs = contact.to in (
            None,
            facts.client.id,
            *(one.id for one in facts.client.representatives if not one.barred),
        )
        answered = facts.local(contact.at).date()
        if contact.is_answer and is_theirs:
            yield ANSWERED.finding(
                f"There was an answer on {answered}, and the letter says there was none.",
                "Go on from that answer; if contact was lost again after it, enter it as `last_session`.",
                facts.in_case(f"contacts[{number}]"),
            )


def _too_few(facts: Facts) -> Iterator[Finding]:
    about = (None, facts.addressee.id, facts.client.id)
    tried = sum(contact.is_attempt and contact.to in about for _, contact in _since(facts))
    if tried < LEAST_ATTEMPTS:
        times = "no attempt" if tried == 0 else "only one attempt"
        yield FEW_ATTEMPTS.finding(
            f"There was {times} to reach {facts.addressee.id} since the last session.",
            "Try again on another safe channel, and enter each attempt under `contacts`.",
            facts.in_case("contacts"),
        )


def _since(facts: Facts) -> Iterator[tuple[int, ContactAttempt]]:
    """The contacts since the last session that are known, each with its number in the case."""
    last = facts.case.last_session or date.min
    for number, contact in enumerate(facts.case.contacts):
        if last < facts.local(contact.at).date() <= facts.known_on:
            yield number, contact
