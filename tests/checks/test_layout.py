"""The finished page is checked for what gets lost on paper or shows through the window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from letters import proof
from letters.checks.layout import check_layout
from letters.findings import Finding, Severity
from letters.paper import ENVELOPES, PAPERS, fits
from letters.typeset import typeset
from tests.typeset.letters_to_set import ADDRESS, ASSETS, CREATED, inventory, layout, letter, paragraphs

VIETNAM = ["Dr. Nguyễn Thị Minh Khai", "Căn hộ 1204, Tòa nhà Sông Xanh", "Số 27 đường Nguyễn Huệ",
           "Phường Bến Nghé, Quận 1", "Thành phố Hồ Chí Minh", "700000", "VIETNAM"]  # fmt: skip
PAIRS = [(paper, envelope) for paper in PAPERS for envelope in ENVELOPES if fits(paper, envelope)]


def codes(frame: dict[str, Any], paper: str = "letter", envelope: str = "us-10", **changes: Any) -> list[str]:
    """Set a letter, check it, and return the codes of what was found."""
    done = typeset(letter(**frame), layout(paper, envelope, **changes), ASSETS, created=CREATED)
    lines = frame.get("addressee_lines", ADDRESS)
    return [found.code for found in check_layout(done.pdf, paper, envelope, lines, "Sam Rivera")]


def with_style(style: str) -> dict[str, Any]:
    return {"body": Markup("<style>{}</style>").format(style) + paragraphs(1)}


@pytest.mark.parametrize(("paper", "envelope"), PAIRS)
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("large_print", [False, True])
def test_our_own_letters_pass(paper: str, envelope: str, draft: bool, large_print: bool) -> None:
    frame = {"draft_label": "DRAFT" if draft else None, "body": paragraphs(6)}
    assert codes(frame, paper, envelope, draft=draft, large_print=large_print) == []


@pytest.mark.parametrize(("paper", "envelope"), PAIRS)
@pytest.mark.parametrize("large_print", [False, True])
def test_a_foreign_address_of_seven_lines_fits_every_window(
    paper: str, envelope: str, large_print: bool
) -> None:
    assert codes({"addressee_lines": VIETNAM}, paper, envelope, large_print=large_print) == []


@pytest.mark.parametrize(
    "address",
    [
        ["王小明", "北京市朝阳区建国路 88 号", "CHINA"],
        ["ليلى حداد", "شارع الحمراء", "LEBANON"],
        ["O’Brien & Söhne <Ltd>", "1 Office Way"],
        ["Prince"],
    ],
)
def test_an_address_in_any_script_is_recognized(address: list[str]) -> None:
    assert codes({"addressee_lines": address}) == []


def test_an_address_that_overflows_the_window_is_found() -> None:
    assert "address-window" in codes({"addressee_lines": [f"Line {n} of the address" for n in range(14)]})


def test_an_address_beside_the_window_is_found() -> None:
    assert "address-window" in codes(with_style("address { margin-left: 200pt }"))


def test_a_letterhead_that_reaches_into_the_window_is_found() -> None:
    lines = [f"Branch office {n}" for n in range(20)]
    sender = {"name": "Harbor", "address_lines": lines, "contact_lines": []}
    assert "address-window" in codes({"sender": sender}, "a4", "din", large_print=True)


def test_text_off_the_page_is_found() -> None:
    assert codes(
        with_style("section p { margin-left: 460pt; overflow-wrap: normal; white-space: nowrap }")
    ) == ["off-page"]


def test_text_in_the_edge_printers_cannot_reach_is_found() -> None:
    assert codes(with_style("section p { margin-left: -65pt }")) == ["off-page"]


def in_the_middle(inner: str, **changes: Any) -> list[Finding]:
    """Check a letter whose middle page holds this and nothing else."""
    page = Markup('<section style="break-before: page; break-after: page"><p>{}</p></section>').format(inner)
    frame = {"body": paragraphs(1) + page + paragraphs(1)}
    done = typeset(
        letter(**frame, **changes), layout(draft="draft_label" in changes), ASSETS, created=CREATED
    )
    assert proof.page_count(done.pdf) == 3
    return check_layout(done.pdf, "letter", "us-10", ADDRESS)


@pytest.mark.parametrize("changes", [{}, {"draft_label": "DRAFT"}])
def test_a_blank_page_is_found_although_it_is_numbered(changes: dict[str, Any]) -> None:
    (found,) = in_the_middle("\u00a0", **changes)

    assert found.code == "blank-page"
    assert found.severity is Severity.ERROR
    assert found.message == "Page 2 is blank."
    assert "Shorten the letter" in found.remedy


@pytest.mark.parametrize("changes", [{}, {"draft_label": "DRAFT"}])
def test_a_page_with_a_single_character_is_not_blank(changes: dict[str, Any]) -> None:
    assert in_the_middle("1", **changes) == []


def test_a_letter_without_any_text_is_blank() -> None:
    pages = typeset('<html lang="en"><title>x</title><p></p>', layout("a4", "none"), {}, created=CREATED)

    assert [found.message for found in check_layout(pages.pdf, "a4", "none", [])] == ["Page 1 is blank."]


def test_a_signature_alone_on_its_page_is_found() -> None:
    body = paragraphs(2) + Markup("<style>.close { break-before: page }</style>")
    assert codes({"body": body}) == ["lone-signature"]


@pytest.mark.parametrize("sections", range(4, 16))
def test_a_signature_takes_the_end_of_the_letter_along(sections: int) -> None:
    assert codes({"body": paragraphs(sections)}) == []


def test_a_signature_after_a_long_table_has_company() -> None:
    for rows in range(16, 30):
        assert codes({"body": inventory(rows)}) == []


@settings(deadline=None, max_examples=10)
@given(st.lists(st.text("abcdefghij KLMNOP-123", min_size=1, max_size=50), min_size=1, max_size=6))
def test_an_address_of_six_lines_is_always_in_the_window(lines: list[str]) -> None:
    assert codes({"addressee_lines": lines}) == []
