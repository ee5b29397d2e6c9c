"""The columns of the table to fill in, for each kind of letter."""

from __future__ import annotations

import pytest

from letters import kinds
from letters.commands.columns import _declared
from letters.model.kind import KindSpec
from letters.tables.blanks import REPEATS, Blank, blanks
from letters.tables.fields import node_at
from letters.tables.header import read_header
from letters.tables.names import paths_of

ALWAYS = ["case", "opened", "clinician", "client name"]


def spec_of(kind: str) -> KindSpec:
    spec = kinds.find(kind).spec
    assert spec is not None
    return spec


def columns(kind: str) -> dict[str, Blank]:
    spec = spec_of(kind)
    found = blanks(spec, _declared(spec), {"people": ["sam-rivera"], "reasons": ["NONPAYMENT"]})
    return {blank.name: blank for blank in found}


def required(kind: str) -> list[str]:
    return [name for name, blank in columns(kind).items() if blank.need == "required"]


@pytest.mark.parametrize("kind", kinds.folders())
def test_every_column_leads_to_its_value_and_is_told(kind: str) -> None:
    found = columns(kind)
    assert list(found)[:4] == ALWAYS
    assert [name for name, blank in found.items() if paths_of(name) != [blank.path]] == []
    assert [name for name, blank in found.items() if not blank.says] == []
    assert read_header(list(found), "cases.csv").findings == ()


@pytest.mark.parametrize("kind", kinds.folders())
def test_what_a_kind_cannot_do_without_is_required(kind: str) -> None:
    needs = {path for path, is_required in _declared(spec_of(kind)) if is_required}
    words = {f"words.{one.id}" for one in spec_of(kind).sections if one.words == "required"}
    marked = {".".join(s for s in columns(kind)[name].path if isinstance(s, str)) for name in required(kind)}
    missed = {
        need for need in needs | words
        if not any(one.startswith(need.replace("CLIENT", "clients")) for one in marked)
    }  # fmt: skip
    assert missed <= {"request.urgency"}  # routine, where nobody says otherwise


@pytest.mark.parametrize("kind", kinds.folders())
def test_whether_it_is_safe_is_asked_for_every_way_that_is_used(kind: str) -> None:
    found, spec = columns(kind), spec_of(kind)
    assert "client no contact" in found
    assert ("phone safe" in found) is spec.call
    assert ("address safe" in found) is (spec.to == "client" and not spec.call)
    assert all(found[name].need == "required" for name in ("phone safe", "address safe") if name in found)


def test_a_letter_to_somebody_else_asks_for_their_address_and_for_the_permission() -> None:
    assert required("referral")[4:9] == [
        "provider organization",
        "provider address line 1",
        "provider country",
        "authorization to",
        "authorization scope",
    ]
    assert "business organization" in required("employee-departure")


def test_what_an_entry_needs_as_soon_as_it_is_there_is_told_apart() -> None:
    found = columns("clinician-leaving")
    assert found["referral 2 name"].need == "together"
    assert found["referral 2 offers"].need == "optional"
    assert found["handover to"].need == "optional"
    assert columns("transfer")["handover to"].need == "required"
    assert columns("closing-provider")["referral 3 name"].need == "required"


def test_an_ending_needs_its_reason_and_money_its_currency() -> None:
    assert {"ending reason", "ending on"} <= set(required("closing-completed"))
    assert {"balance", "currency", "as of"} <= set(required("payment-reminder"))
    assert {"money terms accepted", "money talked", "money asked due"} <= set(required("closing-nonpayment"))


def test_what_there_is_to_choose_from() -> None:
    found = columns("closing-nonpayment")
    assert found["clinician"].choices == ("sam-rivera",)
    assert found["ending reason"].choices == ("NONPAYMENT",)
    assert found["address safe"].choices == ("yes", "no")
    assert found["money asked how"].choices == ("invoice", "reminder", "notice")
    assert found["country"].choices == ()
    assert found["client name"].choices == ()


def test_lines_of_an_entry_stand_in_the_order_of_a_case_file() -> None:
    names = list(columns("clinician-leaving"))
    start = names.index("address line 1")
    assert names[start : start + 9] == [
        *("address line 1", "address line 2", "city", "region", "postcode", "country"),
        *("address safe", "address discreet", "address confirmed"),
    ]


@pytest.mark.parametrize("path", REPEATS)
def test_what_is_repeated_is_a_list(path: tuple[str, ...]) -> None:
    assert type(node_at(path)).__name__ == "Many"
