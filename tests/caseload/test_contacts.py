"""Contacts: which moment is meant, which way it went, and what is to be said about it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from letters.caseload.contacts import CHANNELS, OUTCOMES, Called, expect_fit, look, moment
from letters.caseload.ways import reached_by, ways, ways_used
from letters.errors import UsageError
from letters.findings import FoundError
from letters.model.case import Case
from letters.model.practice import Practice
from tests.support.desk import Desk

ZONE = "America/Los_Angeles"
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=ZoneInfo(ZONE))
ANA = {"id": "ana", "name": "Ana Bird"}


@pytest.fixture
def practice(tmp_path: Any) -> Practice:
    return Practice.model_validate(Desk(tmp_path).practice)


def case(*clients: dict[str, Any]) -> Case:
    told = {"case": "C-1", "relationship": "individual", "opened": "2026-03-02", "clinician": "sam-rivera"}
    return Case.model_validate({**told, "clients": clients})


def called(channel: str = "phone", outcome: str = "voicemail", **more: Any) -> Called:
    told: dict[str, Any] = {"direction": "out", "at": NOW, "by": "sam-rivera"}
    return Called(channel, outcome, **{**told, **more})


def codes(about: Case, practice: Practice, one: Called) -> list[str]:
    return [finding.code for finding in look(about, practice, one)]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (None, "2026-11-22T10:30:00-08:00"),
        (time(9, 5), "2026-11-22T09:05:00-08:00"),
        (datetime(2026, 10, 20, 10, 15), "2026-10-20T10:15:00-07:00"),
        # Days are counted where the practice is.
        (datetime(2026, 10, 20, 3, 15, tzinfo=ZoneInfo("UTC")), "2026-10-19T20:15:00-07:00"),
    ],
)
def test_a_moment_is_by_the_clock_of_the_practice(told: datetime | time | None, meant: str) -> None:
    assert moment(told, NOW, ZONE).isoformat() == meant


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (datetime(2026, 11, 1, 1, 30), "clock-change"),
        (datetime(2026, 3, 8, 2, 30), "clock-change"),
        (datetime(2026, 11, 22, 10, 31), "in-future"),
        (time(23, 59), "in-future"),
    ],
)
def test_a_moment_that_cannot_be_is_told(told: datetime | time, code: str) -> None:
    with pytest.raises(FoundError) as found:
        moment(told, NOW, ZONE)
    assert [one.code for one in found.value.findings] == [code]


def test_without_a_zone_the_offset_is_needed() -> None:
    with pytest.raises(UsageError):
        moment(time(9, 5), NOW, None)
    told = datetime(2026, 10, 20, 10, 15, tzinfo=ZoneInfo("UTC"))
    assert moment(told, NOW, None) == told


def test_every_channel_ends_in_ways_of_its_own() -> None:
    assert tuple(OUTCOMES) == CHANNELS
    refused = 0
    for channel in CHANNELS:
        for outcome in {one for outcomes in OUTCOMES.values() for one in outcomes} - set(OUTCOMES[channel]):
            with pytest.raises(UsageError):
                expect_fit(channel, outcome, "out")
            refused += 1
    assert refused > 10


@pytest.mark.parametrize("outcome", ["sent", "returned", "no-answer", "wrong-person"])
def test_what_is_no_answer_never_comes_in(outcome: str) -> None:
    channel = next(one for one in CHANNELS if outcome in OUTCOMES[one])
    expect_fit(channel, outcome, "out")
    with pytest.raises(UsageError):
        expect_fit(channel, outcome, "in")


@pytest.mark.parametrize(
    ("phones", "used", "expected"),
    [
        ([{"number": "+1 503 555 0133", "safe": "no"}], "503-555-0133", ["unsafe-contact"]),
        ([{"number": "+1 503 555 0133"}], "+1 503 555 0133", ["unsafe-contact"]),
        ([{"number": "+1 503 555 0133", "safe": "yes"}], "+1 503 555 0199", ["unknown-way"]),
        ([{"number": "+1 503 555 0133", "safe": "yes"}], "+1 503 555 0133", []),
        (
            [{"number": "+1 503 555 0133", "safe": "yes"}, {"number": "503 555 0133", "safe": "no"}],
            "+1 503 555 0133",
            ["unsafe-contact"],
        ),
    ],
)
def test_what_was_used_is_looked_up(
    practice: Practice, phones: list[dict[str, str]], used: str, expected: list[str]
) -> None:
    about = case({**ANA, "phones": phones})
    assert codes(about, practice, called(outcome="no-answer", used=used)) == expected


def test_who_must_not_be_contacted_is_told_by_any_channel(practice: Practice) -> None:
    about = case({**ANA, "no_contact": "yes"})
    assert codes(about, practice, called("in-person", "no-answer", to="ana")) == ["unsafe-contact"]
    assert codes(about, practice, called("email", "received", to="ana", direction="in")) == []


@pytest.mark.parametrize(
    ("voicemail", "said", "expected"),
    [
        ("none", "Please call.", ["message-left"]),
        (None, "Please call.", ["message-left"]),
        ("callback-only", "Please call.", []),
        ("callback-only", "Your therapist called.", ["message-tells"]),
        ("callback-only", "Harbor Family Counseling called.", ["message-tells"]),
        ("none", "Your therapist called.", ["message-left", "message-tells"]),
        ("detailed", "Your therapist called.", []),
    ],
)
def test_a_message_is_held_against_what_may_be_left(
    practice: Practice, voicemail: str | None, said: str, expected: list[str]
) -> None:
    phone = {"number": "+1 503 555 0133", "safe": "yes"} | ({"voicemail": voicemail} if voicemail else {})
    about = case({**ANA, "phones": [phone]})
    assert codes(about, practice, called(used="+1 503 555 0133", said=said)) == expected


def test_the_name_of_the_reader_tells_nothing(practice: Practice) -> None:
    phone = {"number": "+1 503 555 0133", "safe": "yes", "voicemail": "callback-only"}
    about = case({"id": "s", "name": "Sol Session", "phones": [phone]})
    one = called(used="+1 503 555 0133", said="This is for Sol Session. Please call Sam.")
    assert codes(about, practice, one) == []


def test_a_contact_from_before_the_opening_is_told(practice: Practice) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo(ZONE))
    assert codes(case(ANA), practice, called("in-person", "spoke", at=at)) == ["before-opening"]


def test_a_contact_is_kept_as_a_file_tells_it() -> None:
    assert called(used="x").tree == {
        **{"at": "2026-11-22T10:30:00-08:00", "by": "sam-rivera", "channel": "phone"},
        **{"outcome": "voicemail", "used": "x"},
    }
    assert called("email", "received", direction="in").tree["direction"] == "in"


def test_each_channel_goes_its_own_ways() -> None:
    home = {"lines": ["9 Fir Court"], "city": "Portland", "country": "US", "safe": "yes", "discreet": "no"}
    about = case(
        {
            **ANA,
            "addresses": [home],
            "phones": [{"number": "+1 503 555 0133", "safe": "yes"}],
            "emails": [{"address": "ana@x.example", "safe": "yes"}],
        }
    )
    assert [way.sort for way in ways(about)] == ["phone", "email", "post"]
    assert {channel: [way.sort for way in reached_by(about, channel)] for channel in CHANNELS} == {
        **{"phone": ["phone"], "text": ["phone"], "letter": ["post"], "email": ["email"]},
        **{"portal": [], "in-person": []},
    }
    (post,) = ways_used(about, "letter", "9 fir ct", None)
    assert (post.text, post.is_open) == ("9 Fir Court, Portland, US", True)
    assert ways_used(about, "email", "ANA@x.example", None)
    assert ways_used(about, "email", None, None) == []
