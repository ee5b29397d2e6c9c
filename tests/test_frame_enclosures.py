"""What a letter says is enclosed: documents with their pages, and what is put in by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup

from letters.assemble.enclosing import Enclosure
from letters.compose import Composed
from letters.frame import WORDINGS, frame
from letters.letter import Written
from letters.proof import text
from tests.checks.looking import marked, note
from tests.support.desk import Desk
from tests.test_frame import PLAIN, own, written

BOTH = ["copies", "privacy-notice", "release"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "office")
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = []
    return desk


def listed(letter: Written) -> list[str]:
    told: list[str] = letter.frame.values["enclosures"]
    return told


def in_language(desk: Desk, language: str, **words: Any) -> Written:
    """A letter in a language of the practice's own."""
    desk.case.pop("words", None)
    kind = note(desk, marked(PLAIN), enclosures=["privacy-notice", "release"])
    folder = desk.folder / "kinds"
    (folder / kind / f"{language}.html.j2").write_text((folder / kind / "en.html.j2").read_text())
    own_words = {**yaml.safe_load((WORDINGS / "en.yaml").read_text()), **words}
    own_words = {name: told for name, told in own_words.items() if told}
    (folder / f"{language}.yaml").write_text(yaml.safe_dump(own_words, allow_unicode=True))
    return written(desk, kind, language=language)


def test_a_document_is_named_with_its_pages_in_the_order_of_the_kind(desk: Desk) -> None:
    letter = own(desk, enclosures=BOTH)
    assert listed(letter) == [
        "The copies listed above",
        "Notice of privacy practices, 2 pages",
        "Form to permit the sharing of records, 1 page",
    ]
    assert [one.id for one in letter.frame.enclosures] == BOTH[1:]
    assert "Notice of privacy practices, 2 pages" in letter.frame.lines


def test_without_a_form_of_the_practice_the_words_are_the_programs(desk: Desk) -> None:
    del desk.practice["enclosures"]["release"]
    assert listed(own(desk, enclosures=["release"])) == ["Form to permit the sharing of records"]


def test_it_is_said_in_the_letters_language(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = ["closing-lost-contact"]
    assert listed(written(desk, language="es")) == ["Aviso de privacidad, 2 páginas"]
    assert listed(written(desk, language="en-GB")) == ["Notice of privacy practices, 2 pages"]


def test_a_language_has_as_many_forms_as_its_numbers_take(desk: Desk) -> None:
    forms = {
        "one": "{title}, {count} strona",
        "few": "{title}, {count} strony",
        "other": "{title}, {count} stron",
    }
    assert [one.rpartition(", ")[2] for one in listed(in_language(desk, "pl", document=forms))] == [
        "2 strony",
        "1 strona",
    ]


def test_a_language_without_words_for_pages_says_their_number(desk: Desk) -> None:
    assert listed(in_language(desk, "eo", document=None)) == [
        "Notice of privacy practices (2)",
        "Form to permit the sharing of records (1)",
    ]


def test_in_a_language_from_the_right_a_title_keeps_its_direction(desk: Desk) -> None:
    letter = in_language(desk, "he", document={"other": "{title}, {count} עמודים"})
    assert '<li><bdi dir="auto">Notice of privacy practices, 2 עמודים</bdi></li>' in letter.html


def test_a_title_with_braces_and_signs_of_markup_is_a_title(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"]["title"] = "Rights & {count} <b>duties</b>"
    letter = own(desk, enclosures=["privacy-notice"])
    assert listed(letter) == ["Rights & {count} <b>duties</b>, 2 pages"]
    assert "Rights &amp; {count} &lt;b&gt;duties" in letter.html


def test_what_stays_with_the_practice_encloses_nothing(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = ["all", "note"]
    letter = own(desk, to="file", signed_by="nobody", enclosures=BOTH)
    assert (listed(letter), letter.frame.enclosures) == ([], ())


def test_a_copy_for_the_file_may_tell_of_what_went_out(desk: Desk) -> None:
    letter = own(desk, enclosures=["privacy-notice"])
    (one,) = letter.frame.enclosures
    sent = Enclosure(one.id, one.titles, one.file, one.data, 3, one.sha256)

    composed = Composed("Subject", Markup(), Markup())
    around, _ = frame(letter.facts, composed, desk.folder, [sent])
    assert around.values["enclosures"] == ["Notice of privacy practices, 3 pages"]
    assert around.enclosures == (sent,)


def test_a_reader_reads_it_on_the_page(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = ["all"]
    letter, findings = desk.make()
    assert letter, findings
    assert "Enclosed – Notice of privacy practices, 2 pages" in " ".join(text(letter.pdf).split())
