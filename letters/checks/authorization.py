"""Whether the client has permitted that somebody outside the practice is told."""

from __future__ import annotations

from collections.abc import Iterator

from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.outside import Authorization

AUTHORIZATION = rule(
    "authorization",
    Severity.ERROR,
    "Nobody outside the practice is told anything without the client's written permission that names "
    "them, covers what is told, and holds on the letter's date.",
    "45 CFR 164.508(c)",
    withholds=True,
)
UNLISTED_SCOPE = rule(
    "authorization-scope",
    Severity.WARNING,
    "What an authorization covers has to be compared with what the letter tells, and a sentence cannot be.",
    "45 CFR 164.508(c)(1)(i)",
)
PSYCHOTHERAPY_NOTES = rule(
    "psychotherapy-notes",
    Severity.ERROR,
    "Psychotherapy notes are passed on only with an authorization of their own.",
    "45 CFR 164.508(a)(2), (b)(3)(ii)",
    withholds=True,
)
NOTES = "psychotherapy-notes"
# Fields, and groups of fields, that say nothing about a client.
TOLD_TO_BUSINESS = frozenset(
    {"practice", "clinician", "handover", "matters.under_way", "reference", "reply_by", "records", "payment"}
    | {"crisis", "emergency", "required_texts"}
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check that one authorization names the provider, holds on the letter's date and covers what is told."""
    if facts.spec.to == "business":
        yield from _told_to_business(facts)
    if facts.spec.to != "provider":
        return
    if facts.spec.discloses is None:
        yield AUTHORIZATION.finding(
            "The kind does not say what its letters tell, which an authorization has to cover.",
            "Write `discloses: referral`, `records` or `handover` in kind.yaml.",
            facts.kind_file.place("to"),
        )
    naming = facts.authorizations
    if not naming:
        yield _missing(facts)
        return
    holding = [(number, one) for number, one in naming if _fault(facts, one) is None]
    if holding:
        yield from _scope(facts, holding)
        yield from _notes(facts, [one for _, one in holding])
    else:
        for number, one in naming:
            yield _broken(facts, number, *(_fault(facts, one) or ("", "")))


def _fault(facts: Facts, one: Authorization) -> tuple[str, str] | None:
    """Why an authorization does not hold on the letter's date, or no longer holds."""
    return one.fault(facts.dated) or one.fault(facts.known_on)


def _told_to_business(facts: Facts) -> Iterator[Finding]:
    """Business contacts learn who takes over, and nothing about the clients of the case."""
    if facts.addressee.client is not None:
        return  # the contact is the client
    for number, declared in enumerate(facts.spec.fields):
        name = declared.removesuffix("?")
        if name.partition(".")[0] not in TOLD_TO_BUSINESS and name not in TOLD_TO_BUSINESS:
            yield AUTHORIZATION.finding(
                f"A business contact would be told {name}, which is about the client.",
                "Take it out of `fields`, or write to the client.",
                facts.kind_file.place(f"fields[{number}]"),
            )


def _missing(facts: Facts) -> Finding:
    several = len(facts.case.clients) > 1
    signed = f" that is signed for {facts.client.id}" if several else ""
    by = ", and the id of who signed it at `by`" if several else ""
    return AUTHORIZATION.finding(
        f"No authorization{signed} names this provider.",
        f"Ask the client for one, and add it under `authorizations`, with the name as in `provider`{by}.",
        facts.in_case("authorizations" if facts.case.authorizations else "provider"),
    )


def _broken(facts: Facts, number: int, field: str, message: str) -> Finding:
    remedy = "Ask the client for a new one; until it is signed, send nothing."
    if field == "signed":
        remedy = "Correct the date, or send nothing before that day."
    return AUTHORIZATION.finding(
        message,
        remedy,
        facts.in_case(f"authorizations[{number}].{field}"),
    )


def _scope(facts: Facts, holding: list[tuple[int, Authorization]]) -> Iterator[Finding]:
    wanted = _disclosed(facts)
    if wanted is None or any(wanted in one.covers for _, one in holding):
        return
    listing = [(number, one) for number, one in holding if one.covers]
    number, first = (listing or holding)[0]
    if listing:
        covered = ", ".join(first.covers)
        yield AUTHORIZATION.finding(
            f"The authorization covers {covered}, and this letter needs {wanted}.",
            "Ask the client for one that covers it; until it is signed, send nothing.",
            facts.in_case(f"authorizations[{number}].covers"),
        )
    else:
        yield UNLISTED_SCOPE.finding(
            f"The case does not say from the list whether the authorization covers {wanted}.",
            f"Read the signed form, and write `covers: [{wanted}]` if it does.",
            facts.in_case(f"authorizations[{number}]"),
        )


def _disclosed(facts: Facts) -> str | None:
    """What has to be covered; a practice's own kind that lists copies discloses records, said or not."""
    transfer = facts.case.records.transfer
    wanted = facts.spec.discloses
    if "copies" in facts.spec.field_names and wanted in (None, "referral"):
        wanted = "records"
    if wanted == "records" and transfer and all(item.psychotherapy_notes for item in transfer.contents):
        return NOTES
    return wanted


def _notes(facts: Facts, holding: list[Authorization]) -> Iterator[Finding]:
    transfer = facts.case.records.transfer
    if _disclosed(facts) not in ("records", NOTES) or transfer is None:
        return
    if any(one.covers == [NOTES] for one in holding):
        return
    for number, item in enumerate(transfer.contents):
        if item.psychotherapy_notes:
            yield PSYCHOTHERAPY_NOTES.finding(
                "Psychotherapy notes are among the copies, and no authorization is for them alone.",
                f"Take them out, or ask the client for one that says only that: `covers: [{NOTES}]`.",
                facts.in_case(f"records.transfer.contents[{number}]"),
            )
