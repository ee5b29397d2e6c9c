"""Delivery: what became of a letter, each entered once and on a day that can be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from letters.caseload import delivery
from letters.caseload.delivery import Entered, Sending, give_back, send, void
from letters.caseload.naming import became, is_waiting
from letters.findings import Finding, errors
from letters.lifecycle import State
from letters.model.case import Case
from letters.register import queries
from letters.sources import read_text
from tests.caseload.kept import AT, SAM, Kept
from tests.support.desk import TODAY


def sent(kept: Kept, *names: str, how: str = "post", on: date = TODAY, **options: Any) -> list[Any]:
    with kept.register.writing(SAM, AT) as writing:
        return list(send(writing, names, Sending(how, on, **options), kept.desk))  # type: ignore[arg-type]


def returned(kept: Kept, name: str, on: date = TODAY, why: str | None = None) -> Entered | list[Finding]:
    with kept.register.writing(SAM, AT) as writing:
        return give_back(writing, name, on, why, kept.desk)


def voided(kept: Kept, name: str) -> Entered | list[Finding]:
    with kept.register.writing(SAM, AT) as writing:
        return void(writing, name, "it was for somebody else")


def codes(told: object) -> list[str]:
    assert isinstance(told, list)
    return [one.code for one in told]


def contacts(kept: Kept, number: str = "C-1103") -> list[dict[str, Any]]:
    return [one.data for one in kept.ask(queries.contacts, number)]


def test_a_letter_that_left_is_sent_and_an_attempt_in_the_log(kept: Kept) -> None:
    name = kept.issue("one")
    issued, before = kept.letter(name), kept.standing("C-1103")
    assert is_waiting(issued)
    assert sent(kept, name) == [Entered(issued)]
    row = kept.letter(name)
    assert (row.status, row.sent_on, row.how, row.tracking) == ("sent", "2026-11-22", "post", None)
    assert (became(row), is_waiting(row)) == ("sent on 2026-11-22 by post", False)
    (contact,) = contacts(kept)
    assert contact == {
        **{"at": contact["at"], "by": "sam-rivera", "to": "samira", "letter": name, "channel": "letter"},
        **{
            "direction": "out",
            "outcome": "sent",
            "used": "Samira, 455 Belmont Street, Apt 9, Portland, OR 97214",
        },
    }
    assert contact["at"].startswith("2026-11-22T")
    after = kept.standing("C-1103")
    # The letter counted when it was issued.
    assert (after.attempts, after.state) == (before.attempts, State.OUTREACH) == (1, State.OUTREACH)


def test_the_contact_can_be_read_again_as_a_case_file(kept: Kept) -> None:
    sent(kept, kept.issue("one"), on=TODAY)
    text = kept.ask(queries.case_file, "C-1103")
    reading = read_text(text, "C-1103", Case)
    assert errors(reading.findings) == []
    assert reading.value
    assert reading.value.contacts[0].is_attempt


def test_somebody_who_is_no_person_of_the_practice_sends_for_the_clinician(kept: Kept) -> None:
    name = kept.issue("one")
    desk = delivery.Desk(kept.office.practice, kept.desk.now, "user 501")
    with kept.register.writing(SAM, AT) as writing:
        send(writing, [name], Sending("post", TODAY), desk)
    assert contacts(kept)[0]["by"] == "sam-rivera"


@pytest.mark.parametrize(("how", "channel"), [("email", "email"), ("portal", "portal"), ("hand", "letter")])
def test_the_log_tells_the_channel(kept: Kept, how: str, channel: str) -> None:
    sent(kept, kept.issue("one"), how=how)
    assert contacts(kept)[0]["channel"] == channel


def test_a_letter_that_is_no_attempt_is_not_in_the_log_of_contacts(kept: Kept) -> None:
    name = kept.issue("one", step="closing", kind="closing-lost-contact", ends_on="2026-12-06")
    sent(kept, name)
    assert contacts(kept) == []
    assert kept.letter(name).status == "sent"


def test_the_same_twice_is_told_and_not_entered(kept: Kept) -> None:
    name = kept.issue("one")
    sent(kept, name, how="tracked-post", tracking="RR 1")
    before = kept.events()
    (again,) = sent(kept, name, name, how="tracked-post", tracking="RR 1")
    assert again.before
    assert kept.events() == before


def test_a_slip_is_put_right_only_when_that_is_said(kept: Kept) -> None:
    name = kept.issue("one")
    sent(kept, name, how="tracked-post", tracking="RR 1")
    (finding,) = sent(kept, name, how="tracked-post", tracking="RR 2")
    assert (finding.code, "RR 1" in finding.message) == ("told-otherwise", True)
    sent(kept, name, how="tracked-post", tracking="RR 2", correct=True)
    assert (kept.letter(name).tracking, len(contacts(kept))) == ("RR 2", 1)
    # The log of contacts has a day and a channel of its own.
    assert codes(sent(kept, name, how="portal", correct=True)) == ["told-otherwise"]


def test_the_days_must_be_possible(kept: Kept) -> None:
    name = kept.issue("one")
    assert codes(sent(kept, name, on=TODAY - timedelta(1))) == ["wrong-day"]
    assert codes(sent(kept, name, on=TODAY + timedelta(1))) == ["wrong-day"]
    sent(kept, name)
    assert codes(returned(kept, name, TODAY - timedelta(1))) == ["wrong-day"]
    assert codes(returned(kept, name, TODAY + timedelta(1))) == ["wrong-day"]
    assert kept.letter(name).status == "sent"


def test_the_day_of_issue_is_the_practices_own(kept: Kept) -> None:
    # Past midnight in Greenwich, and still the evening before in Portland.
    name = kept.issue("one")
    late = AT.replace(day=23, hour=3)
    assert kept.desk.day_of(late.isoformat()) == TODAY
    assert codes(sent(kept, name, on=TODAY - timedelta(1))) == ["wrong-day"]


def test_of_several_letters_all_are_entered_or_none(kept: Kept) -> None:
    one, other = kept.issue("one"), kept.issue("two")
    voided(kept, other)
    (finding,) = sent(kept, one, other)
    assert (finding.code, other in finding.message) == ("must-not-leave", True)
    assert kept.letter(one).status == "issued"
    third = kept.issue("three")
    assert [told.letter.letter for told in sent(kept, one, third, one)] == [one, third]


def test_a_replaced_letter_must_not_leave(kept: Kept) -> None:
    old = kept.issue("one")
    new = kept.issue("two", replaces=old)
    (finding,) = sent(kept, old)
    assert (finding.code, f"send {new}" in finding.remedy) == ("must-not-leave", True)
    assert became(kept.letter(old)) == f"replaced by {new}"
    assert not is_waiting(kept.letter(old))


def test_what_came_back_is_told_once_and_leaves_something_to_do(kept: Kept) -> None:
    name = kept.issue("one")
    sent(kept, name)
    returned(kept, name, why="moved away")
    row = kept.letter(name)
    assert (row.status, became(row)) == ("returned", "came back on 2026-11-22")
    (contact,) = contacts(kept)
    assert (contact["outcome"], contact["letter"]) == ("returned", name)
    assert "came back on 2026-11-22" in contact["next"]
    (task,) = kept.ask(queries.tasks, "C-1103")
    assert (task.task, task.data["letter"], task.data["addressee"]) == ("returned", name, "samira")
    assert kept.standing("C-1103").attempts == 1
    before = kept.events()
    again = returned(kept, name)
    assert isinstance(again, Entered)
    assert again.before
    assert kept.events() == before
    assert codes(returned(kept, name, TODAY - timedelta(1))) == ["told-otherwise"]


def test_no_letter_goes_where_one_came_back_from(kept: Kept) -> None:
    from letters.letter import write
    from letters.order import KeptCase, Order

    name = kept.issue("one")
    sent(kept, name)
    returned(kept, name)
    text = kept.ask(queries.case_file, "C-1103")
    case = KeptCase("C-1103", text, kept.ask(queries.digest, "C-1103"))
    written, findings = write(Order("outreach", case, TODAY, draft=False, practice=kept.office.file))
    assert written is None
    assert "route-failed" in codes(errors(findings))


def test_a_letter_that_is_no_attempt_is_in_the_log_once_it_came_back(kept: Kept) -> None:
    name = kept.issue("one", step="closing", kind="closing-lost-contact", ends_on="2026-12-06")
    sent(kept, name)
    returned(kept, name)
    (contact,) = contacts(kept)
    assert (contact["outcome"], contact["letter"], contact["to"]) == ("returned", name, "samira")


def test_a_letter_to_somebody_else_that_came_back_is_a_task_and_no_contact(kept: Kept) -> None:
    name = kept.issue("one", step=None, kind="referral", addressee="provider")
    sent(kept, name)
    returned(kept, name)
    assert contacts(kept) == []
    assert [task.task for task in kept.ask(queries.tasks, "C-1103")] == ["returned"]


def test_a_letter_that_came_back_may_be_sent_once_more(kept: Kept) -> None:
    name = kept.issue("one")
    sent(kept, name)
    returned(kept, name)
    sent(kept, name, how="hand")
    assert (kept.letter(name).status, kept.letter(name).how) == ("sent", "hand")


def test_only_what_left_comes_back(kept: Kept) -> None:
    name = kept.issue("one")
    assert codes(returned(kept, name)) == ["not-sent"]
    voided(kept, name)
    assert codes(returned(kept, name)) == ["not-sent"]
    assert kept.ask(queries.tasks) == []


def test_a_void_letter_takes_its_step_back(kept: Kept) -> None:
    before = kept.standing("C-1103")
    name = kept.issue("one")
    assert kept.standing("C-1103").state is State.OUTREACH
    voided(kept, name)
    assert kept.standing("C-1103") == before
    assert became(kept.letter(name)) == "void"
    again = voided(kept, name)
    assert isinstance(again, Entered)
    assert again.before


def test_what_left_is_never_void(kept: Kept) -> None:
    name = kept.issue("one")
    sent(kept, name)
    assert codes(voided(kept, name)) == ["has-left"]
    returned(kept, name)
    assert codes(voided(kept, name)) == ["has-left"]


def test_a_letter_whose_replacement_is_void_may_leave_again(kept: Kept) -> None:
    old = kept.issue("one")
    new = kept.issue("two", replaces=old)
    voided(kept, new)
    sent(kept, old)
    assert kept.letter(old).status == "sent"


def test_what_stays_with_the_practice_is_never_sent(kept: Kept) -> None:
    name = kept.issue("one", kind="file-note", addressee="file", route="", step=None)
    assert codes(sent(kept, name)) == ["must-not-leave"]
    assert became(kept.letter(name)) == "stays with the practice"
    assert not is_waiting(kept.letter(name))


def test_of_many_who_enter_the_same_at_once_one_does(kept: Kept) -> None:
    name = kept.issue("one")
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: sent(kept, name)[0].before, range(8)))
    assert sorted(told) == [False, *[True] * 7]
    assert (kept.events().count("letter-sent"), len(contacts(kept))) == (1, 1)


def test_an_address_confirmed_before_its_letter_came_back_is_not_safe_yet(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.caseload.kept import case_of
    from letters.caseload.ways import ways
    from letters.letter import write
    from letters.model.history import CaseChanged
    from letters.order import KeptCase, Order

    name = kept.issue("one")
    sent(kept, name)
    data = kept.ask(queries.data, "C-1103")
    day = date(2026, 12, 1)
    monkeypatch.setenv("LETTERS_TODAY", day.isoformat())
    returned(kept, name, date(2026, 11, 30))
    for confirmed, is_stopped in (("2026-11-22", True), ("2026-11-24", True), ("2026-11-30", False)):
        data["clients"][0]["addresses"][0]["confirmed"] = confirmed
        kept.tell(CaseChanged(data=data), "C-1103")
        text = kept.ask(queries.case_file, "C-1103")
        case = KeptCase("C-1103", text, kept.ask(queries.digest, "C-1103"))
        _, findings = write(Order("outreach", case, day, draft=False, practice=kept.office.file))
        assert ("route-failed" in codes(findings)) is is_stopped
        (post,) = [way for way in ways(kept.ask(case_of, "C-1103")) if way.sort == "post"]
        assert post.unsafe == ("post came back on 2026-11-30" if is_stopped else None)


def answered(kept: Kept, on: str, **changes: Any) -> None:
    from letters.model.history import ContactLogged

    told = {"at": f"{on}T09:00:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "spoke"}
    kept.tell(ContactLogged(contact={**told, "to": "samira", **changes}), "C-1103")


def test_a_letter_for_silence_does_not_leave_after_the_client_answered(kept: Kept) -> None:
    name = kept.issue("one", dated="2026-11-15", at=AT.replace(day=15))
    answered(kept, "2026-11-20")
    (finding,) = sent(kept, name)
    assert (finding.code, "heard of on 2026-11-20" in finding.message) == ("must-not-leave", True)
    assert f"letters log void {name} --because" in finding.remedy
    assert kept.letter(name).status == "issued"
    # It left before they answered, and that is only entered now.
    sent(kept, name, on=date(2026, 11, 18))
    assert kept.letter(name).sent_on == "2026-11-18"


def test_an_answer_from_before_it_was_written_or_to_another_letter_stops_nothing(kept: Kept) -> None:
    answered(kept, "2026-11-20")
    early, other = kept.issue("one"), kept.issue("two", for_silence=False, step=None, dated="2026-11-15")
    assert [one.letter.letter for one in sent(kept, early, other)] == [early, other]
