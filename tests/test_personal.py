"""Words in the place of a case's own: in the right language, nothing else touched, their mistakes told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from letters.findings import Finding
from letters.gathering import gather
from letters.letter import write
from letters.markup import visible_text
from letters.model.texts import said
from letters.order import KeptCase, Order
from letters.personal import laid, own
from tests.support.desk import TODAY, Desk

KIND = "closing-lost-contact"
NEW = {"acknowledgment": "You kept your humor to the end."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def in_yaml(desk: Desk, **changes: Any) -> Order:
    """An order of the case as its YAML file has it, in lines of its own."""
    case = desk.folder / "cases" / "C-1001.yaml"
    (desk.folder / "practice.yaml").write_text(yaml.safe_dump(desk.practice), "utf-8")
    return replace(Order(KIND, case, TODAY, draft=True, words=NEW), **changes)


def codes(findings: list[Finding], field: str) -> list[str]:
    """What was found at a field."""
    return [one.code for one in findings if one.place and one.place.field == field]


@pytest.mark.parametrize(
    ("before", "language", "after"),
    [
        (None, "en", "new"),
        (None, "en-GB", "new"),
        (None, "es", {"es": "new"}),
        ("old", "en", "new"),
        ("old", "es", {"en": "old", "es": "new"}),
        ({"": "old"}, "es", {"en": "old", "es": "new"}),
        ({"en": "old", "es": "viejo"}, "en", {"en": "new", "es": "viejo"}),
        ({"en": "old", "es": "viejo"}, "es-MX", {"en": "old", "es": "new"}),
        ({"en-GB": "old"}, "en", {"en-GB": "new"}),
        ({"es": "viejo"}, "en", {"es": "viejo", "en": "new"}),
    ],
)
def test_a_text_is_laid_over_the_one_in_its_language(before: Any, language: str, after: Any) -> None:
    words = {"other": "stays", **({"end": before} if before else {})}
    assert laid(words, "end", " new\r\n", language, "en") == {"other": "stays", "end": after}


@pytest.mark.parametrize(
    ("before", "language", "after"),
    [
        ("old", "en", {}),
        ("old", "es", {"end": "old"}),
        ({"en": "old", "es": "viejo"}, "es", {"end": {"en": "old"}}),
        ({"es": "viejo"}, "es", {}),
        ({"es": "viejo"}, "en", {"end": {"es": "viejo"}}),
    ],
)
def test_an_empty_text_takes_out_the_one_in_its_language(before: Any, language: str, after: Any) -> None:
    assert laid({"end": before}, "end", " \r\n", language, "en") == after


TAGS = st.sampled_from(["", "en", "en-GB", "es", "es-MX", "fr"])
TEXT = st.text("abc", min_size=1, max_size=3)
TEXTS = TEXT | st.dictionaries(TAGS, TEXT, min_size=1, max_size=4)


@given(TEXTS, TEXT, st.sampled_from(["en", "es-MX", "fr"]), st.sampled_from(["en", "es"]))
def test_what_was_laid_over_is_what_a_letter_in_that_language_says(
    before: Any, text: str, language: str, usual: str
) -> None:
    (after,) = laid({"end": before}, "end", text, language, usual).values()
    assert said(after if isinstance(after, dict) else {"": after}, language) == text
    assert own(after, language, usual) == text


@given(TEXTS, TEXT)
def test_what_other_readers_are_told_stays(before: Any, text: str) -> None:
    (after,) = laid({"end": before}, "end", text, "fr", "en").values()
    for language in ("en", "es"):
        assert own(after, language, "en") == own(before, language, "en")


def test_a_text_in_another_language_is_not_ones_own() -> None:
    assert own({"en": "old"}, "es", "en") == ""
    assert own("old", "es", "en") == ""
    assert own("old", "en-GB", "en") == "old"


def test_a_letter_says_the_words_of_its_order_and_the_file_stays(desk: Desk) -> None:
    order = in_yaml(desk)
    before = Path(str(order.case)).read_bytes()
    written, findings = write(order)
    assert written, findings
    assert NEW["acknowledgment"] in visible_text(written.html)
    assert "hard spring" not in visible_text(written.html)
    assert Path(str(order.case)).read_bytes() == before
    other, _ = write(replace(order, words=None))
    assert other
    assert "hard spring" in visible_text(other.html)


def test_words_go_into_the_language_of_the_letter(desk: Desk) -> None:
    order = in_yaml(desk, language="es", words={"acknowledgment": "Usted nunca perdió el humor."})
    facts, findings = gather(order)
    assert facts, findings
    texts = facts.case.words["acknowledgment"]
    assert texts["es"] == "Usted nunca perdió el humor."
    assert texts["en"].startswith("You kept coming")


def test_all_else_stays_where_it_stands(desk: Desk) -> None:
    order = in_yaml(desk)
    with_words, _ = gather(order)
    without, _ = gather(replace(order, words=None))
    assert with_words
    assert without
    for path in ("clients[0].addresses[0].postcode", "supports[1].es", "ending.on", "words"):
        assert with_words.in_case(path) == without.in_case(path)
    place = with_words.in_case("words.acknowledgment.en")
    assert (place.line, place.field) == (None, "words.acknowledgment")
    assert with_words.case_file.key_place("words.acknowledgment").line is None
    assert with_words.client is with_words.addressee.client


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("so\u202eft", "direction-override"),
        ("so\u00adft", "zero-width"),
        ("\u2067soft\u2069", "direction-override"),
        ("x" * 10_001, "bad-value"),
        ("a\x07b", "control-character"),
    ],
)
def test_a_mistake_in_new_words_is_told_at_their_section(desk: Desk, text: str, code: str) -> None:
    order = in_yaml(desk, words={"acknowledgment": text})
    facts, findings = gather(order)
    assert codes(findings, "words.acknowledgment") == [code]
    assert (facts is None) == (code != "zero-width")


def test_a_section_that_cannot_be_one_is_refused(desk: Desk) -> None:
    facts, findings = gather(in_yaml(desk, words={"no such thing": "x"}))
    assert (facts, [one.code for one in findings]) == (None, ["bad-name"])


@pytest.mark.parametrize("text", ["so\u202eft", "y" * 10_001, "so\u00adft"])
@pytest.mark.parametrize("name", ["case.yaml", "case.json"])
def test_a_mistake_in_words_of_the_file_is_gone_with_them(desk: Desk, text: str, name: str) -> None:
    order = desk.order()
    desk.case["words"]["acknowledgment"] = {"en": text}
    file = desk.folder / name
    desk.order() if name == "case.json" else file.write_text(
        yaml.safe_dump(desk.case, allow_unicode=True, width=20_000), "utf-8"
    )
    assert gather(replace(order, case=file))[1]
    facts, findings = gather(replace(order, case=file, words=NEW))
    assert (facts is None, findings) == (False, [])
    other = {"gratitude": "Thank you."}
    assert gather(replace(order, case=file, words=other))[1]


def test_what_else_is_wrong_with_the_file_stays_told(desk: Desk) -> None:
    desk.client["born"] = "1991-02-30"
    desk.case["supports"] = ["so\u202eft"]
    facts, findings = gather(desk.order(words=NEW))
    assert facts is None
    assert sorted(one.code for one in findings) == ["bad-value", "direction-override"]


@pytest.mark.parametrize("words", ["none", {}, ["x"]])
def test_a_case_without_words_gets_its_first(desk: Desk, words: Any) -> None:
    desk.case["words"] = words
    facts, findings = gather(desk.order(words=NEW))
    if words:
        assert (facts, [one.code for one in findings]) == (None, ["bad-value"])
    else:
        assert facts, findings
        assert facts.case.words == {"acknowledgment": {"": NEW["acknowledgment"]}}


def test_taken_out_words_leave_a_gap(desk: Desk) -> None:
    nothing = {"acknowledgment": "  "}
    written, findings = desk.write(draft=True, words=nothing)
    assert written
    # The Spanish text is there still, and a letter in English does not say it unnoticed.
    assert codes(findings, "words.acknowledgment") == ["untranslated"]
    del desk.case["words"]["acknowledgment"]["es"]
    written, findings = desk.write(draft=True, words=nothing)
    assert written
    assert 'data-gap="acknowledgment"' in written.html
    assert codes(findings, "words.acknowledgment") == ["words-missing"]


def test_words_of_a_case_as_the_register_has_it_are_told_by_their_section(desk: Desk) -> None:
    text = (
        (desk.folder / "cases" / "C-1001.yaml").read_text("utf-8").replace("hard spring", "hard spr\u00ading")
    )
    order = desk.order(practice=desk.folder / "practice.json")
    order = replace(order, case=KeptCase("C-1001", text, ""))
    assert codes(gather(order)[1], "words.acknowledgment.en") == ["zero-width"]
    assert gather(replace(order, words=NEW))[1] == []
