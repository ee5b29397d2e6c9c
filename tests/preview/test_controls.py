"""What can be chosen about a letter: never what would break it, and nothing that a browser would choose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from letters.gathering import gathered, read_sources
from letters.order import Order
from letters.preview import controls
from letters.preview.drawing import Drawn
from letters.preview.views import Chosen
from tests.support.desk import EXAMPLES, TODAY, Desk


def drawn(order: Order) -> Drawn:
    """A letter as far as its facts."""
    sources = read_sources(order)
    facts, findings = gathered(order, sources)
    return Drawn(order, sources, facts, None, findings)


def of(case: str, kind: str = "closing-lost-contact", office: str = "harbor", **changes: Any) -> Drawn:
    file = EXAMPLES / office / "cases" / f"{case}.yaml"
    return drawn(Order(kind, file, TODAY, draft=False, **changes))


def values(chosen: tuple[Chosen, ...]) -> list[str]:
    return [one.value for one in chosen]


def marked(chosen: tuple[Chosen, ...]) -> list[str]:
    return [one.value for one in chosen if one.is_chosen]


def test_one_reader_is_no_choice() -> None:
    assert controls.people(of("C-1001")) == ()


def test_each_of_a_couple_may_get_the_letter() -> None:
    people = controls.people(of("C-1002", to="khadija"))
    assert (values(people), marked(people)) == (["minh", "khadija"], ["khadija"])
    assert people[0].label == "Nguyễn Văn Minh"


def test_nobody_is_chosen_before_somebody_chooses() -> None:
    asked = of("C-1002")
    assert asked.facts is None
    people = controls.people(asked)
    assert (values(people), marked(people)) == (["", "minh", "khadija"], [""])
    assert all(one.label for one in people)
    assert (controls.languages(asked), controls.envelopes(asked)) == ((), ())


def test_somebody_who_is_not_there_is_not_offered() -> None:
    assert values(controls.people(of("C-1002", to="nobody"))) == ["", "minh", "khadija"]


def test_a_case_that_cannot_be_read_has_nothing_to_choose(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    desk.case["clients"] = "nobody"
    asked = drawn(desk.order())
    assert controls.people(asked) == controls.languages(asked) == controls.envelopes(asked) == ()


def test_the_languages_are_called_by_their_own_names_and_the_letters_is_chosen() -> None:
    languages = controls.languages(of("C-1001", language="es"))
    assert [(one.value, one.label) for one in languages] == [("en", "English"), ("es", "español")]
    assert marked(languages) == ["es"]


def test_the_language_of_the_reader_is_not_sent_along_for_another_reader(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office", "C-1002")
    desk.case["clients"][1]["language"] = "es"
    first = drawn(desk.order(to="minh"))
    languages = controls.languages(first)
    assert [(one.value, one.label, one.is_chosen) for one in languages] == [
        ("", "English", True),
        ("es", "español", False),
    ]
    (own,) = marked(languages)
    other = drawn(desk.order(to="khadija", language=own or None))
    assert other.facts
    assert (other.facts.language, marked(controls.languages(other))) == ("es", [""])


def test_a_language_is_told_with_its_country_and_stays_as_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    desk.client["language"] = "en-GB"
    for chosen in (None, "en-GB"):
        asked = drawn(desk.order(language=chosen))
        assert asked.facts
        assert asked.facts.language == "en-GB"
        languages = controls.languages(asked)
        assert (values(languages), marked(languages)) == ([chosen or "", "es"], [chosen or ""])
        assert languages[0].label == "English (United Kingdom)"


def test_a_language_that_cannot_be_had_leaves_the_others_to_choose() -> None:
    languages = controls.languages(of("C-1001", language="xx"))
    assert (values(languages), marked(languages)) == (["en", "es"], [])


def test_only_envelopes_that_the_paper_is_made_for_are_offered(tmp_path: Path) -> None:
    envelopes = controls.envelopes(of("C-1001"))
    assert (values(envelopes), marked(envelopes)) == (["", "none"], [""])
    assert marked(controls.envelopes(of("C-1001", envelope="none"))) == ["none"]
    desk = Desk(tmp_path / "office")
    desk.practice["letter"].update(paper="a4", envelope="dl")
    assert values(controls.envelopes(drawn(desk.order()))) == ["", "c5", "din", "none"]


def test_what_stays_with_the_practice_goes_into_no_envelope() -> None:
    note = of("C-1001", "file-note")
    assert note.facts
    assert controls.envelopes(note) == ()
