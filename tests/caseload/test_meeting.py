"""The list for a meeting: every case on it, page after page, and fit for everybody to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters import proof
from letters.caseload.meeting import meeting
from letters.caseload.review import Review, Wanted, review
from letters.office import Office
from letters.proof import Proof
from tests.caseload import silent
from tests.caseload.silent import client, entered, wrote
from tests.support import verapdf
from tests.support.desk import TODAY


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return silent.practice(tmp_path / "office")


def pages(office: Office, found: Review) -> list[str]:
    made = meeting(office.practice, found)
    assert made.findings == []
    return proof.text(made.pdf).split("\f")


def few(office: Office) -> Review:
    couple = client("minh", "Nguyễn Văn Minh"), client("khadija", "خديجة الهاشمي")
    silent.tell(
        office,
        entered("C-1", 300, *couple, relationship="couple"),
        *[entered("C-2", 200, clinician="lena-brook"), wrote("outreach", 3, "C-2")],
        entered("C-3", 100, client("rob", "O'Brien & Söhne <Ltd>", addresses=[]), reachable=False),
    )
    return review(office, office.register(), Wanted(), TODAY)


def many(office: Office, number: int) -> Review:
    who = ["sam-rivera", "lena-brook", "dana-okafor"]
    cases = [entered(f"C-{n}", 100 + n, clinician=who[n % 3]) for n in range(number)]
    silent.tell(office, *cases)
    return review(office, office.register(), Wanted(), TODAY)


def test_a_row_has_all_that_a_meeting_asks_about(office: Office) -> None:
    (page,) = pages(office, few(office))
    words = " ".join(page.split())
    assert "Harbor Family Counseling" in words
    assert "Review of open cases, 2026-11-22" in words
    assert "3 cases are open, 2 with a step that is due and 1 waiting." in words
    assert "C-1 Nguyễn Văn Minh" in words
    assert "2026-01-26 300 0 review due Outreach since 2026-04-26" in words
    assert "C-2 Kim Lee 2026-05-06 200 1 outreach Last outreach not before 2026-11-26" in words
    assert "No safe way to reach O'Brien & Söhne <Ltd>: ask sam-rivera." in words
    assert "Confidential" in words
    assert "Page 1 of 1" in words


def test_the_cases_of_each_clinician_stand_together(office: Office) -> None:
    (page,) = pages(office, few(office))
    order = [page.index(word) for word in ("Sam Rivera", "C-1", "C-3", "Lena Brook", "C-2")]
    assert order == sorted(order)
    assert "2 cases" in page
    assert "1 case" in page


def test_a_long_list_repeats_its_heads_and_counts_its_pages(office: Office) -> None:
    told = pages(office, many(office, 60))
    assert len(told) > 3
    for number, page in enumerate(told, 1):
        assert f"Page {number} of {len(told)}" in page
        assert "Confidential" in page
        assert "Next step" in page
        assert any(name in page for name in ("Sam Rivera", "Lena Brook", "Dana Okafor"))
    everything = " ".join("".join(told).split())
    assert [f"C-{n} " in everything for n in range(60)] == [True] * 60


@pytest.mark.parametrize(("paper", "size"), [("letter", (792, 612)), ("a4", (842, 595))])
def test_it_lies_across_on_the_paper_of_the_practice_and_nothing_runs_off(
    office: Office, paper: str, size: tuple[int, int]
) -> None:
    style = office.practice.letter.model_copy(update={"paper": paper})
    practice = office.practice.model_copy(update={"letter": style})
    long = client("x", "Wolfeschlegelsteinhausenbergerdorff-Hubert Blaine Featherstonehaugh-Cholmondeley")
    silent.tell(office, entered("C-1234567890-1234567890-1234567890", 100, long))
    made = meeting(practice, review(office, office.register(), Wanted(), TODAY))
    with Proof(made.pdf) as read:
        (page,) = read.pages
        assert tuple(round(side) for side in page.size) == size
        boxes = page.runs
        assert min(box.left for box in boxes) > 30
        assert max(box.right for box in boxes) < size[0] - 30
        assert max(box.bottom for box in boxes) < size[1] - 10
        heads = [page.find(word) for word in ("Client", "Last seen", "State", "Next step", "Notes")]
        columns = [box for box in heads if box]
        assert len(columns) == len(heads)
        rows = [box for box in boxes if columns[0].bottom + 2 < box.top < size[1] - 44]
        assert len(rows) > 8
        for column in columns:
            assert [box for box in rows if box.left < column.left - 3 and box.right > column.left - 3] == []


def test_it_says_when_there_are_more_than_it_lists(office: Office) -> None:
    many(office, 5)
    (page,) = pages(office, review(office, office.register(), Wanted(limit=2), TODAY))
    assert "The longest silent 2 are listed." in " ".join(page.split())


def test_it_is_archival_and_accessible(office: Office) -> None:
    verapdf.require()
    made = meeting(office.practice, few(office))
    assert verapdf.failures(made.pdf) == []


def test_the_same_list_has_the_same_bytes(office: Office) -> None:
    found = few(office)
    assert meeting(office.practice, found).pdf == meeting(office.practice, found).pdf
