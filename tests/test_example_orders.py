"""What the examples order: a kind, to whom, and in which language."""

from __future__ import annotations

import pytest

from maintain.examples import examples


@pytest.mark.parametrize(
    ("office", "asked", "ordered"),
    [
        *(("harbor", "en", "en"), ("harbor", "es", "es")),
        *(("ledger", "en", "en-GB"), ("ledger", "es", "es"), ("meadow", "en", "en")),
    ],
)
def test_english_is_the_practices_own(office: str, asked: str, ordered: str) -> None:
    orders = [one.order(asked) for one in examples() if one.case.startswith(f"{office}/")]
    assert orders
    assert {order.language for order in orders} == {ordered}


def test_a_british_practice_closes_its_letters_as_the_british_do() -> None:
    letter = next(one for one in examples() if one.kind == "disengagement").write("en")
    assert letter.frame.values["closing"].startswith("Yours")
