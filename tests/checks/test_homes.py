"""Two addresses are one place however they are written, and others are not."""

from __future__ import annotations

import pytest

from letters.checks.homes import names_home, same_home
from letters.model.practice import PostalAddress


def address(
    *lines: str, city: str = "Portland", postcode: str = "97202", country: str = "US"
) -> PostalAddress:
    said = {"lines": list(lines), "country": country}
    return PostalAddress.model_validate(
        said | ({"city": city} if city else {}) | ({"postcode": postcode} if postcode else {})
    )


HOME = address("44 Alder Avenue")
BRITISH = address("12 High Street", city="Bath", postcode="BA1 1AA", country="GB")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HOME, address("44 ALDER  avenue")),
        (HOME, address("44 Alder Ave.")),
        (HOME, address("44 Alder Avenue", postcode="")),
        (HOME, address("44 Alder Avenue", postcode="97202-1234")),
        (HOME, address("44 Alder Avenue", postcode="972021234")),
        (HOME, address("44 Alder Avenue", "Portland")),
        (HOME, address("44 Alder Avenue", "Portland, OR 97202", city="", postcode="")),
        (HOME, address("44 Alder Avenue, Portland 97202", city="", postcode="")),
        (HOME, address("44 Alder Avenue Portland", postcode="")),
        (HOME, address("c/o Mary Smith", "44 Alder Avenue")),
        (HOME, address("44 Alder Avenue", "Apt 3")),
        (HOME, address("44 Alder Avenue #3")),
        (address("44 Alder Avenue", "Apt. 3B"), address("44 Alder Avenue, #3B")),
        (address("PO Box 12"), address("P.O. Box 12")),
        (BRITISH, address("12 High Street", city="Bath", postcode="ba11aa", country="GB")),
        (BRITISH, address("Rose Cottage", "12 High Street", city="Bath", postcode="", country="GB")),
        (
            address("Alderweg 4", city="Bern", postcode="3007", country="CH"),
            address("Alderweg 4", city="Bern", postcode="CH-3007", country="CH"),
        ),
    ],
)
def test_one_place_is_recognized_either_way_round(one: PostalAddress, other: PostalAddress) -> None:
    assert same_home(one, other)
    assert same_home(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HOME, address("144 Alder Avenue")),
        (HOME, address("44 Alder Street")),
        (HOME, address("44 Alder Avenue", postcode="97214")),
        (HOME, address("44 Alder Avenue", city="Salem", postcode="")),
        (address("44 Alder Avenue", "Apt 3"), address("44 Alder Avenue", "Apt 4")),
        (BRITISH, address("12 High Street", city="Bath", postcode="BA1 1AB", country="GB")),
        (address("PO Box 12"), address("PO Box 13")),
    ],
)
def test_another_place_is_not(one: PostalAddress, other: PostalAddress) -> None:
    assert not same_home(one, other)
    assert not same_home(other, one)


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        ("44 Alder Avenue", True),
        ("letter to 44 Alder Ave, Portland", True),
        ("44 Alder", True),
        ("144 Alder Avenue", False),
        ("44", False),
        ("the old address", False),
    ],
)
def test_a_note_names_a_home_by_its_street(noted: str, expected: bool) -> None:
    assert names_home(noted, address("44 Alder Avenue", "Apt 3")) is expected
