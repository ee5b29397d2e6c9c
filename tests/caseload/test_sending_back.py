"""Sending back: by somebody who may approve, with what to mend; unmended, the letter stays."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from letters import against
from letters.caseload.approving import approve
from letters.caseload.sending_back import Declined, send_back
from letters.entering import told
from letters.errors import UsageError
from letters.files import letter_id
from letters.letter import Letter, write
from letters.model.history import CaseMerged, ContactLogged, LetterVoided, TaskOpened
from letters.office import open_office
from letters.order import KeptCase, Order
from letters.register import correspondence, queries
from letters.register.erasing import erase
from letters.register.queries import TaskRow
from letters.register.store import Actor
from letters.register.verifying import verify
from tests.caseload.kept import AT, SAM, Kept
from tests.support.desk import TODAY

KIND = "closing-lost-contact"
LENA = Actor("lena-brook", "lena")
CALL = {"at": "2026-11-21T10:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "no-answer"}
REMARK = "The last paragraph sounds cold."


def order(kept: Kept, **changes: Any) -> Order:
    case = KeptCase("C-1001", kept.ask(queries.case_file, "C-1001"), kept.ask(queries.digest, "C-1001"))
    return replace(Order(KIND, case, TODAY, draft=False, practice=kept.office.file), **changes)


def letter(wanted: Order) -> Letter:
    """A letter without pages, as those take a second each: its words and how it is laid out."""
    written, findings = write(wanted)
    assert written, findings
    return Letter(written, f"{written.html}{written.layout}".encode())


def declined(kept: Kept, wanted: Order, remark: str = REMARK, actor: Actor = SAM) -> Declined:
    with kept.register.writing(actor, AT) as writing:
        return send_back(writing, letter(wanted), wanted, kept.office, actor, remark)


def approved(kept: Kept, wanted: Order) -> int | None:
    with kept.register.writing(SAM, AT) as writing:
        return approve(writing, letter(wanted), wanted, kept.office, SAM).entry


def against_it(kept: Kept, wanted: Order) -> tuple[list[str], int | None]:
    one = letter(wanted)
    facts = one.written.facts
    about = told(facts.case, facts.case_file.data, None)
    with kept.register.reading() as connection:
        asked = against.ask(connection, one, wanted, about, None)
    return [found.code for found in asked.findings], asked.approval


def needing(kept: Kept) -> Kept:
    file = kept.office.file
    file.write_text(file.read_text("utf-8") + f"\napproval: {{kinds: [{KIND}], by: [sam-rivera]}}\n", "utf-8")
    return Kept(open_office(file, kept.office.address), kept.register)


def tasks(kept: Kept) -> list[TaskRow]:
    found: list[TaskRow] = kept.ask(queries.tasks, "C-1001")
    return found


def test_it_is_entered_with_what_to_mend_and_as_something_to_do(kept: Kept) -> None:
    done = declined(kept, order(kept, large_print=True), f"  {REMARK}\n")
    (back,) = kept.ask(correspondence.sent_back, "C-1001", KIND, "jordan")
    assert (back.entry, back.by, back.remark) == (done.entry, "sam-rivera", REMARK)
    assert (back.data["is_draft"], back.data["large_print"], len(back.data["salt"])) == (False, True, 32)
    (task,) = tasks(kept)
    assert (task.number, task.task, task.data["what"]) == (
        done.task,
        "mend",
        f"Mend the letter, then have it read again: {REMARK}",
    )
    assert (task.data["kind"], task.data["addressee"], task.data["dated"]) == (KIND, "jordan", "2026-11-22")
    assert (task.data["large_print"], task.data["step"], task.data["for_silence"]) == (True, "closing", True)
    assert verify(kept.register)[1] == []


def test_only_those_may_who_may_approve(kept: Kept) -> None:
    before = kept.events()
    done = declined(kept, order(kept), actor=Actor("dana-okafor", "dana"))
    assert ([one.code for one in done.findings], done.entry) == (["may-not-approve"], None)
    assert kept.events() == before
    assert declined(kept, order(kept), actor=LENA).entry


@pytest.mark.parametrize("remark", ["", "  \n ", "x" * 5000])
def test_without_a_word_on_what_to_mend_nothing_is_sent_back(kept: Kept, remark: str) -> None:
    done = declined(kept, order(kept), remark)
    assert ([one.code for one in done.findings], done.entry, tasks(kept)) == (["no-remark"], None, [])


def test_it_takes_the_place_of_what_was_to_do_about_the_letter(kept: Kept) -> None:
    asked = {"task": "approve", "what": "Read it.", "kind": KIND, "batch": "B-1"}
    first = kept.tell(TaskOpened(**asked, addressee="jordan"), "C-1001")
    other = kept.tell(TaskOpened(**asked, addressee="other"), "C-1001")
    once = declined(kept, order(kept))
    again = declined(kept, order(kept), "The date is wrong.")
    assert [(one.number, one.data["batch"]) for one in tasks(kept)] == [(other, "B-1"), (again.task, "B-1")]
    closed = {one.number: one.outcome for one in kept.ask(lambda c: queries.tasks(c, "C-1001", closed=True))}
    assert (closed[first], closed[once.task or 0]) == ("done", "canceled")


def test_of_a_case_that_is_new_it_is_entered_as_it_was_read(kept: Kept) -> None:
    file = kept.office.folder / "cases" / "C-1101.yaml"
    wanted = Order("closing-completed", file, TODAY, draft=True, practice=kept.office.file)
    assert declined(kept, wanted).findings == []
    assert kept.events()[-3:] == ["case-entered", "letter-sent-back", "task-opened"]
    (back,) = kept.ask(correspondence.last_sent_back).values()
    assert back.data["is_draft"] is True


def test_what_is_known_meanwhile_keeps_nobody_from_it_and_stays_as_it_is(kept: Kept) -> None:
    wanted = order(kept)
    kept.tell(ContactLogged(contact=CALL), "C-1001")
    before = kept.ask(queries.digest, "C-1001")
    assert declined(kept, wanted).entry
    assert kept.ask(queries.digest, "C-1001") == before


def test_what_was_issued_is_voided_instead(kept: Kept) -> None:
    one = letter(order(kept))
    name = kept.issue(one.pdf.decode(), "C-1001", kind=KIND, addressee="jordan", step=None)
    assert name == letter_id(one.pdf)
    with kept.register.writing(SAM, AT) as writing:
        late = send_back(writing, one, order(kept), kept.office, SAM, REMARK)
    assert ([found.code for found in late.findings], late.entry) == (["too-late-to-send-back"], None)
    kept.tell(LetterVoided(letter=name, because="it is wrong"), "C-1001")
    with kept.register.writing(SAM, AT) as writing:
        assert send_back(writing, one, order(kept), kept.office, SAM, REMARK).entry


def test_a_case_that_has_ended_or_is_another_by_now_has_no_letter_to_mend(kept: Kept) -> None:
    wanted = order(kept)
    kept.end("C-1001", TODAY)
    assert [one.code for one in declined(kept, wanted).findings] == ["case-ended"]
    kept.tell(CaseMerged(other="C-1001", data=kept.ask(queries.data, "C-1103")), "C-1103")
    with pytest.raises(UsageError, match="was merged into C-1103"):
        declined(kept, wanted)


def test_it_stays_sent_back_where_its_case_is_merged_and_goes_when_that_is_erased(kept: Kept) -> None:
    declined(kept, order(kept))
    kept.tell(CaseMerged(other="C-1001", data=kept.ask(queries.data, "C-1103")), "C-1103")
    (back,) = kept.ask(correspondence.sent_back, "C-1103", KIND, "jordan")
    assert kept.ask(correspondence.last_sent_back) == {("C-1103", KIND, "jordan"): back}
    with kept.register.writing(SAM, AT) as writing:
        erase(writing, "C-1103", "it is time")
    assert kept.ask(correspondence.last_sent_back) == {}
    assert verify(kept.register)[1] == []


# What can be done about a letter, and whether it may be issued after the last of it.
DEEDS = ("approve", "send back", "send the draft back")


@pytest.mark.parametrize("needed", [False, True])
@pytest.mark.parametrize(
    "deeds", [one for count in (1, 2, 3) for one in itertools.product(DEEDS, repeat=count)]
)
def test_a_letter_whose_last_decision_is_no_is_never_issued_unchanged(
    kept_in_file: Kept, deeds: tuple[str, ...], needed: bool
) -> None:
    kept = needing(kept_in_file) if needed else kept_in_file
    for deed in deeds:
        if deed == "approve":
            approved(kept, order(kept))
        else:
            declined(kept, order(kept, draft="draft" in deed))
    codes, approval = against_it(kept, order(kept))
    tomorrow, _ = against_it(kept, order(kept, dated=TODAY + timedelta(1)))
    if deeds[-1] == "approve":
        assert (codes, approval is not None) == ([], True)
    else:
        assert (codes, approval) == (["sent-back"], None)
        assert "sent-back" in tomorrow


def test_what_was_mended_is_read_again_where_that_is_needed(kept: Kept) -> None:
    declined(kept, order(kept))
    for same in (order(kept), order(kept, large_print=True), order(kept, envelope="none")):
        assert against_it(kept, same) == (["sent-back"], None)
    words = {"acknowledgment": "You went out into the garden every morning, also in the rain."}
    assert against_it(kept, order(kept, words=words)) == ([], None)
    kept = needing(kept)
    assert against_it(kept, order(kept, words=words)) == (["not-approved"], None)
    entry = approved(kept, order(kept, words=words))
    assert against_it(kept, order(kept)) == ([], entry)
    assert tasks(kept) == []


def test_approving_after_all_lets_it_go_and_is_no_repetition(kept: Kept) -> None:
    first = approved(kept, order(kept))
    declined(kept, order(kept))
    second = approved(kept, order(kept))
    assert (first != second, against_it(kept, order(kept))) == (True, ([], second))
    assert tasks(kept) == []


def test_the_finding_says_who_when_and_what(kept: Kept) -> None:
    declined(kept, order(kept), actor=LENA)
    one = letter(order(kept))
    facts = one.written.facts
    about = told(facts.case, facts.case_file.data, None)
    with kept.register.reading() as connection:
        (finding,) = against.ask(connection, one, order(kept), about, None).findings
    assert finding.message == f"lena-brook sent this letter back on 2026-11-22: {REMARK}"
    assert finding.remedy == "Mend it, then have it read again."


def test_before_it_has_pages_an_earlier_approval_counts_as_none(kept: Kept) -> None:
    kept = needing(kept)
    approved(kept, order(kept))
    facts = letter(order(kept)).written.facts
    about = told(facts.case, facts.case_file.data, None)

    def codes() -> list[str]:
        with kept.register.reading() as connection:
            found = against.before_pages(connection, facts, order(kept), about, None).findings
        return [one.code for one in found]

    assert codes() == []
    declined(kept, order(kept))
    assert codes() == ["not-approved"]
