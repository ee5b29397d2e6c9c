"""Approving: by somebody who may, of what is known last, and with a date the letter can leave under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from letters.caseload import approving
from letters.caseload.approving import Approved, approve, approved_date, may_approve
from letters.findings import errors
from letters.letter import Letter, write
from letters.model.history import ContactLogged, LetterSentBack, LetterVoided, TaskOpened
from letters.office import open_office
from letters.order import KeptCase, Order
from letters.register import queries
from letters.register.store import Actor
from tests.caseload.kept import AT, SAM, Kept, keep
from tests.support.desk import TODAY

KIND = "closing-lost-contact"
LENA = Actor("lena-brook", "lena")
CALL = {"at": "2026-11-21T10:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "no-answer"}
YESTERDAY = TODAY - timedelta(1)


@pytest.fixture(autouse=True)
def _without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages take a second each, and an approval is about what is on them."""
    monkeypatch.setattr(approving, "make", made)


def made(order: Order) -> tuple[Letter | None, list[Any]]:
    written, findings = write(order)
    return (Letter(written, written.html.encode()) if written else None), findings


def order(kept: Kept, **changes: Any) -> Order:
    case = KeptCase("C-1001", kept.ask(queries.case_file, "C-1001"), kept.ask(queries.digest, "C-1001"))
    return replace(Order(KIND, case, TODAY, draft=False, practice=kept.office.file), **changes)


def letter(wanted: Order) -> Letter:
    found, findings = made(wanted)
    assert found, findings
    return found


def approved(kept: Kept, wanted: Order, actor: Actor = SAM) -> Approved:
    with kept.register.writing(actor, AT) as writing:
        return approve(writing, letter(wanted), wanted, kept.office, actor)


def needing(kept: Kept) -> Kept:
    file = kept.office.file
    file.write_text(file.read_text("utf-8") + f"\napproval: {{kinds: [{KIND}], by: [lena-brook]}}\n", "utf-8")
    return Kept(open_office(file, kept.office.address), kept.register)


def test_an_approval_is_entered_with_all_that_it_holds_for(kept: Kept) -> None:
    told = approved(kept, order(kept))
    assert (told.findings, told.before) == ([], False)
    (row,) = kept.ask(queries.approvals, "C-1001", KIND, "jordan")
    assert (row.entry, row.by) == (told.entry, "sam-rivera")
    assert (row.data["language"], row.data["large_print"], row.data["dated"]) == ("en", False, "2026-11-22")
    assert len(row.data["salt"]) == 32
    assert "case: clients" in row.data["parts"]


def test_twice_by_the_same_is_once_and_another_may_approve_too(kept: Kept) -> None:
    first = approved(kept, order(kept))
    again = approved(kept, order(kept))
    assert (again.before, again.entry) == (True, first.entry)
    assert not approved(kept, order(kept), LENA).before
    assert len(kept.ask(queries.approvals, "C-1001", KIND, "jordan")) == 2


def test_only_those_may_who_answer_for_it(kept: Kept) -> None:
    dana = Actor("dana-okafor", "dana")
    (finding,) = approved(kept, order(kept), dana).findings
    assert finding.code == "may-not-approve"
    assert "sam-rivera or lena-brook" in finding.remedy
    kept = needing(kept)
    (finding,) = may_approve(letter(order(kept)), SAM)
    assert "Have lena-brook approve it" in finding.remedy
    assert may_approve(letter(order(kept)), LENA) == []
    assert kept.ask(queries.approvals, "C-1001", KIND, "jordan") == []


def test_where_nobody_may_the_practice_file_has_to_say_who(kept: Kept) -> None:
    one = letter(order(kept))
    facts = one.written.facts
    nobody = facts.practice.approval.model_copy(update={"by": ["gone"]})
    practice = facts.practice.model_copy(update={"approval": nobody})
    other = replace(one, written=replace(one.written, facts=replace(facts, practice=practice)))
    (finding,) = may_approve(other, SAM)
    assert "approval: by" in finding.remedy


def test_what_changed_meanwhile_is_not_approved(kept: Kept) -> None:
    wanted = order(kept)
    kept.tell(ContactLogged(contact=CALL), "C-1001")
    assert [one.code for one in errors(approved(kept, wanted).findings)] == ["register-differs"]
    assert kept.ask(queries.approvals, "C-1001", KIND, "jordan") == []


def test_a_case_that_is_new_comes_into_the_register_first(kept: Kept) -> None:
    file = kept.office.folder / "cases" / "C-1101.yaml"
    wanted = Order("closing-completed", file, TODAY, draft=False, practice=kept.office.file)
    assert approved(kept, wanted).findings == []
    assert kept.events()[-2:] == ["case-entered", "letter-approved"]
    assert kept.ask(queries.find, "C-1101").clinician == "sam-rivera"


def test_the_approved_date_is_the_one_that_holds(kept: Kept) -> None:
    assert approved_date(kept.office, order(kept)) is None
    approved(kept, order(kept, dated=YESTERDAY))
    assert approved_date(kept.office, order(kept)) == YESTERDAY
    assert approved_date(kept.office, order(kept, to="jordan")) == YESTERDAY
    assert approved_date(kept.office, order(kept, large_print=True)) is None
    file = kept.office.folder / "cases" / "C-1001.yaml"
    assert approved_date(kept.office, order(kept, case=file)) == YESTERDAY
    assert approved_date(kept.office, order(kept, case="-")) is None
    assert approved_date(kept.office, order(kept, kind="outreach")) is None


def test_an_approval_that_changes_voided_gives_its_date_only_where_one_is_needed(kept: Kept) -> None:
    approved(kept, order(kept, dated=YESTERDAY))
    kept.tell(ContactLogged(contact=CALL), "C-1001")
    assert approved_date(kept.office, order(kept)) is None
    kept = needing(kept)
    approved(kept, order(kept, dated=YESTERDAY), LENA)
    again = {**CALL, "at": "2026-11-21T11:00-08:00"}
    kept.tell(ContactLogged(contact=again), "C-1001")
    assert approved_date(kept.office, order(kept)) == YESTERDAY


def test_an_approval_that_a_letter_used_up_gives_no_date(kept: Kept) -> None:
    entry = approved(kept, order(kept, dated=YESTERDAY)).entry
    kept.issue("one", "C-1001", kind=KIND, addressee="jordan", step=None, approval=entry)
    assert approved_date(kept.office, order(kept)) is None


def test_without_a_register_there_is_no_approved_date(tmp_path: Any) -> None:
    kept = keep(tmp_path, None)
    kept.register.engine.dispose()
    (tmp_path / "register.sqlite").unlink()
    file = tmp_path / "cases" / "C-1001.yaml"
    wanted = Order(KIND, file, date(2026, 11, 22), draft=False, practice=tmp_path / "practice.yaml")
    assert approved_date(kept.office, wanted) is None
    assert not (tmp_path / "register.sqlite").exists()


def test_an_approval_before_a_letter_was_sent_back_gives_no_date(kept: Kept) -> None:
    approved(kept, order(kept, dated=YESTERDAY))
    back = LetterSentBack(
        **{"kind": KIND, "addressee": "jordan", "language": "en", "large_print": False, "dated": YESTERDAY},
        **{"content": "", "is_draft": True, "remark": "It is cold."},
    )
    kept.tell(back.model_copy(update={"addressee": "another"}), "C-1001")
    assert approved_date(kept.office, order(kept)) == YESTERDAY
    kept.tell(back, "C-1001")
    assert approved_date(kept.office, order(kept)) is None
    kept = needing(kept)
    assert approved_date(kept.office, order(kept)) is None
    approved(kept, order(kept, dated=YESTERDAY), LENA)
    assert approved_date(kept.office, order(kept)) == YESTERDAY


def test_after_its_letter_was_voided_the_same_may_approve_it_once_more(kept: Kept) -> None:
    wanted = order(kept)
    first = approved(kept, wanted)
    name = kept.issue("one", "C-1001", kind=KIND, addressee="jordan", step=None, approval=first.entry)
    kept.tell(LetterVoided(letter=name, because="a slip"), "C-1001")
    again = approved(kept, order(kept))
    assert (again.before, again.entry != first.entry) == (False, True)


def test_what_was_to_be_read_or_mended_is_done_once_it_is_approved(kept: Kept) -> None:
    asked = {"what": "Read it.", "kind": KIND}
    for sort, to in (("approve", "jordan"), ("mend", "jordan"), ("letter", "jordan"), ("approve", "another")):
        kept.tell(TaskOpened.model_validate({"task": sort, "addressee": to, **asked}), "C-1001")
    told = approved(kept, order(kept))
    left = kept.ask(queries.tasks, "C-1001")
    assert [(one.task, one.data["addressee"]) for one in left] == [
        ("letter", "jordan"),
        ("approve", "another"),
    ]
    (row,) = kept.ask(queries.approvals, "C-1001", KIND, "jordan")
    assert row.entry == told.entry
