"""A row of a table never says more than its columns do."""

from __future__ import annotations

from typing import Any

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
