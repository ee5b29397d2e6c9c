"""`letters kinds`: what there is, what one says, what a template may ask for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from letters import kinds
from letters.fields import FIELDS
from letters.kinds import GROUPS, folders, traits
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
        # Without an authorization there is no letter to a provider, so it is told in other words.
        if field != "authorization?":
            assert FIELDS[field.removesuffix("?")].holds in (uses if field.endswith("?") else needs)


@pytest.mark.parametrize("kind", folders())
def test_a_kind_is_explained_with_what_it_is(letters: Run, kind: str) -> None:
    spec = kinds.find(kind).spec
    assert spec
    about, _, _ = letters("kinds", kind).out.partition("\nIt says")
    assert about.split("\n\n")[1].splitlines()[:-1] == traits(spec)


def explained(letters: Run, kind: str) -> dict[str, str]:
    """What is said about each path a kind needs or uses."""
    lines = letters("kinds", kind).out.partition("It needs:")[2].splitlines()
    rows = [re.match(r"  ((?:practice file: )?\S+)\s+(.*)", line) for line in lines]
    return {row[1]: row[2] for row in rows if row}


@pytest.mark.parametrize("kind", folders())
def test_paths_are_ones_that_people_can_follow(letters: Run, kind: str) -> None:
    told = letters("kinds", kind).out
    assert [word for word in ("CLIENT", "CLINICIAN", "practice:") if word in told] == []
    assert ("clients[…] is the entry of" in told) == any(
        "clients[…]" in path for path in explained(letters, kind)
    )
    assert ("people[…] is the entry of" in told) == any(
        "people[…]" in path for path in explained(letters, kind)
    )


@pytest.mark.parametrize(
    ("kind", "path", "names"),
    [
        ("closing-nonpayment", "money.asked", "{how, on, due}"),
        ("closing-nonpayment", "money.plan", "{agreed, kept}"),
        ("clinician-leaving", "practice file: people[…].new_place", "{name, phone, may_share}"),
        ("referral-options", "referrals", "{name, offers, cost, phone, website}"),
    ],
)
def test_the_names_within_a_group_are_told(letters: Run, kind: str, path: str, names: str) -> None:
    assert explained(letters, kind)[path].endswith(names)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *(("referral", "clients[…].born"), ("closing-nonpayment", "ending.on"), ("follow-up", "clients[…]")),
        *(("call-script", "clients"), ("clinician-leaving", "practice file: people[…].last_day")),
    ],
)
def test_a_value_and_a_whole_entry_have_no_names_told(letters: Run, kind: str, path: str) -> None:
    assert "{" not in explained(letters, kind)[path]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        *(
            (kind, {"provider", "authorizations"})
            for kind in ("referral", "record-transfer", "successor-handover")
        ),
        ("closing-completed", {"clients[…].addresses"}),
        ("employee-departure", {"business"}),
        ("voicemail-script", {"clients[…].phones"}),
    ],
)
def test_what_the_addressee_needs_is_told_too(letters: Run, kind: str, wanted: set[str]) -> None:
    needs = letters("kinds", kind).out.partition("It needs:")[2].partition("It uses")[0]
    paths = [line.split()[0] for line in needs.strip().splitlines()]
    assert wanted <= set(paths)
    assert "authorizations" not in letters("kinds", kind).out.partition("It uses, where")[2]


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
