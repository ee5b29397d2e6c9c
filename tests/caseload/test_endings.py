"""Endings: every refusal of the life of a case has a rule, and what the client would see."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from letters import guards, reasons
from letters.caseload.endings import RULES, Wanted, ask, ask_restart, client_sees, end, is_by_provider
from letters.model.history import (
    CaseEnded,
    CaseEntered,
    ContactLogged,
    Event,
    LetterIssued,
    LetterReturned,
    LetterSent,
    TaskOpened,
)
from letters.model.practice import Practice
from letters.register import queries
from letters.register.location import location
from letters.register.opening import open_register
from letters.register.store import Actor
from tests.caseload import silent
from tests.caseload.silent import practice, tell, wrote
from tests.register import telling
from tests.support.desk import TODAY, Desk

AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def test_every_refusal_has_a_rule() -> None:
    source = Path(guards.__file__).read_text("utf-8")
    refused = set(re.findall(r'Refusal\("([a-z-]+)"', source)) - {"already-open"}
    assert refused == RULES.keys()
    assert refused >= {"already-ended", "ends-before-start", "ends-in-future", "notice-running"}
    assert refused >= {"no-letter-or-call", "appointment-ahead", "danger", "not-ended", "restart-before-end"}
    taken = {"not-ended": "still-open"}  # the other one is about letters
    assert {code: rule.code for code, rule in RULES.items()} == {
        code: taken.get(code, code) for code in refused
    }


@pytest.mark.parametrize(
    ("reason", "is_theirs"),
    [
        *[("CONFLICT", True), ("NONPAYMENT", True), ("LOST_CONTACT", True), ("CLINICIAN_LEFT", True)],
        *[("CLIENT_CHOICE", False), ("GOALS_MET", False), ("DECEASED", False), ("NO_SUCH", True)],
    ],
)
def test_who_ends_it_is_taken_as_letters_take_it(reason: str, is_theirs: bool) -> None:
    assert is_by_provider(reason) is is_theirs


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        (
            {},
            "Ended: November 22, 2026, 10:30 AM PST. You can book again at harborfamily.example/book, or by "
            "phone: (503) 555-0100.",
        ),
        (
            {"booking": None, "time_zone": None},
            "Ended: November 22, 2026, 6:30 PM UTC. You can book again by phone: (503) 555-0100.",
        ),
    ],
)
def test_the_client_sees_that_it_ended_and_how_to_book_again(
    tmp_path: Path, changes: dict[str, Any], seen: str
) -> None:
    told = {**Desk(tmp_path).practice, **changes}
    practice = Practice.model_validate({name: value for name, value in told.items() if value is not None})
    shown = client_sees(practice, AT)
    assert shown == seen
    assert not any(reason in shown for reason in reasons.known())


def test_nothing_is_restarted_before_it_ended(tmp_path: Path) -> None:
    data = {"case": "C-1", "relationship": "individual", "opened": "2026-03-02", "clinician": "sam"}
    data["clients"] = [{"id": "c", "name": "Ana"}]  # type: ignore[assignment]
    register = open_register(location(None, tmp_path))
    with register.writing(Actor("sam", "sam"), AT) as writing:
        writing.append(CaseEntered(data=data), "C-1")
        writing.append(CaseEnded(reason="MOVED", on=date(2026, 11, 22), at=AT), "C-1")
    with register.reading() as connection:
        early = ask_restart(connection, "C-1", date(2026, 11, 21))
        assert [one.code for one in early.findings] == ["restart-before-end"]
        assert ask_restart(connection, "C-1", date(2026, 11, 22)).findings == []


def test_codes_of_the_case_are_named() -> None:
    from letters.caseload.endings import BEFORE_SESSION, NO_DEATH, STILL_OPEN

    codes = [one.code for one in (BEFORE_SESSION, NO_DEATH, STILL_OPEN)]
    assert codes == ["ends-before-session", "no-death-entered", "still-open"]


class Case:
    """One case whose last session was a hundred days ago, and what is asked about its end."""

    def __init__(self, folder: Path) -> None:
        self.office = practice(folder / "office")

    def told(self, *story: tuple[Event, str], session: int = 100) -> Case:
        tell(self.office, silent.entered(silent=session), *story)
        return self

    def codes(self, reason: str = "LOST_CONTACT", without: str | None = None, days: int = 0) -> list[str]:
        wanted = Wanted(reason, AT, TODAY - timedelta(days), without)
        with self.office.register().reading() as connection:
            return [one.code for one in ask(connection, "C-1", wanted, AT, 90).findings]


def returned(letter: Event) -> tuple[Event, str]:
    assert isinstance(letter, LetterIssued)
    return LetterReturned(letter=letter.letter, on=TODAY), "C-1"


def left(letter: Event) -> tuple[Event, str]:
    assert isinstance(letter, LetterIssued)
    return LetterSent(letter=letter.letter, on=letter.dated, how="post"), "C-1"


def test_nobody_was_told_where_every_letter_that_named_the_end_came_back(tmp_path: Path) -> None:
    kim, lee = (wrote("closing-lost-contact", days, addressee="kim") for days in (20, 21))
    case = Case(tmp_path).told(kim, lee, left(kim[0]), left(lee[0]), returned(kim[0]))
    assert case.codes() == []
    tell(case.office, returned(lee[0]))
    assert case.codes() == ["not-told"]
    assert case.codes(without="told by phone on a number they gave") == []
    tell(case.office, wrote("closing-lost-contact", 1))
    assert case.codes() == []


def answer(days: int) -> tuple[Event, str]:
    at = f"{silent.ago(days)}T10:00:00-08:00"
    return ContactLogged(contact=telling.contact(at, outcome="spoke")), "C-1"


def attempt(days: int) -> tuple[Event, str]:
    at = f"{silent.ago(days)}T11:00:00-08:00"
    return ContactLogged(contact=telling.contact(at)), "C-1"


CLOSING = "closing-lost-contact"


@pytest.mark.parametrize(
    ("session", "story", "is_heard"),
    [
        (200, [answer(5)], True),
        (200, [answer(5), attempt(2)], False),
        (20, [], True),
        (100, [], False),
        (200, [wrote(CLOSING, 20), answer(5)], True),
        (200, [wrote(CLOSING, 20), answer(5), attempt(2)], True),
        (200, [wrote(CLOSING, 20), answer(15), wrote(CLOSING, 2)], False),
        (200, [answer(25), wrote(CLOSING, 20)], False),
    ],
)
def test_contact_is_not_lost_with_somebody_who_was_heard_of(
    tmp_path: Path, session: int, story: list[tuple[Event, str]], *, is_heard: bool
) -> None:
    case = Case(tmp_path).told(*story, session=session)
    word = "no word needed here"
    for reason in ("LOST_CONTACT", "NO_SHOW"):
        assert case.codes(reason, word) == ["heard-of"] * is_heard
    assert case.codes("CLIENT_CHOICE", word) == []


def test_the_finding_names_the_day_and_where_the_reasons_are(tmp_path: Path) -> None:
    case = Case(tmp_path).told(wrote(CLOSING, 20), answer(5))
    with case.office.register().reading() as connection:
        (found,) = ask(connection, "C-1", Wanted("LOST_CONTACT", AT), AT, 90).findings
    assert found.message == (
        f"The client was heard of on {silent.ago(5)}, after the closing letter of {silent.ago(20)}."
    )
    assert "letters case end --reasons" in found.remedy


def test_with_the_end_what_was_to_be_read_for_a_step_is_called_off(tmp_path: Path) -> None:
    case = Case(tmp_path).told(wrote(CLOSING, 20))
    read = {"task": "approve", "what": "Read it.", "addressee": "kim"}
    step = TaskOpened.model_validate({**read, "kind": "outreach", "step": "outreach"})
    other = TaskOpened.model_validate({**read, "kind": "record-return"})
    tell(case.office, (step, "C-1"), (other, "C-1"))
    with case.office.register().writing(silent.SAM, AT) as writing:
        done = end(writing, "C-1", Wanted("LOST_CONTACT", AT), AT, 90)
        assert (done.findings, [one.data["kind"] for one in done.tasks]) == ([], ["outreach"])
        assert [one.data["kind"] for one in queries.tasks(writing.connection)] == ["record-return"]
