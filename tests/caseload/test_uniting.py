"""Two reports of one relationship: nothing is lost, and nothing unsafe becomes safe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from letters.caseload.uniting import renamed, united
from letters.entering import Tree, is_same

HOME = {"lines": ["4 High Street"], "postcode": "97201", "country": "US"}


def case(**changes: Any) -> Tree:
    client = {"id": "ann", "name": "Ann Lee", **changes.pop("client", {})}
    base = {"case": "C-1", "relationship": "individual", "opened": "2026-01-10", "clinician": "sam"}
    return {**base, "clients": [client], **changes}


def client(one: Tree, other: Tree) -> Tree:
    (found,) = united(case(client=one), case(client=other))["clients"]
    return dict(found)


def test_what_only_one_has_is_taken_and_into_holds() -> None:
    tree = united(case(reply_by="2026-12-01"), case(reply_by="2026-12-09", offered=["x"], clinician="lena"))
    assert (tree["reply_by"], tree["offered"], tree["clinician"]) == ("2026-12-01", ["x"], "sam")


def test_the_earlier_beginning_and_the_later_session_count() -> None:
    tree = united(case(last_session="2026-05-01"), case(opened="2025-12-01", last_session="2026-06-01"))
    assert (tree["opened"], tree["last_session"]) == ("2025-12-01", "2026-06-01")
    assert united(case(), case(last_session="2026-06-01"))["last_session"] == "2026-06-01"


def test_who_died_or_must_not_be_asked_or_reached_is_known() -> None:
    found = client(
        {"no_contact": "no"}, {"no_contact": "yes", "died": "2026-10-01", "opted_out": "2026-09-01"}
    )
    assert (found["no_contact"], found["died"], found["opted_out"]) == ("yes", "2026-10-01", "2026-09-01")


def test_a_representative_who_is_barred_in_one_is_barred() -> None:
    parent = {"id": "p", "name": "Pat Lee", "relation": "parent"}
    found = client(
        {"representatives": [parent]}, {"representatives": [{**parent, "id": "q", "barred": "yes"}]}
    )
    assert found["representatives"] == [{**parent, "barred": "yes"}]


def test_lists_are_united_without_doubles() -> None:
    tree = united(case(supports=["a", "b"]), case(supports=["b", "c"]))
    assert tree["supports"] == ["a", "b", "c"]


def test_confidential_notes_of_both_are_kept_and_danger_stays() -> None:
    tree = united(
        case(confidential={"notes": "one", "danger": "no"}),
        case(confidential={"notes": "two", "danger": "yes"}),
    )
    assert tree["confidential"] == {"notes": "one\n\ntwo", "danger": "yes"}


def test_an_ending_or_a_handover_is_never_mixed() -> None:
    tree = united(case(ending={"reason": "MUTUAL"}), case(ending={"reason": "COST", "on": "2026-12-01"}))
    assert tree["ending"] == {"reason": "MUTUAL"}


def test_a_permission_taken_back_in_one_is_taken_back() -> None:
    given_ = {"to": "Dr. X", "scope": "all", "signed": "2026-01-01", "reference": "A-1"}
    tree = united(case(authorizations=[given_]), case(authorizations=[{**given_, "revoked": "2026-05-01"}]))
    assert tree["authorizations"] == [{**given_, "revoked": "2026-05-01"}]


def test_an_open_dispute_and_a_plan_that_is_kept_protect() -> None:
    money = {"balance": "10", "currency": "USD", "as_of": "2026-11-01"}
    one = {
        **money,
        "dispute": {"opened": "2026-01-01", "settled": "2026-02-01"},
        "plan": {"agreed": "2026-01-01", "kept": "no"},
    }
    other = {**money, "balance": "99", "dispute": {"opened": "2026-03-01"}, "plan": {"agreed": "2026-04-01"}}
    found = united(case(money=one), case(money=other))["money"]
    assert found == {**money, "dispute": {"opened": "2026-03-01"}, "plan": {"agreed": "2026-04-01"}}


def test_whoever_is_called_otherwise_is_so_everywhere() -> None:
    tree = case(
        letters=[{"kind": "outreach", "on": "2026-01-01", "to": "ann"}],
        authorizations=[{"by": "ann", "to": "ann"}],
        request={"about": "ann"},
        handover={"to": "ann", "consent": {"by": "ann"}},
    )
    found = renamed(tree, {"ann": "a2"})
    assert found["clients"][0]["id"] == "a2"
    assert found["letters"][0]["to"] == "a2"
    assert found["authorizations"] == [{"by": "a2", "to": "ann"}]
    assert found["request"] == {"about": "a2"}
    assert found["handover"] == {"to": "ann", "consent": {"by": "a2"}}


maybe = st.sampled_from([None, "yes", "no"])
streets = st.sampled_from(["4 High Street", "4 High St", "4 High Street, Flat 2", "9 Mill Road"])
numbers = st.sampled_from(["+1 503 555 0144", "503-555-0144", "+1 503 555 0199"])
messages = st.sampled_from([None, "none", "callback-only", "detailed"])
PERMITTED = {"none": 0, None: 0, "callback-only": 1, "detailed": 2}


def without_nothing(tree: Tree) -> Tree:
    return {name: value for name, value in tree.items() if value is not None}


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    return st.fixed_dictionaries(fields).map(without_nothing)


addresses = some(lines=st.lists(streets, min_size=1, max_size=1), safe=maybe, discreet=maybe).map(
    lambda told: {**HOME, **told}
)
phones = some(number=numbers, safe=maybe, voicemail=messages)
people = some(
    addresses=st.lists(addresses, max_size=3), phones=st.lists(phones, max_size=3), no_contact=maybe
)


def ways(person: Tree) -> Iterator[Tree]:
    yield from person.get("addresses", [])
    yield from person.get("phones", [])


@given(people, people)
def test_nothing_unsafe_becomes_safe(one: Tree, other: Tree) -> None:
    found = client(one, other)
    hidden = "yes" in (one.get("no_contact"), other.get("no_contact"))
    assert (found.get("no_contact") == "yes") == hidden
    known = [*ways(one), *ways(other)]
    for way in ways(found):
        twins = [twin for twin in known if is_same(way, twin)]
        assert twins
        if way.get("safe") == "yes":
            assert {twin.get("safe") for twin in twins} == {"yes"}
        if way.get("discreet") == "no":
            assert {twin.get("discreet") for twin in twins} == {"no"}
        assert PERMITTED[way.get("voicemail")] <= min(PERMITTED[twin.get("voicemail")] for twin in twins)


@given(people, people)
def test_no_way_to_reach_somebody_is_lost(one: Tree, other: Tree) -> None:
    found = [*ways(client(one, other))]
    assert all(any(is_same(way, twin) for twin in found) for way in [*ways(one), *ways(other)])


@given(people)
def test_a_case_with_itself_is_at_most_more_cautious(one: Tree) -> None:
    found = client(one, one)
    assert [way.get("lines", way.get("number")) for way in ways(found)] == [
        way.get("lines", way.get("number")) for way in ways(one)
    ]
