"""The personal parts on the page: what each should say, and what is kept of it in the letter's language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from letters.order import Order
from letters.preview.sections import known_words
from letters.preview.views import Section, View
from tests.preview.sitting import CASE, Sitting, sit
from tests.support.desk import TODAY


@pytest.fixture
def jordan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return sit(tmp_path / "office", CASE)


def first(view: View) -> Section:
    return view.sections[0]


def test_the_parts_that_somebody_writes_are_there_in_order(jordan: Sitting) -> None:
    sections = jordan.ask().sections
    assert [(one.id, one.is_required) for one in sections] == [
        ("acknowledgment", True),
        ("validation", False),
        ("supports", False),
        ("gratitude", False),
    ]
    assert [bool(one.says) for one in sections] == [True] * 4
    assert jordan.at(CASE, "file-note").ask().kind == "file-note"


def test_each_language_has_its_own_words(jordan: Sitting) -> None:
    english, spanish = jordan.ask(), jordan.ask("draw", language="es")
    assert first(english).text.startswith("You kept coming")
    assert first(spanish).text.startswith("Usted siguió viniendo")
    saved = jordan.decide("save", spanish, language="es", words_acknowledgment="Usted vino.")
    assert (first(saved).text, saved.language, saved.came) == ("Usted vino.", "es", "saved")
    assert first(jordan.ask()).text == first(english).text
    assert jordan.words()["acknowledgment"].keys() == {"en", "es"}


def test_words_without_a_language_are_in_the_usual_one(jordan: Sitting) -> None:
    done = jordan.decide("save", jordan.ask(), words_gratitude="Thank you.")
    assert jordan.words()["gratitude"] == "Thank you."
    spanish = jordan.ask("draw", language="es")
    assert [one.text for one in spanish.sections if one.id == "gratitude"] == [""]
    both = jordan.decide("save", done, language="es", words_gratitude="Gracias.")
    assert (both.came, jordan.words()["gratitude"]) == ("saved", {"en": "Thank you.", "es": "Gracias."})


def test_words_that_are_typed_are_no_saved_ones(jordan: Sitting) -> None:
    before = first(jordan.ask()).text
    drawn = jordan.ask("draw", words_acknowledgment="You came.")
    assert (first(drawn).text, "You came." in (drawn.text or "")) == (before, True)


def test_what_cannot_be_made_takes_no_saved_words_away(jordan: Sitting) -> None:
    before = [one.text for one in jordan.ask().sections]
    for fields in ({"words_gratitude": "\x00"}, {"language": "xx"}, {"to": "nobody"}):
        view = jordan.ask("draw", **fields)
        assert [one.text for one in view.sections][1:] == before[1:]
    spanish = jordan.ask("draw", language="es", words_gratitude="\x00")
    assert first(spanish).text.startswith("Usted siguió viniendo")


def test_before_the_register_knows_the_case_the_words_are_those_of_the_file(jordan: Sitting) -> None:
    new = jordan.at(jordan.file("C-1101"), "closing-completed").ask()
    texts = {one.id: (one.text, one.kept) for one in new.sections if one.text}
    assert texts.keys() == {"progress", "next"}
    assert {kept for _, kept in texts.values()} == {None}


def test_without_a_register_nothing_is_kept(jordan: Sitting, tmp_path: Path) -> None:
    office = replace(jordan.kept.office, address=f"sqlite:///{tmp_path / 'none.db'}")
    order = Order(jordan.ref.kind, jordan.file(), TODAY, draft=False, practice=office.file)
    known = known_words(order, office)
    assert (known.number, known.base, known.newest, known.kept, known.over) == (CASE, 0, 0, {}, {})
    jordan.file().write_text("case: [", "utf-8")
    assert known_words(order, office).number is None
