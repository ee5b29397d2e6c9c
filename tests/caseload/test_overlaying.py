"""A row of a table never says more than its columns do."""

from __future__ import annotations

from typing import Any

import pytest

from letters.caseload.overlaying import overlaid

KNOWN: dict[str, Any] = {
    "case": "C-1",
    "supports": ["a sister", "a group"],
    "clients": [
        {
            "id": "jordan",
            "name": "Jordan Avery",
            "born": "1991-05-04",
            "addresses": [{"lines": ["44 Alder Avenue", "Apt 4"], "postcode": "97202", "safe": "yes"}],
            "phones": [{"number": "+1 503 555 0188", "safe": "yes", "voicemail": "detailed"}],
        }
    ],
}


def over(**client: Any) -> dict[str, Any]:
    tree = overlaid(KNOWN, {"case": "C-1", "clients": [{"id": "client-1", "name": "Jordan Avery", **client}]})
    assert isinstance(tree, dict)
    (found,) = tree["clients"]
    return dict(found)


def test_what_has_no_column_stays() -> None:
    tree = overlaid(KNOWN, {"case": "C-1", "supports": ["a brother"]})
    assert tree == {**KNOWN, "supports": ["a brother", "a group"]}


def test_an_id_that_was_made_up_gives_way() -> None:
    assert over() == KNOWN["clients"][0]
    assert over(id="jo")["id"] == "jo"


def test_the_same_address_keeps_what_is_known_of_it() -> None:
    (address,) = over(addresses=[{"lines": ["44 Alder Avenue"], "safe": "no"}])["addresses"]
    assert address == {"lines": ["44 Alder Avenue", "Apt 4"], "postcode": "97202", "safe": "no"}


def test_another_address_or_number_inherits_no_permission() -> None:
    client = over(addresses=[{"lines": ["9 Mill Road"]}], phones=[{"number": "+1 503 555 0999"}])
    assert client["addresses"] == [{"lines": ["9 Mill Road"]}]
    assert client["phones"] == [{"number": "+1 503 555 0999"}]


def test_the_same_number_written_otherwise_keeps_its_permissions() -> None:
    (phone,) = over(phones=[{"number": "503-555-0188"}])["phones"]
    assert phone == {"number": "503-555-0188", "safe": "yes", "voicemail": "detailed"}


def test_somebody_with_another_id_and_name_inherits_nothing() -> None:
    assert over(id="robin", name="Robin Hale") == {"id": "robin", "name": "Robin Hale"}


@pytest.mark.parametrize(
    "place", [{"postcode": "98101"}, {"country": "CA"}, {"city": "Salem", "postcode": ""}]
)
def test_a_street_of_that_name_elsewhere_inherits_nothing(place: dict[str, str]) -> None:
    home = {
        "lines": ["4 High Street"],
        "city": "Portland",
        "postcode": "97201",
        "country": "US",
        "safe": "yes",
    }
    new = {name: said for name, said in {"lines": home["lines"], **place}.items() if said}
    known = home if "postcode" in new or "country" in new else {**home, "postcode": ""}
    assert overlaid([known], [new]) == [new]


def test_the_day_something_was_not_safe_does_not_confirm_that_it_is() -> None:
    phone = {"number": "503 555 0188", "safe": "no", "confirmed": "2026-05-01"}
    said = {"number": "503 555 0188", "safe": "Yes"}
    assert overlaid([phone], [said]) == [said]
    assert overlaid([phone], [{**said, "safe": "no"}]) == [phone]
    known = {**said, "confirmed": "2026-05-01"}
    assert overlaid([{**phone, "safe": "yes"}], [said]) == [known]


@pytest.mark.parametrize("known", ["jordan", "client-1"])
def test_a_row_about_somebody_else_inherits_nothing(known: str) -> None:
    before = {**KNOWN["clients"][0], "id": known}
    other = {"id": "client-1", "name": "Pedro Gomez"}
    assert overlaid([before], [other]) == [other]
    same = overlaid([before], [{**other, "name": "Jordan Hale"}])
    assert same == [{**before, "name": "Jordan Hale"}]
