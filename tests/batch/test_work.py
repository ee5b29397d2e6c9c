"""What another process does for one letter: it is written and checked, carried as bytes, and set."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from letters.batch.work import Reader, Task, check, set_pages
from letters.errors import UsageError
from letters.letter import make, write
from letters.proof import page_count
from tests.support.desk import TODAY, Desk

KIND = "closing-lost-contact"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def task(desk: Desk, accepted: dict[str, str] | None = None, **changes: Any) -> Task:
    return Task(desk.order(KIND, asked_on=TODAY, **changes), accepted or {})


def test_a_letter_is_the_same_as_one_made_alone(desk: Desk) -> None:
    alone, _ = make(desk.order(KIND, asked_on=TODAY))
    checked = check(task(desk))
    assert alone
    assert checked.written
    pages = set_pages(checked.written)
    assert (pages.pdf, pages.copy, pages.pages) == (alone.pdf, alone.copy, alone.pages)
    assert pages.pdf
    assert page_count(pages.pdf) == pages.pages


def test_a_copy_for_the_file_is_set_as_well(desk: Desk) -> None:
    checked = check(task(desk, language="es"))
    assert checked.written
    pages = set_pages(checked.written)
    assert pages.copy
    assert pages.copy != pages.pdf


def test_what_is_found_is_what_one_letter_alone_finds(desk: Desk) -> None:
    desk.client["addresses"][0]["confirmed"] = "2026-01-02"
    _, alone = write(desk.order(KIND, asked_on=TODAY))
    checked = check(task(desk))
    assert [one.code for one in alone] == ["address-unconfirmed"]
    assert checked.findings == alone
    assert checked.written  # a warning may be accepted


def test_a_letter_with_an_error_is_not_carried(desk: Desk) -> None:
    desk.client["died"] = "2026-10-02"
    checked = check(task(desk))
    assert [one.code for one in checked.findings] == ["deceased"]
    assert checked.written is None
    assert checked.reader.name == "Jordan Avery"


def test_a_case_that_cannot_be_read_has_no_reader(desk: Desk) -> None:
    desk.case["opened"] = "2026-02-30"
    checked = check(task(desk))
    assert (checked.reader, checked.written) == (Reader(), None)
    assert [one.code for one in checked.findings] == ["bad-value"]


def test_the_reader_is_told_as_lists_and_labels_need(desk: Desk) -> None:
    desk.client["addresses"][0]["discreet"] = "yes"
    reader = check(task(desk)).reader
    assert (reader.addressee, reader.name, reader.language) == ("jordan", "Jordan Avery", "en")
    assert reader.route[0] == "Jordan Avery"
    assert (reader.postcode, reader.country) == ("97202", "US")
    assert (reader.envelope, reader.sender) == ("us-10", desk.practice["discreet_name"])


def test_a_reason_that_tells_is_noticed_in_a_letter_with_errors_too(desk: Desk) -> None:
    desk.case["confidential"] = {"diagnosis": "Agoraphobia with panic"}
    telling = {"address-unconfirmed": "agoraphobia with panic"}
    assert check(task(desk, telling)).telling
    assert not check(task(desk, {"address-unconfirmed": "called on Friday"})).telling
    desk.client["died"] = "2026-10-02"
    assert check(task(desk, telling)).telling


def test_what_is_carried_is_without_the_documents_behind_it(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = [KIND]
    kept = check(task(desk)).written
    assert kept
    enclosures = pickle.loads(kept).frame.enclosures  # noqa: S301 - our own
    assert enclosures
    assert {(one.data, one.pages > 0, bool(one.sha256)) for one in enclosures} == {(b"", True, True)}


def test_what_is_carried_holds_all_that_is_needed_wherever_it_is_set(desk: Desk) -> None:
    """A worker elsewhere has neither the practice's folder nor its case."""
    checked = check(task(desk))
    (desk.folder / "case.json").unlink()
    (desk.folder / "practice.json").unlink()
    assert checked.written
    assert set_pages(checked.written).pages > 0


def test_a_kind_nobody_knows_is_raised(desk: Desk) -> None:
    order = desk.order("closing-lost-contract")
    with pytest.raises(UsageError):
        check(Task(order, {}))
