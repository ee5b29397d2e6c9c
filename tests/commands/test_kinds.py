"""`letters kinds`: what there is, what one says, what a template may ask for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from letters.fields import FIELDS
from letters.kinds import GROUPS, folders
from tests.commands.conftest import Run


def listed(out: str) -> dict[str, str]:
    """The lines of the list by the kinds they are about."""
    lines = (line for table in out.split("\n\n") for line in table.splitlines()[1:])
    return {line.split()[0]: line for line in lines}


def test_every_kind_is_listed_with_its_use(letters: Run) -> None:
    told = letters("kinds")
    assert (told.code, told.err) == (0, "")
    assert sorted(listed(told.out)) == list(folders())
    assert all(line.endswith(".") for line in listed(told.out).values())


def test_the_kinds_stand_under_the_titles_of_their_groups(letters: Run) -> None:
    tables = letters("kinds").out.split("\n\n")
    titles = [table.splitlines()[0].removesuffix("when").strip() for table in tables]
    assert titles == [title for group, title in GROUPS.items() if group != "own"]
    assert "closing-nonpayment" in tables[0]
    assert "payment-reminder" in tables[1]


def test_the_list_as_json(letters: Run) -> None:
    listed_kinds = json.loads(letters("kinds", "--json").out)
    assert [kind["id"] for kind in listed_kinds] == list(folders())
    assert all(kind["built_in"] and kind["languages"] and kind["sections"] for kind in listed_kinds)
    (one,) = [kind for kind in listed_kinds if kind["id"] == "referral"]
    assert json.loads(letters("kinds", "referral", "--json").out) == one


@pytest.mark.parametrize("kind", folders())
def test_a_kind_is_explained_with_all_that_it_says_and_needs(letters: Run, kind: str) -> None:
    told = letters("kinds", kind)
    spec = json.loads(letters("kinds", kind, "--json").out)
    lines = told.out.splitlines()
    assert (told.code, told.err) == (0, "")
    assert lines[0] == f"{kind}: {spec['title']}"
    says = told.out.partition("in this order:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in says.splitlines()] == [section["id"] for section in spec["sections"]]
    needs, _, uses = told.out.partition("It needs:")[2].partition("It uses, where it is there:")
    for field in spec["fields"]:
        assert FIELDS[field.removesuffix("?")].holds in (uses if field.endswith("?") else needs)


def test_the_fields_a_template_may_ask_for(letters: Run) -> None:
    listed = json.loads(letters("kinds", "--fields", "--json").out)
    assert [row["field"] for row in listed] == sorted(FIELDS)
    lines = letters("kinds", "--fields").out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == sorted(FIELDS)


def test_an_unknown_kind_is_refused(letters: Run) -> None:
    told = letters("kinds", "refferal")
    assert (told.code, told.out) == (2, "")
    assert "Did you mean referral?" in told.err


def test_a_kind_of_ones_own_that_is_broken_is_shown_with_the_others(letters: Run, office: Path) -> None:
    own = office / "kinds" / "our-note"
    own.mkdir(parents=True)
    (own / "kind.yaml").write_text("title: Our note\nuse: [\n")
    told = letters("kinds")
    assert told.code == 1
    assert sorted(listed(told.out)) == list(folders())
    assert "--> kinds/our-note/kind.yaml:" in told.err
    told = letters("kinds", "our-note")
    assert (told.code, told.out) == (1, "")
    assert "--> kinds/our-note/kind.yaml:" in told.err


def test_the_practices_own_kinds_are_told_apart(letters: Run, office: Path) -> None:
    assert office.is_dir()
    letters("eject", "referral")
    letters("eject", "record-return", "--as", "our-return")
    lines = listed(letters("kinds").out)
    assert lines["referral"].endswith(" (your own, in place of the built-in)")
    assert lines["our-return"].endswith(" (your own)")
    assert lines["record-return"].endswith(".")
    as_json = {kind["id"]: kind for kind in json.loads(letters("kinds", "--json").out)}
    told = {name: (kind["built_in"], kind["replaces_built_in"]) for name, kind in as_json.items()}
    assert told["referral"] == (False, True)
    assert told["our-return"] == (False, False)
    assert told["record-return"] == (True, False)
    said = "It is the practice's own, instead of the built-in one, in kinds/referral.\n"
    assert said in letters("kinds", "referral").out
    assert "It is the practice's own, in kinds/our-return.\n" in letters("kinds", "our-return").out
    assert "own" not in letters("kinds", "record-return").out.partition("It says")[0]
