"""From an order to the facts: whoever gets a letter of their own, and what is read once for many."""

from __future__ import annotations

import os
import time
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from letters.entering import told
from letters.errors import UsageError
from letters.gathering import gather, one_each, read_case, read_practice, read_sources
from letters.letter import write
from letters.order import KeptCase, Order, RowCase
from tests.support.desk import TODAY, Desk

ROW = {
    "case": "K-1",
    "relationship": "individual",
    "opened": "2026-03-21",
    "clinician": "sam-rivera",
    "clients": [{"id": "client-1", "name": "Robin Vale"}],
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def settle() -> None:
    """Let files that were written just now become as old as they mostly are when they are read."""
    time.sleep(0.06)


def each(order: Order) -> list[Order]:
    """The order, for each of those who get a letter."""
    return one_each(order, read_sources(order))


def test_the_facts_are_who_what_and_when(desk: Desk) -> None:
    facts, findings = gather(desk.order())
    assert facts
    assert (facts.kind, facts.case.case, facts.addressee.id) == ("closing-lost-contact", "C-1001", "jordan")
    assert (facts.dated, facts.language, findings) == (TODAY, "en", [])


def test_one_client_is_one_order(desk: Desk) -> None:
    order = desk.order()
    assert each(order) == [order]


def test_a_couple_is_an_order_for_each(desk: Desk) -> None:
    desk.case["relationship"] = "couple"
    desk.case["clients"].append(dict(desk.client, id="robin", name="Robin Vale", preferred_name="Robin"))
    assert [order.to for order in each(desk.order())] == ["jordan", "robin"]
    assert [order.to for order in each(desk.order(to="robin"))] == ["robin"]


def test_a_letter_for_the_file_is_one_whoever_the_clients_are(desk: Desk) -> None:
    desk.case["relationship"] = "couple"
    desk.case["clients"].append(dict(desk.client, id="robin", name="Robin Vale", preferred_name="Robin"))
    assert len(each(desk.order("closing-record"))) == 1


@pytest.mark.parametrize("what", ["case", "practice"])
def test_where_people_cannot_be_told_the_order_stays_as_it_is(desk: Desk, what: str) -> None:
    if what == "case":
        desk.case["clients"] = "Jordan"
    else:
        desk.practice["jurisdiction"] = "us-xx"
    order = desk.order()
    assert each(order) == [order]


def test_a_practice_file_is_read_once_while_it_stays_as_it_is(desk: Desk) -> None:
    desk.order()
    file = desk.folder / "practice.json"
    settle()
    first = read_practice(file)
    assert read_practice(file) is first
    file.write_text(file.read_text("utf-8").replace("Harbor Family", "Harbour Family"), "utf-8")
    second = read_practice(file)
    assert second.value
    assert second.value.name.startswith("Harbour")


def test_a_practice_file_that_is_put_in_its_place_is_read_anew(desk: Desk) -> None:
    """As editors do; its size and time may be the same."""
    desk.order()
    file, other = desk.folder / "practice.json", desk.folder / "other.json"
    settle()
    read_practice(file)
    other.write_text(file.read_text("utf-8").replace("Harbor", "Harbur"), "utf-8")
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    os.utime(other, ns=times)
    other.replace(file)
    read = read_practice(file).value
    assert read
    assert read.name.startswith("Harbur")


def test_a_case_file_is_read_once_and_what_was_read_stays_as_it_was(desk: Desk) -> None:
    order = desk.order(draft=True, words={"acknowledgment": "You came."})
    settle()
    first = read_case(order)
    assert first.value
    assert first.document
    before = deepcopy((first.value, first.findings, first.document.data))
    for wanted in (order, replace(order, words=None)):
        written, findings = write(wanted)
        assert written, findings
        told(written.facts.case, written.facts.case_file.data, None)
    again = read_case(order)
    assert again is first
    assert (again.value, again.findings, first.document.data) == before


def test_another_encoding_is_another_reading(desk: Desk) -> None:
    order = desk.order()
    settle()
    assert read_case(order) is not read_case(replace(order, encoding="cp1252"))


def test_a_practice_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    reading = read_practice(tmp_path / "practice.yaml")
    assert reading.value is None
    assert [one.code for one in reading.findings] == ["file"]


def test_a_case_is_read_from_its_row(desk: Desk) -> None:
    order = desk.order()
    row = RowCase("K-1", "clients.csv", "row 17", ROW)
    reading = read_case(replace(order, case=row))
    assert reading.value
    assert reading.document
    assert reading.value.clients[0].name == "Robin Vale"
    assert reading.document.place("opened").field == "row 17, column opened"


def test_a_case_is_read_as_the_register_has_it(desk: Desk) -> None:
    text = (desk.folder / "cases" / "C-1001.yaml").read_text("utf-8")
    reading = read_case(replace(desk.order(), case=KeptCase("C-1001", text, "")))
    assert reading.value
    assert reading.document
    assert (reading.value.case, reading.document.source.name) == ("C-1001", "case C-1001")


def test_sources_tell_what_is_wrong_with_any_of_them(desk: Desk) -> None:
    desk.case["opened"] = "2026-02-30"
    desk.practice["time_zone"] = "Portland"
    found = read_sources(desk.order()).findings
    assert {Path(one.place.file).name for one in found if one.place} == {"case.json", "practice.json"}


def test_a_kind_that_cannot_be_found_is_an_error_of_use(desk: Desk) -> None:
    with pytest.raises(UsageError):
        gather(desk.order("closing-lost-contract"))


def test_a_language_serves_its_countries_and_no_other(desk: Desk) -> None:
    facts, _ = gather(desk.order(language="en-GB"))
    assert facts
    assert facts.language == "en-GB"
    facts, findings = gather(desk.order(language="vi"))
    assert (facts, [one.code for one in findings]) == (None, ["language"])
