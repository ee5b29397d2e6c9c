"""Two reports of one relationship → one: what either knows is kept, and the cautious one is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from letters.caseload.doubles import same_name
from letters.entering import Tree, is_same

_WAYS = ("addresses", "phones", "emails")
_LISTS = ("business", "appointments", "offered", "supports", "referrals", "letters")
_MATTERS = ("done", "outstanding", "under_way")
# From what harms least to what may harm most. Not known counts as not permitted, so it stands between.
_SAFE: tuple[str | None, ...] = ("no", None, "yes")
_DISCREET: tuple[str | None, ...] = ("yes", None, "no")
_VOICEMAIL: tuple[str | None, ...] = ("none", None, "callback-only", "detailed")


def united(into: Tree, other: Tree) -> Tree:
    """What two cases say together, as the case `into`.

    Where both say something else, `into` holds, but for what is more cautious in `other`. Notes of both
    are kept; groups such as an ending or a handover are taken whole.
    """
    tree = {**other, **into, "clients": _people(into["clients"], other["clients"])}
    _agree(tree, into, other, "opened", min)
    _agree(tree, into, other, "last_session", max)
    for name in _LISTS:
        _put(tree, name, _joined(into.get(name, []), other.get(name, [])))
    _put(tree, "authorizations", _authorizations(into, other))
    _put(tree, "words", {**other.get("words", {}), **into.get("words", {})})
    _put(tree, "matters", _matters(into.get("matters", {}), other.get("matters", {})))
    _put(tree, "records", _records(into.get("records", {}), other.get("records", {})))
    _put(tree, "confidential", _confidential(into.get("confidential", {}), other.get("confidential", {})))
    if "money" in into and "money" in other:
        tree["money"] = _money(into["money"], other["money"])
    return tree


def _put(tree: Tree, name: str, value: object) -> None:
    """Say something, unless it is nothing."""
    tree.pop(name, None)
    if value:
        tree[name] = value


def _agree(tree: Tree, one: Tree, other: Tree, name: str, choose: Callable[..., str]) -> None:
    """Of two values the one that is chosen; days are texts that sort as days do."""
    known = [tree_[name] for tree_ in (one, other) if name in tree_]
    if known:
        tree[name] = choose(known)


def _joined(one: list[Any], other: list[Any]) -> list[Any]:
    return [*one, *(item for item in other if item not in one)]


def _people(into: list[Tree], other: list[Tree]) -> list[Tree]:
    left = list(other)
    people = []
    for person in into:
        twin = next((one for one in left if is_one(person, one)), None)
        if twin is not None:
            left.remove(twin)
        people.append(_person(person, twin or {}))
    return [*people, *left]


def is_one(one: Tree, other: Tree) -> bool:
    """Whether two entries are of one person: the same name, and no two birth dates."""
    days = {one.get("born"), other.get("born")} - {None}
    return same_name(one["name"], other["name"]) and len(days) < 2


def renamed(tree: Tree, ids: Mapping[str, str]) -> Tree:
    """A case whose people have other ids, also where it refers to them."""
    if not ids:
        return tree
    found = {**tree, "clients": [_called(one, ids) for one in tree["clients"]]}
    for name, field in (("letters", "to"), ("authorizations", "by")):
        if name in tree:
            found[name] = [_referring(one, field, ids) for one in tree[name]]
    if "request" in tree:
        found["request"] = _referring(tree["request"], "about", ids)
    if "consent" in tree.get("handover", {}):
        consent = _referring(tree["handover"]["consent"], "by", ids)
        found["handover"] = {**tree["handover"], "consent": consent}
    return found


def _called(person: Tree, ids: Mapping[str, str]) -> Tree:
    tree = _referring(person, "id", ids)
    if "representatives" in person:
        tree["representatives"] = [_called(one, ids) for one in person["representatives"]]
    return tree


def _referring(tree: Tree, field: str, ids: Mapping[str, str]) -> Tree:
    return {**tree, field: ids.get(tree[field], tree[field])} if field in tree else dict(tree)


def _person(one: Tree, other: Tree) -> Tree:
    tree = {**other, **one}
    for name in ("no_contact", "barred"):
        if "yes" in (one.get(name), other.get(name)):
            tree[name] = "yes"
    for name in ("died", "opted_out"):
        _agree(tree, one, other, name, min)
    for name in _WAYS:
        _put(tree, name, _ways(one.get(name, []), other.get(name, [])))
    both = _people(one.get("representatives", []), other.get("representatives", []))
    _put(tree, "representatives", both)
    return tree


def _ways(one: list[Tree], other: list[Tree]) -> list[Tree]:
    """The ways to reach somebody; one that is told several times is as safe as the least safe of these."""
    left = [way for way in other if not any(is_same(way, known) for known in one)]
    several = [*one, *other]
    return [_way(way, [twin for twin in several if is_same(way, twin)]) for way in [*one, *left]]


def _way(way: Tree, twins: list[Tree]) -> Tree:
    tree = {name: value for twin in reversed(twins) for name, value in twin.items()} | way
    for name, ranks in (("safe", _SAFE), ("discreet", _DISCREET), ("voicemail", _VOICEMAIL)):
        said = min((twin.get(name) for twin in [way, *twins]), key=ranks.index)
        _put(tree, name, said)
    days = [twin["confirmed"] for twin in [way, *twins] if "confirmed" in twin]
    _put(tree, "confirmed", min(days, default=None))
    return tree


def _authorizations(into: Tree, other: Tree) -> list[Tree]:
    """Permissions of both; of one that is told twice, what ends it counts."""
    found: list[Tree] = [dict(one) for one in into.get("authorizations", [])]
    for one in other.get("authorizations", []):
        twin = next((known for known in found if known["reference"] == one["reference"]), None)
        if twin is None:
            found.append(one)
            continue
        for name in ("revoked", "expires"):
            _agree(twin, dict(twin), one, name, min)
    return found


def _matters(into: Tree, other: Tree) -> Tree:
    both = {name: _joined(into.get(name, []), other.get(name, [])) for name in _MATTERS}
    return {name: items for name, items in both.items() if items}


def _records(into: Tree, other: Tree) -> Tree:
    tree = {**other, **into}
    _put(tree, "originals", _joined(into.get("originals", []), other.get("originals", [])))
    if "yes" in (into.get("part2"), other.get("part2")):
        tree["part2"] = "yes"
    return tree


def _confidential(into: Tree, other: Tree) -> Tree:
    tree = {**other, **into}
    for name in ("diagnosis", "notes", "suspicion"):
        said = dict.fromkeys(one[name] for one in (into, other) if name in one)
        _put(tree, name, "\n\n".join(said))
    if "yes" in (into.get("danger"), other.get("danger")):
        tree["danger"] = "yes"
    return tree


def _money(into: Tree, other: Tree) -> Tree:
    """The sums of one, with what keeps either from being pressed: a plan that is kept, an open dispute."""
    tree = dict(into)
    _put(tree, "asked", _joined(into.get("asked", []), other.get("asked", [])))
    plans = [one["plan"] for one in (into, other) if "plan" in one]
    _put(
        tree, "plan", next((plan for plan in plans if plan.get("kept") != "no"), plans[0] if plans else None)
    )
    disputes = [one["dispute"] for one in (into, other) if "dispute" in one]
    unsettled = (dispute for dispute in disputes if "settled" not in dispute)
    _put(tree, "dispute", next(unsettled, disputes[0] if disputes else None))
    return tree
