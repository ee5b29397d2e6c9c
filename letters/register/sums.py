"""What an entry adds to the other tables. The same entries always add up to the same rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from letters.model.case import is_answer
from letters.model.history import (
    CaseChanged,
    CaseEnded,
    CaseEntered,
    CaseErased,
    CaseMerged,
    CaseRestarted,
    ContactLogged,
    Event,
    LetterApproved,
    LetterIssued,
    LetterReturned,
    LetterSent,
    LetterVoided,
    TaskClosed,
    TaskOpened,
)
from letters.register import tables
from letters.register.chain import Entry, canonical
from letters.register.turns import turned

_TURNS_IT = {
    *(CaseEntered.name, CaseChanged.name, CaseEnded.name, CaseRestarted.name, CaseMerged.name),
    *(ContactLogged.name, LetterIssued.name, LetterSent.name, LetterReturned.name, LetterVoided.name),
}
# Made once, as making them takes longer than running them.
_SETTING_CASE = update(tables.cases).where(tables.cases.c.number == bindparam("this"))
_DATA = select(tables.cases.c.data).where(tables.cases.c.number == bindparam("this"))
_FORGETTING_CONTACT = delete(tables.contacts).where(
    tables.contacts.c.case_number == bindparam("this"), tables.contacts.c.key == bindparam("told")
)
_KEEPING_CONTACT = insert(tables.contacts)


def add(connection: Connection, entry: Entry, event: Event, *, fold: bool = True) -> None:
    """Add one entry to the tables; without `fold` it is left to `settle` to say where the cases stand."""
    if isinstance(event, CaseMerged) and not fold:
        _fold(connection, event.other)  # the last time that it stands anywhere
    _ADDING[type(event)](connection, entry, event)
    number = entry.case_number
    if number is not None and not isinstance(event, CaseErased):
        values = turned(connection, number) if fold and event.name in _TURNS_IT else {}
        _set_case(connection, number, changed=entry.seq, **values)


def settle(connection: Connection) -> None:
    """Say where each case stands, after all entries were added; once for each, as that reads all of it."""
    case = tables.cases.c
    for number in connection.scalars(select(case.number).where(case.data.is_not(None))).all():
        _fold(connection, number)


def _fold(connection: Connection, number: str) -> None:
    _set_case(connection, number, **turned(connection, number))


def contact_key(contact: dict[str, Any]) -> str:
    """What makes two entries of the log the same contact, told once more or put right."""
    return canonical([contact.get(name) for name in ("at", "channel", "direction", "to")])


def names_of(data: dict[str, Any]) -> str:
    """The names of the clients, to be shown in lists."""
    return " & ".join(str(client.get("name", "")) for client in data.get("clients", []))


def _set_case(connection: Connection, number: str, **values: Any) -> None:
    connection.execute(_SETTING_CASE, {"this": number, **values})


def _enter(connection: Connection, entry: Entry, event: CaseEntered) -> None:
    row = {"number": entry.case_number, "status": tables.OPEN, "entered": entry.seq, "changed": entry.seq}
    connection.execute(insert(tables.cases), {**row, **_told(event.data), **_also(event)})
    _keep_contacts(connection, entry, event.contacts, event.data)


def _change(connection: Connection, entry: Entry, event: CaseChanged) -> None:
    _set_case(connection, str(entry.case_number), **_told(event.data), **_also(event))
    _keep_contacts(connection, entry, event.contacts, event.data)


def _told(data: dict[str, Any]) -> dict[str, Any]:
    """The columns that repeat what a case says, so that lists can be sorted and filtered."""
    named = {name: data.get(name) for name in ("clinician", "relationship", "opened", "last_session")}
    return {**named, "names": names_of(data), "data": canonical(data)}


def _also(event: CaseEntered | CaseChanged) -> dict[str, Any]:
    return {
        "moves": canonical({kind: move.model_dump() for kind, move in event.moves.items()}),
        "reachable": event.reachable,
    }


def _log(connection: Connection, entry: Entry, event: ContactLogged) -> None:
    data = connection.execute(_DATA, {"this": entry.case_number}).scalar_one()
    _keep_contacts(connection, entry, [event.contact], json.loads(data))


def _keep_contacts(
    connection: Connection, entry: Entry, contacts: list[dict[str, Any]], case: dict[str, Any]
) -> None:
    """Keep contacts; one that was told before is put right, and the history has both."""
    barred = barred_in(case)
    keys = [contact_key(contact) for contact in contacts]
    if not keys:
        return
    if entry.event != CaseEntered.name:
        connection.execute(_FORGETTING_CONTACT, [{"this": entry.case_number, "told": key} for key in keys])
    rows = [
        {
            **{"entry": entry.seq, "position": position, "case_number": entry.case_number, "key": key},
            **{"on": str(contact["at"])[:10], "sort": _sort(contact, barred), "data": canonical(contact)},
        }
        for position, (key, contact) in enumerate(zip(keys, contacts, strict=True))
    ]
    connection.execute(_KEEPING_CONTACT, rows)


def barred_in(case: dict[str, Any]) -> set[str]:
    """The ids of those whom an order keeps from being told: what they say is no answer of the client."""
    people = (one for client in case.get("clients", []) for one in client.get("representatives", []))
    return {str(one.get("id")) for one in people if str(one.get("barred")).lower() in ("yes", "true")}


def is_answered(contact: dict[str, Any], barred: set[str]) -> bool:
    """Whether a contact, as the history has it, is an answer."""
    direction, outcome, to, letter = map(contact.get, ("direction", "outcome", "to", "letter"))
    return is_answer(direction, outcome, to, barred, letter)


def _sort(contact: dict[str, Any], barred: set[str]) -> str:
    if is_answered(contact, barred):
        return "answer"
    # A letter counts already, and of those barred nothing does.
    is_other = contact.get("letter") or contact.get("to") in barred
    return "other" if is_other or contact.get("outcome") in ("spoke", "wrong-person") else "attempt"


def _end(connection: Connection, entry: Entry, event: CaseEnded) -> None:
    row = {"entry": entry.seq, "case_number": entry.case_number, **event.model_dump(mode="json")}
    connection.execute(insert(tables.endings), row)


def _restart(connection: Connection, entry: Entry, event: CaseRestarted) -> None:
    ending = tables.endings
    last = ending.c.case_number == entry.case_number, ending.c.restart.is_(None)
    connection.execute(
        update(ending).where(*last).values(restart=entry.seq, restarted_on=event.on.isoformat())
    )


def _merge(connection: Connection, entry: Entry, event: CaseMerged) -> None:
    """Move what happened in the other case to this one, where a contact told twice counts once."""
    number = str(entry.case_number)
    contact = tables.contacts
    known = select(contact.c.key).where(contact.c.case_number == number)
    connection.execute(delete(contact).where(contact.c.case_number == event.other, contact.c.key.in_(known)))
    for table in tables.SUMS[1:]:
        connection.execute(update(table).where(table.c.case_number == event.other).values(case_number=number))
    _set_case(
        connection,
        event.other,
        status=tables.MERGED,
        state=None,
        merged_into=number,
        data=None,
        changed=entry.seq,
    )
    moves = canonical({**_moves(connection, event.other), **_moves(connection, number)})
    _set_case(connection, number, **_told(event.data), moves=moves, reachable=event.reachable)


def _moves(connection: Connection, number: str) -> dict[str, Any]:
    """How the letters that a case lists move it, by kind."""
    case = tables.cases.c
    moves: dict[str, Any] = json.loads(
        connection.scalars(select(case.moves).where(case.number == number)).one()
    )
    return moves


def _issue(connection: Connection, entry: Entry, event: LetterIssued) -> None:
    letter = tables.letters
    data = event.model_dump(mode="json")
    columns = ("letter", "kind", "addressee", "dated", "sha256", "copy_sha256", "folder", "batch")
    row = {name: data[name] for name in columns} | {"case_number": entry.case_number, "entry": entry.seq}
    row |= {"status": "issued", "issued_at": entry.at, "by": entry.by, "data": canonical(data)}
    # A letter that was voided may be issued after all.
    connection.execute(delete(letter).where(letter.c.letter == event.letter))
    connection.execute(insert(letter), row)
    if event.replaces:
        _set_letter(connection, event.replaces, replaced_by=event.letter)


def _set_letter(connection: Connection, letter: str, **values: Any) -> None:
    connection.execute(update(tables.letters).where(tables.letters.c.letter == letter).values(**values))


def _sent(connection: Connection, _: Entry, event: LetterSent) -> None:
    told = {"sent_on": event.on.isoformat(), "how": event.how, "tracking": event.tracking}
    _set_letter(connection, event.letter, status="sent", **told)


def _returned(connection: Connection, _: Entry, event: LetterReturned) -> None:
    _set_letter(connection, event.letter, status="returned", returned_on=event.on.isoformat())


def _void(connection: Connection, _: Entry, event: LetterVoided) -> None:
    _set_letter(connection, event.letter, status="void")
    replaced = tables.letters.c.replaced_by == event.letter
    connection.execute(update(tables.letters).where(replaced).values(replaced_by=None))


def _approve(connection: Connection, entry: Entry, event: LetterApproved) -> None:
    row = {
        "entry": entry.seq,
        "case_number": entry.case_number,
        "kind": event.kind,
        "addressee": event.addressee,
    }
    # As it was entered: what a later version can tell besides was not told then.
    row |= {"by": entry.by, "at": entry.at, "data": str(entry.body)}
    connection.execute(insert(tables.approvals), row)


def _open_task(connection: Connection, entry: Entry, event: TaskOpened) -> None:
    row = {
        "number": entry.seq,
        "case_number": entry.case_number,
        "task": event.task,
        "opened_on": entry.at[:10],
    }
    row["data"] = str(entry.body)
    connection.execute(insert(tables.tasks), row)


def _close_task(connection: Connection, _: Entry, event: TaskClosed) -> None:
    task = tables.tasks
    connection.execute(update(task).where(task.c.number == event.number).values(outcome=event.outcome))


def _erase(connection: Connection, entry: Entry, event: CaseErased) -> None:
    """Leave of a case its number, and that it was erased."""
    for table in tables.SUMS[1:]:
        connection.execute(delete(table).where(table.c.case_number.in_(event.numbers)))
    connection.execute(delete(tables.cases).where(tables.cases.c.number.in_(event.numbers)))
    rows = [{"number": number, "status": tables.ERASED, "changed": entry.seq} for number in event.numbers]
    connection.execute(insert(tables.cases), rows)


def _nothing(_: Connection, __: Entry, ___: Event) -> None:
    """The history has it, and no table needs it."""


_Adding = Callable[[Connection, Entry, Any], None]
_ADDING: dict[type[Event], _Adding] = {
    CaseEntered: _enter,
    CaseChanged: _change,
    ContactLogged: _log,
    CaseEnded: _end,
    CaseRestarted: _restart,
    CaseMerged: _merge,
    LetterIssued: _issue,
    LetterSent: _sent,
    LetterReturned: _returned,
    LetterVoided: _void,
    LetterApproved: _approve,
    TaskOpened: _open_task,
    TaskClosed: _close_task,
    CaseErased: _erase,
}
for _event in Event.__subclasses__():
    _ADDING.setdefault(_event, cast("_Adding", _nothing))
