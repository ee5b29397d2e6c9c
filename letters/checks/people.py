"""Whether this letter may go to this person at all."""

from __future__ import annotations

from collections.abc import Iterator

from letters import reasons
from letters.facts import Facts
from letters.findings import Finding, Severity, rule

DECEASED = rule(
    "deceased",
    Severity.ERROR,
    "No ordinary letter goes to somebody who has died, or about them as if they had not.",
    withholds=True,
)
DANGER = rule(
    "danger",
    Severity.ERROR,
    "Nobody in imminent danger is sent away: it stops every ending that the provider starts.",
    "NASW Code of Ethics 1.17(c); APA Ethics Code 10.10(c)",
    withholds=True,
)
PROFESSION = rule(
    "kind-profession",
    Severity.ERROR,
    "A letter that thanks somebody for saying hard things out loud is not one from an accountant.",
)
SIGNER = rule(
    "signer",
    Severity.ERROR,
    "Every letter is signed by a named person with a role.",
)
SIGNER_LEAVING = rule(
    "signer-leaving",
    Severity.ERROR,
    "A letter that somebody leaves is signed for the practice by somebody else, and nobody signs after "
    "their last day.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check who the letter is about and who signs it."""
    yield from _deaths(facts)
    if facts.spec.clinical and not facts.practice.is_clinical:
        yield PROFESSION.finding(
            f"This letter is for practices that treat people, and not for {facts.practice.profession}.",
            "`letters kinds` lists the kinds there are; `letters eject` copies one to change it.",
            facts.in_practice("profession"),
        )
    if facts.case.confidential.danger and _is_ended_by_provider(facts):
        yield DANGER.finding(
            "The case is marked as imminent danger.",
            "Do not end it now. See to safety first, and unmark it when the danger has passed.",
            facts.in_case("confidential.danger"),
        )
    yield from _signer(facts)


def _is_ended_by_provider(facts: Facts) -> bool:
    """Whether the letter ends what the client did not end, also where an own kind does not say so."""
    ending = facts.case.ending
    if facts.spec.ends or "nonpayment" in facts.spec.gates:
        return True
    stays = facts.spec.to == "file" and not facts.spec.call
    tells = {"ending.on", "ending.at"} & facts.spec.field_names
    if ending is None or stays or not tells:
        return False
    reason = reasons.find(ending.reason)
    return reason is None or reason.by not in ("client", "plan", "circumstance")


def _deaths(facts: Facts) -> Iterator[Finding]:
    stays = facts.spec.to == "file" and not facts.spec.call
    if stays or (facts.spec.to == "business" and facts.addressee.client is None):
        return
    to_executor = getattr(facts.addressee.person, "relation", "") == "executor"
    yield from _undated_death(facts)
    for number, client in enumerate(facts.case.clients):
        if client.died is None or (to_executor and client is facts.client):
            continue
        if client is facts.client:
            yield DECEASED.finding(
                f"The client {client.id} has died.",
                "Stop all post to them. `letters kinds` says which kinds may go to the executor.",
                facts.in_case(f"clients[{number}].died"),
            )
        elif facts.spec.to in ("client", "file"):
            yield DECEASED.finding(
                f"{client.id} has died, and the letter would speak of the time with both of them.",
                f"Write to {facts.client.id} by hand, with that in mind.",
                facts.in_case(f"clients[{number}].died"),
            )


def _undated_death(facts: Facts) -> Iterator[Finding]:
    ending = facts.case.ending
    if ending and ending.reason == "DECEASED" and all(client.died is None for client in facts.case.clients):
        yield DECEASED.finding(
            "The case has ended because the client died, and gives no date of death.",
            "Write the date at `died`; or correct the reason, if nobody has died.",
            facts.in_case("ending.reason"),
        )


def _signer(facts: Facts) -> Iterator[Finding]:
    signer = facts.signer_id
    if facts.spec.signed_by == "nobody":
        if facts.spec.to != "file":
            yield SIGNER.finding(
                "This kind of letter is signed by nobody, and it leaves the practice.",
                "Write `signed_by: clinician` or `signed_by: practice` in kind.yaml.",
                facts.kind_file.place("signed_by"),
            )
        return
    if signer is None:
        yield SIGNER.finding(
            "This kind of letter is signed for the practice, and the practice names nobody who may.",
            "Write the id of one of its people at `signatory` in the practice file.",
            facts.in_practice("people"),
        )
    elif signer in facts.practice.people:
        yield from _leaving(facts, signer)


def _leaving(facts: Facts, signer: str) -> Iterator[Finding]:
    last_day = facts.practice.people[signer].last_day
    for_practice = facts.spec.signed_by == "practice"
    remedy = "Name somebody else at `signatory` in the practice file."
    if last_day is not None and last_day < facts.dated:
        yield SIGNER_LEAVING.finding(
            f"The signature would be that of {signer}, whose last day ({last_day}) lies before the "
            f"letter's date ({facts.dated}).",
            remedy if for_practice else "Write who treats the client now at `clinician` in the case.",
            facts.in_practice(f"people.{signer}.last_day"),
        )
    elif signer == facts.case.clinician and "clinician.last_day" in facts.spec.field_names:
        yield SIGNER_LEAVING.finding(
            f"The letter says that {signer} leaves, and {signer} would sign it.",
            remedy if for_practice else "Write `signed_by: practice` in kind.yaml.",
            facts.in_practice("signatory") if for_practice else facts.kind_file.place("signed_by"),
        )
