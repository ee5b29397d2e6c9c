"""What the desk answers: the letter as far as it can be made, and what is wrong, whatever was asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from letters.errors import UsageError
from letters.files import letter_id
from letters.model.history import CaseMerged
from letters.preview import desk
from letters.preview.views import Action, Asked, Ref, Seat
from letters.recording import stops
from letters.register import queries
from tests.preview.sitting import CASE, Sitting, codes, fields_of, sit
from tests.support.desk import TODAY


@pytest.fixture
def jordan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return sit(tmp_path / "office", "C-1103", CASE)


def test_a_letter_that_is_complete_is_shown_as_it_will_be_printed(jordan: Sitting) -> None:
    view = jordan.ask()
    assert (view.is_complete, view.is_broken, view.told, view.came) == (True, False, (), "")
    assert (view.practice, view.by) == ("Harbor Family Counseling", "Sam Rivera")
    assert (view.number, view.names) == (CASE, "Jordan Avery")
    assert (view.kind, view.language, view.dated, view.large_print) == (jordan.ref.kind, "en", TODAY, False)
    assert [(one.width, one.height) for one in view.pages] == [(816, 1056)] * 2
    assert {one.name for one in view.pages} == view.pictures.keys()
    assert all(png.startswith(b"\x89PNG") for png in view.pictures.values())
    assert "You kept coming through a hard spring" in (view.text or "")


def test_a_page_that_is_open_gets_the_very_same_letter(jordan: Sitting) -> None:
    opened = jordan.ask()
    drawn = jordan.ask("draw", **fields_of(opened), language="en", to="jordan", envelope="us-10")
    assert (drawn.digest, drawn.pages, drawn.base) == (opened.digest, opened.pages, opened.base)
    assert (opened.log is None, drawn.log is None) == (False, True)


def test_pictures_that_are_known_are_not_sent_again(jordan: Sitting) -> None:
    view = jordan.ask()
    first = view.pages[0].name
    again = desk.answer(Asked(jordan.seat, jordan.ref, "draw", pictures=frozenset({first})))
    assert (again.pages, first in again.pictures, len(again.pictures)) == (view.pages, False, 1)
    # Nor is the text, where nobody reads it.
    assert again.text is None


def test_a_letter_that_lacks_words_is_a_draft_with_what_is_missing(jordan: Sitting) -> None:
    jordan = jordan.at(_without_words(jordan))
    view = jordan.ask()
    (told,) = view.told
    assert (told.finding.code, told.target) == ("words-missing", "words.acknowledgment")
    assert stops(told.finding, {})
    assert (view.is_complete, len(view.pages), bool(view.digest)) == (False, 2, True)
    whole = jordan.ask("draw", words_acknowledgment="You came.")
    assert (whole.is_complete, whole.told, "You came." in (whole.text or "")) == (True, (), True)


def _without_words(jordan: Sitting) -> Path:
    """The file of a case that the register does not have."""
    file = jordan.kept.office.folder / "cases" / "new.yaml"
    text = jordan.file().read_text("utf-8").replace(f"case: {CASE}", "case: C-9")
    before, after = text.split("words:\n")
    file.write_text(before + after[after.index("supports:") :], "utf-8")
    return file


def test_what_is_wrong_with_words_is_told_at_their_field_and_takes_no_others_away(jordan: Sitting) -> None:
    saved = {one.id: one.text for one in jordan.ask().sections}
    view = jordan.ask("draw", words_gratitude="Thank \x07you\u202e.")
    assert codes(view) == ["control-character", "direction-override"]
    assert {one.target for one in view.told} == {"words.gratitude"}
    assert (view.is_broken, view.pages, view.digest) == (False, (), "")
    assert {one.id: one.text for one in view.sections} == saved


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("words.acknowledgment", "x " * 100_000, "bad-value"),
        ("words.acknowledgment", "\x00", "control-character"),
        ("to", "nobody", "addressee"),
        ("language", "xx", "language"),
        ("language", "../../en", "language"),
        ("dated", "2026-10-01", "dates-disagree"),
    ],
)
def test_a_field_that_makes_no_sense_is_told_of(jordan: Sitting, field: str, text: str, code: str) -> None:
    view = jordan.ask("draw", **{field: text})
    assert code in codes(view)
    assert (view.is_broken, view.is_complete, view.number) == (False, False, CASE)
    assert all(len(one.finding.message) < 300 for one in view.told)


def test_fields_that_are_half_typed_or_of_no_use_change_nothing(jordan: Sitting) -> None:
    whole = jordan.ask("draw")
    for fields in (
        {"dated": "", "scale": "nan", "base": "9" * 5000, "words.nonsense": "x", "envelope": ""},
        {"dated": "0202-11-22", "scale": "", "base": "²", "nonsense": "x", "to": "", "language": ""},
        {"dated": "9999-12-31", "scale": "1e999", "base": "", "large_print": ""},
    ):
        view = jordan.ask("draw", **fields)
        assert (view.is_complete, view.told, view.dated, view.digest) == (True, (), TODAY, whole.digest)


def test_a_base_that_makes_no_sense_with_words_is_the_last_one(jordan: Sitting) -> None:
    for base in ("9" * 5000, "x", ""):
        assert jordan.ask("draw", base=base, words_gratitude="Thanks.").base == 2
    assert jordan.ask("draw", base="1", words_gratitude="Thanks.").base == 1


def test_no_fields_whatever_make_it_fail(jordan: Sitting) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    names = ["words.", "words.acknowledgment", "accept.x", "dated", "to", "language", "envelope", "base"]
    names += ["large_print", "scale", "digest", "complete", "remark", "\ud800", "words.\x00", ""]
    texts = ["", "\x00", "\ud800", "{{ 7*7 }}", "../..", "9" * 30, "yes", "en", "<b>", "\r", "a\r\n\r\nb"]
    for _ in range(12):
        fields = {name: chance.choice(texts) for name in chance.sample(names, 5)}
        view = desk.answer(Asked(jordan.seat, jordan.ref, "draw", fields))
        assert view.is_broken or view.number == CASE


def broken_case(one: Sitting) -> Sitting:
    one.file("C-1102").write_text("case: [", "utf-8")
    return one.at(one.file("C-1102"))


def broken_practice(one: Sitting) -> Sitting:
    one.practice("name: twice")
    return one


def merged(one: Sitting) -> Sitting:
    one.kept.tell(CaseMerged(other=CASE, data=one.kept.ask(queries.data, "C-1103")), "C-1103")
    return one


ACTIONS: tuple[Action, ...] = ("open", "draw", "save", "approve", "send-back", "issue")
BROKEN: list[tuple[Callable[[Sitting], Sitting], str, bool]] = [
    (broken_case, "yaml", False),
    (broken_practice, "duplicate-key", True),
    (merged, "merged into C-1103", True),
    (lambda one: one.at("C-77"), "no case C-77", True),
    (lambda one: one.at(one.file("C-77")), "There is no such file", False),
    (lambda one: one.at(CASE, "nonsense"), "'nonsense'", True),
    (lambda one: one.at(CASE, "../templates"), "'../templates'", True),
    (lambda one: one.by("nobody"), "'nobody'", True),
    (lambda one: replace(one, seat=Seat(one.file("C-77"))), "no such file", True),
]


@pytest.mark.parametrize(("spoil", "says", "is_broken"), BROKEN)
def test_what_is_broken_is_told_and_nothing_is_done(
    jordan: Sitting,
    spoil: Callable[[Sitting], Sitting],
    says: str,
    is_broken: bool,
) -> None:
    spoiled, before = spoil(jordan), jordan.kept.events()
    for action in ACTIONS:
        view = spoiled.ask(action, remark="No.", words_acknowledgment="You came.", complete="yes")
        assert (view.is_complete, view.pages, view.is_broken) == (False, (), is_broken or action != "open")
        told = [f"{one.finding.code}: {one.finding.message}" for one in view.told if stops(one.finding, {})]
        assert any(says in one for one in told), told
    assert jordan.kept.events() == before


def test_after_it_is_mended_all_is_there_again(jordan: Sitting) -> None:
    file = jordan.kept.office.file
    before, whole = file.read_text("utf-8"), jordan.ask()
    file.write_text(before.replace("jurisdiction: us-or", "jurisdiction: us-xx"), "utf-8")
    assert codes(jordan.ask("draw")) == ["unknown-jurisdiction"]
    file.write_text("name: [", "utf-8")
    assert (jordan.ask("draw").is_broken, jordan.start().findings != ()) == (True, True)
    file.write_text(before, "utf-8")
    assert jordan.ask("draw").digest == whole.digest


def test_a_template_that_is_broken_is_told_of(jordan: Sitting) -> None:
    kind = jordan.kept.office.own_kinds / "own"
    kind.mkdir(parents=True)
    (kind / "kind.yaml").write_text("title: Own\nto: client\nsections: [{id: all, says: all of it}]\n")
    template = '{% extends "meeting.html.j2" %}{{ nothing_there '
    (kind / "en.html.j2").write_text(template)
    view = jordan.at(CASE, "own").ask()
    assert (view.is_complete, view.pages, bool(view.told)) == (False, (), True)


def test_words_of_a_kind_that_cannot_be_read_are_not_said_to_be_saved(jordan: Sitting) -> None:
    kind = jordan.kept.office.own_kinds / "own"
    kind.mkdir(parents=True)
    (kind / "kind.yaml").write_text("title: [Own\n")
    before = jordan.kept.events()
    view = jordan.at(CASE, "own").ask("save", words_all="You came.")
    assert (view.came, jordan.kept.events()) == ("stopped", before)


def test_the_register_is_asked_for_its_last_entry(jordan: Sitting) -> None:
    assert desk.head(jordan.seat) == 2
    jordan.ask("save", words_acknowledgment="You came.")
    assert desk.head(jordan.seat) == 3
    other = jordan.kept.office.folder / "elsewhere.db"
    assert desk.head(replace(jordan.seat, register=f"sqlite:///{other}")) == 0
    assert not other.exists()
    jordan.practice("name: twice")
    assert desk.head(jordan.seat) == 0


def test_the_first_view_of_somebody_the_practice_does_not_have_is_refused(jordan: Sitting) -> None:
    with pytest.raises(UsageError, match="nobody with the id 'nobody'"):
        jordan.by("nobody").start()


def test_looking_enters_nothing_and_makes_no_register(tmp_path: Path, jordan: Sitting) -> None:
    before = jordan.kept.events()
    jordan.ask()
    jordan.ask("draw", words_acknowledgment="You came.")
    assert jordan.kept.events() == before
    there = tmp_path / "none.db"
    fresh = replace(jordan, seat=replace(jordan.seat, register=f"sqlite:///{there}")).at(jordan.file())
    view = fresh.ask()
    assert (view.is_complete, view.base, view.log, view.number) == (True, 0, (), CASE)
    assert (fresh.at(CASE).ask().is_broken, there.exists()) == (True, False)


def test_the_pictures_are_those_of_the_letter_that_is_issued(jordan: Sitting) -> None:
    jordan.practice("preview: {issue: yes}")
    view = jordan.ask()
    done = jordan.decide("issue", view)
    assert (done.came, done.told) == ("issued", ())
    (file,) = (jordan.kept.office.folder / "issued").glob("*.pdf")
    assert letter_id(file.read_bytes()) == file.stem == done.standing.issued
    assert (done.digest, done.pages) == (view.digest, view.pages)


def test_the_letters_of_a_list_are_walked_through(jordan: Sitting) -> None:
    first, second, third = (Ref(kind, CASE) for kind in ("outreach", "outreach-final", jordan.ref.kind))
    seated = replace(jordan, seat=replace(jordan.seat, given=(first, second, third)))
    walk = replace(seated, ref=second).ask().walk
    assert walk
    assert (walk.place, walk.of, walk.group, walk.before, walk.after) == (2, 3, "given", first, third)
    assert replace(seated, ref=second).ask("draw").walk is None
    assert jordan.ask().walk is None
