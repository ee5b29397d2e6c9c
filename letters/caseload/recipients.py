"""Who the letter of a step is for, and which way they may be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from letters.facts import is_minor, may_act
from letters.model.people import Client, Reachable


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
    people = [person for client in clients for person in _for(client, on, majority)]
    dead = sum(client.died is not None for client in clients)
    is_one_of_several = len(people) + dead > 1
    return [_recipient(person, is_one_of_several) for person in people]


def have_died(clients: Sequence[Client]) -> bool:
    """Whether no client of a case is alive."""
    return all(client.died is not None for client in clients)


def _for(client: Client, on: date, majority: int) -> Iterator[Reachable]:
    if client.died is not None:
        return
    if not is_minor(client, on, majority):
        yield client
        return
    yield from (person for person in client.representatives if may_act(person, client, on, majority))


def _recipient(person: Reachable, is_one_of_several: bool) -> Recipient:
    may = not person.no_contact
    by_post = may and any(way.safe for way in person.addresses)
    by_phone = may and any(way.safe for way in person.phones)
    return Recipient(person.id, person.called, by_post, by_phone, is_one_of_several)
