"""Endings: every refusal of the life of a case has a rule, and what the client would see."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from letters import lifecycle, reasons
from letters.caseload.endings import RULES, ask_restart, client_sees, is_by_provider
from letters.model.history import CaseEnded, CaseEntered
from letters.model.practice import Practice
from letters.register.location import location
from letters.register.opening import open_register
from letters.register.store import Actor
from tests.support.desk import Desk

AT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def test_every_refusal_has_a_rule() -> None:
    source = Path(lifecycle.__file__).read_text("utf-8")
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
