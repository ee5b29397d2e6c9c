"""What the law and the land add, each figure with a source and a day it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from letters import jurisdictions
from letters.errors import MachineError
from letters.findings import Finding
from letters.model.jurisdiction import Sourced, Texts, said_in
from letters.model.practice import CLINICAL
from tests.support.desk import TODAY, Desk

ALL = jurisdictions.known()
GUIDE = Path(__file__).parents[1] / "docs" / "jurisdictions.md"
COUNTRY = (
    "name: Country\ncountry: US\nmajority: 18\nemergency: {number: '1', source: s, checked: 2026-01-01}\n"
    "crisis:\n- {name: {en: a}, reach: {en: b 2}, number: '2', source: s, checked: 2026-01-01}\n"
    "notice:\n- {days: 10, announced: [provider-ending], binding: no, source: s, checked: 2026-01-01}\n"
)
STATE = "name: State\ncountry: US\nmajority: 21\n"


def sourced(model: BaseModel) -> Iterator[Sourced]:
    """Everything within that rests on something."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Sourced):
                yield one
            if isinstance(one, BaseModel):
                yield from sourced(one)


def printed(name: str) -> list[Texts]:
    """The texts that a letter may print."""
    place = jurisdictions.load(name)
    texts = [text for line in place.crisis for text in (line.name, line.reach)]
    if place.access:
        texts += [text for text in (place.access.answer, place.access.extension, place.access.fee) if text]
    return texts + ([place.complaint.name, place.complaint.reach] if place.complaint else [])


def test_there_are_countries_and_states() -> None:
    assert {"us", "us-nj", "us-or", "us-ca", "uk", "uk-ni", "ca", "ca-on"} <= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_jurisdiction_loads_without_a_finding_and_can_say_where_to_turn(name: str) -> None:
    loaded = jurisdictions.load(name)

    assert jurisdictions.find(name).findings == []
    assert loaded.name
    assert loaded.emergency is not None
    assert loaded.crisis
    for line in loaded.crisis:
        for language in ("en", "es"):
            # The words complete a sentence, and the number stands in them.
            assert re.match(r"[a-z]", line.reach[language])
            assert line.number in line.reach[language]


@pytest.mark.parametrize("name", ALL)
def test_every_entry_has_a_source_and_was_checked(name: str) -> None:
    entries = list(sourced(jurisdictions.load(name)))

    assert len(entries) >= 6
    assert [entry for entry in entries if len(entry.source) < 6 or entry.checked > TODAY] == []
    assert [entry for entry in entries if "http" in entry.source and "https://" not in entry.source] == []


@pytest.mark.parametrize("name", ALL)
def test_every_printed_text_is_there_in_english_and_spanish(name: str) -> None:
    texts = printed(name)

    assert len(texts) >= 6
    assert [text for text in texts if not {"en", "es"} <= set(text)] == []


@pytest.mark.parametrize("name", ALL)
def test_every_clinical_client_has_an_answer_in_time_and_somebody_to_complain_to(name: str) -> None:
    place = jurisdictions.load(name)
    assert place.access
    assert place.complaint
    for profession in CLINICAL:
        assert place.access.holds_for(profession)
        assert place.complaint.holds_for(profession)
        assert place.notice_for("provider-ending", profession)
        assert place.notice_for("practice-closing", profession)[0].days == 90


@pytest.mark.parametrize("name", [name for name in ALL if "-" in name])
def test_a_state_lies_over_its_country(name: str) -> None:
    state, country = jurisdictions.load(name), jurisdictions.load(name.partition("-")[0])

    assert state.name != country.name
    assert state.country == country.country
    assert state.emergency == country.emergency
    for figures in jurisdictions.ADDED:
        there = getattr(country, figures)
        assert getattr(state, figures)[: len(there)] == there


@pytest.mark.parametrize(
    ("place", "profession", "days", "binding"),
    [
        ("us-nj", "medicine", 30, True),
        ("us-nj", "social-work", 30, False),
        ("us-or", "counseling", 30, False),
        ("ca-on", "medicine", 30, False),
    ],
)
def test_how_long_the_notice_is(place: str, profession: str, days: int, binding: bool) -> None:
    found = jurisdictions.load(place).notice_for("provider-ending", profession)  # type: ignore[arg-type]

    assert {(one.days, one.binding) for one in found} >= {(days, binding)}
    assert any(one.binding for one in found) is binding


def test_a_firm_has_no_figures_made_for_health_care() -> None:
    place = jurisdictions.load("us")

    assert place.notice_for("provider-ending", "accounting") == []
    assert place.access
    assert not place.access.holds_for("accounting")


def test_northern_ireland_has_lines_that_answer_there() -> None:
    assert [line.number for line in jurisdictions.load("uk-ni").crisis] == ["0808 808 8000", "116 123"]


def test_a_text_is_taken_in_the_language_of_the_letter_and_in_no_other() -> None:
    texts = {"en": "a month", "es": "un mes", "es-MX": "un mes entero"}

    assert [said_in(texts, tag) for tag in ("en-GB", "es-US", "es-MX", "fr")] == [
        "a month",
        "un mes",
        "un mes entero",
        "",
    ]


def write(folder: Path, **files: str) -> Path:
    """Make a folder of jurisdictions; an underscore in a name stands for a dash."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text)
    return folder


def test_what_a_state_says_replaces_what_its_country_says_and_its_figures_are_added(tmp_path: Path) -> None:
    figure = "- {days: 20, announced: [provider-ending], binding: yes, source: s, checked: 2026-01-01}"
    added = f"notice:\n{figure}\n{STATE}"
    own = write(tmp_path, xx=COUNTRY, xx_a=added)

    state, country = jurisdictions.load("xx-a", own), jurisdictions.load("xx", own)

    assert (state.name, state.majority, country.majority) == ("State", 21, 18)
    assert (state.emergency, state.crisis) == (country.emergency, country.crisis)
    assert [one.days for one in state.notice] == [10, 20]
    assert [one.days for one in state.notice_for("provider-ending", "other")] == [20, 10]


def test_a_states_crisis_lines_stand_in_the_place_of_its_countrys(tmp_path: Path) -> None:
    line = "crisis:\n- {name: {en: c}, reach: {en: d 3}, number: '3', source: s, checked: 2026-01-01}\n"
    own = write(tmp_path, xx=COUNTRY, xx_a=STATE + line)

    assert [one.number for one in jurisdictions.load("xx-a", own).crisis] == ["3"]


def test_a_practice_adds_a_state_to_a_built_in_country(tmp_path: Path) -> None:
    own = write(tmp_path, us_zz=STATE)

    assert "us-zz" in jurisdictions.known(own)
    assert "us-zz" not in jurisdictions.known()
    state = jurisdictions.load("us-zz", own)
    assert state.name == "State"
    assert state.crisis == jurisdictions.load("us").crisis
    with pytest.raises(KeyError):
        jurisdictions.load("us-zz")


def test_a_practices_own_file_comes_before_the_built_in_one(tmp_path: Path) -> None:
    own = write(tmp_path, us_or=STATE, us=COUNTRY)

    assert jurisdictions.load("us-or", own).name == "State"
    # The practice's own country lies under the built-in states, too.
    assert jurisdictions.load("us-nj", own).emergency == jurisdictions.load("us", own).emergency
    assert jurisdictions.load("us-or").name == "Oregon"


def test_the_example_of_the_guide_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    place = jurisdictions.load("ca-bc", write(tmp_path, ca_bc=example))

    assert (place.name, place.majority) == ("British Columbia", 19)
    assert place.crisis == jurisdictions.load("ca").crisis
    assert [one.days for one in place.notice_for("provider-ending", "counseling")] == [60, 30]


def test_the_guide_names_every_built_in_place() -> None:
    (told,) = re.findall(r"## What is there\n\n(.*?), in\n", GUIDE.read_text(), re.DOTALL)

    assert sorted(re.findall(r"`([a-z-]+)`", told)) == ALL


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert jurisdictions.known(tmp_path / "none") == ALL
    (tmp_path / "file").write_text("")
    assert jurisdictions.known(tmp_path / "file") == ALL


def test_a_folder_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> Iterator[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(MachineError, match="cannot be read"):
        jurisdictions.known(tmp_path)


def mistakes(own: Path, name: str) -> list[Finding]:
    reading = jurisdictions.find(name, own)
    assert reading.value is None
    with pytest.raises(ValueError, match=f"the data of {name} has errors"):
        jurisdictions.load(name, own)
    return reading.findings


def test_mistakes_in_an_own_file_are_found_with_their_place(tmp_path: Path) -> None:
    own = write(tmp_path, us_zz=STATE + "majorty: 19\n")

    (finding,) = mistakes(own, "us-zz")

    assert finding.code == "unknown-field"
    assert finding.place
    assert (Path(finding.place.file).name, finding.place.line) == ("us-zz.yaml", 4)


def test_mistakes_in_an_own_country_are_found_for_its_states(tmp_path: Path) -> None:
    own = write(tmp_path, xx=COUNTRY + "nme: x\n", xx_a=STATE)

    (finding,) = mistakes(own, "xx-a")

    assert finding.place
    assert Path(finding.place.file).name == "xx.yaml"


def test_a_figure_without_a_source_is_refused(tmp_path: Path) -> None:
    own = write(tmp_path, us_zz=STATE + "notice:\n- {days: 20, announced: [provider-ending], binding: yes}\n")

    assert {(one.code, one.message) for one in mistakes(own, "us-zz")} == {
        ("missing-field", "The field source is missing."),
        ("missing-field", "The field checked is missing."),
    }


def test_a_state_without_its_country_is_refused(tmp_path: Path) -> None:
    (finding,) = mistakes(write(tmp_path, zz_a=STATE), "zz-a")

    assert finding.code == "jurisdiction-country"
    assert finding.message == "This is the data of a part of zz, and there is none for zz itself."
    assert "zz.yaml" in finding.remedy
    assert finding.place
    assert Path(finding.place.file).name == "zz-a.yaml"


@pytest.mark.parametrize("name", ["", "xx", "us-xx", "../us", "US", "__init__"])
def test_an_unknown_jurisdiction_is_not_guessed(name: str) -> None:
    with pytest.raises(KeyError):
        jurisdictions.load(name)


def test_data_with_errors_is_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jurisdictions, "FOLDER", tmp_path)
    (tmp_path / "xx.yaml").write_text("nme: Nowhere\n")

    with pytest.raises(ValueError, match="the data of xx has errors"):
        jurisdictions.load("xx")


@pytest.mark.parametrize(("name", "majority"), [("us-or", 18), ("uk", 18), ("ca-on", 18)])
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
