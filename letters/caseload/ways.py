"""The ways to reach the people of a case, and whether they are safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from letters.checks import likeness
from letters.checks.homes import names_home, same_home
from letters.model.case import Case, ContactAttempt
from letters.model.people import Client, ClientAddress, EmailAddress, Phone, Reachable, Representative

Sort = Literal["phone", "post", "email"]
Route = ClientAddress | Phone | EmailAddress

_REACHED_ON: dict[str, Sort] = {"phone": "phone", "text": "phone", "letter": "post", "email": "email"}
NO_MESSAGE = "leave no message"
_VOICEMAIL = {
    None: NO_MESSAGE,
    "none": NO_MESSAGE,
    "callback-only": "on voicemail only ask for a call back",
    "detailed": "a message may be left",
}


@dataclass(frozen=True)
class Way:
    """One way to reach a person; `unsafe` says why it must not be used, None where it is safe.

    `limit` says what may be left or shown there; `is_open` whether more than a request to call back may be.
    """

    person: str
    sort: Sort
    text: str
    unsafe: str | None
    limit: str
    is_open: bool
    confirmed: date | None
    route: Route

    def is_named_by(self, used: str) -> bool:
        """Whether a text, as noted by hand, means this way."""
        match self.route:
            case Phone(number=number):
                return likeness.same_number(used, number)
            case EmailAddress(address=address):
                return used.casefold() == address.casefold()
            case ClientAddress():
                return names_home(used, self.route)


def ways(case: Case) -> list[Way]:
    """Every way to reach anybody of a case, in the order of the case."""
    return [way for _, person in case.everyone() for way in _ways(case, person)]


def reached_by(case: Case, channel: str) -> list[Way]:
    """The ways that a channel goes."""
    return [way for way in ways(case) if way.sort == _REACHED_ON.get(channel)]


def has_ways(channel: str) -> bool:
    """Whether a channel goes by a number or an address."""
    return channel in _REACHED_ON


def _ways(case: Case, person: Reachable) -> Iterator[Way]:
    for phone in person.phones:
        limit = _VOICEMAIL[phone.voicemail]
        yield _way(case, person, "phone", phone.number, limit, phone.voicemail == "detailed", phone)
    for email in person.emails:
        open_ = email.discreet is False
        yield _way(case, person, "email", email.address, "" if open_ else "discreetly", open_, email)
    for address in person.addresses:
        open_ = address.discreet is False
        parts = (*address.lines, address.city, address.region, address.postcode, address.country)
        line = ", ".join(part for part in parts if part)
        yield _way(case, person, "post", line, "" if open_ else "discreet envelope", open_, address)


def _way(
    case: Case,
    person: Reachable,
    sort: Sort,
    text: str,
    limit: str,
    is_open: bool,
    route: Route,
) -> Way:
    unsafe = _unsafe(case, person, route)
    return Way(person.id, sort, text, unsafe, limit, is_open, route.confirmed, route)


def _unsafe(case: Case, person: Reachable, route: Route) -> str | None:
    """Why a way must not be used."""
    if isinstance(person, Client) and person.died:
        return f"{person.id} has died"
    if must_not_know(person):
        return "no contact at all" if person.no_contact else "an order bars them"
    for _, other in case.everyone():
        for one in _routes(other):
            if one is not route and _is_same(one, route):
                if other is person and one.safe is False and route.safe:
                    return "marked as safe and as not safe"
                if other is not person and must_not_know(other):
                    return f"also that of {other.id}, who must not be told"
    if route.safe is None:
        return "nobody has said that it is safe"
    return _returned(case, route) if route.safe else "marked as not safe"


def _returned(case: Case, route: Route) -> str | None:
    """Whether post came back from there since it was confirmed, which stops a letter as well."""
    if not isinstance(route, ClientAddress):
        return None
    returned = (one for one in case.contacts if one.used and _came_back(one, one.used, route))
    days = [one.came_back or one.at.date() for one in returned]
    last = max(days, default=None)
    if last is None or (route.confirmed and last <= route.confirmed):
        return None
    return f"post came back on {last}"


def _came_back(contact: ContactAttempt, used: str, address: ClientAddress) -> bool:
    return (contact.channel, contact.outcome) == ("letter", "returned") and names_home(used, address)


def must_not_know(person: Reachable) -> bool:
    """Whether somebody is told nothing, whichever way."""
    return person.no_contact or (isinstance(person, Representative) and person.barred)


def _routes(person: Reachable) -> Iterator[Route]:
    yield from person.phones
    yield from person.emails
    yield from person.addresses


def _is_same(one: Route, other: Route) -> bool:
    match one, other:
        case Phone(), Phone():
            return likeness.same_number(one.number, other.number)
        case EmailAddress(), EmailAddress():
            return one.address.casefold() == other.address.casefold()
        case ClientAddress(), ClientAddress():
            return same_home(one, other)
    return False


def ways_used(case: Case, channel: str, used: str | None, to: str | None) -> list[Way]:
    """The ways of a channel that a noted number or address may mean; those of the person first."""
    named = [way for way in reached_by(case, channel) if used and way.is_named_by(used)]
    return [way for way in named if way.person == to] or named
