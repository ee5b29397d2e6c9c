"""What people wrote into a case for a letter to print, with the place of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from letters.facts import Facts
from letters.findings import Place


def written(facts: Facts) -> Iterator[tuple[str, str]]:
    """Everything in words, by its path in the case."""
    case = facts.case
    for name, text in case.words.items():
        yield f"words.{name}", text
    for field in ("asked", "why_now", "risk", "communication"):
        if case.request and (text := getattr(case.request, field)):
            yield f"request.{field}", text
    yield from ((f"supports[{number}]", text) for number, text in enumerate(case.supports))
    for number, option in enumerate(case.referrals):
        yield f"referrals[{number}].name", option.name
        yield f"referrals[{number}].offers", option.offers or ""
    for number, item in enumerate(case.records.originals):
        yield f"records.originals[{number}].what", item.what
        yield f"records.originals[{number}].condition", item.condition or ""
    if case.records.sent:
        yield "records.sent.how", case.records.sent.how
    for number, authorization in enumerate(case.authorizations):
        yield f"authorizations[{number}].scope", authorization.scope


def place_of(facts: Facts, is_meant: Callable[[str], object]) -> Place | None:
    """The first place in the case with a text that is meant; None where it is in none of them."""
    path = next((path for path, text in written(facts) if is_meant(text)), None)
    return facts.in_case(path) if path else None
