"""What in a case that is imported looks like a slip, or contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from letters.caseload.reported import Reported
from letters.checks.homes import same_home
from letters.checks.likeness import same_number
from letters.findings import Finding, Severity, rule
from letters.model.people import ClientAddress, EmailAddress, Phone, Reachable

ODD_POSTCODE = rule(
    "odd-postcode",
    Severity.WARNING,
    "A spreadsheet takes a postcode for a number and drops the zero it begins with; the letter goes astray.",
    "USPS Publication 28, Postal Addressing Standards",
)
SAFE_AND_NOT = rule(
    "safe-and-not",
    Severity.WARNING,
    "What reaches one person at an address or a number reaches whoever shares it.",
    "45 CFR 164.522(b), confidential communications",
)
_US_POSTCODE = re.compile(r"\d{5}(?:[ -]?\d{4})?", re.ASCII)
_Way = ClientAddress | Phone | EmailAddress


def odd_postcodes(one: Reported) -> Iterator[Finding]:
    """Find postcodes that cannot be right where they are."""
    for path, person in one.case.everyone():
        for number, address in enumerate(person.addresses):
            code = address.postcode or ""
            if address.country == "US" and code and not _US_POSTCODE.fullmatch(code):
                digits = sum(sign.isdecimal() for sign in code)
                yield ODD_POSTCODE.finding(
                    f"A postcode in the US has 5 digits, or 9; this one has {digits}.",
                    "See whether it begins with a zero, and format the column as text.",
                    one.place(f"{path}.addresses[{number}].postcode"),
                )


def divided(one: Reported) -> Iterator[Finding]:
    """Find what two people of a case share, and what is safe for one of them only."""
    for (path, this), (_, that) in combinations(one.case.everyone(), 2):
        for what, mine, theirs in shared(this, that):
            if {mine.safe, theirs.safe} == {True, False}:
                yes, no = (this, that) if mine.safe else (that, this)
                yield SAFE_AND_NOT.finding(
                    f"{this.id} and {that.id} have the same {what}, safe for {yes.id} and not for {no.id}.",
                    "Ask each of them, and write what holds.",
                    one.place(f"{path}.{_field(this, mine)}.safe"),
                )


def _field(person: Reachable, way: _Way) -> str:
    """Where a way stands in the entry of a person."""
    for name in ("addresses", "phones", "emails"):
        for number, known in enumerate(getattr(person, name)):
            if known is way:
                return f"{name}[{number}]"
    raise ValueError("this way is another person's")


def shared(one: Reachable, other: Reachable) -> Iterator[tuple[str, _Way, _Way]]:
    """The addresses, phones and emails that two people have both, and what each is."""
    yield from (("address", a, b) for a, b in product(one.addresses, other.addresses) if same_home(a, b))
    for a, b in product(one.phones, other.phones):
        if same_number(a.number, b.number):
            yield "phone", a, b
    for c, d in product(one.emails, other.emails):
        if c.address.casefold() == d.address.casefold():
            yield "email address", c, d
