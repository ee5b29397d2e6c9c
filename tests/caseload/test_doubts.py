"""What looks like a slip in a case that is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.caseload.doubts import ODD_POSTCODE, SAFE_AND_NOT
from tests.caseload.test_importing import HOME, Desk, case, codes


@pytest.mark.parametrize(
    ("changes", "is_odd"),
    [
        *[({"postcode": code}, True) for code in ("2139", "972011", "97201-123")],
        *[({"postcode": code}, False) for code in ("02139", "97201-1234", "972011234")],
        ({"postcode": "2139", "country": "AU"}, False),
    ],
)
def test_a_us_postcode_that_lost_its_zero_is_asked_about(
    tmp_path: Path, changes: dict[str, str], *, is_odd: bool
) -> None:
    found = Desk(tmp_path).plan(case(client={"addresses": [{**HOME, **changes}]}))
    assert (ODD_POSTCODE.code, codes(found)) == ("odd-postcode", ["odd-postcode"] * is_odd)
    assert found.needs_consent is is_odd
    assert changes["postcode"] not in "".join(one.message for one in found.findings)


PHONE = {"number": "+1 503 555 0188"}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"addresses": [HOME]}, {"addresses": [{**HOME, "safe": "yes"}]}, "address, safe for bo"),
        (
            {"phones": [{**PHONE, "safe": "yes"}]},
            {"phones": [{**PHONE, "safe": "no"}]},
            "phone, safe for ann",
        ),
        ({"phones": [{**PHONE, "safe": "yes"}]}, {"phones": [PHONE]}, ""),
        ({"addresses": [HOME]}, {"addresses": [{**HOME, "lines": ["5 Low Road"], "safe": "yes"}]}, ""),
    ],
)
def test_what_two_share_and_is_safe_for_one_of_them_is_asked_about(
    tmp_path: Path, one: dict[str, Any], other: dict[str, Any], said: str
) -> None:
    clients = [{"id": "ann", "name": "Ann Lee", **one}, {"id": "bo", "name": "Bo Lee", **other}]
    desk = Desk(tmp_path)
    found = desk.plan(case(relationship="couple", clients=clients))
    assert (SAFE_AND_NOT.code, codes(found)) == ("safe-and-not", ["safe-and-not"] * bool(said))
    assert all(said in finding.message for finding in found.findings)
    desk.enter(case(relationship="couple", clients=clients))
    # Other news of the case are no reason to ask again.
    assert codes(desk.plan(case(relationship="couple", clients=clients, last_session="2026-11-01"))) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"addresses": [{**HOME, "safe": "yes"}]}, "the same address of ann is safe in C-2, and not in C-1"),
        ({"no_contact": "yes"}, "only C-2 says that nobody may contact ann"),
        ({}, ""),
    ],
)
def test_one_person_entered_twice_is_told_where_the_two_disagree(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    desk = Desk(tmp_path)
    desk.enter(case())
    (finding,) = desk.plan(case("C-2", client=changes)).findings
    assert finding.code == "entered-twice"
    assert ("contradict" in finding.message, said in finding.message) == (bool(said), True)
