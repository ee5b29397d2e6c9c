"""Safe contact: whether post may go to this person, and what the envelope may show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from letters.checks import likeness
from letters.checks.homes import names_home, same_home
from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.case import ContactAttempt
from letters.model.people import ClientAddress, Phone, Reachable, Representative

CONFIRMED_FOR = timedelta(days=90)

SAFE_CONTACT = rule(
    "safe-contact",
    Severity.ERROR,
    "A letter goes only to an address somebody has said is safe, and never to another one instead: "
    "post in the wrong hands can get a client hurt. `no_contact` overrides every address.",
    "45 CFR 164.522(b), confidential communications",
    withholds=True,
)
UNCONFIRMED = rule(
    "address-unconfirmed",
    Severity.WARNING,
    f"People move, and homes and phones stop being safe: an address or a number counts as confirmed for "
    f"{CONFIRMED_FOR.days} days.",
)
FAILED = rule(
    "route-failed",
    Severity.ERROR,
    "Where post came back, or somebody else answered, the next letter or call reaches a stranger.",
    "45 CFR 164.530(c), safeguards",
    withholds=True,
)
BARRED_NAME = rule(
    "barred-name",
    Severity.ERROR,
    "Whom an order bars is told nothing, also where they stand in the case a second time under another id.",
    withholds=True,
)
DISCREET_NAME = rule(
    "discreet-name",
    Severity.WARNING,
    "Where the envelope must not show the practice's name, it needs another sender's name.",
    "45 CFR 164.522(b), confidential communications",
)

_TITLES = {"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sr", "sra", "srta", "don", "dona"}
_CONFIRM = (
    "Confirm it with them on another channel that is safe and write the day at `confirmed`, or replace it."
)
_VOICEMAIL = {
    "none": "leave no message",
    "callback-only": "on voicemail only ask for a call back",
    "detailed": "a message may be left",
}


def check(facts: Facts) -> Iterator[Finding]:
    """Check the way to the addressee; providers have business addresses and need no permission."""
    person, address = facts.addressee.person, facts.addressee.address
    if facts.spec.to == "file":
        yield from _call(facts)
        return
    yield from _barred_name(facts)
    if person is None:
        return
    if not isinstance(address, ClientAddress):
        yield _no_route(facts, person)
        return
    yield from _contradicted(facts, person, address)
    yield from _address_confirmed(facts, person, address)
    if address.discreet is not False and facts.practice.discreet_name is None:
        yield DISCREET_NAME.finding(
            "The envelope must not show the practice's name, and the practice has no other name to show.",
            "Write a neutral one at `discreet_name` in the practice file.",
            facts.in_practice("name"),
        )


def _call(facts: Facts) -> Iterator[Finding]:
    """Check the phone, where what stays with the practice is read out to somebody."""
    person, path = facts.addressee.person, facts.addressee.path
    if not facts.spec.call or person is None:
        return
    yield from _barred_name(facts)
    phone = facts.safe_phone
    if phone is not None:
        yield from _contradicted_phone(facts, person, phone)
        yield from _phone_confirmed(facts, person, phone)
    if phone is None:
        message = f"There is no phone on which it is safe to call {person.id}."
        remedy = "Do not call. At the next contact ask which number is safe."
        where = "no_contact" if person.no_contact else "phones"
        yield SAFE_CONTACT.finding(message, remedy, facts.in_case(f"{path}.{where}"))
    elif _is_for_voicemail(facts) and phone.voicemail in (None, "none"):
        message = f"No message may be left for {person.id} on the phone that is safe to call."
        place = facts.in_case(f"{path}.phones[{person.phones.index(phone)}]")
        yield SAFE_CONTACT.finding(message, "Call, and hang up if nobody answers.", place)


def _is_for_voicemail(facts: Facts) -> bool:
    """Whether a message is left; a script that is told what may be left says itself when to hang up."""
    decides = "call.voicemail" in facts.spec.field_names
    return not decides and any(section.overheard for section in facts.spec.sections)


def _contradicted_phone(facts: Facts, person: Reachable, phone: Phone) -> Iterator[Finding]:
    """Find the same number as one that is not safe for them, or as that of somebody who must not know."""
    for path, other in facts.case.everyone():
        for number, one in enumerate(other.phones):
            if one is phone or not likeness.same_number(one.number, phone.number):
                continue
            place = facts.in_case(f"{path}.phones[{number}]")
            if other is person and one.safe is False:
                message = f"The same phone of {person.id} is marked as safe and as not safe."
                yield SAFE_CONTACT.finding(message, "Ask which is true, and remove the other.", place)
            elif other is not person and _must_not_know(other):
                message = f"This is also the phone of {other.id}, who must not be told."
                yield SAFE_CONTACT.finding(message, "Do not call. Ask which number is safe.", place)


def _must_not_know(other: Reachable) -> bool:
    return other.no_contact or (isinstance(other, Representative) and other.barred)


def _contradicted(facts: Facts, person: Reachable, address: ClientAddress) -> Iterator[Finding]:
    """Find the same address as one that is not safe for them, or as that of somebody who must not know."""
    for path, other in facts.case.everyone():
        for number, one in enumerate(other.addresses):
            if one is address or not same_home(one, address):
                continue
            place = facts.in_case(f"{path}.addresses[{number}]")
            if other is person and one.safe is False:
                message = f"The same address of {person.id} is marked as safe and as not safe."
                yield SAFE_CONTACT.finding(message, "Ask which is true, and remove the other.", place)
            elif other is not person and _must_not_know(other):
                message = f"This is also the address of {other.id}, who must not be told."
                yield SAFE_CONTACT.finding(message, "Do not write. Ask where post is safe.", place)


def _barred_name(facts: Facts) -> Iterator[Finding]:
    """Find an addressee with the name of somebody barred."""
    person = facts.addressee.person
    names = [*facts.addressee.names, *([person.name] if person else [])]
    told = {_bare(name) for name in names} - {()}
    for _, other in facts.case.everyone():
        is_barred = isinstance(other, Representative) and other.barred
        if is_barred and other is not person and {_bare(other.name), _bare(other.attention or "")} & told:
            yield BARRED_NAME.finding(
                f"{facts.addressee.id} has the name of {other.id}, whom an order bars.",
                "If they are one, do not write or call; if not, add to both names what tells them apart.",
                facts.in_case(f"{facts.addressee.path}.name"),
            )


def _bare(name: str) -> tuple[str, ...]:
    """The words of a name in any order, without titles."""
    return tuple(sorted(word for word in likeness.words(name) if word not in _TITLES))


def _address_confirmed(facts: Facts, person: Reachable, address: ClientAddress) -> Iterator[Finding]:
    """Find post that came back since the address was confirmed, or that this is too long ago."""
    path, since = facts.addressee.address_path, address.confirmed
    for number, one in _since(facts, person, since):
        if (one.channel, one.outcome) != ("letter", "returned"):
            continue
        when = f"came back on {_day(facts, one)}, after the address was last confirmed."
        if one.used and names_home(one.used, address):
            yield FAILED.finding(
                f"Post to this address {when}", _CONFIRM, facts.in_case(f"contacts[{number}]")
            )
        elif not one.used:
            yield UNCONFIRMED.finding(
                f"A letter to {person.id} {when}", _CONFIRM, facts.in_case(f"{path}.confirmed")
            )
        else:
            continue
        return
    if not _is_confirmed(since, facts.known_on):
        yield _unconfirmed(facts, "address", since, path)


def _phone_confirmed(facts: Facts, person: Reachable, phone: Phone) -> Iterator[Finding]:
    """Find a call since the number was confirmed that a stranger answered, or that this is too long ago."""
    path = f"{facts.addressee.path}.phones[{person.phones.index(phone)}]"
    for number, one in _since(facts, person, phone.confirmed):
        is_answered = one.channel in ("phone", "text") and one.outcome == "wrong-person"
        if not is_answered or _is_cleared(facts, phone, one):
            continue
        when = f"on {facts.local(one.at).date()}, after the number was last confirmed."
        if one.used and likeness.same_number(one.used, phone.number):
            message = f"Somebody else answered this number {when}"
            yield FAILED.finding(message, _CONFIRM, facts.in_case(f"contacts[{number}]"))
        elif not one.used:
            message = f"Somebody else answered a call to {person.id} {when}"
            yield UNCONFIRMED.finding(message, _CONFIRM, facts.in_case(f"{path}.confirmed"))
        else:
            continue
        return
    if not _is_confirmed(phone.confirmed, facts.known_on):
        yield _unconfirmed(facts, "number", phone.confirmed, path)


def _is_cleared(facts: Facts, phone: Phone, stranger: ContactAttempt) -> bool:
    """Whether a later call made sure that the number is theirs, and says how."""
    return any(
        one.outcome in ("spoke", "voicemail") and one.safe_check and stranger.at < one.at
        for one in facts.case.contacts
        if one.used and one.at.date() <= facts.known_on and likeness.same_number(one.used, phone.number)
    )


def _since(facts: Facts, person: Reachable, confirmed: date | None) -> Iterator[tuple[int, ContactAttempt]]:
    """The practice's contacts with a person after a day and up to the letter's, those that say more first."""
    found = [
        (number, one)
        for number, one in enumerate(facts.case.contacts)
        if one.direction == "out" or one.outcome == "returned"
        if (confirmed is None or confirmed < _day(facts, one)) and one.at.date() <= facts.known_on
        if one.used or one.to in (None, person.id)
    ]
    return iter(sorted(found, key=lambda each: not each[1].used))


def _day(facts: Facts, contact: ContactAttempt) -> date:
    """The day that tells of a way: of a letter that came back, the one on which it did."""
    came_back = contact.came_back if contact.outcome == "returned" else None
    return came_back or facts.local(contact.at).date()


def _is_confirmed(confirmed: date | None, dated: date) -> bool:
    return confirmed is not None and dated - confirmed <= CONFIRMED_FOR


def _unconfirmed(facts: Facts, what: str, confirmed: date | None, path: str) -> Finding:
    place = facts.in_case(f"{path}.confirmed")
    remedy = "Confirm it with them on a safe channel and write the day at `confirmed`."
    if confirmed is None:
        return UNCONFIRMED.finding(f"Nobody has noted when this {what} was last confirmed.", remedy, place)
    days = (facts.known_on - confirmed).days
    return UNCONFIRMED.finding(f"This {what} was last confirmed {days} days ago.", remedy, place)


def _no_route(facts: Facts, person: Reachable) -> Finding:
    path = facts.addressee.path
    if person.no_contact:
        message = f"Nobody may contact {person.id} at all."
        return SAFE_CONTACT.finding(
            message,
            "Write nothing and call nobody. Note in the file that no letter was sent, and why.",
            facts.in_case(f"{path}.no_contact"),
        )
    if not person.addresses:
        message, place = f"There is no address for {person.id}.", facts.in_case(path)
    elif all(address.safe is None for address in person.addresses):
        message = f"Nobody has said whether post to {person.id} is safe."
        place = facts.in_case(f"{path}.addresses[0]")
    else:
        message = f"No address of {person.id} is safe for post."
        place = facts.in_case(f"{path}.addresses[0].safe")
    return SAFE_CONTACT.finding(message, _instead(person, path), place)


def _instead(person: Reachable, path: str) -> str:
    """Say what to do when there is no letter."""
    for number, phone in enumerate(person.phones):
        if phone.safe:
            where, limit = f"{path}.phones[{number}]", _VOICEMAIL[phone.voicemail or "none"]
            return f"Do not write. Call the number at `{where}` ({limit}) and ask where post is safe."
    for number, email in enumerate(person.emails):
        if email.safe:
            return f"Do not write. Ask by email, at `{path}.emails[{number}]`, where post is safe."
    return (
        "Do not write. Note in the file that no letter was sent; at the next contact ask where post is safe."
    )
