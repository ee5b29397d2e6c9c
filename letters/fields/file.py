"""Fields for what stays with the practice: the contacts, the letters, who signs."""

from __future__ import annotations

from letters.facts import Facts
from letters.fields.people import phone
from letters.fields.registry import field
from letters.locale import dates, phones
from letters.model.case import ContactAttempt


@field("call.name", "the full name of who is called", "clients")
def _call_name(facts: Facts) -> str:
    return facts.addressee.person.name if facts.spec.call and facts.addressee.person else ""


@field("call.called", "what who is called likes to be called", "clients")
def _call_called(facts: Facts) -> str:
    return facts.addressee.person.called if facts.spec.call and facts.addressee.person else ""


@field("call.number", "the first number on which it is safe to call", "clients")
def _call_number(facts: Facts) -> str:
    found = facts.safe_phone if facts.spec.call else None
    return phone(facts, found.number) if found else ""


@field("call.voicemail", "what may be left there: none, callback-only or detailed", "clients")
def _call_voicemail(facts: Facts) -> str:
    found = facts.safe_phone if facts.spec.call else None
    return (found.voicemail or "none") if found else ""


@field(
    "practice.discreet_name",
    "the name that gives nothing away, else the clinician's name",
    "practice:discreet_name",
)
def _discreet_name(facts: Facts) -> str:
    return facts.discreet_name


@field("contact", "the latest contact: date, time and zone, by whom, to whom, and the like", "contacts")
def _contact(facts: Facts) -> dict[str, str]:
    """Only what stays with the practice is given it, as all that follows."""
    return _entry(facts, facts.contact) if facts.contact and facts.spec.to == "file" else {}


@field("log", "every contact up to the letter, as in `contact`", "contacts")
def _log(facts: Facts) -> list[dict[str, str]]:
    until = [one for one in facts.case.contacts if one.at.date() <= facts.dated and _is_about(facts, one.to)]
    return [_entry(facts, one) for one in sorted(until, key=lambda one: one.at)]


def _entry(facts: Facts, one: ContactAttempt) -> dict[str, str]:
    return {
        "at": dates.long_moment(facts.local(one.at), facts.locale),
        "by": _person(facts, one.by),
        "to": _contacted(facts, one.to),
        "channel": one.channel,
        "direction": one.direction,
        "outcome": one.outcome,
        "used": _used(facts, one.used or ""),
        "safe_check": one.safe_check or "",
        "said": one.said or "",
        "next": one.next or "",
        "next_on": dates.long_date(one.next_on, facts.locale) if one.next_on else "",
    }


def _person(facts: Facts, person: str) -> str:
    found = facts.practice.people.get(person)
    return found.name if found else person


def _contacted(facts: Facts, person: str | None) -> str:
    everyone = [one for _, one in facts.case.everyone()]
    names = [one.name for one in everyone if one.id == person]
    return names[0] if names else facts.client.name if len(everyone) == 1 else ""


def _used(facts: Facts, used: str) -> str:
    return used if phones.problem(used) else phone(facts, used)


@field("letters_sent", "each letter that went out: kind, date, to whom, file", "letters")
def _letters_sent(facts: Facts) -> list[dict[str, str]]:
    return [
        {
            "kind": one.kind,
            "on": dates.long_date(one.on, facts.locale),
            "to": _contacted(facts, one.to),
            "reference": one.reference or "",
        }
        for one in sorted(facts.case.letters, key=lambda one: one.on)
        if _is_about(facts, one.to)
    ]


def _is_about(facts: Facts, person: str | None) -> bool:
    """Whether what went to somebody belongs into this file: that of all, or of one of them."""
    whose = facts.addressee.person
    return facts.spec.to == "file" and (whose is None or person in (None, whose.id))
