"""What an order leads to: the files a letter is made from, and the facts that decide it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from letters import addressees, jurisdictions, kinds, personal, workspace
from letters.addressees import Choice
from letters.facts import Addressee, Facts
from letters.findings import Finding, Severity, rule
from letters.frame import has_wording, wording_faults
from letters.kinds import Kind
from letters.model.case import Case
from letters.model.jurisdiction import Jurisdiction
from letters.model.kind import KindSpec
from letters.model.practice import Practice
from letters.model.reading import LANGUAGE as LANGUAGE_TAG
from letters.order import KeptCase, Order, RowCase
from letters.sources import Reading, read, read_text, remembered
from letters.tables.told import read_row

JURISDICTION = rule(
    "unknown-jurisdiction",
    Severity.ERROR,
    "Crisis lines and the law differ from place to place; a letter has to be right for one of them.",
)
LANGUAGE = rule(
    "language",
    Severity.ERROR,
    "A letter is written in a language its reader has, and never silently in another.",
)


@dataclass(frozen=True)
class Sources:
    """The three files a letter is made from."""

    kind: Kind
    practice_file: Path
    practice: Reading[Practice]
    case: Reading[Case]

    @property
    def own_kinds(self) -> Path:
        """The practice's folder of kinds, whether or not it is there."""
        return self.practice_file.parent / workspace.KINDS

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with any of them."""
        return [*self.practice.findings, *self.kind.findings, *self.case.findings]


def gather(order: Order) -> tuple[Facts | None, list[Finding]]:
    """Bring together what decides a letter, before anything of it is checked or written.

    Raises UsageError where kind, practice or addressee cannot be told.
    """
    return gathered(order, read_sources(order))


def one_each(order: Order, sources: Sources) -> list[Order]:
    """The order, once for each of those who get a letter of their own; as it is where they cannot be told."""
    if order.to is not None:
        return [order]
    case, spec = sources.case, sources.kind.spec
    jurisdiction = _jurisdiction(sources)[0] if sources.practice.value else None
    if case.value is None or case.document is None or spec is None or jurisdiction is None:
        return [order]
    choice = Choice(case.value, case.document, spec, None, order.known_on, jurisdiction.majority)
    people = addressees.everybody(choice)
    return [replace(order, to=one) for one in people] if len(people) > 1 else [order]


def read_sources(order: Order) -> Sources:
    """Read the kind, the practice and the case of an order. Raises UsageError as `gather` does."""
    file = workspace.practice_file(order.practice, order.case_file)
    kind = kinds.find(order.kind, file.parent / workspace.KINDS)
    return Sources(kind, file, read_practice(file), read_case(order))


def read_practice(file: Path) -> Reading[Practice]:
    """Read a practice file; while it stays as it is, a process that makes many letters reads it once."""
    return remembered(file, Practice)


def read_case(order: Order) -> Reading[Case]:
    """Read the case an order is about, from its file, its row, or as the register has it."""
    if isinstance(order.case, RowCase):
        return read_row(order.case.data, order.case.table, order.case.row)
    if isinstance(order.case, KeptCase):
        return read_text(order.case.text, f"case {order.case.number}", Case, is_at_hand=False)
    if order.case == "-":
        return read("-", Case, encoding=order.encoding)
    return remembered(order.case, Case, encoding=order.encoding)


def gathered(order: Order, sources: Sources) -> tuple[Facts | None, list[Finding]]:
    """Bring everything together that decides the letter, with the words of the order where it has some."""
    if not order.words:
        return _gathered(order, sources)
    bare = replace(sources, case=personal.without(sources.case, order.words))
    facts, findings = _gathered(order, bare)
    if facts is None:
        return None, findings
    case = personal.laid_over(sources.case, order.words, facts.language, facts.usual_language)
    findings += case.findings
    if case.value is None or case.document is None:
        return None, findings
    return replace(facts, case=case.value, case_file=case.document), findings


def _gathered(order: Order, sources: Sources) -> tuple[Facts | None, list[Finding]]:
    findings = sources.findings
    practice, case, spec = sources.practice, sources.case, sources.kind.spec
    if practice.value is None or case.value is None or spec is None:
        return None, findings
    practice_file, case_file, kind_file = practice.document, case.document, sources.kind.document
    # Every value comes with its document; this tells the type checker.
    assert practice_file and case_file and kind_file  # noqa: S101, PT018
    jurisdiction, more = _jurisdiction(sources)
    findings += more
    if jurisdiction is None:
        return None, findings
    addressee, more = addressees.choose(
        Choice(case.value, case_file, spec, order.to, order.known_on, jurisdiction.majority)
    )
    findings += more
    if addressee is None:
        return None, findings
    language, more = _language(order.language or _asked(case.value, spec, addressee), sources, addressee.path)
    findings += more
    if language is None:
        return None, findings
    facts = Facts(
        sources.kind.id,
        spec,
        practice.value,
        case.value,
        addressee,
        order.dated,
        language,
        jurisdiction,
        practice_file,
        case_file,
        kind_file,
        order.draft,
        asked_on=order.asked_on,
        is_approved=order.is_approved,
    )
    return facts, findings


def _asked(case: Case, spec: KindSpec, addressee: Addressee) -> str | None:
    """The language the reader asked for."""
    if addressee.person:
        return addressee.person.language if spec.to != "file" or spec.call else None
    elsewhere = case.provider if spec.to == "provider" else None
    elsewhere = elsewhere or next((one for one in case.business if one.id == addressee.id), None)
    return elsewhere.language if elsewhere else None


def _jurisdiction(sources: Sources) -> tuple[Jurisdiction | None, list[Finding]]:
    practice = sources.practice
    assert practice.value  # noqa: S101
    assert practice.document  # noqa: S101
    own = sources.practice_file.parent / jurisdictions.OWN
    try:
        found = jurisdictions.find(practice.value.jurisdiction, own)
    except KeyError:
        message = f"There is no data for the jurisdiction {practice.value.jurisdiction}."
        remedy = f"Choose one of: {', '.join(jurisdictions.known(own))}."
        return None, [JURISDICTION.finding(message, remedy, practice.document.place("jurisdiction"))]
    return found.value, found.findings


def _language(asked: str | None, sources: Sources, path: str) -> tuple[str | None, list[Finding]]:
    """The language asked for, else the practice's, if the kind is written in it: `en` serves `en-GB`."""
    assert sources.practice.value  # noqa: S101
    wanted = asked or sources.practice.value.language
    if faults := wording_faults(wanted, sources.own_kinds):
        return None, faults
    possible = [tag for tag in sources.kind.languages if has_wording(tag, sources.own_kinds)]
    if wanted in possible or wanted.split("-")[0] in possible:
        return wanted, []
    assert sources.case.document  # noqa: S101
    message = f"There is no {sources.kind.id} in the language {wanted}."
    place = sources.case.document.place(f"{path}.language")
    return None, [LANGUAGE.finding(message, _remedy(wanted, possible, sources), place)]


def _remedy(wanted: str, possible: list[str], sources: Sources) -> str:
    """How to come by a letter in a language; what a kind of the practice's own lacks can be written."""
    if not possible:
        return f"Add a template such as en{kinds.TEMPLATE} to the folder of the kind."
    folder, own, base = sources.kind.folder, sources.own_kinds, base_of(wanted)
    lacking = [] if base in sources.kind.languages else [folder / f"{base}{kinds.TEMPLATE}"]
    lacking += [] if has_wording(wanted, own) else [own / f"{base}.yaml"]
    may_write = folder.parent == own and LANGUAGE_TAG.fullmatch(wanted)
    more = f"; or write {' and '.join(map(str, lacking))}" if may_write else ""
    return f"Choose one with --language: {', '.join(possible)}{more}."


def base_of(language: str) -> str:
    """The language itself, without the country."""
    return language.split("-")[0]
