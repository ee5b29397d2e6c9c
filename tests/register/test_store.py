"""Adding entries: who, when, and all of a transaction or nothing."""

from __future__ import annotations

import os
import pwd
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from letters.errors import MachineError
from letters.model.history import EVENTS, CaseErased, ContactLogged, Event
from letters.model.strict import Model
from letters.register import tables
from letters.register.chain import BEGINNING, canonical
from letters.register.exporting import event_of
from letters.register.store import Register, head_of, history, login
from letters.register.verifying import verify
from letters.version import VERSION
from tests.register.telling import ANNA, AT, STORY, contact, data, entered, entries, tell

TRICKY = [
    "Zoë Ångström",
    "李小龍",
    "محمد",
    "👩🏽‍🚀",
    "O'Brien; DROP TABLE entries--",
    '"%s" {x} :y ?',
    "a\u0000b",
    "\u2028",
]


def test_an_entry_says_who_and_when_in_utc(register: Register) -> None:
    at = datetime(2026, 11, 22, 23, 30, 15, 999, tzinfo=timezone(timedelta(hours=-8)))
    with register.writing(ANNA, at) as writing:
        entry = writing.append(entered("C-1"), "C-1")
    assert entries(register) == [entry]
    assert (entry.seq, entry.previous, entry.event) == (1, BEGINNING, "case-entered")
    assert (entry.by, entry.login, entry.at) == ("anna", "anna.k", "2026-11-23T07:30:15+00:00")


def test_without_a_time_it_is_now(register: Register) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    with register.writing(ANNA) as writing:
        entry = writing.append(entered("C-1"), "C-1")
    assert before <= datetime.fromisoformat(entry.at) <= datetime.now(UTC)


def test_entries_of_one_transaction_and_of_several_follow_one_another(told: Register) -> None:
    tell(told, [(entered("C-8"), "C-8")])
    found = entries(told)
    assert [entry.seq for entry in found] == list(range(1, len(STORY) + 2))
    assert [entry.previous for entry in found] == [BEGINNING, *(entry.digest for entry in found[:-1])]
    with told.reading() as connection:
        assert head_of(connection).digest == found[-1].digest
        assert connection.execute(select(tables.head.c.written_by)).scalars().all() == [VERSION]


def test_what_was_told_is_read_as_it_was_told(told: Register) -> None:
    assert [(event_of(entry), entry.case_number) for entry in entries(told)] == STORY


def test_any_text_comes_back_as_it_was(register: Register) -> None:
    story: list[tuple[Event, str]] = [(entered("C-1"), "C-1")]
    story += [
        (ContactLogged(contact=contact(f"2026-08-0{number + 1}T10:00Z", said=text)), "C-1")
        for number, text in enumerate(TRICKY)
    ]
    tell(register, story)
    assert [entry.content["contact"]["said"] for entry in entries(register)[1:]] == TRICKY
    assert verify(register)[1] == []


def test_the_history_of_some_cases_is_theirs_alone(told: Register) -> None:
    with told.reading() as connection:
        found = {entry.case_number for entry in history(connection, ["C-3", "C-4"])}
        assert found == {"C-3", "C-4"}
        assert list(history(connection, [])) == []


def test_what_makes_no_sense_adds_nothing(told: Register) -> None:
    before = entries(told)
    for event, number in ((entered("C-1"), "C-1"), (ContactLogged(contact=contact()), "C-99")):
        with pytest.raises(MachineError), told.writing(ANNA, AT) as writing:
            writing.append(event, number)
    assert entries(told) == before
    assert verify(told)[1] == []


def test_the_login_is_the_users_name_or_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert login() == pwd.getpwuid(os.getuid()).pw_name

    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert login() == f"user {os.getuid()}"


def test_the_login_is_not_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "lena")
    assert login() == pwd.getpwuid(os.getuid()).pw_name != "lena"


def test_every_sort_of_event_has_a_name_of_its_own() -> None:
    assert len(EVENTS) == len(Event.__subclasses__()) == 16
    for name, event in EVENTS.items():
        assert issubclass(event, Model)
        assert event.name == name


def test_canonical_text_does_not_depend_on_order() -> None:
    assert canonical({"b": 1, "a": [1, {"d": "é", "c": None}]}) == '{"a":[1,{"c":null,"d":"é"}],"b":1}'
    assert canonical(dict(reversed(data("C-1").items()))) == canonical(data("C-1"))


def test_an_event_is_the_same_after_reading_it_back() -> None:
    erasure = CaseErased(numbers=["C-1"], entries=[1, 2], because="x")
    for event in [*(event for event, _ in STORY), erasure]:
        assert type(event).model_validate_json(canonical(event.model_dump(mode="json"))) == event
