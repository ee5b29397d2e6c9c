"""What the law and the land add, each figure with a source and a day it was checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from letters import jurisdictions
from tests.support.desk import TODAY, Desk

ALL = jurisdictions.known()


def test_there_are_countries_and_states() -> None:
    assert {"us", "uk", "us-nj", "us-or"} <= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_jurisdiction_loads_and_can_say_where_to_turn(name: str) -> None:
    loaded = jurisdictions.load(name)

    assert loaded.name
    assert loaded.emergency is not None
    assert loaded.crisis
    for line in loaded.crisis:
        assert line.name["en"]
        # The words complete a sentence, and the number stands in them.
        assert re.match(r"[a-z]", line.reach["en"])
        assert line.number in line.reach["en"]
    noted = [(line.source, line.checked) for line in loaded.crisis]
    for source, checked in [*noted, (loaded.emergency.source, loaded.emergency.checked)]:
        assert re.match(r"https://[\w.-]+/", source)
        assert checked <= TODAY


@pytest.mark.parametrize("name", [name for name in ALL if "-" in name])
def test_a_state_lies_over_its_country(name: str) -> None:
    state, country = jurisdictions.load(name), jurisdictions.load(name.partition("-")[0])

    assert state.name != country.name
    assert state.country == country.country
    assert state.emergency == country.emergency


def test_what_a_state_says_replaces_what_its_country_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jurisdictions, "FOLDER", tmp_path)
    country = (
        "name: Country\ncountry: US\nmajority: 18\nemergency: {number: '1', source: s, checked: 2026-01-01}\n"
    )
    (tmp_path / "xx.yaml").write_text(country)
    (tmp_path / "xx-a.yaml").write_text("name: State\ncountry: US\nmajority: 21\n")

    state = jurisdictions.load("xx-a")
    assert (state.name, state.majority) == ("State", 21)
    assert state.emergency == jurisdictions.load("xx").emergency
    assert jurisdictions.load("xx").majority == 18


@pytest.mark.parametrize("name", ["", "xx", "us-xx", "../us", "US", "__init__"])
def test_an_unknown_jurisdiction_is_not_guessed(name: str) -> None:
    with pytest.raises(KeyError):
        jurisdictions.load(name)


def test_data_with_errors_is_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jurisdictions, "FOLDER", tmp_path)
    (tmp_path / "xx.yaml").write_text("nme: Nowhere\n")

    with pytest.raises(ValueError, match="the data of xx has errors"):
        jurisdictions.load("xx")


@pytest.mark.parametrize(("name", "majority"), [("us-or", 18), ("uk", 18)])
def test_the_age_of_majority_is_that_of_the_place(name: str, majority: int) -> None:
    assert jurisdictions.load(name).majority == majority


def test_a_practice_in_an_unknown_place_gets_no_letter_and_is_told_the_known_ones(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.practice["jurisdiction"] = "us-zz"
    letter, (finding,) = desk.write()

    assert letter is None
    assert finding.code == "unknown-jurisdiction"
    assert finding.message == "There is no data for the jurisdiction us-zz."
    assert finding.remedy == f"Choose one of: {', '.join(ALL)}."
    assert finding.place is not None
    assert (Path(finding.place.file).name, finding.place.field) == ("practice.json", "jurisdiction")
