"""Fields about the practice, its people and the client."""

from __future__ import annotations

from letters.facts import Facts
from letters.fields.registry import field
from letters.locale import dates, phones
from letters.model.practice import NewPlace, Person


@field("practice.name", "the practice's name", "practice:name")
def _practice_name(facts: Facts) -> str:
    return facts.practice.name


@field("practice.phone", "the practice's phone number", "practice:phone")
def _practice_phone(facts: Facts) -> str:
    return phone(facts, facts.practice.phone)


@field("practice.email", "the practice's email address", "practice:email")
def _practice_email(facts: Facts) -> str:
    return facts.practice.email or ""


@field("practice.hours", "the hours in which the phone is answered", "practice:hours")
def _practice_hours(facts: Facts) -> str:
    return facts.practice.hours or ""


@field("client.name", "the client's full name", "CLIENT.name")
def _client_name(facts: Facts) -> str:
    return facts.client.name


@field("client.called", "what the client likes to be called", "CLIENT.preferred_name")
def _client_called(facts: Facts) -> str:
    return facts.client.called


@field("client.born", "the client's date of birth", "CLIENT.born")
def _client_born(facts: Facts) -> str:
    return dates.long_date(facts.client.born, facts.locale) if facts.client.born else ""


@field("represented", "what the client is called, where the letter goes to somebody else for them", "CLIENT")
def _represented(facts: Facts) -> str:
    return "" if facts.addressee.person is facts.client else facts.client.called


@field("clinician.name", "the clinician's name", "clinician")
def _clinician_name(facts: Facts) -> str:
    return facts.clinician.name if facts.clinician else ""


@field("clinician.last_day", "the clinician's last day", "practice:CLINICIAN.last_day")
def _last_day(facts: Facts) -> str:
    last_day = facts.clinician.last_day if facts.clinician else None
    return dates.long_date(last_day, facts.locale) if last_day else ""


@field(
    "clinician.new_place", "where the clinician will work, if it may be told", "practice:CLINICIAN.new_place"
)
def _new_place(facts: Facts) -> dict[str, str]:
    place = _told(facts.clinician)
    if place is None:
        return {}
    return {"name": place.name, "phone": phone(facts, place.phone) if place.phone else ""}


def _told(clinician: Person | None) -> NewPlace | None:
    place = clinician.new_place if clinician else None
    return place if place and place.may_share else None


@field("handover", "the person who takes over: name and role", "handover.to")
def _handover(facts: Facts) -> dict[str, str]:
    handover = facts.case.handover
    person = facts.practice.people.get(handover.to) if handover else None
    return {"name": person.name, "role": person.role} if person else {}


@field("records.custodian", "who keeps the records", "practice:records.custodian")
def _custodian(facts: Facts) -> str:
    return facts.practice.records.custodian


@field("records.contact", "how to reach who keeps the records", "practice:records")
def _custodian_contact(facts: Facts) -> str:
    records = facts.practice.records
    return phone(facts, records.phone or facts.practice.phone)


@field("records.email", "the email address of who keeps the records", "practice:records.email")
def _custodian_email(facts: Facts) -> str:
    return facts.practice.records.email or ""


@field("records.kept", "how long records are kept", "practice:records.kept")
def _kept(facts: Facts) -> str:
    return facts.practice.records.kept or ""


@field("crisis", "the crisis lines: name and how to reach it", "practice:jurisdiction")
def _crisis(facts: Facts) -> list[dict[str, str]]:
    if not facts.practice.is_clinical:
        return []
    language = facts.language.split("-")[0]
    return [
        {"name": line.name[language], "reach": unbroken(line.reach[language], line.number)}
        for line in facts.jurisdiction.crisis
        if language in line.name and language in line.reach
    ]


@field("emergency", "the emergency number", "practice:jurisdiction")
def _emergency(facts: Facts) -> str:
    emergency = facts.jurisdiction.emergency
    return emergency.number if emergency and facts.practice.is_clinical else ""


def unbroken(text: str, part: str) -> str:
    """A text in which a part, such as a number, stays on one line with the word before it."""
    return text.replace(f" {part}", f" {part}".replace(" ", "\u00a0"))


def phone(facts: Facts, number: str) -> str:
    """A phone number as the reader would dial it from the practice's country."""
    return phones.phone(number, facts.practice.address.country)
