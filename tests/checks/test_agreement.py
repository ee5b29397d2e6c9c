"""A client agrees first: to be written to after the end, to what is passed on; and has a choice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.findings import Severity
from tests.checks.looking import FIELDS, Desk, field, note, the

DAY_BEFORE, SAME_DAY, DAY_AFTER = "2026-11-21", "2026-11-22", "2026-11-23"
SHARES = {"to": "sam-rivera", "shares": "your records"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    del desk.case["words"]
    return desk


@pytest.mark.parametrize("opted_out", [DAY_BEFORE, SAME_DAY, DAY_AFTER])
def test_who_asked_to_be_left_in_peace_is(opted_out: str, desk: Desk) -> None:
    desk.client["opted_out"] = opted_out

    written, findings = desk.write(note(desk, gates=["follow-up"]))

    found = the("opted-out", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert field(found) == "clients[0].opted_out"
    assert desk.codes(note(desk)) == []


def test_who_asked_nothing_may_be_asked_how_they_are(desk: Desk) -> None:
    desk.case["ending"]["on"] = "2026-05-12"
    assert desk.codes(note(desk, gates=["follow-up"])) == []


def test_of_a_couple_only_the_one_who_asked_is_left_in_peace(tmp_path: Path) -> None:
    couple = Desk(tmp_path, "C-1002")
    couple.case.pop("words", None)
    couple.case["clients"][1]["opted_out"] = DAY_BEFORE
    couple.case["ending"]["on"] = "2026-09-12"
    kind = note(couple, gates=["follow-up"])

    assert couple.codes(kind, to="minh") == []
    assert field(the("opted-out", couple.write(kind, to="khadija")[1])) == "clients[1].opted_out"


def shared(desk: Desk, **handover: Any) -> str:
    """Order a letter that tells what is passed on."""
    desk.case["handover"] = SHARES | handover
    return note(desk, fields=[*FIELDS, "sharing?"])


def test_nothing_is_passed_on_before_the_client_agrees(desk: Desk) -> None:
    written, findings = desk.write(shared(desk))

    found = the("consent", findings)
    assert written is None
    assert found.severity is Severity.ERROR
    assert field(found) == "handover.shares"


def test_an_agreement_of_tomorrow_is_none_today(desk: Desk) -> None:
    found = the("consent", desk.write(shared(desk, consent={"signed": DAY_AFTER, "reference": "A-1"}))[1])

    assert found.message == "The client's agreement is signed on 2026-11-23, after the letter's date."
    assert field(found) == "handover.consent.signed"


def test_with_an_agreement_or_nothing_to_pass_on_nothing_is_said(desk: Desk) -> None:
    assert desk.codes(shared(desk, consent={"signed": SAME_DAY, "reference": "A-1"})) == []
    assert desk.codes(shared(desk, shares="")) == []
    del desk.case["handover"]
    assert desk.codes(note(desk, fields=[*FIELDS, "sharing?"])) == []


def test_a_letter_that_does_not_tell_what_is_passed_on_needs_no_agreement(desk: Desk) -> None:
    shared(desk)

    assert desk.codes(note(desk)) == []


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([], "The letter names no places to turn to."),
        (["Ash"], "The letter names 1 place to turn to."),
        (["Ash", "Birch"], "The letter names 2 places to turn to."),
        (["Ash", "Birch", "ASH"], "The letter names 2 places to turn to."),
    ],
)
def test_who_has_to_look_elsewhere_needs_a_choice(names: list[str], says: str, desk: Desk) -> None:
    desk.case["referrals"] = [{"name": name} for name in names]

    found = the("few-options", desk.write(note(desk, gates=["options"]))[1])

    assert found.severity is Severity.WARNING
    assert found.message == says
    assert desk.codes(note(desk)) == []


def test_three_places_are_a_choice(desk: Desk) -> None:
    desk.case["referrals"] = [{"name": name} for name in ("Ash", "Birch", "Cedar")]

    assert desk.codes(note(desk, gates=["options"])) == []


@pytest.mark.parametrize(
    ("by", "found"), [("", ["consent"]), ("partner", ["consent"]), ("jordan", []), ("nobody", ["consent"])]
)
def test_of_a_couple_each_agrees_for_themselves(by: str, found: list[str], desk: Desk) -> None:
    kind = shared(desk, consent={"by": by, "signed": SAME_DAY, "reference": "A-1"})
    desk.case["clients"].append({"id": "partner", "name": "Quentin Quimby"})

    assert desk.codes(kind, to="jordan") == found


@pytest.mark.parametrize(
    ("ending", "codes"),
    [
        (None, ["not-ended"]),
        ({"reason": "MUTUAL", "on": "2026-12-06"}, ["not-ended"]),
        ({"reason": "MUTUAL", "on": "2026-05-12"}, []),
        ({"reason": "MUTUAL", "at": "2026-05-12T10:00-07:00"}, []),
    ],
)
def test_only_somebody_whose_case_has_ended_is_asked_how_things_are(
    ending: dict[str, str] | None, codes: list[str], desk: Desk
) -> None:
    desk.case["ending"] = ending

    assert desk.codes(note(desk, gates=["follow-up"])) == codes
