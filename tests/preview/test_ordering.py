"""From the fields of a page to an order: what was typed counts, and the newest words of the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.caseload import words
from letters.entering import enter, told
from letters.errors import UsageError
from letters.model.case import Case
from letters.order import KeptCase, Order
from letters.preview.ordering import base_of, order_of, reasons_of, scale_of, words_of
from letters.preview.sections import known_words
from letters.preview.views import Asked
from letters.sources import read
from tests.caseload.kept import AT, SAM
from tests.preview.sitting import CASE, KIND, Sitting, codes, sit
from tests.support.desk import TODAY


@pytest.fixture
def jordan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """A case that came into the register from its file."""
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    sitting = sit(tmp_path / "office")
    reading = read(sitting.file(), Case)
    assert reading.value
    assert reading.document
    with sitting.kept.register.writing(SAM, AT) as writing:
        enter(writing, told(reading.value, reading.document.data, None), f"cases/{CASE}.yaml")
    return sitting.at(sitting.file())


def ordered(one: Sitting, **fields: str) -> Order:
    return order_of(Asked(one.seat, one.ref, "draw", fields), one.kept.office, {})


def save(one: Sitting, text: str) -> None:
    order = Order(KIND, one.file(), TODAY, draft=True, practice=one.kept.office.file)
    base = one.kept.ask(words.base, CASE)
    assert words.save(one.kept.office, SAM, order, {"acknowledgment": text}, base).written


def test_without_fields_the_letter_is_as_it_was_named(jordan: Sitting) -> None:
    how: dict[str, Any] = {"to": "jordan", "dated": date(2026, 11, 20), "language": "es", "large_print": True}
    order = ordered(jordan.at(jordan.file(), **how))
    assert {name: getattr(order, name) for name in how} == how
    assert (order.kind, order.case, order.asked_on, order.envelope) == (KIND, jordan.file(), TODAY, None)


def test_the_fields_count_before_what_was_named(jordan: Sitting) -> None:
    how: dict[str, Any] = {"to": "x", "dated": date(2026, 11, 20), "language": "en", "large_print": True}
    fields = {"to": "jordan", "dated": "2026-11-25", "language": "es", "large_print": "no"}
    order = ordered(jordan.at(jordan.file(), **how), **fields, envelope="none")
    assert (order.to, order.dated, order.language) == ("jordan", date(2026, 11, 25), "es")
    assert (order.large_print, order.envelope) == (False, "none")
    assert ordered(jordan, large_print="yes").large_print


@pytest.mark.parametrize("text", ["", "2026-1", "0202-11-22", "9999-12-31", "20266-01-01", "yesterday"])
def test_a_date_that_is_half_typed_counts_as_none(jordan: Sitting, text: str) -> None:
    assert ordered(jordan, dated=text).dated == TODAY
    dated = date(2026, 11, 20)
    assert ordered(jordan.at(jordan.file(), dated=dated), dated=text).dated == dated


def test_a_file_that_only_lacks_newer_words_gives_way_to_the_register(jordan: Sitting) -> None:
    assert ordered(jordan).case == jordan.file()
    copy = jordan.file().with_name("copy.yaml")
    copy.write_text(jordan.file().read_text("utf-8"), "utf-8")
    save(jordan, "You came.")
    order = ordered(jordan.at(copy))
    assert isinstance(order.case, KeptCase)
    assert (order.case.number, "You came." in order.case.text) == (CASE, True)


def test_a_file_that_says_anything_else_otherwise_is_used_and_told_of(jordan: Sitting) -> None:
    save(jordan, "You came.")
    file = jordan.file()
    file.write_text(file.read_text("utf-8").replace("44 Alder", "45 Alder"), "utf-8")
    assert ordered(jordan).case == file
    view = jordan.ask()
    assert ("45 Alder Avenue" in (view.text or ""), "You came." in (view.text or "")) == (True, True)
    assert codes(view) == ["register-differs"]
    done = jordan.decide("approve", view)
    assert (done.came, "letter-approved" in jordan.kept.events()) == ("stopped", False)


def test_words_in_the_register_count_before_those_of_the_file(jordan: Sitting) -> None:
    save(jordan, "You came.")
    view = jordan.ask()
    assert ("You came." in (view.text or ""), view.sections[0].text, codes(view)) == (True, "You came.", [])
    assert view.sections[0].kept
    assert view.sections[0].kept.by == "Sam Rivera"


def test_a_file_that_was_edited_where_it_belongs_counts(jordan: Sitting) -> None:
    file = jordan.file()
    file.write_text(file.read_text("utf-8").replace("You kept coming", "You kept on coming"), "utf-8")
    known = known_words(ordered(jordan), jordan.kept.office)
    assert (known.over, ordered(jordan).case) == ({}, file)
    assert "You kept on coming" in (jordan.ask().text or "")


def test_a_case_that_is_not_there_is_refused(jordan: Sitting) -> None:
    with pytest.raises(UsageError, match="no case C-9"):
        ordered(jordan.at("C-9"))
    none = replace(jordan.kept.office, address="sqlite:///none.db")
    with pytest.raises(UsageError):
        order_of(Asked(jordan.seat, jordan.at(CASE).ref, "draw"), none, {})


def test_words_are_told_by_section_with_plain_ends_of_lines() -> None:
    fields = {
        "words.a": " One.\r\n\r\nTwo. \r\n",
        "words.": "x",
        "word.b": "y",
        "words.c.d": "",
        "dated": "z",
    }
    assert words_of(fields) == {"a": "One.\n\nTwo.", "": "x", "c.d": ""}


def test_a_reason_that_is_empty_is_none() -> None:
    fields = {"accept.one": " Because. ", "accept.two": " \r\n", "three": "x"}
    assert reasons_of(fields) == {"one": "Because."}


@pytest.mark.parametrize(
    ("text", "scale"), [("1.5", 1.5), ("", 1), ("x", 1), ("nan", 1), ("inf", 1), ("-inf", 1), ("-2", -2)]
)
def test_a_scale_that_makes_no_sense_is_one(text: str, scale: float) -> None:
    assert scale_of({"scale": text}) == scale
    assert scale_of({}) == 1


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "²", "9" * 5000])
def test_a_base_that_makes_no_sense_is_none(text: str) -> None:
    assert base_of({"base": text}) is None
    assert (base_of({"base": "17"}), base_of({})) == (17, None)
