"""All that is known of a case, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from letters.caseload.kept import case_of
from letters.caseload.naming import became
from letters.caseload.recipients import have_died
from letters.caseload.review import pace_of
from letters.caseload.steps import letters_of
from letters.caseload.telling import contact_words, next_words, reason_label, state_words
from letters.caseload.ways import Way, ways
from letters.lifecycle import due, state_on
from letters.model.case import Case
from letters.model.history import LetterApproved
from letters.model.people import Client, Reachable, Representative
from letters.register import queries
from letters.register.queries import LetterRow
from letters.register.store import history
from letters.register.turns import standing_of

if TYPE_CHECKING:
    from letters.office import Office
    from letters.register.store import Connection

Known = dict[str, Any]


def overview(
    connection: Connection, number: str, now: datetime, office: Office, *, with_confidential: bool = False
) -> Known:
    """What the register has of a case: its people, its state, and what was done.

    `now` is by the practice's clock. What is confidential is only there if it is asked for. Raises
    UsageError as `queries.find` does.
    """
    row, case = queries.find(connection, number), case_of(connection, number)
    stands, today, pace = standing_of(connection, number), now.date(), pace_of(office.practice)
    died, kinds = have_died(case.clients), letters_of(office.own_kinds)
    step = None if died else due(stands, today, pace)
    following = next_words(stands, today, pace, number, kinds=kinds, have_died=died)
    found: Known = {
        **{"case": number, "names": row.names, "relationship": case.relationship},
        **{"clinician": case.clinician, "opened": str(case.opened), "last_session": _day(case.last_session)},
        **{"state": str(state_on(stands, today, pace)), "silent_since": str(stands.silent_since)},
        **{"in_words": state_words(stands, today, pace), "next": following},
        "due": {"step": step.step, "on": str(step.on)} if step else None,
        "people": list(_people(case)),
        "contacts": [
            {**one.data, "in_words": contact_words(one.data)}
            for one in reversed(queries.contacts(connection, number))
        ],
        "letters": [_letter(one) for one in queries.letters(connection, number)],
        "tasks": [
            {"number": one.number, "task": one.task, "what": one.data["what"], "opened_on": one.opened_on}
            for one in queries.tasks(connection, number)
        ],
        "approvals": list(_approvals(connection, number, now.tzinfo)),
        "endings": list(_endings(connection, number)),
    }
    if with_confidential:
        found["confidential"] = case.confidential.model_dump(mode="json", exclude_none=True)
    return found


def _day(day: date | None) -> str | None:
    return str(day) if day else None


def _people(case: Case) -> Iterator[Known]:
    every = ways(case)
    for _, person in case.everyone():
        theirs = [_way(way) for way in every if way.person == person.id]
        # Who looks for a number finds first which ones not to dial.
        yield {**_person(person), "ways": sorted(theirs, key=lambda way: way["safe"])}


def _person(person: Reachable) -> Known:
    told: Known = {"id": person.id, "name": person.name, "called": person.called, "role": "client"}
    told |= {"language": person.language, "no_contact": person.no_contact, "barred": False}
    if isinstance(person, Client):
        told |= {"born": _day(person.born), "died": _day(person.died), "opted_out": _day(person.opted_out)}
    if isinstance(person, Representative):
        told |= {"role": person.relation, "barred": person.barred}
    return told


def _way(way: Way) -> Known:
    told = {"sort": way.sort, "text": way.text, "safe": way.unsafe is None, "unsafe_because": way.unsafe}
    return {**told, "limit": way.limit or None, "confirmed": _day(way.confirmed)}


def _letter(one: LetterRow) -> Known:
    told = {"letter": one.letter, "kind": one.kind, "to": one.addressee, "dated": one.dated}
    told |= {"status": one.status, "issued_at": one.issued_at, "by": one.by, "folder": one.folder}
    return {
        **told,
        **{"sent_on": one.sent_on, "how": one.how, "tracking": one.tracking},
        **{"returned_on": one.returned_on, "replaced_by": one.replaced_by, "in_words": became(one)},
    }


def _approvals(connection: Connection, number: str, zone: tzinfo | None) -> Iterator[Known]:
    for entry in history(connection, queries.numbers(connection, number)):
        if entry.event == LetterApproved.name and entry.body is not None:
            told, at = entry.content, datetime.fromisoformat(entry.at).astimezone(zone)
            yield {
                "kind": told["kind"],
                "to": told["addressee"],
                "dated": told["dated"],
                "by": entry.by,
                "at": at.isoformat(),
            }


def _endings(connection: Connection, number: str) -> Iterator[Known]:
    for one in queries.endings(connection, number):
        yield {
            **{"reason": one["reason"], "label": reason_label(one["reason"]), "on": one["on"]},
            **{"at": one["at"], "without": one["without"], "restarted_on": one["restarted_on"]},
        }
