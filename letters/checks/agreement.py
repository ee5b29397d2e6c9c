"""Whether the client agreed: to be written to after the end, to what is passed on; and has a real choice."""

from __future__ import annotations

from collections.abc import Iterator

from letters.checks import likeness
from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.outside import Consent

OPTED_OUT = rule(
    "opted-out",
    Severity.ERROR,
    "Somebody who asked not to be written to after the end is left in peace.",
    withholds=True,
)
NOT_ENDED = rule(
    "not-ended",
    Severity.ERROR,
    "Somebody who is still a client is not asked how things have been since the end.",
    withholds=True,
)
CONSENT = rule(
    "consent",
    Severity.ERROR,
    "What a client said to one person is not passed on to another before the client agrees.",
    "NASW Code of Ethics 1.16; ACA Code of Ethics A.11.d",
    withholds=True,
)
FEW_OPTIONS = rule(
    "few-options",
    Severity.WARNING,
    "Somebody who has to look for help elsewhere needs a choice: three places or more.",
)
LEAST_OPTIONS = 3


def check(facts: Facts) -> Iterator[Finding]:
    """Check the agreements this letter rests on, and the options it offers."""
    opted_out = facts.client.opted_out
    # Also where the letter is dated before that day: it is known now.
    if "follow-up" in facts.spec.gates and opted_out:
        yield OPTED_OUT.finding(
            f"{facts.client.id} asked on {opted_out} not to be written to any more.",
            "Do not write.",
            facts.in_case(f"{facts.client_path}.opted_out"),
        )
    if "follow-up" in facts.spec.gates and not _has_ended(facts):
        yield NOT_ENDED.finding(
            "The case does not say that it has ended, and this letter speaks of the time since then.",
            "Enter the day at `ending: on`, or wait until it has passed.",
            facts.in_case("ending"),
        )
    if "sharing" in facts.spec.field_names:
        yield from _consent(facts)
    number = len({likeness.folded(option.name) for option in facts.case.referrals})
    if "options" in facts.spec.gates and number < LEAST_OPTIONS:
        yield FEW_OPTIONS.finding(
            f"The letter names {number or 'no'} {'place' if number == 1 else 'places'} to turn to.",
            f"Add others under `referrals`, so that there are {LEAST_OPTIONS} or more.",
            facts.in_case("referrals"),
        )


def _has_ended(facts: Facts) -> bool:
    ending = facts.case.ending
    day = (ending.at.date() if ending.at else ending.on) if ending else None
    return day is not None and day <= facts.dated


def _consent(facts: Facts) -> Iterator[Finding]:
    handover = facts.case.handover
    if handover is None or not handover.shares:
        return
    if handover.consent is None:
        yield CONSENT.finding(
            "Something is to be passed on, and the case does not say that the client agreed.",
            "Ask them first and enter it at `handover: consent`, or take out `shares`.",
            facts.in_case("handover.shares"),
        )
    elif not _is_theirs(facts, handover.consent):
        yield CONSENT.finding(
            f"The case does not say that {facts.client.id}, or somebody for them, signed the agreement.",
            "Write the id of who signed at `handover: consent: by`; each client agrees for themselves.",
            facts.in_case("handover.consent"),
        )
    elif handover.consent.signed > facts.dated:
        yield CONSENT.finding(
            f"The client's agreement is signed on {handover.consent.signed}, after the letter's date.",
            "Correct the date, or send nothing before that day.",
            facts.in_case("handover.consent.signed"),
        )


def _is_theirs(facts: Facts, consent: Consent) -> bool:
    """Whether the client signed, or somebody for them; a lone client need not be named."""
    if consent.by is None:
        return len(facts.case.clients) == 1
    signers = {facts.client.id, *(one.id for one in facts.client.representatives if not one.barred)}
    return consent.by in signers
