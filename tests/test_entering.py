"""What differs between two reports of a case, found by what each value belongs to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.entering import Change, changed, entering, told
from letters.model.case import Case
from letters.model.history import CaseEntered
from letters.model.validation import validate
from letters.register.verifying import verify
from tests.register import telling

HOME: dict[str, Any] = {"lines": ["4 High Street", "Flat 2"], "postcode": "97201", "country": "US"}
OTHER_HOME: dict[str, Any] = {"lines": ["9 Mill Road"], "postcode": "97202", "country": "US"}


def case(**changes: Any) -> dict[str, Any]:
    client = {"id": "ann", "name": "Ann Lee", "addresses": [HOME], **changes.pop("client", {})}
    base = {"case": "C-1", "relationship": "individual", "opened": "2026-01-10", "clinician": "sam"}
    return {**base, "clients": [client], **changes}


def of_addresses(before: list[Any], after: list[Any]) -> list[tuple[str, str | None, str | None]]:
    found = changed(case(client={"addresses": before}), case(client={"addresses": after}))
    return [(one.path, one.before, one.after) for one in found]


def test_the_same_has_no_changes() -> None:
    assert list(changed(case(), case())) == []


def test_a_value_that_came_or_went_or_is_another() -> None:
    before, after = case(reply_by="2026-12-01", opened="2026-01-10"), case(opened="2026-01-11", offered=["x"])
    assert list(changed(before, after)) == [
        Change("opened", "2026-01-10", "2026-01-11"),
        Change("reply_by", "2026-12-01", None, "removed"),
        Change("offered[0]", None, "x", "new"),
    ]


def test_confidential_values_are_not_told() -> None:
    (one,) = changed(case(confidential={"notes": "told to nobody"}), case(confidential={"notes": "else"}))
    assert one == Change("confidential.notes", None, None)
    assert one.is_secret


def test_two_addresses_that_swap_whether_they_are_safe_are_both_told() -> None:
    before = [{**HOME, "safe": "no"}, {**OTHER_HOME, "safe": "yes"}]
    after = [{**OTHER_HOME, "safe": "no"}, {**HOME, "safe": "yes"}]
    found = of_addresses(before, after)
    assert ("clients[0].addresses[1].safe", "no", "yes") in found
    assert ("clients[0].addresses[0].safe", "yes", "no") in found
    assert ("clients[0].addresses", "in one order", "in another order") in found


def test_another_order_alone_is_a_change() -> None:
    assert of_addresses([HOME, OTHER_HOME], [OTHER_HOME, HOME]) == [
        ("clients[0].addresses", "in one order", "in another order")
    ]


def test_an_address_in_front_leaves_the_others_what_they_are() -> None:
    found = of_addresses([HOME], [OTHER_HOME, HOME])
    assert {path.rpartition(".")[0] for path, *_ in found} == {"clients[0].addresses[0]"}
    assert all(before is None for _, before, _ in found)


def test_the_same_address_written_otherwise_is_one() -> None:
    assert of_addresses([HOME], [{**HOME, "lines": ["4 High St.", "Flat 2"]}]) == [
        ("clients[0].addresses[0].lines[0]", "4 High Street", "4 High St.")
    ]


def test_somebody_else_is_no_change_of_somebody() -> None:
    found = list(changed(case(), case(client={"id": "bob"})))
    assert {one.what for one in found} == {"removed", "new"}


@pytest.mark.parametrize("field", ["safe", "discreet", "no_contact", "voicemail", "barred", "name", "born"])
def test_what_can_hurt_is_weighty(field: str) -> None:
    assert Change(f"clients[0].{field}", "a", "b").is_weighty


def test_what_is_gone_is_weighty_and_other_changes_are_not() -> None:
    assert Change("supports[0]", "a", None, "removed").is_weighty
    assert not Change("supports[0]", "a", "b").is_weighty


def test_two_ways_to_write_a_value_are_no_difference() -> None:
    tree = case(client={"no_contact": "TRUE", "born": "1990-01-01"}, contacts=[])
    tree["contacts"] = [
        {"at": "2026-10-20 10:15Z", "by": "sam", "channel": "phone", "outcome": "spoke"},
        {"at": "2026-10-20T10:15:00+00:00", "by": "sam", "channel": "phone", "outcome": "voicemail"},
    ]
    value, faults = validate(Case, tree)
    assert value, faults
    one = told(value, tree, None)
    assert one.data["clients"][0]["no_contact"] == "yes"
    assert [contact["outcome"] for contact in one.contacts] == ["voicemail"]
    assert "contacts" not in one.data


def test_without_a_register_everything_is_new() -> None:
    value, _ = validate(Case, case())
    assert value
    found = entering(None, told(value, case(), None))
    assert isinstance(found.event, CaseEntered)
    assert (found.is_known, found.changes, found.event.reachable) == (False, [], False)


def heard(tmp_path: Path, **contact: Any) -> tuple[date, str] | None:
    """What is heard of a known case from one more contact."""
    people = [{"id": "eve", "name": "Eve Lee", "relation": "parent", "barred": "yes"}]
    before = case(client={"representatives": people})
    call = {"at": "2026-10-20T10:15-07:00", "by": "sam", "channel": "phone", "outcome": "spoke", **contact}
    register = telling.opened(None, tmp_path)
    for tree in (before, {**before, "contacts": [call]}):
        value, _ = validate(Case, tree)
        assert value
        with register.writing(telling.ANNA) as writing:
            found = entering(writing.connection, told(value, tree, None))
            assert found.event
            writing.append(found.event, "C-1")
    assert verify(register)[1] == []
    return found.heard


def test_an_answer_that_was_not_known_is_heard(tmp_path: Path) -> None:
    assert heard(tmp_path, to="ann") == (date(2026, 10, 20), "answered")


@pytest.mark.parametrize("contact", [{"to": "eve"}, {"to": "eve", "direction": "in"}, {"letter": "L-1"}])
def test_what_is_no_answer_of_the_client_is_not_heard(contact: dict[str, Any], tmp_path: Path) -> None:
    assert heard(tmp_path, **contact) is None
