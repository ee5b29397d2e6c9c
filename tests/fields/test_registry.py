"""A kind gets the fields it declares, and nothing confidential is one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.fields import FIELDS
from letters.fields.registry import field
from tests.support.desk import EXAMPLES, Desk
from tests.support.own_kind import KIND, give_kind, refused, shown

# Every example that can be written, with its addressee.
LETTERS = [
    ("C-1001", "harbor", "closing-lost-contact", None),
    ("C-1002", "harbor", "closing-lost-contact", "khadija"),
    ("C-1004", "harbor", "referral", None),
    ("C-1005", "harbor", "clinician-leaving", None),
    ("C-1006", "harbor", "record-return", "ines"),
    ("L-2001", "ledger", "record-return", None),
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_field_that_does_not_exist_is_found_with_its_place_and_the_nearest(desk: Desk) -> None:
    finding = refused(desk, "x", "practice.phone", "suports")

    assert finding.code == "kind-field"
    assert finding.message == "There is no field suports."
    assert finding.remedy == "Did you mean supports?"
    assert finding.place is not None
    assert (Path(finding.place.file).name, finding.place.field) == ("kind.yaml", "fields[1]")


def test_a_field_like_no_other_points_to_the_list(desk: Desk) -> None:
    assert "letters kinds --fields" in refused(desk, "x", "zzz").remedy


@pytest.mark.parametrize("name", ["confidential.diagnosis", "confidential.notes?", "clinician.confidential"])
def test_a_confidential_field_is_refused_as_such(name: str, desk: Desk) -> None:
    finding = refused(desk, "x", name)

    assert finding.code == "kind-field"
    assert "is confidential, and no template is ever given it" in finding.message
    assert finding.authority


def test_a_field_without_data_is_found_where_it_belongs(desk: Desk) -> None:
    del desk.case["supports"]

    finding = refused(desk, "x", "supports")

    assert finding.code == "missing-data"
    assert "the people and things that support the client" in finding.message
    assert finding.remedy == "Write it in the case at `supports`."
    assert finding.place is not None
    assert (Path(finding.place.file).name, finding.place.field) == ("case.json", "supports")


def test_a_field_without_data_may_be_optional(desk: Desk) -> None:
    del desk.case["supports"]

    assert shown(desk, "<p>{{ supports or 'nobody' }}</p>", "supports?") == "nobody"


def test_what_several_fields_are_computed_from_is_missed_once(desk: Desk) -> None:
    finding = refused(desk, "x", "inventory", "inventory_total")

    assert finding.code == "missing-data"
    assert finding.remedy == "Write it in the case at `records.originals`."


def test_what_stands_in_different_places_is_missed_in_each(desk: Desk) -> None:
    desk.case["supports"], desk.practice["hours"] = [], ""
    give_kind(desk, "x", "supports", "inventory", "practice.hours", "inventory_total")

    remedies = [one.remedy for one in desk.write(KIND)[1] if one.code == "missing-data"]
    assert remedies == [
        "Write it in the case at `supports`.",
        "Write it in the case at `records.originals`.",
        "Write it in the practice file at `hours`.",
    ]


def test_what_the_practice_does_not_say_is_missed_in_the_practice_file(desk: Desk) -> None:
    del desk.practice["hours"]

    finding = refused(desk, "x", "practice.hours")

    assert finding.remedy == "Write it in the practice file at `hours`."
    assert finding.place is not None
    assert Path(finding.place.file).name == "practice.json"


def test_what_is_missing_about_the_clinician_is_missed_at_their_entry(desk: Desk) -> None:
    assert "`people.sam-rivera.last_day`" in refused(desk, "x", "clinician.last_day").remedy


def test_what_is_missing_about_the_second_client_is_missed_at_their_entry(tmp_path: Path) -> None:
    finding = refused(Desk(tmp_path, "C-1002"), "x", "client.born", to="khadija")

    assert "`clients[1].born`" in finding.remedy
    assert finding.place is not None
    assert finding.place.field == "clients[1].born"


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_field_that_is_not_declared_is_not_given(name: str, desk: Desk) -> None:
    finding = refused(desk, f"{{{{ {name} }}}}")

    assert finding.code == "template"
    assert f"`{name.partition('.')[0]}`" in finding.message
    assert "kind.yaml" in finding.remedy
    assert finding.place is not None
    assert (Path(finding.place.file).name, finding.place.line) == ("en.html.j2", 3)


def test_a_field_beside_a_declared_one_of_its_group_is_not_given(desk: Desk) -> None:
    finding = refused(desk, "{{ practice.phone }}{{ practice.hours }}", "practice.phone")

    assert finding.code == "template"
    assert "`hours`" in finding.message


def test_no_field_is_confidential() -> None:
    assert len(FIELDS) > 25
    for one in FIELDS.values():
        assert "confidential" not in f"{one.name} {one.written_at}"


def test_no_field_hides_another() -> None:
    groups = {name.partition(".")[0] for name in FIELDS if "." in name}

    assert not groups & set(FIELDS)
    assert "words" not in groups | set(FIELDS)


def test_a_name_is_given_to_one_field_only() -> None:
    with pytest.raises(ValueError, match="two fields reference"):
        field("reference", "something else", "case")(lambda _: "")


def plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and type(text) is str for key, text in value.items())
    if isinstance(value, list):
        return all(plain(item) and not isinstance(item, list) for item in value)
    return type(value) is str


@pytest.mark.parametrize(("case", "office", "kind", "to"), LETTERS)
def test_every_field_is_plain_text_about_any_case(
    case: str, office: str, kind: str, to: str | None, tmp_path: Path
) -> None:
    written, findings = Desk(tmp_path, case, office).write(kind, to=to)

    assert written, findings
    for one in FIELDS.values():
        assert plain(one.compute(written.facts)), one.name


@pytest.mark.parametrize(("case", "office", "kind", "to"), LETTERS)
def test_confidential_values_change_nothing_in_a_letter(
    case: str, office: str, kind: str, to: str | None, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, case, office)
    before, _ = desk.write(kind, to=to)
    desk.case["confidential"] = dict.fromkeys(("diagnosis", "notes", "suspicion"), "Qwxyz")
    for person in desk.practice["people"].values():
        person["confidential"] = dict.fromkeys(("leaving", "notes"), "Vbnmk")
    after, findings = desk.write(kind, to=to)

    assert before
    assert after, findings
    assert after.html == before.html


def test_danger_changes_nothing_in_a_letter_that_ends_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    before, _ = desk.write("referral")
    desk.case["confidential"]["danger"] = "yes"
    after, _ = desk.write("referral")

    assert before
    assert after
    assert after.html == before.html


def test_the_examples_have_confidential_values_to_change() -> None:
    desks = [EXAMPLES / "harbor" / "practice.yaml", *(EXAMPLES / "harbor" / "cases").glob("*.yaml")]

    assert sum("confidential:" in file.read_text("utf-8") for file in desks) > 3


def test_declared_fields_are_given_under_their_dotted_names(desk: Desk) -> None:
    said = shown(
        desk,
        "<p>{{ practice.name }}: {{ practice.hours }}: {{ supports }}</p>",
        *("practice.name", "practice.hours", "supports"),
    )

    assert said == "Harbor Family Counseling: weekdays, 9 to 5: your sister and the Tuesday group"
