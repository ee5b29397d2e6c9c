"""What a letter may say of documents that go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.own_kind import refused, shown

INVENTORY = (
    "{% for one in inventory %}{{ one.number }} {{ one.what }} {{ one.quantity }} {{ one.form }} "
    "{{ one.condition or 'unknown' }}. {% endfor %}{{ inventory_total }}"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "L-2001", "ledger")
    desk.case["records"]["originals"] = [{"what": "Lease", "condition": "worn"}]
    return desk


def test_documents_are_numbered_and_counted(desk: Desk) -> None:
    desk.case["records"]["originals"].append({"what": "Ledgers", "quantity": "12", "form": "copy"})

    said = shown(desk, INVENTORY, "inventory", "inventory_total")
    assert said == "1 Lease 1 original worn. 2 Ledgers 12 copy unknown. 13"


def test_a_total_of_one_is_the_text_one(desk: Desk) -> None:
    assert shown(desk, "{{ 'piece' if inventory_total == '1' else 'pieces' }}", "inventory_total") == "piece"


def test_without_documents_there_is_no_inventory_and_no_total(desk: Desk) -> None:
    del desk.case["records"]["originals"]

    assert refused(desk, "x", "inventory").code == "missing-data"
    assert refused(desk, "x", "inventory_total").code == "missing-data"


def test_how_documents_are_sent(desk: Desk) -> None:
    body = "{{ sending.how }}, {{ sending.tracking or 'untracked' }}, {{ sending.on or 'soon' }}"
    desk.case["records"]["sent"] = {"how": "By courier", "tracking": "AB 1", "on": "2026-11-21"}
    assert shown(desk, body, "sending") == "By courier, AB 1, 21 November 2026"
    desk.case["records"]["sent"] = {"how": "By courier"}
    assert shown(desk, body, "sending") == "By courier, untracked, soon"


def test_without_a_way_of_sending_it_is_missed(desk: Desk) -> None:
    del desk.case["records"]["sent"]

    finding = refused(desk, "x", "sending")
    assert finding.code == "missing-data"
    assert "`records.sent`" in finding.remedy


COPIES = "{% for one in copies %}{{ one.what }}, {{ one.pages }}. {% endfor %}{{ copies_pages }}"


def test_copies_for_a_provider_are_counted_in_pages(desk: Desk) -> None:
    contents = [{"what": {"en": "Plan <A>", "es": "Plan"}, "pages": "4"}, {"what": "Letters", "pages": "12"}]
    desk.case["records"]["transfer"] = {"contents": contents}
    assert shown(desk, COPIES, "copies", "copies_pages") == "Plan <A>, 4. Letters, 12. 16"

    del desk.case["records"]["transfer"]
    assert refused(desk, "x", "copies").code == "missing-data"
    assert refused(desk, "x", "copies_pages").code == "missing-data"
