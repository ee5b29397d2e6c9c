"""The practice that `letters new` makes up is for trying, and not for sending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from letters.checks.starter import STARTER
from letters.findings import Severity
from tests.checks.looking import Desk, field, the
from tests.support.desk import EXAMPLES

MADE_UP: dict[str, Any] = yaml.safe_load(STARTER.read_text("utf-8"))
SAYS = "The practice file still holds what `letters new` made up: "


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_made_up_practice_is_told_and_in_a_draft_only_noted(desk: Desk) -> None:
    desk.practice["name"] = MADE_UP["name"]

    issued, drafted = the("example-data", desk.write()[1]), the("example-data", desk.write(draft=True)[1])

    assert (issued.severity, drafted.severity) == (Severity.WARNING, Severity.NOTE)
    assert issued.message == f"{SAYS}name."
    assert "your own" in issued.remedy
    assert field(issued) == "name"


@pytest.mark.parametrize("name", ["name", "phone", "email"])
def test_what_is_left_of_it_is_told_where_it_stands(name: str, desk: Desk) -> None:
    desk.practice[name] = MADE_UP[name]

    found = the("example-data", desk.write()[1])
    assert (found.message, field(found)) == (f"{SAYS}{name}.", name)


@pytest.mark.parametrize("name", ["custodian", "phone"])
def test_who_keeps_its_records_is_told(name: str, desk: Desk) -> None:
    desk.practice["records"][name] = MADE_UP["records"][name]

    found = the("example-data", desk.write()[1])
    assert (found.message, field(found)) == (f"{SAYS}records.{name}.", f"records.{name}")


def test_its_street_is_told_in_any_city(desk: Desk) -> None:
    desk.practice["address"] |= {"lines": MADE_UP["address"]["lines"], "city": "Salem", "postcode": "97301"}

    found = the("example-data", desk.write()[1])
    assert (found.message, field(found)) == (f"{SAYS}address.", "address")


def test_its_person_is_told(desk: Desk) -> None:
    desk.practice["people"] |= MADE_UP["people"]

    found = the("example-data", desk.write()[1])
    assert (found.message, field(found)) == (f"{SAYS}people.alex-reed.", "people.alex-reed")


def test_all_that_is_left_is_one_finding(desk: Desk) -> None:
    kept = ("name", "address", "phone", "email", "records")
    desk.practice |= {name: MADE_UP[name] for name in kept}
    desk.practice["people"] |= MADE_UP["people"]

    found = the("example-data", desk.write()[1])
    everything = "name, address, phone, email, records.custodian, records.phone, people.alex-reed"
    assert found.message == f"{SAYS}{everything}."


@pytest.mark.parametrize("office", ["harbor", "ledger", "meadow"])
def test_a_practice_of_ones_own_passes(office: str, tmp_path: Path) -> None:
    (case, *_) = sorted((EXAMPLES / office / "cases").glob("*.yaml"))
    desk = Desk(tmp_path, case.stem, office)

    assert "example-data" not in desk.codes("file-note")


def test_what_only_resembles_it_or_is_nowhere_passes(desk: Desk) -> None:
    desk.practice["name"] = f"{MADE_UP['name']} and Sons"
    desk.practice["people"]["sam-rivera"] |= {"role": MADE_UP["people"]["alex-reed"]["role"]}
    desk.practice |= {"email": "", "hours": MADE_UP["hours"]}
    desk.practice["records"]["phone"] = ""

    assert "example-data" not in desk.codes()
