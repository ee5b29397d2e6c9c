"""`letters eject`: a copy of a kind that takes the place of the built-in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.compose.parts import expanded
from letters.kinds import BUILT_IN, folders
from tests.commands.conftest import Run

KIND, CASE = "closing-lost-contact", "cases/C-1001.yaml"


def change(template: str) -> None:
    file = Path(template)
    text = file.read_text("utf-8")
    assert "{% block subject %}Closing" in text
    file.write_text(text.replace("{% block subject %}Closing", "{% block subject %}Until later: c"), "utf-8")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("kind", folders())
def test_a_copy_says_the_same_and_stands_on_its_own(letters: Run, kind: str) -> None:
    told = letters("eject", kind)
    assert (told.code, told.out) == (0, f"kinds/{kind}\n")
    assert "`letters check`" in told.err
    copied = {path.name: path.read_text("utf-8") for path in Path("kinds", kind).iterdir()}
    original = {path.name: path.read_text("utf-8") for path in (BUILT_IN / kind).iterdir()}
    assert copied == {name: expanded(text, name.split(".")[0]) for name, text in original.items()}
    assert "include" not in copied["en.html.j2"]
    assert len(copied) > 1


@pytest.mark.usefixtures("office")
def test_what_is_changed_there_is_what_is_drafted(letters: Run) -> None:
    letters("eject", KIND)
    change(f"kinds/{KIND}/en.html.j2")
    drafted = letters("draft", KIND, CASE, "--format", "text")
    assert drafted.code == 0
    assert "Until later" in drafted.out
    assert "Closing your file for now" not in drafted.out


@pytest.mark.usefixtures("office")
def test_a_copy_under_another_name_stands_beside_it(letters: Run) -> None:
    assert letters("eject", KIND, "--as", "our-closing").out == "kinds/our-closing\n"
    change("kinds/our-closing/en.html.j2")
    assert "Until later" in letters("draft", "our-closing", CASE, "--format", "text").out
    assert "Closing your file for now" in letters("draft", KIND, CASE, "--format", "text").out
    listed = [line.split()[0] for line in letters("kinds").out.splitlines() if line]
    assert {*folders(), "our-closing"} <= set(listed)


@pytest.mark.usefixtures("office")
def test_what_is_broken_there_is_found_at_its_place(letters: Run) -> None:
    letters("eject", KIND)
    description = Path("kinds", KIND, "kind.yaml")
    description.write_text(
        description.read_text("utf-8").replace("  - supports?\n", "  - suports?\n"), "utf-8"
    )
    told = letters("check", KIND, CASE)
    assert told.code == 1
    assert f"--> kinds/{KIND}/kind.yaml:" in told.err
    assert "suports" in told.err


@pytest.mark.usefixtures("office")
def test_a_copy_is_not_overwritten(letters: Run) -> None:
    letters("eject", KIND)
    change(f"kinds/{KIND}/en.html.j2")
    changed = Path("kinds", KIND, "en.html.j2").read_bytes()
    told = letters("eject", KIND)
    assert (told.code, told.out) == (2, "")
    assert told.err == (
        f"error: There is kinds/{KIND} already.\n help: Change that one, or choose another name with --as.\n"
    )
    assert Path("kinds", KIND, "en.html.j2").read_bytes() == changed


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("name", ["our closing", "../closing", "a/b", ".", "", "Ω"])
def test_a_name_no_kind_can_have_is_refused(letters: Run, name: str) -> None:
    told = letters("eject", KIND, "--as", name)
    assert (told.code, Path("kinds").exists()) == (2, False)
    assert told.err.startswith(f"error: {name!r} cannot be the name of a kind.\n")


@pytest.mark.usefixtures("office")
def test_an_unknown_kind_is_answered_with_the_nearest(letters: Run) -> None:
    told = letters("eject", "referal")
    assert (told.code, Path("kinds").exists()) == (2, False)
    assert "Did you mean referral?" in told.err


def test_without_a_practice_there_is_no_place_for_it(
    letters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = letters("eject", KIND)
    assert told.code == 2
    assert told.err.startswith("error: There is no practice.yaml")
    assert list(tmp_path.iterdir()) == []


def test_the_practice_named_is_where_it_goes(
    letters: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.parent)
    assert letters("--practice", "office/practice.yaml", "eject", KIND).out == f"office/kinds/{KIND}\n"


@pytest.mark.usefixtures("office")
def test_a_kind_that_is_ones_own_already_is_shown_where_it_is(letters: Run) -> None:
    letters("eject", KIND, "--as", "our-closing")
    for more in ([], ["--as", "another"]):
        told = letters("eject", "our-closing", *more)
        assert (told.code, told.out) == (2, "")
        assert told.err == (
            "error: our-closing is the practice's own already, in kinds/our-closing.\n"
            " help: Change it there, or copy that folder under another name.\n"
        )


def test_a_copy_names_the_schema_where_the_workspace_has_one(
    letters: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    letters("new", "office")
    letters("--practice", "office/practice.yaml", "eject", KIND)
    description = tmp_path / "office" / "kinds" / KIND / "kind.yaml"
    first, _, others = description.read_text("utf-8").partition("\n")
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (description.parent / named).resolve() == tmp_path / "office" / "schema" / "kind.json"
    assert others == (BUILT_IN / KIND / "kind.yaml").read_text("utf-8")
    monkeypatch.chdir("office")
    assert letters("draft", KIND, CASE).code == 0
