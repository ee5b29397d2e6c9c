"""Whether what the files point to is there and fits: people, phone numbers, reasons, envelopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from letters import reasons
from letters.facts import FILE, PROVIDER, Facts
from letters.findings import Finding, Place, Severity, rule
from letters.locale import phones
from letters.paper import fits
from letters.spelling import did_you_mean

UNKNOWN_PERSON = rule(
    "unknown-person",
    Severity.ERROR,
    "Whoever signs, treats or takes over has to be one of the practice's people; whoever was contacted, "
    "one of the case's.",
)
UNKNOWN_REASON = rule(
    "unknown-reason",
    Severity.ERROR,
    "Reasons are codes from a list, so that endings can be counted. `letters` never prints them.",
)
TAKING_OVER = rule(
    "taking-over",
    Severity.ERROR,
    "A client is not handed to somebody who will not be there.",
)
PHONE_NUMBER = rule(
    "phone-number",
    Severity.WARNING,
    "A number with a digit too few is a door that does not open when somebody needs it.",
    "ITU-T E.164",
)
ENVELOPE = rule(
    "envelope",
    Severity.ERROR,
    "Paper that does not fold to the size of the envelope does not show the address in its window.",
)
DUPLICATE_ID = rule(
    "duplicate-id",
    Severity.ERROR,
    "Two people with the same id cannot be told apart, and one may get the other's letter.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check what the case and the practice refer to."""
    yield from _people(facts)
    yield from _ids(facts)
    if facts.case.ending and facts.case.ending.reason not in reasons.known():
        yield UNKNOWN_REASON.finding(
            f"{facts.case.ending.reason} is not a reason code.",
            _nearest(facts.case.ending.reason.upper(), reasons.known()),
            facts.in_case("ending.reason"),
        )
    style = facts.practice.letter
    if not fits(style.paper, style.envelope):
        yield ENVELOPE.finding(
            f"{style.paper} paper does not fold into a {style.envelope} envelope.",
            "Use us-10 with letter; dl, c5 or din with a4; or none for an envelope without a window.",
            facts.in_practice("letter.envelope"),
        )
    for number, place in _numbers(facts):
        if problem := phones.problem(number):
            yield PHONE_NUMBER.finding(
                f"This phone number {problem}.",
                "Write it with + and the country code, and check its digits.",
                place(),
            )


def _people(facts: Facts) -> Iterator[Finding]:
    case, practice = facts.case, facts.practice
    named = {"clinician": case.clinician}
    if case.handover:
        named["handover.to"] = case.handover.to
        yield from _taking_over(facts)
    for number, contact in enumerate(case.contacts):
        named[f"contacts[{number}].by"] = contact.by
    for path, person in named.items():
        if person not in practice.people:
            yield _unknown(facts, person, facts.in_case(path))
    if practice.signatory and practice.signatory not in practice.people:
        yield _unknown(facts, practice.signatory, facts.in_practice("signatory"))
    yield from _contacted(facts)


def _taking_over(facts: Facts) -> Iterator[Finding]:
    """Check that whoever takes over is somebody else, and stays."""
    handover = facts.case.handover
    person = facts.practice.people.get(handover.to) if handover else None
    if handover is None or person is None:
        return
    place = facts.in_case("handover.to")
    if handover.to == facts.case.clinician and {"handover", "handover_on"} & facts.spec.field_names:
        message = f"{handover.to} would take over from {handover.to}."
        yield TAKING_OVER.finding(message, "Write who takes over from them.", place)
    elif person.last_day and person.last_day <= (handover.on or facts.dated):
        message = f"{handover.to} is to take over, and leaves on {person.last_day}."
        yield TAKING_OVER.finding(message, "Name somebody who stays.", place)


def _unknown(facts: Facts, person: str, place: Place) -> Finding:
    return UNKNOWN_PERSON.finding(
        f"The practice has nobody with the id {person}.",
        _nearest(person, list(facts.practice.people)),
        place,
    )


def _contacted(facts: Facts) -> Iterator[Finding]:
    """An attempt to reach somebody unknown would be told to nobody."""
    known = [person.id for _, person in facts.case.everyone()]
    for number, contact in enumerate(facts.case.contacts):
        if contact.to and contact.to not in known:
            yield UNKNOWN_PERSON.finding(
                f"The case has nobody with the id {contact.to}.",
                _nearest(contact.to, known),
                facts.in_case(f"contacts[{number}].to"),
            )


def _nearest(name: str, known: list[str]) -> str:
    return did_you_mean(name, known, f"Known are: {', '.join(known)}.")


def _ids(facts: Facts) -> Iterator[Finding]:
    people = [(path, person.id) for path, person in facts.case.everyone()]
    business = [(f"business[{number}]", one.id) for number, one in enumerate(facts.case.business)]
    seen = {PROVIDER, FILE}
    for path, name in [*people, *business]:
        if name in seen:
            is_kept = name in (PROVIDER, FILE)
            yield DUPLICATE_ID.finding(
                f"The id {name} is kept for another use."
                if is_kept
                else f"Two people of the case have the id {name}.",
                "Give each an id of their own.",
                facts.in_case(f"{path}.id"),
            )
        seen.add(name)


def _numbers(facts: Facts) -> Iterator[tuple[str, Callable[[], Place]]]:
    """The numbers a letter may print."""
    yield facts.practice.phone, partial(facts.in_practice, "phone")
    if facts.practice.records.phone:
        yield facts.practice.records.phone, partial(facts.in_practice, "records.phone")
    clinician = facts.clinician
    if clinician and clinician.new_place and clinician.new_place.may_share and clinician.new_place.phone:
        path = f"people.{facts.case.clinician}.new_place.phone"
        yield clinician.new_place.phone, partial(facts.in_practice, path)
    for number, option in enumerate(facts.case.referrals):
        if option.phone:
            yield option.phone, partial(facts.in_case, f"referrals[{number}].phone")
