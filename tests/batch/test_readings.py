"""What a batch asks to have read: each letter once, and again after it was sent back and mended."""

from __future__ import annotations

import pytest

from letters.caseload.approving import approve
from letters.caseload.drafts import waiting
from letters.caseload.sending_back import send_back
from letters.clock import now
from letters.letter import make
from letters.order import KeptCase, Order
from letters.register import queries
from letters.register.queries import TaskRow
from letters.register.store import Actor
from letters.register.verifying import verify
from tests.batch.conftest import Shop, told_of
from tests.support.caseloads import KIND, row
from tests.support.desk import TODAY

RENATE = Actor("renate-holm", "renate")
WAITING = ["withheld", ["not-approved"]]


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """The practice whose letters need an approval, with two clients that are new to the register."""
    ask_for_approval(shop)
    return shop


def ask_for_approval(shop: Shop) -> None:
    file = shop.folder / "practice.yaml"
    asked = f"\napproval: {{kinds: [{KIND}], by: [renate-holm]}}\n"
    file.write_text(file.read_text("utf-8") + asked, "utf-8")


def tasks(shop: Shop) -> list[TaskRow]:
    with shop.office.register(make=False).reading() as connection:
        return queries.tasks(connection)


def order(shop: Shop, number: str) -> Order:
    with shop.office.register().reading() as connection:
        case = KeptCase(number, queries.case_file(connection, number), queries.digest(connection, number))
    return Order(KIND, case, TODAY, draft=False, practice=shop.office.file)


def decide(shop: Shop, number: str, remark: str | None = None) -> None:
    """Have a letter approved or, with a remark, sent back."""
    office, wanted = shop.office, order(shop, number)
    letter, findings = make(wanted)
    assert letter, findings
    with office.register().writing(RENATE, now(office.practice.time_zone)) as writing:
        if remark is None:
            assert approve(writing, letter, wanted, office, RENATE).entry
        else:
            assert send_back(writing, letter, wanted, office, RENATE, remark).entry


def test_each_letter_that_waits_is_a_task_with_the_command_for_it(shop: Shop) -> None:
    result = shop.run(language="es", large_print=True)
    assert told_of(result) == [("K-0000", *WAITING), ("K-0001", *WAITING)]
    first, second = tasks(shop)
    assert (first.task, first.case_number, second.case_number) == ("approve", "K-0000", "K-0001")
    assert first.data["what"] == (
        f"Read it, then approve it: letters approve {KIND} K-0000 --to {first.data['addressee']} "
        "--language es --large-print --dated 2026-11-22"
    )
    assert (first.data["batch"], first.data["dated"]) == (result.batch, "2026-11-22")
    assert (first.data["language"], first.data["large_print"]) == ("es", True)
    assert (first.data["kind"], first.data["step"], first.data["for_silence"]) == (KIND, None, False)
    listed = waiting(shop.office, shop.office.register(), TODAY)
    assert [(one.group, one.case, one.batch) for one in listed] == [
        ("approve", "K-0000", result.batch),
        ("approve", "K-0001", result.batch),
    ]


def test_run_again_it_asks_nobody_twice(shop: Shop) -> None:
    shop.run()
    before = shop.history()
    shop.run()
    shop.run(out=shop.folder / "other")
    assert shop.history() == before
    assert len(tasks(shop)) == 2


def test_what_is_approved_is_issued_and_the_rest_goes_on_waiting(shop: Shop) -> None:
    shop.run()
    decide(shop, "K-0000")
    assert [one.case_number for one in tasks(shop)] == ["K-0001"]
    assert told_of(shop.run()) == [("K-0000", "issued", []), ("K-0001", *WAITING)]
    assert [one.case_number for one in tasks(shop)] == ["K-0001"]
    before = shop.history()
    assert told_of(shop.run()) == [("K-0000", "issued", []), ("K-0001", *WAITING)]
    assert shop.history() == before


def test_what_was_sent_back_waits_to_be_mended_and_then_to_be_read_again(shop: Shop) -> None:
    shop.run()
    decide(shop, "K-0000", "They moved to Gresham.")
    assert [(one.case_number, one.task) for one in tasks(shop)] == [("K-0001", "approve"), ("K-0000", "mend")]
    before = shop.history()
    assert told_of(shop.run())[0] == ("K-0000", *WAITING)
    assert shop.history() == before
    shop.rows(row(0, city="Gresham"), row(1))
    shop.enter(row(0, city="Gresham"))
    shop.run()
    assert [(one.case_number, one.task) for one in tasks(shop)] == [
        ("K-0001", "approve"),
        ("K-0000", "approve"),
    ]
    decide(shop, "K-0000")
    assert told_of(shop.run())[0] == ("K-0000", "issued", [])
    assert verify(shop.office.register())[1] == []


def test_where_no_approval_is_needed_what_was_sent_back_is_not_issued_as_it_is(shop: Shop) -> None:
    file = shop.folder / "practice.yaml"
    file.write_text(file.read_text("utf-8").replace(f"kinds: [{KIND}]", "kinds: []"), "utf-8")
    shop.enter(row(0), row(1))
    decide(shop, "K-0000", "They moved to Gresham.")
    assert told_of(shop.run()) == [("K-0000", "withheld", ["sent-back"]), ("K-0001", "issued", [])]
    (back,) = [one for one in shop.run().outcomes if one.case == "K-0000"]
    assert "renate-holm sent this letter back" in back.findings[0].message
    (one,) = shop.listed("withheld.csv")
    assert (one["case"], one["what to do"]) == ("K-0000", "Mend it, then have it read again.")
