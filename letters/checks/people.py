"""Whether this letter may go to this person at all."""

from __future__ import annotations

from collections.abc import Iterator

from letters.facts import Facts
from letters.findings import Finding, Severity, rule

DECEASED = rule(
    "deceased",
    Severity.ERROR,
    "No ordinary letter goes to somebody who has died, or about them as if they had not.",
)
DANGER = rule(
    "danger",
    Severity.ERROR,
    "Nobody in imminent danger is sent away: it stops every ending that the provider starts.",
    "APA Ethics Code 10.10; ACA Code of Ethics A.11.a",
)
SIGNER = rule(
    "signer",
    Severity.ERROR,
    "Every letter is signed by a named person with a role.",
)
DISMISSED = rule(
    "signer-leaving",
    Severity.ERROR,
    "A letter that somebody leaves is signed by the practice, and by somebody else than who leaves.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check who the letter is about and who signs it."""
    client = facts.client
    if client.died is not None:
        path = facts.addressee.path if facts.addressee.person is client else f"clients[{_number(facts)}]"
        yield DECEASED.finding(
            f"{client.id} has died.",
            "Stop all post to them, and write to the executor by hand: no kind of letter fits yet.",
            facts.in_case(f"{path}.died"),
        )
    if facts.spec.ends and facts.case.confidential.danger:
        yield DANGER.finding(
            "The case is marked as imminent danger.",
            "Do not end it now. See to safety first, and unmark it when the danger has passed.",
            facts.in_case("confidential.danger"),
        )
    yield from _signer(facts)


def _number(facts: Facts) -> int:
    return facts.case.clients.index(facts.client)


def _signer(facts: Facts) -> Iterator[Finding]:
    signer = facts.signer_id
    if signer is None:
        yield SIGNER.finding(
            "This kind of letter is signed for the practice, and the practice names nobody who may.",
            "Write the id of one of its people at `signatory` in the practice file.",
            facts.in_practice("people"),
        )
    elif (
        signer in facts.practice.people
        and facts.spec.signed_by == "practice"
        and signer == facts.case.clinician
    ):
        yield DISMISSED.finding(
            f"{signer} is the one who leaves and would sign for the practice as well.",
            "Name somebody else at `signatory` in the practice file.",
            facts.in_practice("signatory"),
        )
