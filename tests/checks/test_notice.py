"""Between a letter and the end it announces lie the days that the place asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from letters import jurisdictions, kinds
from letters.checks import notice
from letters.facts import Facts
from letters.findings import Finding, Severity
from letters.model.case import Ending
from letters.model.jurisdiction import Notice
from letters.model.kind import Announced
from letters.model.practice import PracticeClosing, Profession
from tests.checks.looking import field
from tests.support.desk import TODAY, Desk

END = date(2026, 12, 22)  # thirty days after the letter
NEW_JERSEY = "N.J.A.C. 13:35-6.22(c)"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The facts of a letter that is in order."""
    letter, findings = Desk(tmp_path_factory.mktemp("desk")).write()
    assert letter, findings
    return letter.facts


def facts(
    given: Facts,
    *,
    place: str = "us-nj",
    profession: Profession = "medicine",
    kind: str = "closing-provider",
    end: date | None = END,
) -> Facts:
    """Facts of another kind of letter, from another place, with another end."""
    case = given.case.model_copy(update={"ending": Ending(reason="CONFLICT", on=end)})
    practice = given.practice.model_copy(update={"profession": profession})
    jurisdiction = jurisdictions.load(place)
    spec = kinds.find(kind).spec
    assert spec
    changes = {"case": case, "practice": practice, "jurisdiction": jurisdiction, "dated": TODAY}
    return replace(given, kind=kind, spec=spec, **changes)  # type: ignore[arg-type]


def found(given: Facts) -> list[Finding]:
    return list(notice.check(given))


def test_a_notice_shorter_than_the_law_asks_for_is_an_error(written: Facts) -> None:
    (finding,) = found(facts(written, end=date(2026, 12, 21)))

    assert (finding.code, finding.severity) == ("notice", Severity.ERROR)
    assert finding.message == (
        "From the letter's date (2026-11-22) to the end (2026-12-21) there are 29 days; "
        "in New Jersey the law asks for 30."
    )
    assert finding.remedy == "End on 2026-12-22 or later."
    assert finding.authority == NEW_JERSEY
    assert field(finding) == "ending.on"


def test_a_notice_as_long_as_the_law_asks_for_passes(written: Facts) -> None:
    assert found(facts(written, end=END)) == []


@pytest.mark.parametrize(("kind", "codes"), [("closing-lost-contact", ["notice"]), ("ended-notice", [])])
def test_the_law_is_about_what_the_letter_announces(kind: str, codes: list[str], written: Facts) -> None:
    assert [one.code for one in found(facts(written, kind=kind, end=date(2026, 12, 1)))] == codes


def test_a_notice_shorter_than_is_customary_is_a_warning(written: Facts) -> None:
    (finding,) = found(facts(written, profession="social-work", end=date(2026, 11, 23)))

    assert (finding.code, finding.severity) == ("notice-custom", Severity.WARNING)
    assert finding.message == (
        "From the letter's date (2026-11-22) to the end (2026-11-23) there is 1 day; "
        "in New Jersey 30 are customary."
    )
    assert finding.remedy == "End on 2026-12-22 or later."
    assert finding.authority.startswith("Custom. AMA Opinion 1.1.5")


@pytest.mark.parametrize("end", [date(2026, 11, 22), date(2026, 10, 1)])
def test_an_end_that_is_there_already_gives_no_notice(end: date, written: Facts) -> None:
    (finding,) = found(facts(written, end=end))

    assert f"to the end ({end}) there are no days; in New Jersey the law asks for 30" in finding.message


def test_a_firm_has_no_figures(written: Facts) -> None:
    assert found(facts(written, place="us", profession="accounting", end=TODAY)) == []


def test_without_an_end_there_is_nothing_to_compare(written: Facts) -> None:
    assert found(facts(written, end=None)) == []


def figure(days: int, *, binding: bool, announced: Announced = "provider-ending") -> Notice:
    source = f"source of {days}"
    return Notice(days=days, announced=[announced], binding=binding, source=source, checked=TODAY)


def test_a_kind_of_ones_own_that_ends_something_gives_the_notice_of_the_provider(written: Facts) -> None:
    given = facts(written, end=date(2026, 12, 1))
    own = given.spec.model_copy(update={"announces": None})

    assert [one.code for one in found(replace(given, kind="our-way", spec=own))] == ["notice"]
    ended = own.model_copy(update={"ends": False})
    assert found(replace(given, kind="our-way", spec=ended)) == []


def test_a_figure_that_is_no_law_may_stop_a_letter_too(written: Facts) -> None:
    given = facts(written, place="us", profession="counseling", kind="practice-closing")
    closing = PracticeClosing(on=date(2026, 12, 1))
    practice = given.practice.model_copy(update={"closing": closing})

    (finding,) = found(replace(given, practice=practice))

    assert (finding.code, finding.severity) == ("notice", Severity.ERROR)
    assert "30 are customary" in finding.message


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([(10, True), (30, True)], [("notice", "source of 30")]),
        ([(10, False), (30, False)], [("notice-custom", "source of 30")]),
        ([(30, True), (20, False)], [("notice", "source of 30")]),
        ([(20, True), (90, False)], [("notice", "source of 20")]),
        ([(5, True), (90, False)], [("notice-custom", "source of 90")]),
    ],
)
def test_the_longest_of_several_figures_counts(
    figures: list[tuple[int, bool]], said: list[tuple[str, str]], written: Facts
) -> None:
    given = facts(written, end=date(2026, 12, 2))
    asked = [figure(days, binding=binding) for days, binding in figures]
    given = replace(given, jurisdiction=given.jurisdiction.model_copy(update={"notice": asked}))

    assert [(one.code, one.authority) for one in found(given)] == said


def test_when_a_clinician_leaves_their_last_day_counts(written: Facts) -> None:
    given = facts(written, kind="clinician-leaving")
    name = given.case.clinician
    leaving = given.practice.people[name].model_copy(update={"last_day": date(2026, 12, 1)})
    practice = given.practice.model_copy(update={"people": {name: leaving}})
    asked = [figure(30, binding=False, announced="clinician-leaving")]
    jurisdiction = given.jurisdiction.model_copy(update={"notice": asked})

    (finding,) = found(replace(given, practice=practice, jurisdiction=jurisdiction))

    assert "to the end (2026-12-01) there are 9 days" in finding.message
    assert finding.place
    assert finding.place.file.endswith("practice.json")


def test_when_a_practice_closes_the_day_it_closes_counts(written: Facts) -> None:
    given = facts(written, place="us-or", profession="counseling", kind="practice-closing")
    closing = PracticeClosing(on=date(2027, 1, 15))
    practice = given.practice.model_copy(update={"closing": closing})

    (finding,) = found(replace(given, practice=practice))

    assert finding.code == "notice-custom"
    assert "there are 54 days; in Oregon 90 are customary." in finding.message
    assert finding.remedy == "End on 2027-02-20 or later."
    assert finding.place
    assert finding.place.file.endswith("practice.json")


def test_a_notice_is_counted_in_days_of_the_calendar_across_a_change_of_clocks(written: Facts) -> None:
    given = replace(facts(written, end=date(2026, 11, 14)), dated=date(2026, 10, 15))

    assert found(given) == []


def test_the_examples_place_of_the_letter_is_untouched(written: Facts, tmp_path: Path) -> None:
    # The example ends after two weeks, for lost contact, which no figure of Oregon is about.
    assert found(written) == []
    assert Desk(tmp_path).case["ending"]["on"] == "2026-12-06"
