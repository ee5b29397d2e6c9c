"""Telephone numbers: what is wrong with one, and how its reader dials it."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

_PROBLEMS = {
    ValidationResult.TOO_SHORT: "has too few digits",
    ValidationResult.TOO_LONG: "has too many digits",
    ValidationResult.INVALID_LENGTH: "has a number of digits that its country does not use",
    ValidationResult.INVALID_COUNTRY_CODE: "begins with a country code that no country has",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "lacks its area code",
}


@lru_cache(maxsize=1024)
def problem(number: str) -> str | None:
    """Say what is wrong with a telephone number, as the end of a sentence; None if nothing is.

    Only its form is judged: numbers kept free for examples pass.
    """
    if not number.lstrip().startswith("+"):
        return "does not begin with + and its country code"
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            return _PROBLEMS[ValidationResult.INVALID_COUNTRY_CODE]
        return "is not a telephone number"
    return _PROBLEMS.get(phonenumbers.is_possible_number_with_reason(parsed))


@lru_cache(maxsize=1024)
def phone(number: str, country: str) -> str:
    """Write a number for a reader in a country: as dialed there if it is theirs, else with its code.

    A number with a problem is returned as it is.
    """
    if problem(number) is not None:
        return number
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, _form(parsed, country)).replace(" ", "\u00a0")


def _form(number: PhoneNumber, country: str) -> int:
    # By code and not by country: the Channel Islands and the United Kingdom dial each other alike.
    is_theirs = number.country_code == phonenumbers.country_code_for_region(country.upper())
    return PhoneNumberFormat.NATIONAL if is_theirs else PhoneNumberFormat.INTERNATIONAL
