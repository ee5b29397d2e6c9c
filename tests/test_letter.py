"""The story of a letter: what stops it, what it is written in, what never gets into it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters import letter
from letters.errors import UsageError
from letters.findings import errors
from letters.letter import Written
from letters.markup import visible_text
from tests.support.desk import Desk
from tests.support.own_kind import KIND, give_kind, refused

QUICK = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"'{}%[]/!-=\u202e\u200f\u05d0\u0627 \t"),
    min_size=1,
    max_size=30,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def couple(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1002")


def written(desk: Desk, kind: str = "closing-lost-contact", **order: Any) -> Written:
    made, findings = desk.write(kind, **order)
    assert made, findings
    return made


def test_the_same_order_gives_the_same_letter_each_time(desk: Desk) -> None:
    first, _ = desk.make()
    again, _ = desk.make()

    assert first
    assert again
    assert first.pdf == again.pdf
    assert first.pdf.startswith(b"%PDF")


def test_what_is_wrong_with_any_of_the_files_is_told_at_once(desk: Desk) -> None:
    give_kind(desk, "x", use="")
    desk.practice["language"] = "English"
    desk.case["opened"] = "yesterday"
    made, findings = desk.write(KIND)

    assert made is None
    files = {Path(finding.place.file).name for finding in findings if finding.place}
    assert files == {"kind.yaml", "practice.json", "case.json"}


def test_an_error_stops_a_letter_before_its_pages_are_set(desk: Desk) -> None:
    desk.client["addresses"] = []
    made, findings = desk.make()

    assert made is None
    assert "safe-contact" in [finding.code for finding in errors(findings)]


def test_the_envelope_is_the_practices_own_unless_another_is_wanted(desk: Desk) -> None:
    assert written(desk).layout.envelope == "us-10"
    assert written(desk, envelope="none").layout.envelope == "none"
    # What stays with the practice goes into none, whatever is asked for.
    assert written(desk, "closing-record", envelope="us-10").layout.envelope == "none"


def test_the_english_copy_goes_with_its_letter(desk: Desk) -> None:
    copy = written(desk, language="es", envelope="none").copy
    assert copy
    assert copy.layout.envelope == "none"


@pytest.mark.parametrize("envelope", ["c5", "A9"])
def test_an_envelope_that_the_paper_does_not_fit_is_a_wrong_use(envelope: str, desk: Desk) -> None:
    with pytest.raises(UsageError, match="envelope"):
        desk.write(envelope=envelope)


def test_a_warning_alone_stops_nothing(desk: Desk) -> None:
    desk.client["addresses"][0]["confirmed"] = "2026-01-01"
    made, findings = desk.write()

    assert made
    assert [finding.code for finding in findings] == ["address-unconfirmed"]


@pytest.mark.parametrize(
    ("asked", "theirs", "of_the_practice", "used"),
    [
        (None, None, "en", "en"),
        (None, "en-GB", "en", "en-GB"),
        ("en-AU", "en-GB", "en", "en-AU"),
        (None, None, "en-GB", "en-GB"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_addressees_else_the_practices(
    asked: str | None, theirs: str | None, of_the_practice: str, used: str, desk: Desk
) -> None:
    desk.client["language"] = theirs or ""
    desk.practice["language"] = of_the_practice

    assert f'<html lang="{used}"' in written(desk, language=asked).html


@pytest.mark.parametrize("language", ["xx", "fr-CA", "../en", ""])
def test_a_language_nobody_wrote_is_refused_with_those_there_are(language: str, desk: Desk) -> None:
    if not language:
        desk.client["language"], language = "xx", "xx"
        made, findings = desk.write()
    else:
        made, findings = desk.write(language=language)

    assert made is None
    (finding,) = findings
    assert finding.code == "language"
    assert finding.message == f"There is no closing-lost-contact in the language {language}."
    assert finding.remedy == "Choose one with --language: en, es."
    assert finding.place is not None
    assert finding.place.field == "clients[0].language"


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("es", "; or write kinds/note/es.html.j2"),
        ("es-MX", "; or write kinds/note/es.html.j2"),
        ("fr-CA", "; or write kinds/note/fr.html.j2 and kinds/fr.yaml"),
        ("eo", "; or write kinds/eo.yaml"),
        ("../en", ""),
    ],
)
def test_what_a_kind_of_ones_own_lacks_for_a_language_is_named(language: str, more: str, desk: Desk) -> None:
    give_kind(desk, "x")
    (desk.folder / "kinds" / KIND / "eo.html.j2").write_text("x")
    made, (finding,) = desk.write(KIND, language=language)

    assert made is None
    assert finding.code == "language"
    remedy = finding.remedy.replace(f"{desk.folder}/", "")
    assert remedy == f"Choose one with --language: en{more}."


@pytest.mark.parametrize("template", ["eo.html.j2", None], ids=["no words for the frame", "no template"])
def test_a_kind_in_no_language_of_ours_says_what_it_lacks(template: str | None, desk: Desk) -> None:
    give_kind(desk, "x")
    file = desk.folder / "kinds" / KIND / "en.html.j2"
    if template:
        file.rename(file.with_name(template))
    else:
        file.unlink()
    made, (finding,) = desk.write(KIND)

    assert made is None
    assert finding.code == "language"
    assert finding.remedy == "Add a template such as en.html.j2 to the folder of the kind."


def test_a_template_that_does_not_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter, "COMPOSING", 0.3)
    desk = Desk(tmp_path, "L-2002", "ledger")
    loops = range(6)
    body = "".join(f"{{% for a{n} in inventory %}}" for n in loops) + "{% endfor %}" * len(loops)

    finding = refused(desk, body, "inventory")
    assert finding.code == "template"
    assert finding.message.startswith("The template did not come to an end in")
    assert finding.place is not None
    assert Path(finding.place.file).name == "en.html.j2"


def test_words_nobody_wrote_stop_a_letter_and_mark_a_draft(desk: Desk) -> None:
    del desk.case["words"]
    made, findings = desk.write()
    assert made is None
    assert [finding.code for finding in errors(findings)] == ["words-missing"]

    draft = written(desk, draft=True)
    assert 'data-gap="acknowledgment"' in draft.html


def put(*steps: str | int) -> Callable[[dict[str, Any], str], None]:
    """Write a text at a place in a file."""

    def write(data: Any, text: str) -> None:
        for step in steps[:-1]:
            data = data[step]
        data[steps[-1]] = text

    return write


def put_kept(practice: dict[str, Any], text: str) -> None:
    """Say in words how long records are kept; a number would be printed in their place."""
    practice["records"].pop("years", None)
    practice["records"]["kept"] = text


CASE = {
    "name": put("clients", 0, "name"),
    "preferred name": put("clients", 0, "preferred_name"),
    "attention": put("clients", 0, "attention"),
    "address": put("clients", 0, "addresses", 0, "lines", 0),
    "city": put("clients", 0, "addresses", 0, "city"),
    "postcode": put("clients", 0, "addresses", 0, "postcode"),
    "words": put("words", "acknowledgment"),
    "support": put("supports", 0),
    "referral": put("referrals", 0, "name"),
    "offer": put("referrals", 0, "offers"),
    "website": put("referrals", 1, "website"),
}
PRACTICE = {
    "practice": put("name"),
    "website": put("website"),
    "hours": put("hours"),
    "custodian": put("records", "custodian"),
    "kept": put_kept,
    "clinician": put("people", "sam-rivera", "name"),
    "credentials": put("people", "sam-rivera", "credentials"),
    "role": put("people", "sam-rivera", "role"),
    "line": put("address", "lines", 0),
}
PLACES = [("case", name) for name in CASE] + [("practice", name) for name in PRACTICE]


IN_THE_BODY = ["words", "support", "referral", "offer", "website"]


def elements(html: str) -> set[tuple[str, ...]]:
    """Every element with the names of its attributes; a text of several lines has a break."""
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    return {(str(element.tag), *sorted(element.attrib)) for element in root.iter()} - {("br",)}


@pytest.fixture
def plain_elements(desk: Desk) -> set[tuple[str, ...]]:
    return elements(written(desk).html)


@QUICK
@given(place=st.sampled_from(PLACES), text=ANY_TEXT)
def test_any_text_is_printed_as_it_is_or_found_fault_with(
    desk: Desk, plain_elements: set[tuple[str, ...]], place: tuple[str, str], text: str
) -> None:
    plain_case, plain_practice = deepcopy(desk.case), deepcopy(desk.practice)
    file, name = place
    if file == "case":
        CASE[name](desk.case, text)
    else:
        PRACTICE[name](desk.practice, text)
    made, findings = desk.write()
    desk.case, desk.practice = plain_case, plain_practice

    if made is None:
        assert errors(findings)
        return
    said = " ".join(unicodedata.normalize("NFC", text).split())
    assert said in visible_text(made.html)
    assert elements(made.html) == plain_elements


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_markup_and_commands_in_any_field_are_text(place: tuple[str, str], desk: Desk) -> None:
    text = "<b onclick=\"x\">A</b> & 'B' &lt; <!-- C"
    file, name = place
    (CASE if file == "case" else PRACTICE)[name](desk.case if file == "case" else desk.practice, text)

    assert text in visible_text(written(desk).html)


LETTERS = st.text("bcdfghjklmnpqrstvwxyz", min_size=8, max_size=20)


@QUICK
@given(LETTERS, st.integers(0, 9999), st.sampled_from(["nowhere", "words", "referral"]))
def test_no_letter_shows_how_to_reach_the_other_of_a_couple(
    couple: Desk, street: str, number: int, told: str
) -> None:
    plain, other = deepcopy(couple.case), couple.case["clients"][1]
    reach = [f"{number} {street} Road", f"+1 503 555 {number:04}", f"{street}@example.org"]
    other["addresses"][0]["lines"] = [reach[0]]
    other["phones"] = [{"number": reach[1], "safe": "yes"}]
    other["emails"] = [{"address": reach[2], "safe": "yes"}]
    if told == "words":
        couple.case["words"]["gratitude"] = f"Write to {reach[0]}."
    elif told == "referral":
        couple.case["referrals"] = [{"name": "A friend", "website": reach[2]}]
    made, findings = couple.write(to="minh")
    couple.case = plain

    if made is None:
        assert errors(findings)
        return
    assert told == "nowhere"
    for value in (street, *reach):
        assert value.casefold() not in made.html.casefold()


@QUICK
@given(
    LETTERS, st.sampled_from(["nowhere", *IN_THE_BODY]), st.sampled_from(["diagnosis", "notes", "suspicion"])
)
def test_no_letter_holds_a_confidential_value_whatever_is_written_in_its_body(
    desk: Desk, secret: str, where: str, field: str
) -> None:
    plain = deepcopy(desk.case)
    desk.case["confidential"] = {field: f"Has {secret} again."}
    if where != "nowhere":
        CASE[where](desk.case, f"It is has {secret} again, as ever")
    made, findings = desk.write()
    desk.case = plain

    if made is None:
        assert errors(findings)
        return
    assert where == "nowhere"
    assert secret not in made.html.casefold()
