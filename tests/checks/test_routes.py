"""The reader is told where to turn: in a crisis, to the practice, for the records."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from letters.checks import check_text
from letters.findings import Severity
from tests.checks.looking import SECTIONS, Desk, field, marked, note, the


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, "C-1001")


def saying(desk: Desk, **sections: str) -> str:
    """A kind in which some sections say something else."""
    return note(desk, marked(SECTIONS | sections))


def test_the_small_letter_is_faultless(desk: Desk) -> None:
    assert desk.codes(saying(desk)) == []


@pytest.mark.parametrize(
    ("section", "text", "code", "says", "remedy"),
    [
        ("contact", "<p>Call us.</p>", "contact-route", "neither the practice's phone", "`practice.phone`"),
        ("contact", "<p>Call +1 503 555 0199.</p>", "contact-route", "neither", "`practice.phone`"),
        ("contact", "<p>Call 503 555 01001.</p>", "contact-route", "neither", "`practice.phone`"),
        ("records", "<p>Ask us.</p>", "records-route", "how to ask for the records", "`records.contact`"),
        ("records", "<p>{{ practice.phone }}</p>", "records-route", "how to ask", "`records.contact`"),
        (
            "crisis",
            "<p>Call {{ emergency }}.</p>",
            "crisis-route",
            "does not name 988",
            "line of `crisis`",
        ),
        ("crisis", "<p>Call 988.</p>", "crisis-route", "does not name 911", "`emergency`"),
        # The digits of both are there, as parts of other numbers.
        ("crisis", "<p>Call 911 or +1 503 555 9880.</p>", "crisis-route", "does not name 988", "`crisis`"),
        ("crisis", "<p>Call 988 in room 2911.</p>", "crisis-route", "does not name 911", "`crisis`"),
    ],
)
def test_a_route_that_is_not_named_is_told(
    section: str, text: str, code: str, says: str, remedy: str, desk: Desk
) -> None:
    written, findings = desk.write(saying(desk, **{section: text}))

    found = the(code, findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert f"`{section}`" in found.message
    assert says in found.message
    assert remedy in found.remedy
    assert field(found) == f"sections[{[*SECTIONS].index(section)}]"
    assert found.place
    assert found.place.file.endswith("kind.yaml")
    assert (found.place.line or 0) > 1


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("contact", "<p>Write to {{ practice['email'] }}.</p>"),
        ("contact", "<p>Call +1 (503) 555-0100.</p>"),
        ("contact", "<p>Call 503.555.<strong>01</strong>00.</p>"),
        ("records", "<p>Call 503 555 0101.</p>"),
        ("crisis", "<p>Call 9-1-1, or call or text 988 at any hour.</p>"),
    ],
)
def test_a_route_written_otherwise_is_recognized(section: str, text: str, desk: Desk) -> None:
    assert desk.codes(saying(desk, **{section: text})) == []


def test_a_route_in_another_section_does_not_count(desk: Desk) -> None:
    kind = saying(desk, thanks="<p>Call 911 or 988.</p>", crisis="<p>Stay safe.</p>")

    assert desk.codes(kind) == ["crisis-route", "crisis-route"]


def test_a_practice_without_a_number_of_its_own_for_records_gives_its_own(desk: Desk) -> None:
    del desk.practice["records"]["phone"]

    assert desk.codes(saying(desk)) == []
    assert desk.codes(saying(desk, records="<p>{{ practice.phone }}</p>")) == []


def test_a_phone_number_without_digits_names_no_route(desk: Desk) -> None:
    desk.practice |= {"phone": "ask at the desk", "email": ""}

    assert "contact-route" in desk.codes(saying(desk))


def test_a_firm_needs_no_crisis_route(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "L-2001", "ledger")

    assert desk.codes(saying(desk, crisis="<p>None.</p>")) == []


def test_a_letter_to_a_provider_needs_neither_crisis_nor_records(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1004")
    sections = {"contact": SECTIONS["contact"]}

    kind = note(
        desk,
        marked(sections),
        to="provider",
        discloses="referral",
        sections=[{"id": "contact", "says": "how to answer"}],
    )

    assert desk.codes(kind) == []


def test_a_jurisdiction_without_any_number_is_told(desk: Desk) -> None:
    written, _ = desk.write(saying(desk))
    assert written
    facts = written.facts
    nowhere = facts.jurisdiction.model_copy(update={"name": "Nowhere", "emergency": None, "crisis": []})
    body = marked(SECTIONS | {"crisis": "<p>Stay safe.</p>"})

    found = the("crisis-line-missing", check_text(replace(facts, jurisdiction=nowhere), "A note", body))

    assert found.severity is Severity.ERROR
    assert found.message == "There is no crisis line for Nowhere."
    assert "`jurisdiction`" in found.remedy
    assert field(found) == "jurisdiction"
    assert "crisis-line-missing" not in [one.code for one in check_text(facts, "A note", body)]


@pytest.mark.parametrize("jurisdiction", ["us", "us-or", "us-nj", "uk"])
def test_every_jurisdiction_has_numbers_the_letters_print(jurisdiction: str, desk: Desk) -> None:
    desk.practice["jurisdiction"] = jurisdiction

    assert desk.codes() == []
    assert "crisis-route" in desk.codes(saying(desk, crisis="<p>Stay safe.</p>"))
