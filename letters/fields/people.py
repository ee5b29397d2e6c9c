"""Fields about the practice, its people and the client."""

from __future__ import annotations

from letters.facts import Facts
from letters.fields.registry import field
from letters.locale import dates, lists, phones
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
    return facts.say(facts.practice.hours)


@field("practice.booking", "how to book", "practice:booking")
def _booking(facts: Facts) -> str:
    return facts.say(facts.practice.booking)


@field("practice.closing", "the day on which the practice closes", "practice:closing.on")
def _closing(facts: Facts) -> str:
    closing = facts.practice.closing
    return dates.long_date(closing.on, facts.locale) if closing else ""


@field("payment.ways", "how clients pay, to complete: you can pay …", "practice:payment.ways")
def _ways(facts: Facts) -> str:
    return facts.say(facts.practice.payment.ways) if facts.practice.payment else ""


@field("payment.phone", "the number for questions about bills", "practice:phone")
def _payment_phone(facts: Facts) -> str:
    payment = facts.practice.payment
    return phone(facts, (payment and payment.phone) or facts.practice.phone)


@field("client.name", "the client's full name; of several, all names", "CLIENT.name")
def _client_name(facts: Facts) -> str:
    return lists.and_list([client.name for client in facts.clients], facts.locale)


@field("client.called", "what the client likes to be called", "CLIENT.preferred_name")
def _client_called(facts: Facts) -> str:
    return facts.client.called


@field("client.born", "the client's date of birth", "CLIENT.born")
def _client_born(facts: Facts) -> str:
    return dates.long_date(facts.client.born, facts.locale) if facts.client.born else ""


@field("represented", "what the client is called, where the letter goes to somebody else for them", "CLIENT")
def _represented(facts: Facts) -> str:
    return "" if facts.addressee.person is facts.client else facts.client.called


@field("late", "what a client who has died was called", "CLIENT.died")
def _late(facts: Facts) -> str:
    return facts.client.called if facts.client.died else ""


@field("discreet", "not empty where the letter must not tell what the practice does", "CLIENT.addresses")
def _discreet(facts: Facts) -> str:
    return "yes" if facts.is_discreet else ""


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


@field("clinician.role", "the clinician's role", "practice:CLINICIAN.role")
def _clinician_role(facts: Facts) -> str:
    return facts.say(facts.clinician.role) if facts.clinician else ""


@field("clinician.phone", "the clinician's own number, else the practice's", "practice:CLINICIAN.phone")
def _clinician_phone(facts: Facts) -> str:
    clinician = facts.clinician
    return phone(facts, (clinician and clinician.phone) or facts.practice.phone)


@field(
    "clinician.resigned", "not empty where it may be said that they resigned", "practice:CLINICIAN.announced"
)
def _resigned(facts: Facts) -> str:
    return "yes" if facts.may_say_resigned else ""


@field("handover", "the person who takes over: name, role, phone, email, date", "handover.to")
def _handover(facts: Facts) -> dict[str, str]:
    handover = facts.case.handover
    person = facts.practice.people.get(handover.to) if handover else None
    if handover is None or person is None:
        return {}
    return {
        "name": person.name,
        "role": facts.say(person.role),
        "phone": phone(facts, person.phone or facts.practice.phone),
        "email": person.email or "",
        "on": dates.long_date(handover.on, facts.locale) if handover.on else "",
    }


@field("handover_on", "the day from which somebody else takes over", "handover.on")
def _handover_on(facts: Facts) -> str:
    handover = facts.case.handover
    return dates.long_date(handover.on, facts.locale) if handover and handover.on else ""


@field("sharing", "what is passed on to who takes over: what, and the consent to it", "handover.shares")
def _sharing(facts: Facts) -> dict[str, str]:
    handover = facts.case.handover
    if handover is None or not handover.shares:
        return {}
    consent = handover.consent
    return {
        "what": facts.say(handover.shares),
        "signed": dates.long_date(consent.signed, facts.locale) if consent else "",
        "reference": consent.reference if consent else "",
    }


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
    records = facts.practice.records
    # The number comes first: it is what the jurisdiction's figures are compared with.
    return lists.years(records.years, facts.locale) if records.years else facts.say(records.kept)


@field("crisis", "the crisis lines: name, how to reach it, number", "practice:jurisdiction")
def _crisis(facts: Facts) -> list[dict[str, str]]:
    if not facts.practice.is_clinical:
        return []
    language = facts.language.split("-")[0]
    return [
        {
            "name": line.name[language],
            "reach": unbroken(line.reach[language], line.number),
            "number": line.number.replace(" ", "\u00a0"),
        }
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
