"""A table with a few columns brings known cases up to date, and enters no new ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.caseload.importing import Plan
from letters.model.history import CaseErased
from tests.caseload.test_importing import AT, HOME, ME, Desk, case, codes

PHONE = {"number": "+1 503 555 0188", "safe": "yes", "voicemail": "none"}


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    address = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    found = Desk(tmp_path, address)
    found.enter(case(client={"phones": [PHONE]}), case("C-2", client={"id": "bo", "name": "Bo Yu"}))
    return found


def plan(desk: Desk, *lines: str) -> Plan:
    rows = desk.folder / "rows.csv"
    rows.write_text("\n".join(lines))
    return desk.of_files(rows)


def changes(found: Plan) -> list[tuple[str, str, str | None]]:
    return [
        (one.entering.number, each.path, each.after) for one in found.cases for each in one.entering.changes
    ]


def test_each_row_changes_what_it_has_filled_in_and_leaves_the_rest(desk: Desk) -> None:
    found = plan(desk, "case,ending on,ending reason", "C-1,2026-12-20,MOVED", "C-2,2026-12-21,COST")
    assert (codes(found), found.faulty, [one.what for one in found.cases]) == ([], 0, ["changed"] * 2)
    assert changes(found) == [
        *[("C-1", "ending.on", "2026-12-20"), ("C-1", "ending.reason", "MOVED")],
        *[("C-2", "ending.on", "2026-12-21"), ("C-2", "ending.reason", "COST")],
    ]
    again = plan(desk, "case,words acknowledgment", "C-1,You worked hard.")
    assert changes(again) == [("C-1", "words.acknowledgment", "You worked hard.")]


def test_a_cell_that_is_needed_and_empty_is_as_the_register_has_it(desk: Desk) -> None:
    lines = ("case,opened,clinician,client name,last session", "C-1,,,,2026-11-02")
    assert changes(plan(desk, *lines)) == [("C-1", "last_session", "2026-11-02")]
    assert codes(plan(desk, lines[0], "C-9,,,,2026-11-02")) == ["missing-field"] * 3


def test_a_wrong_value_is_told_with_its_place_and_nothing_is_said_to_be_missing(desk: Desk) -> None:
    found = plan(desk, "case,last session", "C-1,2026-13-20", "C-2,2026-11-02")
    assert (codes(found), found.faulty) == (["bad-value"], 1)
    assert "row 2, column B" in str(found.findings[0].place and found.findings[0].place.field)
    assert [one.entering.number for one in found.cases] == ["C-2"]


def test_one_unknown_case_among_them_is_named_and_keeps_what_is_missing(desk: Desk) -> None:
    found = plan(desk, "case,last session", "C-1,2026-11-02", "C-9,2026-11-02")
    assert (codes(found), found.faulty, len(found.cases)) == (["missing-field"] * 4, 1, 1)
    assert found.findings[-1].message == "Not in the register, and said too little of to be entered: C-9."
    assert "There is no column opened." in [one.message for one in found.findings]
    alone = plan(desk, "case,last session", "C-9,2026-11-02")
    assert "Not in the register" not in "".join(one.message for one in alone.findings)


def test_a_table_that_is_at_fault_otherwise_is_not_read(desk: Desk) -> None:
    found = plan(desk, "case,shoe size", "C-1,9")
    assert (codes(found)[0], found.cases, found.faulty) == ("unknown-column", [], 1)


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        (("case,phone safe", "C-1,no"), [("C-1", "clients[0].phones[0].safe", "no")]),
        (("case,phone safe", "C-1,yes"), []),
        (("case,address safe", "C-1,yes"), None),
        (("case,address confirmed", "C-1,2026-11-20"), None),
        (("case,phone voicemail", "C-1,detailed"), None),
        (("case,address discreet", "C-1,no"), None),
        (("case,relationship", "C-1,family"), [("C-1", "relationship", "family")]),
    ],
)
def test_a_row_may_forbid_without_saying_where_and_permits_nothing(
    desk: Desk, lines: tuple[str, ...], result: Any
) -> None:
    found = plan(desk, *lines)
    assert set(codes(found)) == ({"missing-field"} if result is None else set())
    assert changes(found) == (result or [])
    assert desk.data()["clients"][0]["addresses"] == [HOME]


def test_a_number_that_was_erased_or_is_there_twice_stays_an_error(desk: Desk) -> None:
    assert codes(plan(desk, "case,last session", "C-1,2026-11-02", "C-1,2026-11-03")) == ["case-twice"]
    with desk.register.writing(ME, AT) as writing:
        writing.append(CaseErased(numbers=["C-2"], entries=[], because="asked for"), None)
    assert codes(plan(desk, "case,last session", "C-2,2026-11-02")) == ["case-gone"]
