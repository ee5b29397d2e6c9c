from __future__ import annotations

from decimal import Decimal

import pytest

from letters.locale.money import is_currency, money


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "written"),
    [
        ("120", "USD", "en_US", "$120.00"),
        ("1234.5", "USD", "en_US", "$1,234.50"),
        ("120", "USD", "en_GB", "US$120.00"),
        ("1234.5", "GBP", "en_GB", "£1,234.50"),
        ("1234.5", "EUR", "de_DE", "1.234,50\u00a0€"),
        ("1234.5", "EUR", "fr_FR", "1\u00a0234,50\u00a0€"),
        ("120", "JPY", "en_US", "¥120"),
        ("-5", "USD", "en_US", "-$5.00"),
        ("0.005", "USD", "en_US", "$0.005"),
        ("120.5", "JPY", "en_US", "¥120.5"),
    ],
)
def test_an_amount_is_written_as_its_reader_does_and_never_rounded(
    amount: str, currency: str, locale: str, written: str
) -> None:
    assert money(Decimal(amount), currency, locale) == written


def test_currencies_are_known_by_their_codes() -> None:
    assert is_currency("USD")
    assert not is_currency("US")
