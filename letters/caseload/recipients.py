"""Who the letter of a step is for, and which way they may be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from letters.addressees import for_clients
from letters.facts import Addressee
from letters.model.people import Client


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter of the case is for; `is_one_of_several` where the letter has to be ordered by id."""

    id: str
    called: str
    by_post: bool
    by_phone: bool
    is_one_of_several: bool


def recipients(clients: Sequence[Client], on: date, majority: int) -> list[Recipient]:
    """Of the clients of a case those who live; for a minor, everybody with authority to act for them.

    Nobody where all have died, or where a minor has nobody.
    """
    people = for_clients(clients, on, majority)
    living = [one for one in people if one.client and one.client.died is None]
    return [_recipient(one, is_one_of_several=len(people) > 1) for one in living]


def have_died(clients: Sequence[Client]) -> bool:
    """Whether no client of a case is alive."""
    return all(client.died is not None for client in clients)


def _recipient(one: Addressee, *, is_one_of_several: bool) -> Recipient:
    person = one.person
    by_phone = person is not None and not person.no_contact and any(way.safe for way in person.phones)
    return Recipient(one.id, one.called, one.address is not None, by_phone, is_one_of_several)
