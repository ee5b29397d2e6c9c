"""Whether two addresses are one place, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from letters.checks import likeness
from letters.model.practice import PostalAddress

_PIECES = re.compile(r"[,;\n·|]+")
_UNIT = re.compile(
    r"(?:\b(?:apartment|apt|appt|flat|floor|fl|piso|room|rm|suite|ste|unit|wohnung|depto|dpto)(?![^\W\d_])\.?|#)"
    r"\s*(?:no\.?\s*|#\s*)?([\w-]+)"
)
_CARE_OF = re.compile(r"^\s*(?:c/o|care of|attn|attention)\b")
_WRITTEN_OUT = {
    **{"st": "street", "str": "street", "strasse": "street", "ave": "avenue", "av": "avenue"},
    **{"rd": "road", "ln": "lane", "dr": "drive", "blvd": "boulevard", "ct": "court", "pl": "place"},
    **{"sq": "square", "ter": "terrace", "terr": "terrace", "pkwy": "parkway", "hwy": "highway"},
    **{"cir": "circle", "n": "north", "s": "south", "e": "east", "w": "west"},
    **{"ne": "northeast", "nw": "northwest", "se": "southeast", "sw": "southwest"},
}


def same_home(one: PostalAddress, other: PostalAddress) -> bool:
    """Whether two addresses may be one: the street agrees, and nothing else that both say differs."""
    places = _places(one) | _places(other)
    streets = _street(one, places), _street(other, places)
    if not streets[0] or "".join(streets[0]) != "".join(streets[1]):
        return False
    codes = short_postcode(one.postcode or ""), short_postcode(other.postcode or "")
    return (codes[0] == codes[1] if all(codes) else _may_be_one_city(one, other)) and _unit_agrees(one, other)


def names_home(text: str, address: PostalAddress) -> bool:
    """Whether a text, as noted by hand, names an address: the street, or all of it there is."""
    street, said = _street(address, _places(address)), _plain(likeness.folded(text))
    row = " ".join(street)
    noted = " ".join(_plain(_PIECES.split(likeness.folded(text))[0]))
    is_short = len(noted.split()) > 1 and f"{row} ".startswith(f"{noted} ")
    return bool(row) and (f" {row} " in f" {' '.join(said)} " or is_short)


def short_postcode(postcode: str) -> str:
    """A postcode without spacing, a country's letters, and the last four digits of a long American one."""
    joined = "".join(likeness.words(postcode))
    joined = re.sub(r"^[a-z]{1,2}(?=\d{4,5}$)", "", joined)
    return joined[:5] if re.fullmatch(r"\d{9}", joined) else joined


def _may_be_one_city(one: PostalAddress, other: PostalAddress) -> bool:
    """Whether the cities of addresses agree, as far as both have one."""
    cities = [set(likeness.words(address.city or "")) for address in (one, other)]
    lines = [set(likeness.words(" ".join(address.lines))) for address in (one, other)]
    if not all(cities):
        return True
    return bool(cities[0] & (cities[1] | lines[1]) or cities[1] & lines[0])


def _unit_agrees(one: PostalAddress, other: PostalAddress) -> bool:
    """Whether two flats in one house may be the same: where only one says which, they may."""
    units = [_UNIT.findall(likeness.folded(" , ".join(address.lines))) for address in (one, other)]
    return not all(units) or units[0] == units[1]


def _places(address: PostalAddress) -> frozenset[str]:
    """The words that say where the street is."""
    where = (address.city, address.region, address.postcode, address.country)
    said = likeness.words(" ".join(part for part in where if part))
    return frozenset((*said, *map(_written_out, said)))


def _street(address: PostalAddress, places: frozenset[str]) -> tuple[str, ...]:
    """The words of the line that says which house it is: the first with a number, else the first."""
    pieces = list(_pieces(tuple(address.lines), places))
    numbered = (piece for piece in pieces if any(word[0].isdigit() for word in piece) and len(piece) > 1)
    return next(numbered, pieces[0] if pieces else ())


@lru_cache(maxsize=64)
def _pieces(lines: tuple[str, ...], places: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(_told(lines, places))


def _told(lines: tuple[str, ...], places: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The pieces of an address without flats, the city said again, and in whose care it is."""
    for line in lines:
        for piece in _PIECES.split(likeness.folded(line)):
            told = _plain(piece)
            if _CARE_OF.match(piece) or places.issuperset(told):
                continue
            while len(told) > 2 and told[-1] in places:
                told.pop()
            yield tuple(told)


def _plain(piece: str) -> list[str]:
    """The words of a line, without the flat and written out."""
    return [_written_out(word) for word in likeness.words(_UNIT.sub(" ", piece))]


def _written_out(word: str) -> str:
    return _WRITTEN_OUT.get(word, word)
