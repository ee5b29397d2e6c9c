"""The window shows the address wherever the sheet slides."""

from __future__ import annotations

from itertools import pairwise

import pytest

from letters.errors import UsageError
from letters.paper import (
    ENVELOPES,
    INCH,
    MM,
    PAPERS,
    Box,
    envelope_named,
    fits,
    matched,
    paper_named,
)

PAIRS = [(paper, envelope) for paper in PAPERS for envelope in ENVELOPES if fits(paper, envelope)]
WINDOWED = [pair for pair in PAIRS if pair[1] != "none"]


def scaled(unit: float, *edges: float) -> tuple[float, ...]:
    return tuple(unit * edge for edge in edges)


def edges(box: Box | None) -> tuple[float, ...]:
    assert box is not None
    return box.left, box.top, box.right, box.bottom


@pytest.mark.parametrize(
    ("paper", "envelope", "unit", "safe", "exposed"),
    [
        ("letter", "us-10", INCH, (0.875, 2.5, 4.375, 3.5), (0, 2.375, 5.375, 3.625)),
        ("a4", "dl", MM, (20, 57, 100, 87), (10, 52, 110, 92)),
        ("a4", "c5", MM, (20, 67, 91, 94), (1, 59, 110, 102)),
        ("a4", "din", MM, (20, 50, 100, 90), (10, 45, 110, 95)),
    ],
)
def test_windows_lie_where_they_were_measured(
    paper: str, envelope: str, unit: float, safe: tuple[float, ...], exposed: tuple[float, ...]
) -> None:
    sheet, cover = matched(paper, envelope)
    assert edges(cover.safe(sheet)) == pytest.approx(scaled(unit, *safe))
    assert edges(cover.exposed(sheet)) == pytest.approx(scaled(unit, *exposed))


@pytest.mark.parametrize(("paper", "envelope"), WINDOWED)
def test_the_address_field_is_always_visible(paper: str, envelope: str) -> None:
    sheet, cover = matched(paper, envelope)
    field, safe, exposed = cover.address_field(sheet), cover.safe(sheet), cover.exposed(sheet)
    assert field is not None
    assert safe is not None
    assert exposed is not None
    assert safe.holds(field)
    assert exposed.holds(safe)
    assert field.left >= sheet.margin_left


@pytest.mark.parametrize(("paper", "envelope"), WINDOWED)
def test_every_panel_of_the_folded_sheet_goes_into_the_envelope(paper: str, envelope: str) -> None:
    sheet, cover = matched(paper, envelope)
    cuts = (0.0, *cover.folds, sheet.height)
    panels = [after - before for before, after in pairwise(cuts)]
    assert max(panels) < cover.height
    assert max(panels) == panels[0]
    assert sheet.width < cover.width


def test_an_envelope_without_window_leaves_the_address_in_the_text() -> None:
    sheet, cover = matched("letter", "none")
    assert (cover.safe(sheet), cover.exposed(sheet), cover.address_field(sheet)) == (None, None, None)
    assert cover.folds == ()


@pytest.mark.parametrize(("paper", "envelope"), [("letter", "dl"), ("letter", "din"), ("a4", "us-10")])
def test_paper_of_another_country_is_refused_with_the_envelopes_that_fit(paper: str, envelope: str) -> None:
    with pytest.raises(UsageError) as refused:
        matched(paper, envelope)
    assert "none" in refused.value.remedy


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as paper:
        paper_named("legal")
    with pytest.raises(UsageError) as envelope:
        envelope_named("us-9")
    assert "a4" in paper.value.remedy
    assert "us-10" in envelope.value.remedy
