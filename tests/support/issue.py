"""Issuing letters in tests: at the practice that the first order's case lies in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from letters.issuing import Issued, issue
from letters.office import Office, open_office
from letters.order import Order
from letters.recording import Desk
from letters.register import queries


def office_of(order: Order) -> Office:
    """The practice an order is about."""
    return open_office(order.practice, near=order.case_file)


def issue_all(
    orders: Sequence[Order], out: Path, accepted: dict[str, str] | None = None, again: str | None = None
) -> list[Issued]:
    """Issue letters into a folder."""
    office = office_of(orders[0])
    return issue(orders, Desk(office, office.actor(), out, accepted or {}, again))


def issue_one(
    order: Order, out: Path, accepted: dict[str, str] | None = None, again: str | None = None
) -> Issued:
    """Issue one letter into a folder."""
    (issued,) = issue_all([order], out, accepted, again)
    return issued


def record_of(issued: Issued) -> dict[str, Any]:
    """What the register has of a letter that was issued."""
    assert issued.file, issued.findings
    with office_of(issued.order).register(make=False).reading() as connection:
        row = queries.letter(connection, issued.file.stem)
    assert row
    return row.data
