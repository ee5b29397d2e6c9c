"""Pages: whatever anybody wrote comes back as text, and nothing in a page runs but its own script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.errors import LettersError
from letters.findings import FoundError, Severity
from letters.preview import pages
from letters.preview.saying import TONGUES
from letters.preview.views import Chosen, Started, Word
from tests.preview.shown import AT, DAY, EVIL, STATES, listed, parsed, point, standing, started, ui, view

# What HTML itself cannot carry, or reads as something else.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufdd0"),
    min_size=1,
    max_size=60,
) | st.sampled_from(
    [EVIL, "<!--", "]]>", "</script", "<svg/onload=alert(1)>", "&amp;amp;", "javascript:alert(1)"]
)


def every_page(language: str) -> Iterator[tuple[str, str]]:
    """Every page there is, in every state."""
    yield "start", pages.start(started(), ui(language))
    yield "empty", pages.start(Started("", ""), ui(language))
    yield "trouble", pages.trouble(LettersError("It failed.", "Try again."), ui(language))
    yield "found", pages.trouble(FoundError([point().finding]), ui(language))
    for state, changes in STATES.items():
        yield state, pages.letter(view(**changes), ui(language))


def every_part(language: str) -> Iterator[tuple[str, str]]:
    """What changes on a page, in every state."""
    own = ui(language, is_part=True)
    yield "trouble", pages.trouble(LettersError("It failed.", "Try again."), own)
    for state, changes in STATES.items():
        yield state, pages.part(view(**changes), own)


@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
def test_whatever_anybody_wrote_comes_back_as_text(text: str) -> None:
    plain, page = parsed(pages.letter(view(), ui())), parsed(pages.letter(view(text), ui()))
    assert [one.tag for one in page.elements] == [one.tag for one in plain.elements]
    assert [sorted(one.has) for one in page.all("input")] == [sorted(one.has) for one in plain.all("input")]
    assert page.by("plain").text == text
    # A browser leaves out one newline at the beginning, which is there for that.
    assert page.by("words.acknowledgment").text == f"\n{text}"
    assert page.by("saved-our-own").text == page.by("theirs-acknowledgment").text == f"\n{text}"
    assert page.by("to").text.split() == [*text.split(), *text.split()]
    assert page.all("option")[0].has["value"] == text
    messages = [one.text for one in page.elements if one.has.get("class") == "message"]
    assert messages == [text] * 4
    assert page.all("blockquote")[0].text == text


@settings(max_examples=15, deadline=None)
@given(text=TEXTS)
def test_whatever_is_listed_comes_back_as_text(text: str) -> None:
    plain, page = parsed(pages.start(started(), ui())), parsed(pages.start(started(text), ui()))
    if text.strip():
        assert [one.tag for one in page.elements] == [one.tag for one in plain.elements]
        assert [one.text for one in page.all("q")] == [text] * 8
        assert all(text in one.text for one in page.all("h3"))
    assert {one.has.get("src") for one in page.all("script")} == {"/key/static/page.js"}


@settings(max_examples=15, deadline=None)
@given(text=TEXTS)
def test_what_went_wrong_comes_back_as_text(text: str) -> None:
    for part in (True, False):
        page = parsed(pages.trouble(LettersError(text, text), ui(is_part=part)))
        assert [one.text for one in page.elements if one.has.get("class") == "message"] == [text]


def test_a_remark_and_who_said_it_are_text() -> None:
    text = EVIL
    for name in ("approved", "sent_back"):
        changed = view(standing=standing(**{name: Word(text, AT, text)}))
        state = parsed(pages.part(changed, ui())).by("state").text
        assert text in state
    issued = view(standing=standing(issued=text, issued_on=DAY, folder=text, accepts=()))
    assert parsed(pages.part(issued, ui())).by("state").text.count(text) == 2


@pytest.mark.parametrize("language", TONGUES)
def test_nothing_in_a_page_runs_or_styles_but_its_own_files(language: str) -> None:
    for state, html in [*every_page(language), *every_part(language)]:
        page = parsed(html)
        for one in page.elements:
            assert not [name for name in one.has if name.startswith("on") or name == "style"], state
            assert one.tag not in {"style", "iframe", "object", "embed", "base"}, state
            links = [one.has.get(name) for name in ("src", "href", "action", "formaction")]
            assert all(link.startswith(("/key/", "#")) for link in links if link is not None), state
        assert [one.text for one in page.all("script")] in ([""], []), state


@pytest.mark.parametrize("language", TONGUES)
def test_every_id_is_there_once_and_whatever_names_one_finds_it(language: str) -> None:
    for state, html in every_page(language):
        page = parsed(html)
        counted = Counter(one.has["id"] for one in page.elements if "id" in one.has)
        assert [name for name, count in counted.items() if count > 1] == [], state
        named = [
            name
            for one in page.elements
            for key in ("for", "form", "aria-labelledby", "aria-describedby", "aria-controls")
            for name in one.has.get(key, "").split()
        ]
        named += [link[1:] for one in page.all("a") if (link := one.has["href"]).startswith("#")]
        assert set(named) <= counted.keys(), state


@pytest.mark.parametrize("language", TONGUES)
def test_every_field_has_a_label_and_every_label_a_field(language: str) -> None:
    for state, html in every_page(language):
        page = parsed(html)
        labels = page.all("label")
        told = {one.has["for"] for one in labels if "for" in one.has}
        within = re.findall(r"<label><input[^>]* id=\"([^\"]+)\"", html)
        assert len(labels) == len(told) + len(within), state
        fields = [
            one.has.get("id")
            for one in page.elements
            if one.tag in {"input", "select", "textarea"}
            and one.has.get("type") != "hidden"
            and one.has.get("aria-hidden") != "true"
        ]
        assert sorted(str(one) for one in fields) == sorted([*told, *within]), state
        assert all(one.text.strip() for one in [*labels, *page.all("button"), *page.all("summary")]), state


@pytest.mark.parametrize("language", TONGUES)
def test_a_page_says_its_language_and_has_one_title_in_it(language: str) -> None:
    for state, html in every_page(language):
        page = parsed(html)
        (root,), (title,), heads = page.all("html"), page.all("title"), page.all("h1")
        assert (root.has["lang"], len(heads), bool(title.text.strip())) == (language, 1, True), state
        assert "Plain" not in title.text or state not in ("start", "empty"), state
        assert all("alt" in one.has for one in page.all("img")), state
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
        assert all(later - former <= 1 for former, later in pairwise(levels)), state


@pytest.mark.parametrize("language", TONGUES)
def test_each_part_takes_the_place_of_one_on_the_page(language: str) -> None:
    for state, changes in STATES.items():
        own = ui(language)
        page = parsed(pages.letter(view(**changes), own))
        part = pages.part(view(**changes), replace(own, is_part=True))
        there = {one.has.get("id") for one in page.elements}
        outer = re.findall(r'^<(?:div|p|pre|details|ol) id="([^"]+)"', part, re.MULTILINE)
        assert len(outer) >= 3, state
        assert set(outer) <= there, state
        is_broken = changes.get("is_broken", False)
        assert ("sheets" in outer, "kept" in outer) == (not is_broken, not is_broken), state


@pytest.mark.parametrize("state", [one for one in STATES if one not in ("nothing", "nobody")])
def test_the_one_word_for_where_a_letter_stands(state: str) -> None:
    page = parsed(pages.letter(view(**STATES[state]), ui()))
    assert page.by("state").has["class"] == f"state {state}"


@pytest.mark.parametrize(
    ("changes", "actions"),
    [
        ({}, ["save", "approve", "send-back", "issue"]),
        ({"is_complete": False}, ["save", "send-back"]),
        ({"is_complete": False, "digest": ""}, ["save"]),
        ({"standing": standing(may_approve=False, may_issue=False)}, ["save"]),
        ({"standing": standing(may_issue=False)}, ["save", "approve", "send-back"]),
        ({"standing": standing(is_held=True)}, ["save", "approve", "send-back"]),
        ({"standing": standing(sent_back=Word("Lena", AT))}, ["save", "approve", "send-back", "issue"]),
        ({"standing": standing(sent_back=Word("Lena", AT), is_held=True)}, ["save", "approve", "send-back"]),
        ({"standing": standing(approved=Word("Lena", AT))}, ["save", "send-back", "issue"]),
        ({"standing": standing(issued="L-1", issued_on=DAY)}, ["save"]),
        ({"sections": (), "standing": standing(may_approve=False, may_issue=False)}, []),
    ],
)
def test_there_are_buttons_for_what_may_be_done(changes: dict[str, Any], actions: list[str]) -> None:
    page = parsed(pages.letter(view(**changes), ui()))
    assert [one.has["data-action"] for one in page.all("button") if "data-action" in one.has] == actions


def test_whoever_may_not_approve_is_told_who_may() -> None:
    may_not = standing(may_approve=False, approvers=("Lena", "Sam"))
    assert "Lena or Sam may" in parsed(pages.part(view(standing=may_not), ui())).by("actions").text
    nobody = standing(may_approve=False, approvers=())
    assert "names nobody" in parsed(pages.part(view(standing=nobody), ui())).by("actions").text


def test_a_finding_leads_to_the_field_that_mends_it_and_shows_no_path() -> None:
    html = pages.letter(view(), ui())
    page = parsed(html)
    assert [one.has["data-go"] for one in page.all("a") if "data-go" in one.has] == [
        "words.acknowledgment",
        "to",
    ]
    assert ("/far/away" in html, "C-1.yaml, 3" in html) == (False, True)


def test_each_warning_that_can_be_accepted_has_a_field_for_the_reason() -> None:
    page = parsed(pages.letter(view(), ui()))
    names = [one.has["name"] for one in page.all("input") if one.has.get("name", "").startswith("accept.")]
    assert names == ["accept.already-issued", "accept.address-unconfirmed"]


def test_a_reason_is_asked_for_what_was_found_and_not_for_a_code() -> None:
    asked = replace(standing(), may_issue=True, accepts=("a-code",))
    told = (point("You wrote that they owe you.", severity=Severity.WARNING),)
    page = parsed(pages.letter(view(standing=asked, told=told), ui()))
    (label,) = [one.text for one in page.all("label") if one.has.get("for") == "accept-a-code"]
    assert label == "Your reason for leaving this as it is: You wrote that they owe you."


def test_whoever_sees_the_cases_of_one_person_is_told_of_those_of_others() -> None:
    told = [
        "choose “everybody”" in pages.start(Started("", "", people=(Chosen("sam", "Sam", chosen),)), ui())
        for chosen in (True, False)
    ]
    assert told == [True, False]


def test_a_fault_of_the_program_is_not_told_as_a_mistake_in_a_file() -> None:
    failed = parsed(pages.trouble(LettersError("It took too long.", "Try again."), ui(is_part=True)))
    found = parsed(pages.trouble(FoundError([point().finding]), ui(is_part=True)))
    told = [next(one.text for one in page.all("strong")) for page in (failed, found)]
    assert told == ["This did not work", "A file has a mistake"]
    assert "This did not work." in failed.all("p")[0].text


def test_where_there_is_no_register_it_is_said_how_a_letter_comes_to_wait() -> None:
    told = [
        "letters case import" in pages.start(Started("", "", has_register=there), ui(tongue))
        for there in (True, False)
        for tongue in ("en", "es")
    ]
    assert told == [False, False, True, True]


def test_the_letters_of_a_batch_stand_together() -> None:
    page = parsed(pages.start(started("B-1"), ui()))
    assert page.all("h2")[0].text.endswith("3")
    # Elsewhere letters of several batches stand between one another.
    assert [one.text for one in page.all("h3")] == ["Batch B-1"]


def test_a_letter_that_cannot_be_written_is_called_as_the_others_are() -> None:
    one = listed("Jo", "due", ref=None, kind="outreach-final", title="One last try to reach a client")
    assert "Último intento de contacto" in pages.start(Started("", "", waiting=(one,)), ui("es"))
