"""What can be chosen about a letter: whom it is to, its language, its envelope."""

from __future__ import annotations

from typing import get_args

from letters import addressees
from letters.addressees import Choice
from letters.facts import Facts
from letters.frame import has_wording
from letters.gathering import base_of
from letters.locale.languages import language_name
from letters.model.practice import LetterStyle
from letters.paper import fits
from letters.preview.drawing import Drawn
from letters.preview.views import Chosen

_ENVELOPES: tuple[str, ...] = get_args(LetterStyle.model_fields["envelope"].annotation)


def people(drawn: Drawn) -> tuple[Chosen, ...]:
    """Those who each get a letter of their own, where there are several."""
    facts = drawn.facts
    if facts is None:
        return _unchosen(drawn)
    choice = Choice(
        facts.case, facts.case_file, facts.spec, None, facts.known_on, facts.jurisdiction.majority
    )
    ids = list(dict.fromkeys([*addressees.everybody(choice), facts.addressee.id]))
    if len(ids) < 2:
        return ()
    return tuple(Chosen(one, _name(facts, one), one == facts.addressee.id) for one in ids)


def _unchosen(drawn: Drawn) -> tuple[Chosen, ...]:
    """Everybody of the case, where nobody knows yet whom the letter is to."""
    case = drawn.sources.case.value
    if case is None:
        return ()
    people = [Chosen(one.id, one.name, one.id == drawn.order.to) for _, one in case.everyone()]
    # A browser sends the first one along where none is chosen.
    return (*people,) if any(one.is_chosen for one in people) else (Chosen("", "–", True), *people)


def _name(facts: Facts, person: str) -> str:
    named = {one.id: one.name for _, one in facts.case.everyone()}
    named |= {one.id: one.name or "" for one in facts.case.business}
    return named.get(person) or person


def languages(drawn: Drawn) -> tuple[Chosen, ...]:
    """The languages the kind is written in, each by its own name; the letter's own with its country.

    There is nothing to choose before the letter has one, as a browser sends the first along. The reader's own
    has no value until somebody chooses, so that another reader gets the letter in theirs.
    """
    chosen = drawn.facts.language if drawn.facts else drawn.order.language
    if chosen is None:
        return ()
    possible = [tag for tag in drawn.sources.kind.languages if has_wording(tag, drawn.sources.own_kinds)]
    base = chosen if chosen in possible else base_of(chosen)
    return tuple(
        Chosen(
            (drawn.order.language or "") if tag == base else tag,
            language_name(chosen if tag == base else tag, tag.replace("-", "_")),
            tag == base,
        )
        for tag in possible
    )


def envelopes(drawn: Drawn) -> tuple[Chosen, ...]:
    """The envelopes the paper is made for; none for a letter that stays with the practice.

    The practice's own has no value, so that another one in its file counts here as well.
    """
    facts = drawn.facts
    if facts is None or facts.spec.to == "file":
        return ()
    style = facts.practice.letter
    chosen = drawn.order.envelope or style.envelope
    fitting = [one for one in _ENVELOPES if one in (chosen, style.envelope) or fits(style.paper, one)]
    return tuple(Chosen("" if one == style.envelope else one, one, one == chosen) for one in fitting)
