"""Whole numbers look as the format of their cell has them."""

from __future__ import annotations

import pytest

from letters.tables.numbers import changes_look, shown


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (1201, "00000", "01201"),
        (97201, "00000", "97201"),
        (972010123, "00000-0000", "97201-0123"),
        (12010123, "00000\\-0000", "01201-0123"),
        (1201, "[<=99999]00000;00000\\-0000", "01201"),
        (972010123, "[<=99999]00000;00000\\-0000", "97201-0123"),
        (5035550188, "[<=9999999]###\\-####;\\(000\\) 000\\-0000", "(503) 555-0188"),
        (7, "000;-000", "007"),
    ],
)
def test_a_number_is_shown_in_its_format(number: int, code: str, text: str) -> None:
    assert changes_look(code)
    assert shown(number, code) == text


@pytest.mark.parametrize(
    "code", ["", "General", "0", "0.00", "#,##0", "0%", "0.00E+00", "yyyy-mm-dd", "@", "hh:mm", '"00"000']
)
def test_other_formats_are_let_be(code: str) -> None:
    assert not changes_look(code)


@pytest.mark.parametrize("number", [0.5, -1, 1e15])
def test_other_numbers_are_let_be(number: float) -> None:
    assert shown(number, "00000") == ""
