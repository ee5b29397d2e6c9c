"""What people wrote into a case for a letter to print, with the place of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from letters.facts import Facts
from letters.findings import Place
from letters.model.case import Case


def written(facts: Facts) -> Iterator[tuple[str, str]]:
    """Everything in words that this letter may print, by its path in the case."""
    yield from ((path, facts.say(texts)) for path, texts in phrases(facts))
    for number, option in enumerate(facts.case.referrals):
        yield f"referrals[{number}].name", option.name


def phrases(facts: Facts) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Everything that may be written in several languages, by its path in the case."""
    return ((path, texts) for path, texts in _phrases(facts.case) if texts)


def _phrases(case: Case) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    for name, texts in case.words.items():
        yield f"words.{name}", texts
    for field in ("asked", "why_now", "risk", "communication"):
        if case.request:
            yield f"request.{field}", getattr(case.request, field)
    yield from ((f"supports[{number}]", texts) for number, texts in enumerate(case.supports))
    for number, option in enumerate(case.referrals):
        yield f"referrals[{number}].offers", option.offers
        yield f"referrals[{number}].cost", option.cost
    for number, item in enumerate(case.records.originals):
        yield f"records.originals[{number}].what", item.what
        yield f"records.originals[{number}].condition", item.condition
    if case.records.sent:
        yield "records.sent.how", case.records.sent.how
    for number, copied in enumerate(case.records.transfer.contents if case.records.transfer else []):
        yield f"records.transfer.contents[{number}].what", copied.what
    for number, authorization in enumerate(case.authorizations):
        yield f"authorizations[{number}].scope", authorization.scope
    if case.handover:
        yield "handover.shares", case.handover.shares
    yield from _of_money_and_matters(case)


def _of_money_and_matters(case: Case) -> Iterator[tuple[str, Mapping[str, str] | None]]:
    if case.money:
        yield "money.what", case.money.what
        yield from (
            (f"money.items[{number}].what", item.what) for number, item in enumerate(case.money.items)
        )
    matters = case.matters
    yield from ((f"matters.done[{number}]", texts) for number, texts in enumerate(matters.done))
    yield from ((f"matters.under_way[{number}]", texts) for number, texts in enumerate(matters.under_way))
    for number, left in enumerate(matters.outstanding):
        yield f"matters.outstanding[{number}].what", left.what


def place_of(facts: Facts, is_meant: Callable[[str], object]) -> Place | None:
    """The first place in the case with a text that is meant; None where it is in none of them."""
    path = next((path for path, text in written(facts) if is_meant(text)), None)
    return facts.in_case(path) if path else None
