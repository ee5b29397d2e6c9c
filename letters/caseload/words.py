"""The personal words of a case in the register: who wrote them last, and how new ones are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from letters.clock import now
from letters.entering import enter, told
from letters.findings import Finding
from letters.gathering import gather, read_case
from letters.model.history import CaseChanged, CaseEntered, CaseMerged
from letters.order import KeptCase, Order
from letters.personal import WORDS, own
from letters.register import queries
from letters.register.store import history

if TYPE_CHECKING:
    from letters.facts import Facts
    from letters.office import Office
    from letters.register.chain import Entry
    from letters.register.store import Actor, Connection, Writing

_Telling = tuple["Entry", Mapping[str, Any]]
_TELLING = {CaseEntered.name, CaseChanged.name, CaseMerged.name}


@dataclass(frozen=True)
class Kept:
    """What the register has for a section, empty where somebody took it out: by whom, and when there."""

    text: str = field(repr=False)
    by: str
    at: datetime


@dataclass(frozen=True)
class Saved:
    """What came of saving. With `conflicts`, or a finding that stops it, nothing was written.

    `conflicts` are the sections that somebody else wrote otherwise since `base`; `news` those that somebody
    else wrote since and that were left alone. Whoever has seen both goes on from the new `base`.
    """

    findings: list[Finding]
    base: int
    written: bool = False
    conflicts: Mapping[str, Kept] = field(default_factory=dict)
    news: Mapping[str, Kept] = field(default_factory=dict)


@dataclass(frozen=True)
class _Tongue:
    """The language of the letter, and the one of texts that do not say theirs; the practice's time zone."""

    language: str
    usual: str
    zone: str | None

    def read(self, words: Mapping[str, Any], section: str) -> str:
        return own(words.get(section), self.language, self.usual)


def base(connection: Connection, number: str) -> int:
    """The number of the last entry that told the data of a case; 0 where there is none."""
    return _last(_tellings(connection, number))


def kept(connection: Connection, number: str, language: str, usual: str, zone: str | None) -> dict[str, Kept]:
    """The words of a case in a language by section, each with who wrote it last.

    `usual` is the language of texts that do not say theirs, `zone` the practice's.
    """
    found = _latest(_tellings(connection, number), _Tongue(language, usual, zone))
    return {section: one for section, one in found.items() if one.text}


def save(office: Office, actor: Actor, order: Order, words: Mapping[str, str], base: int) -> Saved:
    """Keep words in the language of the letter, unless somebody else wrote other ones since the entry `base`.

    A case that the register does not know comes into it. Raises UsageError for a case that was merged or
    erased, and as `gathering.gather` does.
    """
    with office.register().writing(actor, now(office.practice.time_zone)) as writing:
        facts, findings = _facts(writing.connection, order, words)
        if facts is None:
            return Saved(findings, base)
        if queries.known(writing.connection, facts.case.case) is None:
            return _save_new(writing, office, order, facts, findings)
        return _save_known(writing, office, order, facts, words, base)


def _facts(
    connection: Connection, order: Order, words: Mapping[str, str]
) -> tuple[Facts | None, list[Finding]]:
    """What decides the letter with these words, of the case as the register has it where it does."""
    number = order.case.number if isinstance(order.case, KeptCase) else None
    if number is None:
        facts, findings = gather(replace(order, words=words))
        if facts is None or queries.known(connection, facts.case.case) is None:
            return facts, findings
        number = facts.case.case
    text = queries.case_file(connection, number)
    case = KeptCase(number, text, queries.digest(connection, number))
    return gather(replace(order, case=case, words=words))


def _save_new(writing: Writing, office: Office, order: Order, facts: Facts, found: list[Finding]) -> Saved:
    """Enter a case together with its words, where they are others than those of its file."""
    if facts.case.words == _of_file(order):
        return Saved(found, 0)
    enter(writing, told(facts.case, facts.case_file.data, office.own_kinds), None)
    return Saved(found, writing.last, written=True)


def _save_known(
    writing: Writing, office: Office, order: Order, facts: Facts, words: Mapping[str, str], since: int
) -> Saved:
    tellings = _tellings(writing.connection, facts.case.case)
    tongue = _Tongue(facts.language, facts.usual_language, office.practice.time_zone)
    before = _words_at(tellings, since) if since else _of_file(order)
    new = {section: tongue.read(facts.case.words, section) for section in words}
    mine = {section: text for section, text in new.items() if text != tongue.read(before, section)}
    others = {
        section: one
        for section, one in _latest(tellings, tongue).items()
        if one.text not in (tongue.read(before, section), mine.get(section))
    }
    news = {section: one for section, one in others.items() if section not in mine}
    conflicts = {section: one for section, one in others.items() if section in mine}
    if conflicts or not mine:
        return Saved([], _last(tellings), conflicts=conflicts, news=news)
    return replace(_enter(writing, office, order, facts.case.case, mine), news=news)


def _enter(writing: Writing, office: Office, order: Order, number: str, words: Mapping[str, str]) -> Saved:
    """Lay words over what the register has now."""
    begun = writing.last
    facts, findings = _facts(writing.connection, order, words)
    if facts is not None:
        enter(writing, told(facts.case, facts.case_file.data, office.own_kinds), None)
    return Saved(findings, base(writing.connection, number), written=writing.last != begun)


def _of_file(order: Order) -> Mapping[str, Any]:
    """The words of the order's own file, which a case the register did not know was opened with."""
    case = read_case(order).value if order.case_file else None
    return case.words if case else {}


def _tellings(connection: Connection, number: str) -> list[_Telling]:
    """The entries that told the data of a case, each with the words in it, in order."""
    return [
        (entry, entry.content["data"].get(WORDS, {}))
        for entry in history(connection, [number])
        if entry.event in _TELLING and entry.body is not None
    ]


def _last(tellings: list[_Telling]) -> int:
    return tellings[-1][0].seq if tellings else 0


def _words_at(tellings: list[_Telling], seq: int) -> Mapping[str, Any]:
    """The words as they were after an entry."""
    return next((words for entry, words in reversed(tellings) if entry.seq <= seq), {})


def _latest(tellings: list[_Telling], tongue: _Tongue) -> dict[str, Kept]:
    """The words of each section that ever had some, with who wrote them last."""
    found: dict[str, Kept] = {}
    for entry, words in tellings:
        for section in {**found, **words}:
            text = tongue.read(words, section)
            if text != (found[section].text if section in found else ""):
                found[section] = Kept(text, entry.by, _local(entry.at, tongue.zone))
    return found


def _local(moment: str, zone: str | None) -> datetime:
    """A moment by the practice's clock."""
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone) if zone else None)
