"""A text that the law words stands in the letter word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters import jurisdictions, kinds
from letters.checks import required
from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Severity
from letters.model.documents import CaseRecords
from tests.support.desk import Desk

NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The facts of a letter that is in order."""
    letter, findings = Desk(tmp_path_factory.mktemp("desk")).write()
    assert letter, findings
    return letter.facts


def facts(given: Facts, kind: str = "record-transfer", place: str = "us-or", *, part2: bool = True) -> Facts:
    """Facts of a letter that goes with copies of records."""
    records = CaseRecords(part2=part2)
    case = given.case.model_copy(update={"records": records})
    spec = kinds.find(kind).spec
    assert spec
    return replace(given, kind=kind, spec=spec, case=case, jurisdiction=jurisdictions.load(place))


def found(given: Facts, body: str, subject: str = "") -> list[Finding]:
    return list(required.check(given, Text.of(subject, body)))


def test_a_letter_without_the_text_is_refused(written: Facts) -> None:
    (finding,) = found(facts(written), "<section data-says='notice'><p>These are private.</p></section>")

    assert (finding.code, finding.severity) == ("required-text", Severity.ERROR)
    assert NOTICE in finding.message
    assert "`required_texts`" in finding.remedy
    assert finding.authority.startswith("42 CFR 2.32(a)(2)")
    assert finding.place
    assert finding.place.file.endswith("kind.yaml")


@pytest.mark.parametrize(
    "body",
    [
        f"<section data-says='notice'><p>{NOTICE}</p></section>",
        f"<section data-says='notice'><p>Note:\n  {NOTICE.replace(' ', chr(10), 3)} Thank you.</p></section>",
        f"<section data-says='notice'><p>{NOTICE.replace('part 2', 'part&nbsp;2')}</p></section>",
        f"<section data-says='notice'><p><strong>42 CFR part 2</strong>{NOTICE[13:]}</p></section>",
        f"<p>{NOTICE}</p>",
    ],
)
def test_the_text_may_stand_anywhere_and_be_broken_into_lines(body: str, written: Facts) -> None:
    assert found(facts(written), body) == []


@pytest.mark.parametrize(
    "said",
    [
        NOTICE.replace("use or ", ""),
        NOTICE.replace("prohibits", "forbids"),
        NOTICE.lower(),
        NOTICE.removesuffix("."),
        "42 CFR parte 2 prohíbe el uso o la divulgación no autorizados de estos registros.",
    ],
)
def test_the_text_with_anything_changed_is_another_text(said: str, written: Facts) -> None:
    body = f"<section data-says='notice'><p>{said}</p></section>"

    assert [one.code for one in found(facts(written), body)] == ["required-text"]


def test_a_text_that_no_reader_sees_is_not_there(written: Facts) -> None:
    body = f"<section data-says='notice' title='{NOTICE}'><p hidden>{NOTICE}</p><!-- {NOTICE} --></section>"

    assert [one.code for one in found(facts(written), body)] == ["required-text"]


def test_it_is_asked_for_only_where_its_law_applies(written: Facts) -> None:
    body = "<section data-says='notice'><p>These are private.</p></section>"

    assert found(facts(written, part2=False), body) == []
    assert found(facts(written, "closing-lost-contact"), body) == []
    assert found(facts(written, place="uk"), body) == []
    assert found(written, body) == []
    assert len(found(facts(written, "referral"), body)) == 1


def test_a_kind_under_another_name_holds_it_too(written: Facts) -> None:
    given = replace(facts(written), kind="our-transfer")
    silent = replace(given, spec=given.spec.model_copy(update={"discloses": None}))
    body = "<section data-says='notice'><p>These are private.</p></section>"

    assert [len(found(one, body)) for one in (given, silent)] == [1, 1]
