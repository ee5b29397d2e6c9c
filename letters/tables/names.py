"""What columns are called: one name leads to one value of a case, by the rule told in `letters.tables`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from letters.model.reading import UnfitError, read_identifier, read_language
from letters.model.secrecy import Path
from letters.tables.fields import Group, Leaf, Many, Node, case_fields, node_at

INDEX, SECTION = "#", "*"  # in the path of a name: where a number or the name of a section belongs

_BETWEEN = re.compile(r"[\s_-]+")
_SPLIT_NUMBER = re.compile(r"\d[\s_-]+\d")
_AFTER_ADDRESS = ("city", "region", "postcode", "country")
_AFTER_MONEY = ("balance", "currency", "as_of")
_WAYS = ("addresses", "phones", "emails", "representatives")
# The value that goes by the name of its entry: `phone` is the number of the phone.
_NAMESAKES = (("phones", "number"), ("emails", "address"))


@dataclass(frozen=True)
class _Name:
    """How the columns of one value are called, as a pattern of their plain names."""

    path: tuple[str, ...]
    pattern: re.Pattern[str]
    has_languages: bool


def plain(name: str) -> str:
    """A name without what makes no difference: capitals, spaces, underscores and hyphens."""
    return _BETWEEN.sub("", name).casefold()


def worded(name: str) -> str:
    """A name in small letters with one space between its words."""
    return _BETWEEN.sub(" ", name).strip().casefold()


@lru_cache(maxsize=4096)
def paths_of(name: str) -> list[Path]:
    """The values a column of that name is for: one, or none where nothing is called so."""
    if _SPLIT_NUMBER.search(name):
        return []
    bare, colon, tag = name.partition(":")
    below = _language(tag) if colon else ()
    if below is None:
        return []
    asked = (known for known in _names() if known.has_languages or not colon)
    return [(*path, *below) for known in asked if (path := _filled(known, bare))]


def name_of(path: Path) -> str:
    """What the column for a value is called, in short."""
    if len(path) > 1 and isinstance(node_at(path[:-1]), Leaf):
        return f"{name_of(path[:-1])}:{path[-1]}"
    words = []
    for place, step in enumerate(path):
        number = path[place + 1] if place + 1 < len(path) else ""
        if isinstance(step, str) and not _is_understood(path, place, number in (0, "")):
            words.append(worded(_singular(step) if isinstance(number, int) else step))
        is_told = isinstance(step, int) and (step > 0 or place == len(path) - 1)
        words += [str(int(step) + 1)] if is_told else []
    return " ".join(words)


@cache
def known_names() -> tuple[str, ...]:
    """The names that an unknown one is compared with: of first and second entries, in full and short."""
    firsts = [_numbered(known.path, 0) for known in _names()]
    seconds = [_numbered(known.path, 1) for known in _names() if known.path.count(INDEX) == 1]
    seconds += [("clients", 1, *path[2:]) for path in firsts if path[0] == "clients"]
    names = [name_of(path) for path in (*firsts, *seconds)]
    short = [name.removeprefix("client ") for name in names if re.match("client [a-z]", name)]
    return tuple(name for name in dict.fromkeys([*names, *short]) if name != "id")


def values(node: Node | None = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    """Every value a case may have, with its path."""
    node = node or case_fields()
    if isinstance(node, Leaf):
        yield path, node
    elif isinstance(node, Group):
        for name, inner in node.fields.items():
            yield from values(inner, (*path, name))
    else:
        yield from values(node.item, (*path, INDEX if isinstance(node, Many) else SECTION))


@cache
def _names() -> tuple[_Name, ...]:
    return tuple(
        _Name(path, re.compile(_pattern(path), re.ASCII), leaf.has_languages) for path, leaf in values()
    )


def _pattern(path: tuple[str, ...]) -> str:
    pieces = []
    for place, step in enumerate(path):
        if step in (INDEX, SECTION):
            continue
        after = path[place + 1] if place + 1 < len(path) else ""
        piece = plain(_singular(step) if after == INDEX else step)
        piece += {INDEX: "([1-9][0-9]?)?", SECTION: "(.+)"}.get(after, "")
        pieces.append(f"(?:{piece})?" if _may_be_left_out(path, place) else piece)
    return "".join(pieces)


def _may_be_left_out(path: tuple[str | int, ...], place: int) -> bool:
    """Whether the name is clear without the word for this step."""
    step, last = path[place], path[-1]
    if place == 0:
        is_first_client = step == "clients" and path[2:] != ("id",)
        is_money = step == "money" and last in _AFTER_MONEY and len(path) == 2
        # Whoever calls a column notes may mean any, and some say whom not to write to.
        is_secret = step == "confidential" and last != "notes"
        return is_first_client or is_money or is_secret
    if step in ("addresses", "address") and place < len(path) - 1:
        return last in _AFTER_ADDRESS
    return place == len(path) - 1 and (path[place - 2], step) in _NAMESAKES


def _is_understood(path: Path, place: int, is_first: bool) -> bool:
    """Whether the word for a step is left out where a column's name is said."""
    if place == 0 and path[0] == "clients":
        return is_first and len(path) > 2 and path[2] in _WAYS
    has_entries = isinstance(path[place + 1], int) if place + 1 < len(path) else False
    is_clear = is_first or not has_entries
    return is_clear and path[0] != "confidential" and _may_be_left_out(path, place)


def _singular(plural: str) -> str:
    if plural.endswith("sses"):
        return plural[:-2]
    return plural if plural.endswith("ss") or not plural.endswith("s") else plural[:-1]


def _filled(known: _Name, name: str) -> Path | None:
    """The path of a known name with the numbers and the section that are written."""
    found = known.pattern.fullmatch(plain(name))
    if not found:
        return None
    written = iter(found.groups())
    path: list[str | int] = []
    for step in known.path:
        if step == INDEX:
            path.append(int(next(written) or 1) - 1)
        elif step == SECTION:
            path.append(_section(name, next(written)))
        else:
            path.append(step)
    return tuple(path) if "" not in path else None


def _section(name: str, otherwise: str) -> str:
    """The section's name with hyphens between its words; empty where it cannot be one."""
    _, _, words = worded(name).partition(" ")
    try:
        return read_identifier((words or otherwise).replace(" ", "-"))
    except UnfitError:
        return ""


def _language(tag: str) -> Path | None:
    language, *others = re.split("[-_]", tag.strip().lower())
    parts = [part.title() if len(part) == 4 else part.upper() for part in others]
    try:
        return (read_language("-".join([language, *parts])),)
    except UnfitError:
        return None


def _numbered(path: tuple[str, ...], number: int) -> Path:
    example = "acknowledgment"
    return tuple(number if step == INDEX else example if step == SECTION else step for step in path)
