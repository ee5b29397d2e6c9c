"""Cells grow into the tree a case file would hold, and paths of the tree lead back to columns."""

from __future__ import annotations

from typing import Any

from letters.model.secrecy import Path
from letters.tables.growing import Plan
from letters.tables.names import paths_of


def grown(**cells: str) -> Any:
    """The tree of cells by the names of their columns, with underscores."""
    plan, texts = planned(**cells)
    return plan.grow(texts)


def planned(**cells: str) -> tuple[Plan, dict[int, str]]:
    plan = Plan((paths_of(name)[0], place) for place, name in enumerate(cells))
    return plan, {place: text for place, text in enumerate(cells.values()) if text}


def test_columns_become_groups_lists_and_values() -> None:
    assert grown(
        case="C-1", client_id="jordan", client_name="Jordan", address_line_1="1 Elm", address_line_2="Apt 2",
        city="Rye", phone="555", phone_safe="yes", support_1="a sister", ending_on="2026-12-06",
    ) == {
        "case": "C-1",
        "relationship": "individual",
        "clients": [
            {
                "id": "jordan",
                "name": "Jordan",
                "addresses": [{"lines": ["1 Elm", "Apt 2"], "city": "Rye"}],
                "phones": [{"number": "555", "safe": "yes"}],
            }
        ],
        "supports": ["a sister"],
        "ending": {"on": "2026-12-06"},
    }  # fmt: skip


def test_whoever_has_no_id_is_called_by_the_name_of_the_column() -> None:
    tree = grown(
        client_2_name="Robin", client_name="Kim", client_id="kim", representative_name="Pat",
        client_2_representative_2_name="Lee", business_name="Ash", business_organization="Ash Ltd",
    )  # fmt: skip
    assert [client["id"] for client in tree["clients"]] == ["kim", "client-2"]
    assert tree["clients"][0]["representatives"] == [{"id": "representative-1", "name": "Pat"}]
    assert tree["clients"][1]["representatives"][0]["id"] == "client-2-representative-2"
    assert tree["business"][0]["id"] == "business-1"


def test_of_several_clients_nobody_says_what_they_are() -> None:
    assert "relationship" not in grown(client_name="Kim", client_2_name="Robin")
    assert grown(client_name="Kim", client_2_name="")["relationship"] == "individual"
    assert grown(client_name="Kim", relationship="organization")["relationship"] == "organization"


def test_entries_nobody_filled_in_are_passed_over() -> None:
    assert grown(support_1="", support_3="a friend", support_2="")["supports"] == ["a friend"]
    assert "referrals" not in grown(case="C-1", referral_name="")


def test_a_path_of_the_tree_leads_back_to_its_column() -> None:
    plan, texts = planned(support_1="", support_2="a", client_name="", client_3_name="Kim", phone="1")
    name: Path = ("clients", 1, "name")
    assert plan.written(texts, ("supports", 0)) == ("supports", 1)
    assert plan.written(texts, name) == ("clients", 2, "name")
    assert plan.written(texts, ("money", "balance")) == ("money", "balance")


def test_texts_in_several_languages_stand_side_by_side() -> None:
    plan = Plan((paths_of(name)[0], place) for place, name in enumerate(["support 1", "support 1:es"]))
    assert plan.grow({0: "your sister", 1: "su hermana"})["supports"] == [
        {"": "your sister", "es": "su hermana"}
    ]
    assert plan.grow({0: "your sister"})["supports"] == ["your sister"]
    assert plan.grow({1: "su hermana"})["supports"] == [{"es": "su hermana"}]
