"""Whether the dates in the data agree with each other and with the letter's date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.case import Case

EFFECTIVE_DATE = rule(
    "effective-date",
    Severity.ERROR,
    "Nothing ends before the letter that says so: an ending in the past leaves no time to answer.",
)
APPOINTMENT_AFTER_END = rule(
    "appointment-after-end",
    Severity.ERROR,
    "An appointment after the last day tells the client two things at once.",
)
DATES_DISAGREE = rule(
    "dates-disagree",
    Severity.ERROR,
    "Dates that cannot all be true mean that one of them is a slip, and it may be the one in the letter.",
)


def check(facts: Facts) -> Iterator[Finding]:
    """Check the dates the letter rests on."""
    yield from _in_the_past(facts)
    yield from _appointments(facts)
    yield from _work_after_end(facts)
    yield from _order(facts)


def _in_the_past(facts: Facts) -> Iterator[Finding]:
    ending, clinician = facts.case.ending, facts.clinician
    if not facts.spec.ahead:
        return
    if "ending.on" in facts.spec.field_names and ending and ending.on and ending.on <= facts.dated:
        yield EFFECTIVE_DATE.finding(
            f"The ending ({ending.on}) does not lie after the letter's date ({facts.dated}).",
            "Choose a day after the letter's date, with time for the client to answer.",
            facts.in_case("ending.on"),
        )
    last = clinician.last_day if clinician else None
    if "clinician.last_day" in facts.spec.field_names and last and last < facts.dated:
        yield EFFECTIVE_DATE.finding(
            f"The clinician's last day ({last}) lies before the letter's date ({facts.dated}).",
            "Correct the day; if they have left already, call the client, as this letter comes too late.",
            facts.in_practice(f"people.{facts.case.clinician}.last_day"),
        )
    for name, path, day, what in _other_days(facts):
        if name in facts.spec.field_names and day is not None and day <= facts.dated:
            place = facts.in_practice(path.partition(":")[2]) if ":" in path else facts.in_case(path)
            yield EFFECTIVE_DATE.finding(
                f"{what} ({day}) does not lie after the letter's date ({facts.dated}).",
                "Choose a day after the letter's date, with time to answer.",
                place,
            )


def _other_days(facts: Facts) -> Iterator[tuple[str, str, date | None, str]]:
    """The other days a letter looks ahead to: field, where it is written, day, what it is."""
    case, closing = facts.case, facts.practice.closing
    yield "reply_by", "reply_by", case.reply_by, "The day an answer is asked for by"
    due = case.money.due if case.money else None
    handover = case.handover.on if case.handover else None
    yield "money.due", "money.due", due, "The day it is to be paid by"
    yield "handover", "handover.on", handover, "The day of the handover"
    yield "practice.closing", "practice:closing.on", closing.on if closing else None, "The practice's closing"


def _appointments(facts: Facts) -> Iterator[Finding]:
    for end, what, remedy in _ends(facts):
        for number, appointment in enumerate(facts.case.appointments):
            if appointment.at.date() > end:
                yield APPOINTMENT_AFTER_END.finding(
                    f"An appointment is booked for {appointment.at.date()}, after {what} ({end}).",
                    remedy,
                    facts.in_case(f"appointments[{number}].at"),
                )


def _ends(facts: Facts) -> Iterator[tuple[date, str, str]]:
    """The days the letter names as the last ones: day, what it is, what to do about appointments after it."""
    ending, clinician = facts.case.ending, facts.clinician
    if "ending.on" in facts.spec.field_names and ending and ending.on:
        yield ending.on, "the ending", "Cancel or move the appointment, or end later."
    if "clinician.last_day" in facts.spec.field_names and clinician and clinician.last_day:
        yield clinician.last_day, "the clinician's last day", "Cancel or move the appointment."
    closing = facts.practice.closing
    if "practice.closing" in facts.spec.field_names and closing:
        yield closing.on, "the practice's closing", "Cancel or move the appointment."


def _work_after_end(facts: Facts) -> Iterator[Finding]:
    """What the practice is still to do when, by the same letter, it does no more."""
    end = facts.case.ending.on if facts.case.ending else None
    if end is None or not {"matters.outstanding", "ending.on"} <= facts.spec.field_names:
        return
    for number, item in enumerate(facts.case.matters.outstanding):
        if item.by == "us" and item.due and item.due > end:
            yield DATES_DISAGREE.finding(
                f"The practice is to do this by {item.due}, after the ending ({end}).",
                "Give it an earlier day, end later, or say that it is left to the client (by: you).",
                facts.in_case(f"matters.outstanding[{number}].due"),
            )


def _order(facts: Facts) -> Iterator[Finding]:
    case = facts.case
    if case.opened > facts.dated:
        yield _disagree(facts, "opened", "The case was opened after the letter's date.")
    if case.last_session and case.last_session < case.opened:
        message = "The last session lies before the case was opened."
        yield DATES_DISAGREE.finding(message, "Correct one of them.", facts.in_case("last_session"))
    if case.last_session and case.last_session > facts.dated:
        yield _disagree(facts, "last_session", "The last session lies after the letter's date.")
    for number, one in enumerate(case.money.asked if case.money else []):
        if one.due < one.on:
            message, path = (
                "What was asked for was due before it was asked for.",
                f"money.asked[{number}].due",
            )
            yield DATES_DISAGREE.finding(message, "Correct one of them.", facts.in_case(path))
    for path, day, what in (*_past_days(facts), *_past_days_of_money(case)):
        if day > facts.dated:
            yield _disagree(facts, path, f"{what} lies after the letter's date.")


def _past_days(facts: Facts) -> Iterator[tuple[str, date, str]]:
    for number, contact in enumerate(facts.case.contacts):
        yield f"contacts[{number}].at", contact.at.date(), "This contact"
    for number, client in enumerate(facts.case.clients):
        if client.born:
            yield f"clients[{number}].born", client.born, "The date of birth"
        if client.died:
            yield f"clients[{number}].died", client.died, "The date of death"
    ending = facts.case.ending
    if ending and ending.at:
        yield "ending.at", ending.at.date(), "The moment at which the case was ended"
    for number, letter in enumerate(facts.case.letters):
        yield f"letters[{number}].on", letter.on, "This letter"
    phone = facts.safe_phone if facts.spec.call else None
    if phone and phone.confirmed and facts.addressee.person:
        path = f"{facts.addressee.path}.phones[{facts.addressee.person.phones.index(phone)}].confirmed"
        yield path, phone.confirmed, "The day the number was confirmed"
    confirmed = getattr(facts.addressee.address, "confirmed", None)
    if confirmed:
        yield f"{facts.addressee.address_path}.confirmed", confirmed, "The day the address was confirmed"


def _past_days_of_money(case: Case) -> Iterator[tuple[str, date, str]]:
    owed = case.money
    if owed is None:
        return
    yield "money.as_of", owed.as_of, "The day on which the amount was right"
    days = (("terms_accepted", owed.terms_accepted), ("talked", owed.talked))
    yield from ((f"money.{name}", day, "This day") for name, day in days if day)
    for number, one in enumerate(owed.asked):
        yield f"money.asked[{number}].on", one.on, "The day on which it was asked for"
    if owed.plan:
        yield "money.plan.agreed", owed.plan.agreed, "The day on which the payment plan was agreed"
    if owed.dispute:
        yield "money.dispute.opened", owed.dispute.opened, "The day on which the bill was disputed"


def _disagree(facts: Facts, path: str, message: str) -> Finding:
    remedy = f"Correct one of them; the letter is dated {facts.dated}."
    return DATES_DISAGREE.finding(message, remedy, facts.in_case(path))
