"""A practice file on its own: what stands in it where nothing is written."""

from __future__ import annotations

import pytest

from letters.model.case import Case
from letters.model.practice import Practice
from letters.model.validation import validate

PRACTICE = {
    **{"name": "P", "profession": "counseling", "jurisdiction": "us", "phone": "1"},
    "records": {"custodian": "C"},
    "address": {"lines": ["1 Elm"], "country": "US"},
    "people": {"sam": {"name": "Sam", "role": "Therapist"}},
}
CASE = {
    **{"case": "C-1", "relationship": "individual", "opened": "2026-03-02", "clinician": "sam"},
    "clients": [{"id": "jo", "name": "Jo"}],
}


def made(**more: object) -> Practice:
    value, faults = validate(Practice, {**PRACTICE, **more})
    assert faults == []
    assert value is not None
    return value


def test_the_columns_of_an_export_are_kept_as_they_are_written() -> None:
    practice = made(columns={"Client ID": "case", "OK to mail?": "address safe"}, table_dates="day-first")
    assert practice.columns == {"Client ID": "case", "OK to mail?": "address safe"}
    assert practice.table_dates == "day-first"
    assert (made().columns, made().table_dates) == ({}, None)


@pytest.mark.parametrize(
    ("more", "path"),
    [({"columns": {"DOB": ["client born"]}}, ("columns", "DOB")), ({"table_dates": "us"}, ("table_dates",))],
)
def test_what_cannot_be_a_column_or_an_order_is_told(more: dict[str, object], path: tuple[str, ...]) -> None:
    value, faults = validate(Practice, {**PRACTICE, **more})
    assert value is None
    assert [fault.path for fault in faults] == [path]


def test_what_nobody_wrote_is_empty_and_no_two_share_it() -> None:
    one, two = Case.model_validate(CASE), Case.model_validate(CASE)
    assert (one.referrals, one.words, one.matters.done, one.confidential.danger) == ([], {}, [], False)
    assert one.referrals is not two.referrals
    assert one.clients[0].phones is not two.clients[0].phones
    assert made().letter.paper == "letter"
    assert made().approval.kinds is not made().approval.kinds


def test_letters_are_issued_from_the_page_only_where_the_practice_allows_it() -> None:
    assert made().preview.issue is False
    assert made(preview={"issue": "yes"}).preview.issue is True
