"""Kinds are folders: those built in, and a practice's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest

from letters import kinds
from letters.errors import MachineError, UsageError
from letters.fields import FIELDS
from letters.kinds import BUILT_IN, remarks, traits
from letters.model.kind import Announced, Disclosed, Enclosure, Gate, KindSpec, SectionSpec
from tests.support.desk import Desk
from tests.support.own_kind import KIND, give_kind


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_built_in_kinds_have_no_errors_and_ask_only_for_fields_there_are() -> None:
    found = [kinds.find(kind) for kind in kinds.folders()]

    assert len(found) >= 4
    for kind in found:
        assert kind.findings == []
        assert kind.spec
        assert kind.document
        assert kind.is_built_in
        assert "en" in kind.languages
        assert {name.removesuffix("?") for name in kind.spec.fields} <= set(FIELDS)


def test_an_unknown_kind_is_a_wrong_use_and_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        kinds.find("closing-lost-contct")

    assert caught.value.exit_code == 2
    assert caught.value.remedy.startswith("Did you mean closing-lost-contact?")


@pytest.mark.parametrize(
    "name", ["zzz", "", "..", "../templates/referral", "/etc", "referral/", "frame.html.j2"]
)
def test_a_kind_is_a_name_and_no_path(name: str, desk: Desk) -> None:
    with pytest.raises(UsageError, match="There is no kind of letter"):
        kinds.find(name, desk.folder / "kinds")


def test_a_practice_adds_kinds_of_its_own(desk: Desk) -> None:
    give_kind(desk, "x")
    own = desk.folder / "kinds"

    assert set(kinds.folders(own)) == {*kinds.folders(), KIND}
    assert not kinds.find(KIND, own).is_built_in
    assert kinds.find("referral", own).is_built_in


def test_a_practices_own_kind_replaces_a_built_in_one(desk: Desk) -> None:
    own = desk.folder / "kinds" / "closing-lost-contact"
    shutil.copytree(BUILT_IN / own.name, own)
    template = own / "en.html.j2"
    template.write_text(template.read_text("utf-8").replace("Closing", "Our own words on"), "utf-8")
    written, findings = desk.write()

    assert written, findings
    assert written.frame.values["subject"] == "Our own words on your file for now"


def test_a_folder_without_a_description_is_no_kind(desk: Desk) -> None:
    (desk.folder / "kinds" / "empty").mkdir(parents=True)

    assert set(kinds.folders(desk.folder / "kinds")) == set(kinds.folders())


def test_a_practice_need_not_have_kinds(desk: Desk) -> None:
    assert kinds.folders(desk.folder / "nowhere") == kinds.folders()


def test_a_description_with_errors_is_told_with_its_places_and_makes_no_letter(desk: Desk) -> None:
    give_kind(desk, "x", to="everybody")
    written, findings = desk.write(KIND)

    assert written is None
    (finding,) = findings
    assert finding.place is not None
    assert (Path(finding.place.file).name, finding.place.field) == ("kind.yaml", "to")


def test_languages_are_the_templates_there_are(desk: Desk) -> None:
    give_kind(desk, "x")
    folder = desk.folder / "kinds" / KIND
    for name in ("pt-BR.html.j2", "es.html.j2", "notes.txt", "de.html"):
        (folder / name).touch()

    assert kinds.find(KIND, folder.parent).languages == ["en", "es", "pt-BR"]


def test_what_changes_in_a_practices_own_kinds_is_seen(desk: Desk) -> None:
    own = desk.folder / "kinds"
    give_kind(desk, "x")
    before = kinds.find(KIND, own)
    assert before.spec
    description = own / KIND / "kind.yaml"
    description.write_text(
        description.read_text("utf-8").replace(before.spec.title, "Another title"), "utf-8"
    )
    (own / KIND / "es.html.j2").touch()
    after = kinds.find(KIND, own)
    assert after.spec
    assert (after.spec.title, after.languages) == ("Another title", ["en", "es"])

    description.write_text("title: [", "utf-8")
    assert kinds.find(KIND, own).spec is None

    shutil.rmtree(own / KIND)
    shutil.copytree(BUILT_IN / "referral", own / "another")
    assert set(kinds.folders(own)) == {*kinds.folders(), "another"}
    with pytest.raises(UsageError):
        kinds.find(KIND, own)


def test_one_practices_kinds_are_not_those_of_another(tmp_path: Path) -> None:
    here, there = Desk(tmp_path / "here"), Desk(tmp_path / "there")
    give_kind(here, "x")
    give_kind(there, "x", title="Another title")

    titles = [
        spec.title for desk in (here, there, here) if (spec := kinds.find(KIND, desk.folder / "kinds").spec)
    ]
    assert titles == [titles[0], "Another title", titles[0]]
    assert titles[0] != titles[1]


def test_the_list_of_kinds_is_the_callers_to_change() -> None:
    kinds.folders().clear()
    kinds.find("referral").languages.clear()

    assert "referral" in kinds.folders()
    assert "en" in kinds.find("referral").languages


def test_kinds_that_cannot_be_listed_are_told(desk: Desk) -> None:
    own = desk.folder / "kinds"
    own.symlink_to(own)

    with pytest.raises(MachineError, match="cannot be read") as caught:
        kinds.find("referral", own)
    assert caught.value.remedy


@pytest.mark.parametrize("description", ["none", "pipe"])
def test_an_own_kind_without_a_readable_description_is_never_the_built_in_one(
    description: str, desk: Desk
) -> None:
    folder = desk.folder / "kinds" / "referral"
    folder.mkdir(parents=True)
    (folder / "en.html.j2").touch()
    if description == "pipe":
        os.mkfifo(folder / "kind.yaml")

    kind = kinds.find("referral", folder.parent)

    assert (kind.folder, kind.spec) == (folder, None)
    assert [finding.code for finding in kind.findings] == ["file"]


def spec_of(**parts: Any) -> KindSpec:
    """A kind that goes to a client and says one thing, with other parts."""
    section = {"id": "contact", "says": "how to answer"}
    given = {
        "title": "A note",
        "use": "A note.",
        "to": "client",
        "fields": [],
        "sections": [section],
        **parts,
    }
    return KindSpec.model_validate(given)


PLAIN = ["Goes to the client, or to somebody who acts for them.", "Signed by the clinician."]


def test_a_plain_kind_is_told_in_two_sentences() -> None:
    assert traits(spec_of()) == PLAIN


@pytest.mark.parametrize("kind", kinds.folders())
def test_what_a_kind_is_is_told_in_sentences_that_differ(kind: str) -> None:
    spec = kinds.find(kind).spec
    assert spec
    found = traits(spec)
    assert len(found) == len(set(found)) >= 2
    assert [one for one in found if not (one[0].isupper() and one.endswith("."))] == []


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"to": "provider"}, "Goes to the provider that the case names."),
        ({"to": "business"}, "Goes to a business contact."),
        ({"to": "file"}, "Goes to nobody: it stays with the practice."),
        (
            {"after_death": "yes"},
            "Goes to the client, or to somebody who acts for them, or to the executor of one who died.",
        ),
        ({"call": "yes"}, "Read out on the phone, to somebody it is safe to call."),
        ({"signed_by": "practice"}, "Signed by the practice's signatory."),
        ({"signed_by": "author"}, "Signed by whoever made the contact."),
        ({"signed_by": "nobody"}, "Not signed."),
        ({"ends": "yes"}, "Ends a relationship the client did not end: imminent danger stops it."),
        ({"ahead": "no"}, "May also be sent after the day it names."),
        ({"clinical": "yes"}, "Only for practices that treat people."),
        ({"discreet": "yes"}, "Hides what the practice does where the address asks for discretion."),
        (
            {"enclosures": ["receipt", "release"]},
            "Encloses: a receipt to sign, a form to permit the sharing of records.",
        ),
        ({"never": ["blame", "motive"]}, "Never says: blame, motive."),
        ({"basis": "BACP 39"}, "Rests on: BACP 39."),
    ],
)
def test_each_part_of_a_description_is_told(parts: dict[str, Any], said: str) -> None:
    assert said in traits(spec_of(**parts))
    assert said not in PLAIN


@pytest.mark.parametrize(
    ("part", "value"),
    [
        *(("gates", gate) for gate in get_args(Gate)),
        *(("announces", end) for end in get_args(Announced)),
        *(("discloses", told) for told in get_args(Disclosed)),
        *(("enclosures", sheet) for sheet in get_args(Enclosure)),
    ],
)
def test_every_condition_has_a_sentence_of_its_own(part: str, value: str) -> None:
    is_list = part in ("gates", "enclosures")
    more = [one for one in traits(spec_of(**{part: [value] if is_list else value})) if one not in PLAIN]
    assert len(more) == 1
    others = [
        sentence
        for kind in kinds.folders()
        if (spec := kinds.find(kind).spec) and value not in (*spec.gates, spec.announced, spec.discloses)
        for sentence in traits(spec)
    ]
    assert part == "enclosures" or more[0] not in others


def test_all_that_an_ending_over_a_debt_waits_for_is_told() -> None:
    (said,) = (one for one in traits(spec_of(gates=["nonpayment"])) if one.startswith("Waits"))
    wanted = ("terms", "agreed", "two requests", "notice", "days", "talk", "plan", "dispute")
    assert [word for word in wanted if word not in said] == []


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({}, []),
        ({"optional": "yes"}, ["only if there is something to say"]),
        ({"words": "required"}, ["personal words required"]),
        ({"overheard": "yes"}, ["may be overheard, so it does not tell what the practice does"]),
        (
            {"optional": "yes", "words": "optional"},
            ["only if there is something to say", "personal words optional"],
        ),
    ],
)
def test_what_is_to_be_known_about_a_section_is_told(parts: dict[str, str], said: list[str]) -> None:
    assert remarks(SectionSpec.model_validate({"id": "thanks", "says": "thanks", **parts})) == said
