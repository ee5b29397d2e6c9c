"""Reasons for an ending are codes from a list, and no letter prints one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from letters import reasons
from letters.letter import Written
from letters.model.reason import Reasons
from letters.sources import read
from tests.support.desk import Desk


def test_the_list_loads_and_every_code_is_there_once() -> None:
    reading = read(reasons.FILE, Reasons)

    assert reading.findings == []
    assert reading.value
    assert list(reading.value.reasons) == reasons.known()
    written = re.findall(r"^  ([A-Z_]+): ", reasons.FILE.read_text("utf-8"), re.MULTILINE)
    assert len(written) > 40
    assert max(Counter(written).values()) == 1
    assert written == reasons.known()


@pytest.mark.parametrize("language", ["en", "es"])
def test_labels_are_plain_and_differ_in_each_language(language: str) -> None:
    found = [reasons.find(code) for code in reasons.known()]
    labels = [one.label[language] for one in found if one]

    assert len(labels) == len({label.casefold() for label in labels}) == len(reasons.known())
    assert [label for label in labels if not (label[0].isupper() and label[1:].islower())] == []


def test_labels_are_in_english_and_spanish_and_no_other_language() -> None:
    found = {code: reasons.find(code) for code in reasons.known()}

    assert {code: set(one.label) for code, one in found.items() if one} == {
        code: {"en", "es"} for code in reasons.known()
    }
    assert [code for code, one in found.items() if one and one.label["en"] == one.label["es"]] == []


# What others call each reason: T is TEDS-D, N is NHS Talking Therapies, H is that HMIS has one like it.
CROSSWALKS = {
    **{"GOALS_MET": "T1 N46 H", "MUTUAL": "N46", "TIME_LIMIT": "H", "ADVICE_ONLY": "N12"},
    **{"CLIENT_CHOICE": "H", "AGAINST_ADVICE": "T2 N47", "MOVED": "", "SCHEDULE": "", "COST": ""},
    **{"DISSATISFIED": "H", "DECLINED_OFFER": "N14", "LEFT_HOUSEHOLD": "H"},
    **{"NO_SHOW": "", "LOST_CONTACT": "H", "NOT_ASSESSED": "N50", "ASSESSMENT_DROPOUT": "N16"},
    **{"NONPAYMENT": "H", "FUNDING_ENDED": "", "INSURANCE_CHANGE": ""},
    **{"OUT_OF_SCOPE": "H", "NO_BENEFIT": "", "NONCOMPLIANCE": "H", "BOUNDARY": "", "SAFETY": "H"},
    **{"CONFLICT": "", "INELIGIBLE": "N10 N11", "ADMINISTRATIVE": "T3", "EARLIER_THAN_REQUESTED": "N48"},
    **{"REFERRED_OUT": "N13", "STEPPED_UP": "", "STEPPED_DOWN": "", "TRANSFER_INTERNAL": ""},
    **{"TRANSFER_EXTERNAL": "T4", "AGED_OUT": ""},
    **{"DECEASED": "T6 N17 N49", "INCARCERATED": "T5", "HOSPITALISED": ""},
    **{"CLINICIAN_LEFT": "", "CLINICIAN_DECEASED": "", "PRACTICE_CLOSED": "", "CONTRACT_ENDED": ""},
    **{"WORK_COMPLETE": "", "CHANGED_ADVISER": "", "FIRM_RESIGNED": "", "CEASED_TRADING": ""},
    **{"UNKNOWN": "N95 N96", "OTHER": "T7"},
}


def counterparts(code: str) -> str:
    """What others call a reason, written as in the table."""
    one = reasons.find(code)
    assert one
    teds = [f"T{one.teds}"] if one.teds else []
    return " ".join([*teds, *(f"N{number}" for number in one.nhs), *(["H"] if one.hmis else [])])


def test_the_codes_of_others_are_those_of_the_table() -> None:
    assert {code: counterparts(code) for code in reasons.known()} == CROSSWALKS


def test_no_national_code_stands_for_two_reasons() -> None:
    value = read(reasons.FILE, Reasons).value
    assert value
    for codes in (
        [one.teds for one in value.reasons.values() if one.teds],
        [code for one in value.reasons.values() for code in one.nhs if code != "46"],
    ):
        assert len(codes) > 5
        assert len(codes) == len(set(codes))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The letter as it is with the reason the example has."""
    written, findings = Desk(tmp_path_factory.mktemp("office")).write()
    assert written, findings
    return written


# What ends for these reasons waits for something else first, which the case does not say.
STOPPED = {"DECEASED": ["deceased"], "NONPAYMENT": ["nonpayment"]}


@pytest.mark.parametrize("code", [code for code in reasons.known() if code not in STOPPED])
def test_no_letter_prints_the_code_or_its_label(code: str, usual: Written, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["ending"]["reason"] = code
    written, findings = desk.write()

    assert written, findings
    assert (written.html, written.frame.lines) == (usual.html, usual.frame.lines)


@pytest.mark.parametrize("code", sorted(STOPPED))
def test_a_reason_that_has_to_wait_for_something_stops_the_letter(code: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["ending"]["reason"] = code
    written, findings = desk.write()

    assert written is None
    assert [finding.code for finding in findings] == STOPPED[code]
    label = reasons.find(code)
    assert label
    said = " ".join(f"{finding.message} {finding.remedy}" for finding in findings)
    assert [text for text in (code, *label.label.values()) if text in said] == []


def test_a_code_that_is_none_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["ending"]["reason"] = "LOST"

    assert "unknown-reason" in desk.codes()
