"""Whether what names a case, a person or a kind of letter tells who or what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations
from pathlib import Path

from letters.checks import likeness
from letters.checks.disclosure import Secret, secrets
from letters.facts import Facts
from letters.findings import Finding, Place, Severity, rule

TELLING_ID = rule(
    "telling-id",
    Severity.ERROR,
    "The case number is printed as the reference, and it is kept in the record with the ids of people and of "
    "the kind of letter: none of them may tell a stranger who is a client, or why.",
    "45 CFR 164.502(b), minimum necessary",
)
_BUILT_IN = Path(__file__).parents[1] / "templates"
_REMEDY = "Choose one that tells nothing, such as a number."
_NAME_LETTERS = 5  # a shorter name is part of other words too


def check(facts: Facts) -> Iterator[Finding]:
    """Look at the case number, the ids of people, and the id of a kind of the practice's own."""
    kept = list(secrets(facts))
    for what, id_, place in _ids(facts):
        if any(tells_name(id_, client.name) for client in facts.case.clients):
            yield TELLING_ID.finding(f"{what} is the name of a client.", _REMEDY, place())
        elif _tells(kept, id_):
            yield TELLING_ID.finding(f"{what} tells something confidential.", _REMEDY, place())
    if _has_family_name(facts):
        message = "The case number holds the name of a client."
        yield TELLING_ID.finding(message, _REMEDY, facts.in_case("case"))


def tells_name(id_: str, name: str) -> bool:
    """Whether an id, without signs and digits, is or holds a name of two words or more, in any order."""
    letters, words = re.sub(r"\d", "", "".join(likeness.words(id_))), likeness.words(name)[:4]
    if len(words) < 2:
        return False
    whole = "".join(words)
    return whole == letters or (
        len(whole) >= _NAME_LETTERS and any("".join(order) in letters for order in permutations(words))
    )


def _ids(facts: Facts) -> Iterator[tuple[str, str, Callable[[], Place]]]:
    """What is printed or kept, each with what it is called and its place."""
    yield "The case number", facts.case.case, partial(facts.in_case, "case")
    for path, person in facts.case.everyone():
        yield "This id", person.id, partial(facts.in_case, f"{path}.id")
    for number, contact in enumerate(facts.case.business):
        yield "This id", contact.id, partial(facts.in_case, f"business[{number}].id")
    if Path(facts.kind_file.source.name).parents[1] != _BUILT_IN:
        yield "The name of this kind of letter", facts.kind, partial(facts.kind_file.place, "title")


def _tells(kept: list[Secret], id_: str) -> bool:
    spaced = re.sub(r"[\W_]+", " ", id_)
    return any(secret.is_told_by(spaced) for secret in kept)


def _has_family_name(facts: Facts) -> bool:
    """Whether a part of the case number is a part of a client's name, the only one there may be."""
    parts = re.findall(r"[^\W\d_]+", likeness.folded(facts.case.case))
    names = (likeness.words(client.name) for client in facts.case.clients)
    return any(part in name for name in names for part in parts if len(part) >= _NAME_LETTERS - 1)
