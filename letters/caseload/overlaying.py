"""A row of a table, laid over what is known of its case."""

from __future__ import annotations

import re
from typing import Any

from letters.checks.homes import short_postcode
from letters.checks.likeness import words
from letters.entering import Tree, is_same
from letters.model.reading import YES

_MADE_UP = re.compile(r"(?:client-\d+-)?(?:client|representative|business)-\d+")


def overlaid(before: object, after: object) -> object:
    """What a row of a table says laid over what is known: what it has no column for stays.

    Another address, phone or email takes nothing over from the one in its place: nobody has said that it
    is safe. Nor is what turns safe confirmed by the day on which it was not. An id that was made up for the
    row gives way to the one that is known.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        return _laid_over(before, after)
    if isinstance(before, list) and isinstance(after, list):
        if any(isinstance(one, dict) for one in after):
            return _entries_over(before, after)
        return [*after, *before[len(after) :]]
    return after


def _laid_over(before: Tree, after: Tree) -> Tree:
    tree = {
        name: overlaid(before[name], after[name]) if name in before and name in after else value
        for name, value in {**before, **after}.items()
    }
    if "id" in before and _MADE_UP.fullmatch(str(after.get("id", ""))):
        tree["id"] = before["id"]
    if "lines" in before and "lines" in after and before["lines"][: len(after["lines"])] != after["lines"]:
        tree["lines"] = after["lines"]
    is_made_safe = _is_yes(after.get("safe", "")) and not _is_yes(before.get("safe", ""))
    if is_made_safe and "confirmed" not in after:
        tree.pop("confirmed", None)
    return tree


def _is_yes(text: str) -> bool:
    return text.lower() in YES


def _entries_over(before: list[Any], after: list[Any]) -> list[Any]:
    left = dict(enumerate(before))
    found: dict[int, Any] = {}
    for number, new in enumerate(after):
        same = next((old for old, known in left.items() if _is_same(known, new)), None)
        if same is not None:
            found[number] = overlaid(left.pop(same), new)
    for number, new in enumerate(after):
        if number not in found:
            known = left.pop(number, None)
            found[number] = overlaid(known, new) if known and _may_be_over(known, new) else new
    return [*(found[number] for number in range(len(after))), *left.values()]


def _is_same(known: Tree, new: Tree) -> bool:
    if "lines" in known and "lines" in new and _is_elsewhere(known, new):
        return False
    return is_same(known, new) and not _is_somebody_else(known, new)


def _is_somebody_else(known: Tree, new: Tree) -> bool:
    """Whether a row that gives no id, as in a slip of the case's number, is about another person."""
    if not _MADE_UP.fullmatch(str(new.get("id", ""))) or "name" not in known or "name" not in new:
        return False
    return set(words(known["name"])).isdisjoint(words(new["name"]))


def _is_elsewhere(known: Tree, new: Tree) -> bool:
    """Whether a street of the same name is in another place."""
    codes = [short_postcode(one.get("postcode", "")) for one in (known, new)]
    names = ("country",) if all(codes) else ("city", "region", "country")
    both = [(words(known[name]), words(new[name])) for name in names if name in known and name in new]
    return (all(codes) and codes[0] != codes[1]) or any(one != other for one, other in both)


def _may_be_over(known: Tree, new: Tree) -> bool:
    """Whether an entry that is of nothing known may be the one in its place, with other values."""
    if "id" in known:
        same_name = sorted(words(known["name"])) == sorted(words(new.get("name", "")))
        return same_name or (bool(_MADE_UP.fullmatch(new["id"])) and not _is_somebody_else(known, new))
    if not _is_named(known):
        return True
    return not _is_named(new) and not _is_elsewhere(known, new) and not _permits(known, new)


def _is_named(way: Tree) -> bool:
    """Whether an address, a phone or an email says which it is."""
    return bool({"lines", "number"} & way.keys()) or isinstance(way.get("address"), str)


def _permits(known: Tree, new: Tree) -> bool:
    """Whether more would be permitted than is: nobody may say that without saying where."""
    told = {name: text for name, text in new.items() if known.get(name) != text}
    is_open = _is_yes(told.get("safe", "")) or ("discreet" in told and not _is_yes(told["discreet"]))
    return is_open or "confirmed" in told or told.get("voicemail", "none") != "none"
