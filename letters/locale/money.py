"""Amounts of money as a reader writes them."""

from __future__ import annotations

from decimal import Decimal

from babel import numbers


def money(amount: Decimal, currency: str, locale: str) -> str:
    """Write an amount with its currency, as in `$1,200.00` or `1.200,00 €`.

    An amount finer than the currency's smallest coin is written in full, never rounded.
    """
    digits = numbers.get_currency_precision(currency)
    is_exact = amount == round(amount, digits)
    written = numbers.format_currency(amount, currency, locale=locale, decimal_quantization=is_exact)
    # Babel's narrow no-break space is missing from many typefaces.
    return written.replace("\u202f", "\u00a0")


def is_currency(code: str) -> bool:
    """Tell whether this is the code of a currency, such as `USD`."""
    return numbers.is_currency(code)
