"""The personal parts of a letter: what each should say, and what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from letters import kinds, personal
from letters.caseload import words
from letters.caseload.approving import number_of
from letters.gathering import gathered, read_sources
from letters.office import Office
from letters.order import Order
from letters.preview.drawing import Drawn
from letters.preview.views import Kept, Section
from letters.register import queries
from letters.register.opening import is_there


@dataclass(frozen=True)
class Known:
    """What is kept of a letter's words before anybody types.

    `base` is the entry of the register they were written on, `newest` the one they stand in now, `kept` are
    those it has, and `over` those of them that are laid over a case file, as they were written later.
    """

    number: str | None = None
    base: int = 0
    newest: int = 0
    kept: Mapping[str, Kept] = field(default_factory=dict)
    over: Mapping[str, str] = field(default_factory=dict)


def known_words(order: Order, office: Office) -> Known:
    """What is kept of the words of a letter, where its case can be read."""
    number = number_of(order)
    if number is None or not is_there(office.where):
        return Known(number)
    facts, _ = gathered(order, read_sources(order))
    usual = facts.usual_language if facts else office.practice.language
    language = facts.language if facts else order.language or usual
    with office.register(make=False).reading() as connection:
        base = words.base(connection, number)
        kept = words.kept(connection, number, language, usual, office.practice.time_zone)
        # What was written later than the file counts, whatever else that says.
        is_older = order.case_file is not None and office.source(order.case_file) != queries.source(
            connection, number
        )
    own = {section: Kept(one.text, office.called(one.by), one.at) for section, one in kept.items()}
    over = {section: one.text for section, one in own.items()} if base and is_older else {}
    return Known(number, base, base, own, over)


def worded(order: Order, office: Office) -> set[str]:
    """The sections of a kind that somebody writes a part of."""
    spec = kinds.find(order.kind, office.own_kinds).spec
    return {one.id for one in spec.sections if one.words != "none"} if spec else set()


def sections(drawn: Drawn, known: Known, theirs: Mapping[str, Kept]) -> tuple[Section, ...]:
    """The parts that somebody writes, in order; `theirs` are texts that are in the way of what was typed."""
    spec = drawn.sources.kind.spec
    saved = _saved(drawn, known)
    return tuple(
        Section(
            one.id,
            one.says,
            one.words == "required",
            saved.get(one.id, ""),
            known.kept.get(one.id),
            theirs.get(one.id),
        )
        for one in (spec.sections if spec else [])
        if one.words != "none"
    )


def _saved(drawn: Drawn, known: Known) -> dict[str, str]:
    """The words as they are saved, in the language of the letter itself."""
    # What is wrong with the words that are typed takes nothing away from those that are saved.
    facts = drawn.facts or gathered(replace(drawn.order, words=None), drawn.sources)[0]
    case = drawn.sources.case.value
    if case is None or facts is None:
        return dict(known.over)
    own = {
        name: personal.own(text, facts.language, facts.usual_language) for name, text in case.words.items()
    }
    return {**own, **known.over}
