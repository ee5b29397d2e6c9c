"""What the register has about a letter that was made, and issuing none but the one that was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters import approval
from letters.caseload.approving import approve
from letters.issuing import Heard, Issued, heard, issue
from letters.letter import Letter, make
from letters.order import Order
from letters.recording import Desk as Issuing
from tests.caseload.kept import AT, SAM
from tests.support.desk import TODAY, Desk
from tests.support.issue import issue_one, office_of


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    return Desk(tmp_path / "office")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "office" / "issued"


def made(order: Order) -> Letter:
    letter, findings = make(order)
    assert letter, findings
    return letter


def told(order: Order) -> Heard:
    return heard(made(order), order, office_of(order))


def issued(order: Order, out: Path, read: str | None, accepted: dict[str, str] | None = None) -> Issued:
    office = office_of(order)
    (done,) = issue([order], Issuing(office, office.actor(), out, accepted or {}), read)
    return done


def test_a_register_that_is_not_there_has_nothing_and_is_not_made(desk: Desk) -> None:
    assert told(desk.order()) == Heard([])
    assert sorted(file.suffix for file in desk.folder.glob("*.db")) == []


def test_it_tells_the_approval_that_holds(desk: Desk) -> None:
    desk.practice["approval"] = {"kinds": ["closing-lost-contact"]}
    order = desk.order()
    office, letter = office_of(order), made(order)
    with office.register().writing(SAM, AT) as writing:
        entry = approve(writing, letter, order, office, SAM).entry
    assert heard(letter, order, office) == Heard([], entry)
    desk.case["words"]["acknowledgment"] = "You never gave up."
    other = told(desk.order())
    assert ([one.code for one in other.findings], other.approval) == (["approval-void"], None)


def test_it_tells_the_very_letter_that_was_issued_and_nothing_against_it(desk: Desk, out: Path) -> None:
    done = issue_one(desk.order(), out)
    same = told(desk.order())
    assert same.issued
    assert (same.findings, same.issued.letter, same.issued.status) == ([], done.name, "issued")


def test_it_tells_the_last_one_of_its_kind_for_another_letter(desk: Desk, out: Path) -> None:
    done = issue_one(desk.order(), out)
    desk.case["words"]["acknowledgment"] = "You never gave up."
    other = told(desk.order())
    assert other.issued
    assert ([one.code for one in other.findings], other.issued.letter) == (["already-issued"], done.name)


def test_a_letter_that_was_replaced_is_told_so(desk: Desk, out: Path) -> None:
    plain = desk.case["words"]["acknowledgment"]
    first = issue_one(desk.order(), out)
    desk.case["words"]["acknowledgment"] = "You never gave up."
    issue_one(desk.order(), out, {"already-issued": "It was torn."})
    desk.case["words"]["acknowledgment"] = plain
    replaced = told(desk.order())
    assert replaced.issued
    assert ([one.code for one in replaced.findings], replaced.issued.letter) == (["not-again"], first.name)


def test_the_letter_that_was_read_is_issued(desk: Desk, out: Path) -> None:
    order = desk.order()
    done = issued(order, out, approval.content(made(order)))
    assert done.file
    assert (done.findings, done.sha256) == ([], approval.content(made(order)))


@pytest.mark.parametrize("read", ["", "0" * 64])
def test_another_letter_than_the_one_that_was_read_is_not_issued(desk: Desk, out: Path, read: str) -> None:
    done = issued(desk.order(), out, read)
    (finding,) = done.findings
    assert (done.file, finding.code) == (None, "not-as-read")
    assert finding.message == "This is not the letter that was read."
    assert not out.exists()
    # No reason makes it the one that was read.
    assert issued(desk.order(), out, read, {finding.code: "I say so."}).file is None


def test_what_is_found_in_a_letter_is_told_before_that_it_is_another(desk: Desk, out: Path) -> None:
    desk.client["addresses"][0]["confirmed"] = "2026-01-01"
    done = issued(desk.order(), out, "")
    first, second = done.findings
    assert (done.file, first.code) == (None, "address-unconfirmed")
    assert second.message == "This is not the letter that was read."


def test_a_letter_that_cannot_be_made_is_told_as_ever(desk: Desk, out: Path) -> None:
    desk.client["addresses"][0]["safe"] = "no"
    done = issued(desk.order(), out, "0" * 64)
    assert (done.file, "safe-contact" in [one.code for one in done.findings]) == (None, True)
    assert "This is not the letter that was read." not in [one.message for one in done.findings]
