"""Retention: the longest figure that holds, from what was last, and for children from coming of age."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from letters import jurisdictions
from letters.caseload.retention import Keeping, due, keep_until
from letters.model.case import Case
from letters.model.jurisdiction import Jurisdiction
from letters.model.practice import Practice
from letters.sources import read
from tests.caseload.kept import Kept
from tests.support.desk import EXAMPLES, TODAY

ENDED = date(2016, 3, 1)
CALL = {"at": "2016-05-03T10:00-07:00", "by": "sam-rivera", "channel": "phone", "outcome": "spoke"}


def practice(profession: str = "counseling", years: int | None = None) -> Practice:
    found = read(EXAMPLES / "harbor" / "practice.yaml", Practice).value
    assert found
    records = found.records.model_copy(update={"years": years})
    return found.model_copy(update={"profession": profession, "records": records})


def land(*retention: dict[str, Any], majority: int = 18) -> Jurisdiction:
    sourced = [{"binding": "yes", "source": "the law", "checked": "2026-11-22", **one} for one in retention]
    told = {"name": "Land", "country": "US", "majority": str(majority), "retention": sourced}
    return Jurisdiction.model_validate(told)


def case(**client: Any) -> Case:
    told = {"case": "C-1", "relationship": "individual", "opened": "2015-01-10", "last_session": "2016-01-10"}
    more = client.pop("case", {})
    clients = [{"id": "kim", "name": "Kim Lee", **client}]
    return Case.model_validate({**told, "clinician": "sam-rivera", "clients": clients, **more})


def keeping(one: Case, *, years: int | None = 7, law: Jurisdiction | None = None) -> Keeping:
    return keep_until(one, practice(years=years), law or land(), ENDED)


def test_adults_by_the_longest_figure_that_holds() -> None:
    law = land({"years": "10", "professions": ["counseling"]}, {"years": "30", "professions": ["medicine"]})
    told = keeping(case(born="1980-01-01"), law=law)
    assert (told.until, told.source) == (date(2026, 3, 1), "the law")
    told = keeping(case(born="1980-01-01"), years=12, law=law)
    assert told.until == date(2028, 3, 1)
    assert "practice file" in told.source
    assert told.figure == "12 years after 2016-03-01"


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ({}, date(2016, 3, 1)),
        ({"last_session": "2016-04-02"}, date(2016, 4, 2)),
        ({"contacts": [CALL]}, date(2016, 5, 3)),
        ({"letters": [{"kind": "follow-up", "on": "2016-06-04"}]}, date(2016, 6, 4)),
    ],
    ids=["ending", "session", "contact", "letter"],
)  # fmt: skip
def test_counted_from_what_was_last(more: dict[str, Any], last: date) -> None:
    told = keeping(case(case=more))
    assert (told.last, told.until) == (last, last.replace(year=2023))


def test_the_leap_day_counts_as_the_first_of_march() -> None:
    one = keep_until(case(), practice(years=7), land(), date(2016, 2, 29))
    assert one.until == date(2023, 3, 1)


def test_it_is_over_only_after_the_day() -> None:
    told = keeping(case())
    assert told.until == date(2023, 3, 1)
    assert not told.is_over(date(2023, 3, 1))
    assert told.is_over(date(2023, 3, 2))


def test_of_a_child_until_long_enough_after_coming_of_age() -> None:
    law = land({"years": "7", "years_after_majority": "3"}, {"years": "5", "years_after_majority": "7"})
    told = keeping(case(born="2008-05-04"), law=law)
    assert (told.until, told.figure) == (date(2033, 5, 4), "7 years after kim comes of age")
    # Of age by then, by one day, or where people are of age at another age.
    assert keeping(case(born="1998-03-01"), law=law).until == date(2023, 3, 1)
    assert keeping(case(born="1998-03-02"), law=law).until == date(2023, 3, 2)
    older = land({"years": "7", "years_after_majority": "3"}, majority=21)
    assert keeping(case(born="2008-05-04"), law=older).until == date(2032, 5, 4)


def test_of_a_child_at_least_until_coming_of_age_where_no_figure_says_more() -> None:
    told = keeping(case(born="2012-05-04"))
    assert (told.until, told.figure) == (date(2030, 5, 4), "until kim comes of age")
    assert keeping(case(born="2000-05-04")).until == date(2023, 3, 1)


def test_with_a_guardian_and_no_day_of_birth_it_cannot_be_told() -> None:
    guardian = {"id": "pat", "name": "Pat Lee", "relation": "parent"}
    told = keeping(case(representatives=[guardian]))
    assert (told.until, "day of birth" in told.figure) == (None, True)
    assert not told.is_over(date(2200, 1, 1))
    assert keeping(case(representatives=[{**guardian, "relation": "attorney"}])).until == date(2023, 3, 1)


def test_who_has_died_counts_as_an_adult() -> None:
    executor = {"id": "pat", "name": "Pat Lee", "relation": "executor"}
    law = land({"years": "7", "years_after_majority": "3"})
    told = keeping(case(born="2008-05-04", died="2016-02-01", representatives=[executor]), law=law)
    assert told.until == date(2023, 3, 1)


def test_of_several_the_longest() -> None:
    two = [
        {"id": "kim", "name": "Kim Lee", "born": "1980-01-01"},
        {"id": "jo", "name": "Jo Lee", "born": "2010-01-01"},
    ]
    told = keeping(case(case={"clients": two, "relationship": "family"}))
    assert told.until == date(2028, 1, 1)


def test_without_any_figure_nothing_is_over() -> None:
    told = keeping(case(), years=None)
    assert (told.until, "neither" in told.figure) == (None, True)
    assert "cannot be read" in keep_until(case(), practice(years=7), None, ENDED).figure


def test_the_figures_of_new_jersey_hold_for_their_professions() -> None:
    jersey = jurisdictions.load("us-nj")
    child = case(born="2008-05-04")
    told = keep_until(child, practice("social-work"), jersey, ENDED)
    assert (told.until, "13:44G-12.1" in told.source) == (date(2033, 5, 4), True)
    psychology = keep_until(child, practice("psychology"), jersey, ENDED)
    assert (psychology.until, "APA" in psychology.source) == (date(2029, 5, 4), True)


def test_due_are_ended_cases_whose_time_has_passed(kept: Kept) -> None:
    assert kept.ask(due, kept.office, TODAY) == ([], [])
    kept.end("C-1103", TODAY)
    assert kept.ask(due, kept.office, TODAY) == ([], [])
    later = date(2033, 11, 22)
    assert kept.ask(due, kept.office, later) == ([], [])
    over, unknown = kept.ask(due, kept.office, later + timedelta(1))
    assert ([one.number for one in over], unknown) == (["C-1103"], [])
    assert over[0].keeping.until == later
    # C-1001 is open, and stays.


def test_what_came_after_the_ending_counts(kept: Kept) -> None:
    kept.end("C-1103", TODAY)
    kept.issue("one", kind="follow-up", step=None, dated="2027-11-22")
    assert kept.ask(due, kept.office, date(2033, 12, 1)) == ([], [])
    assert [one.number for one in kept.ask(due, kept.office, date(2034, 12, 1))[0]] == ["C-1103"]


def test_without_a_figure_ended_cases_are_told_and_not_due(kept: Kept) -> None:
    kept.end("C-1103", TODAY)
    records = kept.office.practice.records.model_copy(update={"years": None})
    silent = kept.office.practice.model_copy(update={"records": records, "profession": "other"})
    office = kept.office.__class__(kept.office.file, silent, kept.office.address)
    over, unknown = kept.ask(due, office, date(2090, 1, 1))
    assert (over, [one.number for one in unknown]) == ([], ["C-1103"])
