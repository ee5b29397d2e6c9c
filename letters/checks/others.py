"""Whether a letter shows how to reach somebody else of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters.checks import likeness
from letters.checks.homes import short_postcode
from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Severity, rule
from letters.model.people import Reachable
from letters.model.practice import PostalAddress

OTHER_PERSON = rule(
    "other-person",
    Severity.ERROR,
    "A letter shows nobody else's address, phone or email, not even to their family, and tells no business "
    "contact who is a client.",
    "45 CFR 164.522(b), confidential communications",
)

# What follows these, such as Flat 3, is anybody's.
_UNITS = {"apartment", "apt", "flat", "floor", "gebaude", "piso", "room", "suite", "unit", "wohnung"}
_PHONE = 7  # signs
_SHORTEST = 8  # letters; two shorter words that are no number and street are anybody's too


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Search the finished text for the addresses, phones and emails of everybody but its addressee.

    What stays with the practice may hold them: a note says which number was called.
    """
    if facts.spec.to == "file":
        return
    if facts.spec.to == "business":
        yield from _clients_named(facts, text)
    permitted = [*_safe(facts.addressee.person or facts.client), *_ours(facts)]
    for path, person in facts.case.everyone():
        for where, value in _reach_of(person):
            if shows(text.everything, value) and not any(_are_same(value, one) for one in permitted):
                yield _shown(facts, person, f"{path}.{where}")
                break
        else:
            yield from _town_shown(facts, text, path, person)


def _clients_named(facts: Facts, text: Text) -> Iterator[Finding]:
    """Find the names of people in a letter to a business contact, who is no part of what is done for them."""
    for number, client in enumerate(facts.case.clients):
        is_a_person = facts.case.relationship != "organization"
        if is_a_person and client is not facts.addressee.person and _names(text, client):
            yield OTHER_PERSON.finding(
                f"The letter tells a business contact about {client.id}.",
                "Leave out who is a client; what is told about one needs an authorization.",
                facts.in_case(f"clients[{number}].name"),
            )


def _names(text: Text, client: Reachable) -> bool:
    return any(likeness.has_name(text.everything, name) for name in {client.name, client.called})


def _shown(facts: Facts, person: Reachable, path: str) -> Finding:
    if person is facts.addressee.person:
        message = f"The letter shows a way to reach {person.id} that nobody has said is safe."
    else:
        message = f"The letter shows how to reach {person.id}, who is not its addressee."
    return OTHER_PERSON.finding(
        message, "Remove it from the words or fields that print it.", facts.in_case(path)
    )


def _town_shown(facts: Facts, text: Text, path: str, person: Reachable) -> Iterator[Finding]:
    """Find a postcode with its city that is nobody's but another person's."""
    reader = facts.addressee.person or facts.client
    if person is reader:
        return
    ours = {_town(address) for address in (*reader.addresses, *_elsewhere(facts))}
    offered = " ".join(f"{option.name} {facts.say(option.offers)}" for option in facts.case.referrals)
    for number, address in enumerate(person.addresses):
        town = _town(address)
        if town in ours or not all(town) or _shows_town(offered, address):
            continue
        if _shows_town(text.everything, address):
            yield _shown(facts, person, f"{path}.addresses[{number}].postcode")
            return


def _elsewhere(facts: Facts) -> Iterator[PostalAddress]:
    """The addresses of the practice and of those outside it."""
    outside = (facts.case.provider, *facts.case.business)
    yield from (facts.practice.address, *(other.address for other in outside if other))


def _town(address: PostalAddress) -> tuple[str, str]:
    return "".join(likeness.words(address.city or "")), short_postcode(address.postcode or "")


def _shows_town(text: str, address: PostalAddress) -> bool:
    """Whether a text holds a postcode beside its city, before or after, with a region between."""
    folded, words = likeness.folded(text), likeness.words(address.city or "")
    if not all(word in folded for word in words):
        return False
    postcode = "".join(likeness.words(address.postcode or ""))
    code = r"[\W_]{0,2}".join(re.escape(sign) for sign in short_postcode(postcode))
    city = r"[\W_]+".join(words)
    between = r"[\W_]+(?:[^\W_]+[\W_]+){0,2}?"
    either = rf"(?<![^\W_])(?:{city}{between}{code}|{code}{between}{city})(?![^\W_])"
    return re.search(either, folded) is not None


def _reach_of(person: Reachable) -> Iterator[tuple[str, str]]:
    for number, address in enumerate(person.addresses):
        for index, line in enumerate(address.lines):
            yield f"addresses[{number}].lines[{index}]", line
    yield from (
        (f"phones[{number}].number", likeness.dialed(one.number)) for number, one in enumerate(person.phones)
    )
    yield from ((f"emails[{number}].address", email.address) for number, email in enumerate(person.emails))


def _safe(person: Reachable) -> Iterator[str]:
    """The ways to reach a person that a letter to them, or a referral of them, may show."""
    yield from (line for address in person.addresses if address.safe for line in address.lines)
    yield from (likeness.dialed(phone.number) for phone in person.phones if phone.safe)
    yield from (email.address for email in person.emails if email.safe)


def _ours(facts: Facts) -> Iterator[str]:
    """What reaches the practice, too: somebody may have given its number as theirs."""
    practice = facts.practice
    ours = (practice.phone, practice.records.phone, practice.email, practice.records.email)
    yield from (value for value in ours if value)
    yield from practice.address.lines


def _are_same(one: str, other: str) -> bool:
    if _is_number(one) and _is_number(other):
        return likeness.national(one) == likeness.national(other)
    return likeness.words(one) == likeness.words(other)


def _is_number(value: str) -> bool:
    return len(value) >= _PHONE and not re.search(r"[^\W\d_]", value) and any(map(str.isdigit, value))


def shows(text: str, value: str) -> bool:
    """Whether a text holds a telephone number, an email address or a line of an address."""
    if _is_number(value):
        return likeness.has_number(text, value)
    if "@" in value:
        email, folded = likeness.folded(value), likeness.folded(text)
        is_there = email in folded
        return is_there and re.search(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])", folded) is not None
    parts = (likeness.words(part) for part in value.split(","))
    return any(_shows_line(likeness.said(text).words, part) for part in parts if _says_where(part))


def _says_where(part: list[str]) -> bool:
    """Whether part of a line of an address is enough to find somebody."""
    if len(part) < 2 or part[0] in _UNITS:
        return False
    has_number = any(word[0].isdigit() for word in part)
    return has_number or len(part) > 2 or len("".join(part)) >= _SHORTEST


def _shows_line(said: Sequence[str], line: list[str]) -> bool:
    """Whether a line of an address stands in a text; in `44 Alder Avenue` the last word may be cut short."""
    is_street = len(line) > 2 and line[0][0].isdigit()
    whole, last = (line[:-1], line[-1][0]) if is_street else (line, "")
    ends = (start + len(whole) for start in range(len(said) - len(whole) + 1))
    return any(
        said[end - len(whole) : end] == whole and "".join(said[end : end + 1]).startswith(last)
        for end in ends
    )
