"""What a letter may say of what is owed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk
from tests.support.own_kind import refused, shown

MONEY: dict[str, Any] = {
    "balance": "1240.50",
    "currency": "USD",
    "as_of": "2026-11-20",
    "due": "2026-12-10",
    "what": {"en": "two <appointments>", "es": "dos citas"},
    "items": [
        {"what": "appointment", "on": "2026-10-01", "amount": "1300.50"},
        {"what": "paid", "amount": "-60"},
    ],
    "asked": [
        {"how": "reminder", "on": "2026-10-29", "due": "2026-11-12"},
        {"how": "invoice", "on": "2026-10-01", "due": "2026-10-22"},
    ],
    "plan": {"agreed": "2026-10-30", "kept": "no"},
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.case["money"] = dict(MONEY)
    return desk


@pytest.mark.parametrize(
    ("name", "said", "without"),
    [
        ("money.balance", "$1,240.50", "balance"),
        ("money.as_of", "November 20, 2026", ""),
        ("money.due", "December 10, 2026", "due"),
        ("money.what", "two <appointments>", "what"),
        ("money.plan", "October 30, 2026", "plan"),
    ],
)
def test_what_is_known_is_told_and_what_is_not_is_missed(
    name: str, said: str, without: str, desk: Desk
) -> None:
    assert shown(desk, f"{{{{ {name} }}}}", name) == said
    if without == "balance":
        desk.case["money"] |= {"balance": "0", "items": []}
    elif without:
        del desk.case["money"][without]
    else:
        del desk.case["money"]

    finding = refused(desk, "x", name)
    assert finding.code == "missing-data"
    assert f"`{name}`" in finding.remedy


def test_what_is_owed_for_is_listed(desk: Desk) -> None:
    body = (
        "{% for one in money.items %}{{ one.what }}, {{ one.on or 'no day' }}, {{ one.amount }}. {% endfor %}"
    )

    assert shown(desk, body, "money.items") == (
        "appointment, October 1, 2026, $1,300.50. paid, no day, -$60.00."
    )
    del desk.case["money"]["items"]
    assert refused(desk, "x", "money.items").code == "missing-data"


def test_what_was_asked_before_comes_in_order(desk: Desk) -> None:
    body = "{% for one in money.asked %}{{ one.how }}, {{ one.on }}, {{ one.due }}. {% endfor %}"

    assert shown(desk, body, "money.asked") == (
        "invoice, October 1, 2026, October 22, 2026. reminder, October 29, 2026, November 12, 2026."
    )
    del desk.case["money"]
    assert shown(desk, "{{ money.asked or 'never' }}", "money.asked?") == "never"


@pytest.mark.parametrize("name", ["balance", "as_of", "due", "what", "items", "asked", "plan"])
def test_without_money_nothing_is_told_of_it(name: str, desk: Desk) -> None:
    del desk.case["money"]

    assert shown(desk, f"{{{{ money.{name} or 'nothing' }}}}", f"money.{name}?") == "nothing"


@pytest.mark.parametrize(
    ("currency", "said"), [("USD", "$1,240.50"), ("GBP", "£1,240.50"), ("JPY", "¥1,240"), ("KWD", "KWD")]
)
def test_money_is_written_as_the_reader_writes_it(currency: str, said: str, desk: Desk) -> None:
    desk.case["money"]["currency"] = currency

    assert said in shown(desk, "{{ money.balance }}", "money.balance")
