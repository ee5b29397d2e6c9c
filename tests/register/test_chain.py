"""The chain tells of every entry that was altered, taken out, put in or moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

import pytest

from letters.findings import Place
from letters.register.chain import BEGINNING, Entry, Head, canonical, faults, link
from tests.register.telling import erasure

PLACE = Place("here")


def chain(number: int) -> list[Entry]:
    found, head = list[Entry](), Head()
    for _ in range(number):
        found.append(
            link(head, "2026-11-22T10:00:00+00:00", "anna", "anna.k", "x", "C-1", canonical({"a": head.seq}))
        )
        head = Head(found[-1].seq, found[-1].digest)
    return found


def altered(entry: Entry, **values: Any) -> Entry:
    return replace(entry, **values)


def told_of(found: Iterable[Entry], head: Head) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in faults(found, head, PLACE)]


def head_after(found: list[Entry]) -> Head:
    return Head(found[-1].seq, found[-1].digest)


def test_an_entry_carries_the_digest_of_the_one_before() -> None:
    first, second = chain(2)
    assert first.previous == BEGINNING
    assert second.previous == first.digest
    assert told_of([first, second], head_after([first, second])) == []


def test_an_empty_chain_is_whole() -> None:
    assert told_of([], Head()) == []


def test_the_same_content_is_salted_differently_each_time() -> None:
    head = Head()
    one, other = (link(head, "t", "b", "l", "e", None, "{}") for _ in range(2))
    assert one.salt != other.salt
    assert one.body_digest != other.body_digest


@pytest.mark.parametrize("name", [name for name in asdict(chain(1)[0]) if name != "seq"])
def test_any_field_of_an_entry_that_is_altered_is_told(name: str) -> None:
    found = chain(5)
    found[2] = altered(found[2], **{name: "altered"})
    told = told_of(found, head_after(found))
    assert told
    assert any(message.startswith("Entry 3 ") for _, message in told)
    assert {code for code, _ in told} == {"altered-entry"}


@pytest.mark.parametrize(
    "name", [name for name in asdict(chain(1)[0]) if name not in ("seq", "body", "salt")]
)
def test_any_field_that_is_altered_is_told_of_the_last_entry_too(name: str) -> None:
    found = chain(3)
    head = head_after(found)
    found[2] = altered(found[2], **{name: "altered"})
    assert any(message.startswith("Entry 3 ") for _, message in told_of(found, head))


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ([0], "Entry 1 is missing."),
        ([2], "Entry 3 is missing."),
        ([1, 2], "The entries 2 to 3 are missing."),
        ([4], "Entry 5 is missing."),
        ([3, 4], "The entries 4 to 5 are missing."),
        ([0, 1, 2, 3, 4], "The entries 1 to 5 are missing."),
    ],
)
def test_what_was_taken_out_is_told(gone: list[int], message: str) -> None:
    found = chain(5)
    left = [entry for place, entry in enumerate(found) if place not in gone]
    assert told_of(left, head_after(found)) == [("missing-entry", message)]


def test_an_entry_that_stands_twice_or_in_another_place_is_told() -> None:
    first, second, third = chain(3)
    assert told_of([first, first, second, third], head_after([third])) == [
        ("altered-entry", "Entry 1 (x about case C-1) does not stand in its place.")
    ]
    assert ("missing-entry", "Entry 1 is missing.") in told_of([second, first, third], head_after([third]))


def test_more_entries_than_the_head_tells_of_are_told() -> None:
    found = chain(3)
    assert told_of(found, head_after(found[:2])) == [
        ("altered-entry", "The last entry is not the one that the register holds to be the last, 2.")
    ]


@pytest.mark.parametrize("half", ["body", "salt"])
def test_an_erased_entry_that_has_half_of_its_content_is_told(half: str) -> None:
    entry = altered(chain(1)[0], **{"body": None, "salt": None, half: "{}"})
    erasing = link(
        Head(1, entry.digest),
        "t",
        "b",
        "l",
        "case-erased",
        None,
        canonical({"numbers": ["C-1"], "entries": [1]}),
    )
    assert next(code for code, _ in told_of([entry, erasing], head_after([erasing]))) == "altered-entry"


def test_content_that_an_erasure_says_is_gone_is_told() -> None:
    found = chain(1)
    erasing = link(
        head_after(found), "t", "b", "l", "case-erased", None, canonical({"numbers": ["C-1"], "entries": [1]})
    )
    (told,) = told_of([*found, erasing], head_after([erasing]))
    assert told == (
        "altered-entry",
        "The content of entry 1 is there, although an erasure tells that it was removed.",
    )


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{",
        '{"entries": 5}',
        '{"entries": ["x"]}',
        "5",
        '{"entries": {"a": 1}}',
        '{"numbers": [], "entries": [Infinity]}',
    ],
)
def test_an_erasure_that_makes_no_sense_is_told_and_breaks_nothing(body: str) -> None:
    emptied = replace(chain(1)[0], body=None, salt=None)
    erasing = link(Head(1, emptied.digest), "t", "b", "l", "case-erased", None, body)
    assert ("missing-entry", "The content of entry 1 is gone, and no erasure tells of it.") in told_of(
        [emptied, erasing], head_after([erasing])
    )


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        (["C-0"], [2]),
        (["C-1"], [2]),
        (["C-1"], [1, 2, 3, 4]),
        (["C-1"], [1, 2, 2, 3]),
        (["C-1", "C-2"], [1, 2, 3]),
        ([], []),
    ],
)
def test_an_erasure_that_names_other_entries_than_those_of_its_cases_is_not_believed(
    numbers: list[str], named: list[int]
) -> None:
    found = chain(3)
    other = link(head_after(found), "t", "b", "l", "x", "C-2", "{}")
    found = [found[0], replace(found[1], body=None, salt=None), found[2], other]
    erasing = erasure(head_after(found), numbers, named)
    assert told_of([*found, erasing], head_after([erasing])) == [
        (
            "altered-entry",
            "Entry 5 (case-erased) does not name all entries about the cases it tells of, and no others.",
        ),
        ("missing-entry", "The content of entry 2 is gone, and no erasure tells of it."),
    ]


def test_an_erasure_empties_what_was_there_before_it_and_was_not_emptied_yet() -> None:
    found = [replace(entry, body=None, salt=None) for entry in chain(2)]
    first = erasure(head_after(found), ["C-1"], [1, 2])
    later = link(head_after([first]), "t", "b", "l", "x", "C-1", "{}")
    second = erasure(head_after([later]), ["C-1"], [4])
    emptied = replace(later, body=None, salt=None)
    assert told_of([*found, first, emptied, second], head_after([second])) == []
    again = erasure(head_after([later]), ["C-1"], [1, 2, 4])
    assert [code for code, _ in told_of([*found, first, emptied, again], head_after([again]))] == [
        "altered-entry",
        "missing-entry",
    ]


@pytest.mark.parametrize("value", [b"bytes", 5, 5.5, None])
@pytest.mark.parametrize("name", ["at", "by", "login", "event", "body_digest", "previous", "digest"])
def test_a_field_of_another_type_is_told(name: str, value: object) -> None:
    found = chain(3)
    found[1] = altered(found[1], **{name: value})
    assert told_of(found, head_after(found))[0][0] == "altered-entry"


@pytest.mark.parametrize("value", ["2", b"2", None, 2.5])
def test_a_number_of_another_type_is_told(value: object) -> None:
    found = chain(3)
    found[1] = altered(found[1], seq=value)
    codes = [code for code, _ in told_of(found, head_after(found))]
    assert codes == ["altered-entry", "missing-entry"]
