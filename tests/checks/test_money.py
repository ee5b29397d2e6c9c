"""Nobody is sent away for a debt before every step was taken, or asked for what they do not owe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Finding, Severity
from tests.checks.looking import FIELDS, Desk, field, note, the

DAY_BEFORE, SAME_DAY, DAY_AFTER = "2026-11-21", "2026-11-22", "2026-11-23"
INVOICE = {"how": "invoice", "on": "2026-09-01", "due": "2026-09-22"}
REMINDER = {"how": "reminder", "on": "2026-09-29", "due": "2026-10-13"}
NOTICE = {"how": "notice", "on": "2026-10-20", "due": "2026-11-13"}
ITEMS = [{"what": "Appointment", "on": day, "amount": "120.00"} for day in ("2026-05-04", "2026-05-18")]
MONEY: dict[str, Any] = {
    "items": ITEMS,
    "balance": "240.00",
    "currency": "USD",
    "as_of": "2026-11-20",
    "terms_accepted": "2026-03-02",
    "talked": "2026-11-05",
    "asked": [INVOICE, REMINDER, NOTICE],
}
BALANCE = [*FIELDS, "money.balance?"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    del desk.case["words"]
    desk.case["money"] = dict(MONEY)
    return desk


def ended(desk: Desk, **changes: Any) -> list[Finding]:
    """What is found in an ending for a debt."""
    desk.case["money"] |= changes
    written, findings = desk.write(note(desk, gates=["nonpayment"], fields=BALANCE))
    assert (written is None) == any(found.severity is Severity.ERROR for found in findings)
    return findings


def asked(desk: Desk, *fields: str, **changes: Any) -> list[Finding]:
    """What is found in a letter that asks to be paid."""
    desk.case["money"] |= changes
    return desk.write(note(desk, fields=[*FIELDS, *fields]))[1]


def test_after_every_step_nothing_is_found(desk: Desk) -> None:
    assert ended(desk) == []


@pytest.mark.parametrize(
    ("items", "asked", "codes"),
    [
        ([], [INVOICE, REMINDER, NOTICE], ["nonpayment"]),
        (ITEMS[:1], [REMINDER, NOTICE], ["nonpayment"]),
        ([ITEMS[0], ITEMS[0]], [REMINDER, NOTICE], ["nonpayment"]),
        ([], [INVOICE | {"on": "2026-08-01", "due": "2026-08-22"}, INVOICE, NOTICE], []),
        (ITEMS, [REMINDER, NOTICE], []),
    ],
    ids=["one invoice", "one thing", "one day", "two invoices", "two things"],
)
def test_one_late_payment_is_no_ground_and_repeated_ones_are(
    items: list[dict[str, str]], asked: list[dict[str, str]], codes: list[str], desk: Desk
) -> None:
    assert [found.code for found in ended(desk, items=items, asked=asked)] == codes


@pytest.mark.parametrize("kind", ["closing-provider", "closing-lost-contact", "ended-notice", "call-script"])
def test_an_ending_for_a_debt_waits_under_any_name(kind: str, desk: Desk) -> None:
    desk.case["ending"] |= {"reason": "NONPAYMENT", "at": "2026-11-20T10:00-08:00"}
    desk.case["money"]["talked"] = ""

    assert "nonpayment" in desk.codes(kind)
    desk.case["ending"]["reason"] = "MUTUAL"
    assert "nonpayment" not in desk.codes(kind)


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"terms_accepted": ""}, "terms_accepted", "does not say when the client agreed to the terms"),
        ({"talked": ""}, "talked", "does not say when the client was told what follows"),
        ({"asked": []}, "asked", "The client was never asked to pay."),
        ({"asked": [NOTICE]}, "asked", "The client was only once asked to pay."),
        ({"asked": [NOTICE, NOTICE | {"how": "reminder"}]}, "asked", "only once"),
        ({"asked": [INVOICE, REMINDER]}, "asked", "The client has had no notice"),
        (
            {"asked": [REMINDER, NOTICE | {"due": SAME_DAY}]},
            "asked[1].due",
            "The client has until 2026-11-22 to pay what was asked for on 2026-10-20.",
        ),
        ({"plan": {"agreed": "2026-11-10"}}, "plan", "A payment plan was agreed on 2026-11-10"),
        ({"plan": {"agreed": "2026-11-10", "kept": "yes"}}, "plan", "it is being kept"),
        ({"dispute": {"opened": "2026-11-10"}}, "dispute", "has disputed the bill since 2026-11-10"),
        ({"dispute": {"opened": "2026-11-10", "settled": DAY_AFTER}}, "dispute", "has disputed the bill"),
    ],
    ids=str,
)
def test_a_step_left_out_or_still_open_stops_the_ending(
    changes: dict[str, Any], where: str, says: str, desk: Desk
) -> None:
    found = the("nonpayment", ended(desk, **changes))

    assert found.severity is Severity.ERROR
    assert says in found.message
    assert found.remedy
    assert field(found) == f"money.{where}"


@pytest.mark.parametrize(
    "changes",
    [
        {"asked": [REMINDER, NOTICE | {"due": DAY_BEFORE}]},
        {"plan": {"agreed": "2026-10-10", "kept": "no"}},
        {"dispute": {"opened": "2026-10-10", "settled": SAME_DAY}},
        {"terms_accepted": SAME_DAY, "talked": SAME_DAY},
    ],
    ids=str,
)
def test_what_is_over_stops_nothing(changes: dict[str, Any], desk: Desk) -> None:
    assert ended(desk, **changes) == []


def test_without_any_debt_on_record_nobody_is_sent_away_for_one(desk: Desk) -> None:
    del desk.case["money"]

    findings = desk.write(note(desk, gates=["nonpayment"]))[1]

    assert the("nonpayment", findings).message.startswith("The case does not say what is owed")


@pytest.mark.parametrize("fields", [BALANCE, FIELDS], ids=["with the balance", "without"])
@pytest.mark.parametrize(
    ("balance", "says"), [("0", "nothing is owed"), ("-5", "The balance is in the client's favor.")]
)
def test_nobody_is_sent_away_who_owes_nothing(balance: str, says: str, fields: list[str], desk: Desk) -> None:
    desk.case["money"]["balance"] = balance

    written, findings = desk.write(note(desk, gates=["nonpayment"], fields=fields))

    assert written is None
    assert says in the("not-owed", findings).message
    assert field(the("not-owed", findings)) == "money.balance"


def test_danger_stops_an_ending_for_a_debt_of_whatever_description(desk: Desk) -> None:
    desk.case["confidential"] = {"danger": "yes"}
    desk.case["ending"]["reason"] = "CLIENT_CHOICE"

    assert the("danger", ended(desk)).severity is Severity.ERROR


@pytest.mark.parametrize("name", ["money.balance", "money.items?"])
def test_nobody_is_asked_for_money_that_is_theirs(name: str, desk: Desk) -> None:
    found = the("not-owed", asked(desk, name, balance="-20.00", items=[]))

    assert found.severity is Severity.ERROR
    assert found.message == "The balance is in the client's favor."


def test_nobody_is_asked_to_pay_nothing_by_a_day(desk: Desk) -> None:
    assert the("not-owed", asked(desk, "money.due", due="2026-12-10", balance="0")).message == (
        "The case says that nothing is owed."
    )


def test_a_letter_may_say_that_nothing_is_owed(desk: Desk) -> None:
    assert asked(desk, "money.balance?", balance="0") == []


def test_a_letter_that_tells_of_no_money_is_not_stopped_by_any(desk: Desk) -> None:
    assert asked(desk, balance="-20") == []


ITEMS = [{"what": "appointment", "amount": "130.00"}, {"what": "appointment", "amount": "120.00"}]


def test_what_is_owed_for_adds_up(desk: Desk) -> None:
    found = the("not-owed", asked(desk, "money.items", items=ITEMS))
    assert found.message == "The things owed for add up to 250.00 USD, and the balance is 240.00."

    paid = {"what": "paid", "amount": "-10"}
    assert asked(desk, "money.items", items=[*ITEMS, paid]) == []
    assert asked(desk, "money.balance", items=ITEMS) == []


def test_who_pays_as_agreed_is_not_asked_to_pay_faster(desk: Desk) -> None:
    plan = {"agreed": "2026-11-10"}

    found = the("payment-plan", asked(desk, "money.due", due="2026-12-10", plan=plan))
    assert found.severity is Severity.WARNING
    assert field(found) == "money.plan"
    assert asked(desk, "money.balance", plan=plan) == []
    assert asked(desk, "money.due", plan=plan | {"kept": "no"}) == []
