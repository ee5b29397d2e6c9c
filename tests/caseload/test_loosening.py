"""What an import permits that was not permitted before is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.caseload.test_importing import HOME, Desk, case, codes


@pytest.fixture
def table(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_was_not_safe_and_is_now_is_noted(table: Desk) -> None:
    table.enter(case())
    found = table.plan(case(client={"addresses": [{**HOME, "safe": "yes"}]}))
    assert codes(found) == ["made-safe"]
    assert found.faulty == 0
    more = {**HOME, "lines": ["9 Mill Road"], "safe": "yes"}
    assert codes(table.plan(case(client={"addresses": [HOME, more]}))) == []


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ({"no_contact": "yes"}, {"no_contact": "no"}, "clients[0].no_contact was yes, and is no now."),
        ({"no_contact": "yes"}, {}, "clients[0].no_contact was yes, and is not said now."),
        ({"discreet": "yes"}, {"discreet": "no"}, "clients[0].addresses[0].discreet was yes, and is no now."),
        ({"voicemail": "none"}, {"voicemail": "detailed"}, "voicemail was none, and is detailed now."),
        ({"voicemail": "detailed"}, {"voicemail": "none"}, ""),
        ({"discreet": "yes"}, {}, ""),
    ],
)
def test_what_lets_more_out_than_before_is_noted(
    table: Desk, before: dict[str, str], after: dict[str, str], says: str
) -> None:
    def client(told: dict[str, str]) -> dict[str, Any]:
        home = {**HOME, **{name: said for name, said in told.items() if name == "discreet"}}
        phone = {"number": "503 555 0101", **{key: said for key, said in told.items() if key == "voicemail"}}
        more = {name: said for name, said in told.items() if name == "no_contact"}
        return {"addresses": [home], "phones": [phone], **more}

    table.enter(case(client=client(before)))
    found = table.plan(case(client=client(after)))
    assert codes(found) == ["made-safe"] * bool(says)
    assert says in "".join(finding.message for finding in found.findings)
