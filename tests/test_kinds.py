"""Kinds are folders: those built in, and a practice's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from letters import kinds
from letters.errors import MachineError, UsageError
from letters.fields import FIELDS
from letters.kinds import BUILT_IN
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
