"""Everything in a letter is in its reader's language, or said not to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Finding, Severity
from tests.checks.looking import FIELDS, SECTIONS, Desk, field, marked, note, the

SUPPORTS = marked(SECTIONS | {"thanks": "<p>{{ supports }} {{ practice.hours }}</p>"})
WITH_SUPPORTS = [*FIELDS, "supports?", "practice.hours?"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    desk.case |= {"words": {}, "supports": [], "referrals": []}
    desk.practice["hours"] = ""
    return desk


def found_in(desk: Desk, language: str, body: str = SUPPORTS, **description: Any) -> list[Finding]:
    """What is found in a letter in a language."""
    kind = note(desk, body, **{"fields": WITH_SUPPORTS, **description})
    folder = desk.folder / "kinds" / kind
    (folder / "es.html.j2").write_text((folder / "en.html.j2").read_text())
    findings = desk.write(kind, language=language)[1]
    return [one for one in findings if one.code == "untranslated"]


def test_a_text_in_another_language_is_told(desk: Desk) -> None:
    desk.case["supports"] = ["your sister", {"en": "the choir", "es": "el coro"}]

    found = the("untranslated", found_in(desk, "es"))

    assert found.severity is Severity.WARNING
    assert found.message == "The letter is in es, and this is not."
    assert found.remedy == "Write it in both: {en: …, es: …}."
    assert field(found) == "supports[0]"


@pytest.mark.parametrize(
    ("support", "language", "is_in", "remedy"),
    [
        ({"es": "el coro"}, "en", "in es", "{es: …, en: …}"),
        ({"es-MX": "el coro"}, "en-GB", "in es-MX", "{es-MX: …, en: …}"),
        ({"fr": "la chorale", "es": "el coro"}, "en", "in fr", "{fr: …, en: …}"),
        ("the choir", "es", "not", "{en: …, es: …}"),
    ],
    ids=str,
)
def test_the_language_there_is_and_the_one_that_is_missing_are_named(
    support: Any, language: str, is_in: str, remedy: str, desk: Desk
) -> None:
    desk.case["supports"] = [support]

    found = the("untranslated", found_in(desk, language))
    assert found.message == f"The letter is in {language}, and this is {is_in}."
    assert found.remedy == f"Write it in both: {remedy}."


@pytest.mark.parametrize(
    ("support", "language"),
    [
        ({"en": "the choir", "es": "el coro"}, "es"),
        ({"en": "the choir", "es-MX": "el coro"}, "es"),
        ({"en": "the choir", "es": "el coro"}, "es-MX"),
        ({"en": "the choir", "es-AR": "el coro"}, "es-MX"),
        ("the choir", "en-GB"),
        ("555", "es"),
    ],
    ids=str,
)
def test_a_text_in_the_readers_language_or_without_words_passes(
    support: Any, language: str, desk: Desk
) -> None:
    desk.case["supports"] = [support]

    assert found_in(desk, language) == []


def test_what_is_written_for_a_reader_counts_as_in_their_language(desk: Desk) -> None:
    desk.client["language"] = "es"
    desk.case["supports"] = ["su hermana"]

    assert found_in(desk, "es") == []
    assert found_in(desk, "en") != []


def test_what_the_practice_writes_counts_as_in_its_own_language(desk: Desk) -> None:
    desk.client["language"] = "es"
    desk.case["supports"] = ["su hermana"]
    desk.practice["hours"] = "weekdays"

    assert field(the("untranslated", found_in(desk, "es"))) == "hours"
    desk.practice["hours"] = {"en": "weekdays", "es": "entre semana"}
    assert found_in(desk, "es") == []


def test_what_is_not_printed_is_no_matter(desk: Desk) -> None:
    desk.case["supports"] = ["your sister"]

    assert found_in(desk, "es", marked(SECTIONS), fields=FIELDS) == []


def test_a_word_within_another_is_not_that_word(desk: Desk) -> None:
    desk.case["referrals"] = [{"name": "Ash", "offers": "art"}]
    body = marked(SECTIONS | {"thanks": "<p>La carta.</p>"})
    assert found_in(desk, "es", body) == []

    body = marked(SECTIONS | {"thanks": "<p>La carta: art.</p>"})
    assert field(the("untranslated", found_in(desk, "es", body))) == "referrals[0].offers"


def test_words_over_several_lines_are_found(desk: Desk) -> None:
    desk.case["words"] = {"thanks": "You kept coming.\n\nThank you\nfor that."}

    assert field(the("untranslated", found_in(desk, "es", marked(SECTIONS)))) == "words.thanks"


def test_the_role_of_who_signs_is_looked_at(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["role"] = "Therapist"

    found = the("untranslated", found_in(desk, "es", marked(SECTIONS)))
    assert field(found) == "people.sam-rivera.role"


def test_findings_come_in_the_same_order_each_time(desk: Desk) -> None:
    desk.case |= {"clinician": "sam-rivera", "handover": {"to": "dana-okafor"}}
    for person in desk.practice["people"].values():
        person["role"] = "Therapist"
    body = marked(SECTIONS | {"thanks": "<p>{{ handover.role }}</p>"})

    found = found_in(desk, "es", body, fields=[*FIELDS, "handover"], signed_by="practice")
    people = ["lena-brook", "sam-rivera", "dana-okafor"]
    assert [field(one) for one in found] == [f"people.{person}.role" for person in people]


def test_the_copy_for_the_file_is_as_english_as_the_case_allows(desk: Desk) -> None:
    desk.client["language"] = "es"
    desk.case["supports"] = ["su hermana"]
    kind = note(desk, SUPPORTS, fields=WITH_SUPPORTS)
    folder = desk.folder / "kinds" / kind
    (folder / "es.html.j2").write_text((folder / "en.html.j2").read_text())
    written, findings = desk.write(kind)

    assert findings == []
    assert written
    assert written.copy
    assert "su hermana" in written.copy.html
