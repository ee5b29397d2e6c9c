"""What a letter may say that comes from the data of the place."""

from __future__ import annotations

from dataclasses import replace

import pytest

import letters.fields.places
from letters import jurisdictions, kinds
from letters.facts import Facts
from letters.fields.registry import FIELDS
from letters.model.documents import CaseRecords
from letters.model.practice import Profession
from tests.support.desk import Desk


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The facts of a letter that is in order."""
    letter, findings = Desk(tmp_path_factory.mktemp("desk")).write()
    assert letter, findings
    return letter.facts


def facts(given: Facts, place: str, language: str = "en", profession: Profession = "counseling") -> Facts:
    """Facts of a letter in another place and language."""
    practice = given.practice.model_copy(update={"profession": profession})
    return replace(given, practice=practice, language=language, jurisdiction=jurisdictions.load(place))


@pytest.mark.parametrize(
    ("place", "language", "answer", "extension"),
    [
        ("us-or", "en", "30 days", "30 days"),
        ("us-or", "es-MX", "30 días", "30 días"),
        ("uk", "en-GB", "one month", "two months"),
        ("uk", "es", "un mes", "dos meses"),
        ("us-ca", "en", "5 working days to look at them, or 15 days for a copy", ""),
        ("ca-on", "en", "30 days", "30 days"),
        ("uk", "fr", "", ""),
    ],
)
def test_how_long_an_answer_takes(
    place: str, language: str, answer: str, extension: str, written: Facts
) -> None:
    given = facts(written, place, language)

    assert FIELDS["access.answer"].compute(given) == answer
    assert FIELDS["access.extension"].compute(given) == extension


def test_what_a_fee_is_for_is_a_sentence_in_the_readers_language(written: Facts) -> None:
    english, spanish = (
        str(FIELDS["access.fee"].compute(facts(written, "us", tag))) for tag in ("en", "es-US")
    )

    assert english.startswith("A fee may only cover the cost of making the copy")
    assert spanish.startswith("Solo se le puede cobrar")


@pytest.mark.parametrize(
    ("place", "name", "reach"),
    [
        ("us-nj", "the Office for Civil Rights of the U.S.", "call 1-800-368-1019"),
        ("uk", "the Information Commissioner’s Office", "go to ico.org.uk/make-a-complaint"),
        ("uk-ni", "the Information Commissioner’s Office", "go to ico.org.uk/make-a-complaint"),
        ("ca-on", "the Information and Privacy Commissioner of Ontario", "call 1-800-387-0073"),
    ],
)
def test_whom_to_complain_to(place: str, name: str, reach: str, written: Facts) -> None:
    given = facts(written, place)

    assert str(FIELDS["complaint.name"].compute(given)).startswith(name)
    assert str(FIELDS["complaint.reach"].compute(given)).startswith(reach)


def test_a_firm_says_nothing_that_is_made_for_health_care(written: Facts) -> None:
    american, british = (facts(written, place, profession="accounting") for place in ("us", "uk"))

    names = ("access.answer", "access.extension", "access.fee", "complaint.name", "complaint.reach")
    assert {FIELDS[name].compute(american) for name in names} == {""}
    assert FIELDS["access.answer"].compute(british) == "one month"


def of_kind(given: Facts, kind: str) -> Facts:
    spec = kinds.find(kind).spec
    assert spec
    return replace(given, kind=kind, spec=spec)


def test_required_texts_are_given_in_their_own_words_whatever_the_language(written: Facts) -> None:
    records = CaseRecords(part2=True)
    given = replace(facts(written, "us", "es"), case=written.case.model_copy(update={"records": records}))

    assert FIELDS["required_texts"].compute(of_kind(given, "record-transfer")) == [
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    ]
    assert FIELDS["required_texts"].compute(of_kind(given, "record-access")) == []
    assert FIELDS["required_texts"].compute(of_kind(written, "record-transfer")) == []


def test_every_field_of_the_module_leads_to_the_jurisdiction() -> None:
    here = [one for one in FIELDS.values() if one.compute.__module__ == letters.fields.places.__name__]
    assert len(here) == 6
    assert {one.written_at for one in here} == {"practice:jurisdiction"}
