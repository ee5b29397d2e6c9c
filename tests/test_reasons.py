"""Reasons for an ending are codes from a list, and no letter prints one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from letters import reasons
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


def test_labels_are_plain_and_differ() -> None:
    labels = [entry["label"] for entry in yaml.safe_load(reasons.FILE.read_text("utf-8"))["reasons"].values()]

    assert len(labels) == len(set(labels)) == len(reasons.known())
    assert all(re.match(r"[A-Z][a-z]", label) for label in labels)


def test_no_national_code_stands_for_two_reasons() -> None:
    value = read(reasons.FILE, Reasons).value
    assert value
    for codes in (
        [one.teds for one in value.reasons.values() if one.teds],
        [code for one in value.reasons.values() for code in one.nhs if code != "46"],
    ):
        assert len(codes) > 5
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", reasons.known())
def test_no_letter_prints_the_code_or_its_label(code: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    before, _ = desk.write()
    desk.case["ending"]["reason"] = code
    after, findings = desk.write()

    assert before
    if after is None:
        assert findings
        return
    assert after.html == before.html


def test_a_code_that_is_none_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.case["ending"]["reason"] = "LOST"

    assert "unknown-reason" in desk.codes()
