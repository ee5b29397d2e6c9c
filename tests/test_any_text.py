"""Whatever somebody writes where a text may be in several languages comes out as that text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from letters.findings import errors
from letters.letter import Written
from letters.markup import visible_text
from tests.support.desk import Desk
from tests.support.own_kind import KIND, give_kind
from tests.test_letter import ANY_TEXT, elements

BODY = (
    "<p>{{ words.note }}|{{ practice.hours }}|{{ practice.booking }}|{{ payment.ways }}|{{ records.kept }}|"
    "{{ clinician.role }}|{{ money.what }}|{{ sharing.what }}|{{ sending.how }}|{{ supports }}|"
    "{% for one in money.items %}{{ one.what }}{% endfor %}|"
    "{% for one in referrals %}{{ one.offers }}|{{ one.cost }}{% endfor %}|"
    "{% for one in inventory %}{{ one.what }}|{{ one.condition }}{% endfor %}|"
    "{% for one in copies %}{{ one.what }}{% endfor %}|"
    "{% for one in matters.done %}{{ one }}{% endfor %}|"
    "{% for one in matters.under_way %}{{ one }}{% endfor %}|"
    "{% for one in matters.outstanding %}{{ one.what }}{% endfor %}</p>"
)
FIELDS = (
    *("practice.hours", "practice.booking", "payment.ways", "records.kept", "clinician.role", "supports"),
    *("money.what", "money.items", "sharing", "sending", "referrals", "inventory", "copies"),
    *("matters.done", "matters.under_way", "matters.outstanding"),
)
CASE: dict[str, Any] = {
    "words": {"note": "Thank you."},
    "supports": ["the choir"],
    "money": {
        **{"balance": "9", "currency": "USD", "as_of": "2026-11-20", "what": "a fee"},
        "items": [{"what": "a fee", "amount": "9"}],
    },
    "handover": {
        **{"to": "lena-brook", "shares": "a note"},
        "consent": {"signed": "2026-11-20", "reference": "A-1"},
    },
    "referrals": [{"name": "Ash", "offers": "a group", "cost": "nothing"}],
    "records": {
        "originals": [{"what": "a lease", "condition": "worn"}],
        "sent": {"how": "courier"},
        "transfer": {"contents": [{"what": "a plan", "pages": "4"}]},
    },
    "matters": {"done": ["one"], "under_way": ["two"], "outstanding": [{"what": "three"}]},
}
PRACTICE: list[tuple[str | int, ...]] = [
    *(("hours",), ("booking",), ("payment", "ways"), ("records", "kept"), ("people", "sam-rivera", "role"))
]
OF_CASE: list[tuple[str | int, ...]] = [
    *(("words", "note"), ("supports", 0), ("money", "what"), ("money", "items", 0, "what")),
    *(("handover", "shares"), ("referrals", 0, "offers"), ("referrals", 0, "cost")),
    *(("records", "originals", 0, "what"), ("records", "originals", 0, "condition")),
    *(("records", "sent", "how"), ("records", "transfer", "contents", 0, "what")),
    *(("matters", "done", 0), ("matters", "under_way", 0), ("matters", "outstanding", 0, "what")),
]
PLACES = [("practice", path) for path in PRACTICE] + [("case", path) for path in OF_CASE]
AS: list[Callable[[str], object]] = [
    lambda text: text,
    lambda text: {"en": text},
    lambda text: {"es": "otra cosa", "en": text},
    lambda text: {"es": "otra cosa", "en-US": text},
    lambda text: {"es-MX": "otra cosa", "en-Latn-GB": text},
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.case |= deepcopy(CASE)
    sections = [
        {"id": name, "says": name, "words": "optional" if name == "note" else "none"}
        for name in ("note", "records", "crisis", "contact")
    ]
    give_kind(desk, BODY, *FIELDS, sections=sections)
    desk.practice["records"].pop("years")  # a number would be printed in place of words
    desk.practice["records"]["kept"] = "seven years"
    return desk


def write_at(data: Any, path: tuple[str | int, ...], written: object) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = written


def made_with(desk: Desk, place: tuple[str, tuple[str | int, ...]], written: object) -> Written | None:
    """The letter with something written at a place; None where it is found fault with."""
    plain = deepcopy(desk.case), deepcopy(desk.practice)
    write_at(desk.practice if place[0] == "practice" else desk.case, place[1], written)
    made, findings = desk.write(KIND)
    desk.case, desk.practice = plain
    assert made or errors(findings)
    return made


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES), text=ANY_TEXT, form=st.sampled_from(AS))
def test_any_text_in_any_of_them_is_that_text_or_found_fault_with(
    desk: Desk, place: tuple[str, tuple[str | int, ...]], text: str, form: Callable[[str], object]
) -> None:
    assume(text.strip())  # an empty text is an absent one
    made, plain = made_with(desk, place, form(text)), desk.write(KIND)[0]

    assert plain
    if made:
        assert " ".join(unicodedata.normalize("NFC", text).split()) in visible_text(made.html)
        assert elements(made.html) == elements(plain.html)
        assert "otra cosa" not in made.html


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("form", AS[:1] + AS[3:])
def test_markup_in_any_of_them_is_text(
    place: tuple[str, tuple[str | int, ...]], form: Callable[[str], object], desk: Desk
) -> None:
    text = "<b onclick=\"x\">A</b> & 'B' &lt; <!-- C"
    made = made_with(desk, place, form(text))

    assert made
    assert text in visible_text(made.html)
    assert "<b onclick" not in made.html
