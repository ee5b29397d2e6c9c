"""How a piece of text becomes a value: one function a type, each raising `UnfitError`.

A value that is already of the right type passes, so that models can be made in Python too.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

ONE_LINE = 500
MANY_LINES = 10_000
YEARS = range(1900, 2201)
LARGEST_COUNT = 100_000
FARTHEST_OFFSET = timedelta(hours=14)
YES = frozenset({"yes", "true"})
NO = frozenset({"no", "false"})

# Letters and signs that have no look.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
TYPOGRAPHIC = re.compile(r"[“”„«»‹›‘‚][^“”„«»‹›]*[“”«»‹›‘’]")
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", re.ASCII)
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
LOOSE_DATE = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|z|[+-]\d{2}:\d{2})?", re.ASCII
)
AMOUNT = re.compile(r"-?\d{1,12}(?:\.\d{1,2})?", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}(?:[, '\u00a0\u202f]\d{3})+(?:\.\d{1,2})?", re.ASCII)
COUNT = re.compile(r"\d{1,6}", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?", re.ASCII)
MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[^\W_]|-){0,61}[^\W_]")


class UnfitError(ValueError):
    """A value its field cannot take.

    `trouble` reads on from the value ("is not a date"), so that the value itself can be left
    out where it is confidential. `hint` is a remedy that gives the value away and is left out
    then too; `remedy` never does.
    """

    def __init__(self, trouble: str, remedy: str, hint: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.remedy = remedy
        self.hint = hint


def _string(value: object, what: str, remedy: str) -> str:
    if isinstance(value, str):
        return _unquoted(value.strip())
    shapes: dict[type, str] = {dict: "a group of fields", list: "a list"}
    shape = shapes.get(type(value), "something else")
    raise UnfitError(f"is {shape}, but {what} is expected here", remedy)


def _is_seen(text: str) -> bool:
    """Whether anything of the text can be seen: a letter, a sign or a digit, not marks and fillers alone."""
    return any(sign not in FILLERS and unicodedata.category(sign)[0] not in "CMZ" for sign in text)


def _unquoted(text: str) -> str:
    if TYPOGRAPHIC.fullmatch(text):
        trouble = "is in typographic quotes, and those would count as part of it"
        remedy = "Remove the typographic quotes; only straight ones (\" or ') may stand around a text."
        raise UnfitError(trouble, remedy)
    return text


def read_text(value: object) -> str:
    """One line of text that is not empty."""
    text = _string(value, "a text", "Write one text on one line.")
    if not _is_seen(text):
        raise UnfitError("is empty", "Write a text, or remove the entry.")
    if len(text.splitlines()) > 1:
        raise UnfitError("has more than one line", "Write it on one line.")
    if len(text) > ONE_LINE:
        raise UnfitError(f"is {len(text):,} characters long", f"Shorten it to {ONE_LINE} characters.")
    return unicodedata.normalize("NFC", text)


def read_prose(value: object) -> str:
    """Text of any number of lines that is not empty; it may be a quotation from end to end."""
    remedy = "Write a text; for more than one line, begin with | in YAML."
    text = value.strip() if isinstance(value, str) else _string(value, "a text", remedy)
    if not _is_seen(text):
        raise UnfitError("is empty", "Write a text, or remove the entry.")
    if len(text) > MANY_LINES:
        raise UnfitError(f"is {len(text):,} characters long", f"Shorten it to {MANY_LINES:,} characters.")
    return unicodedata.normalize("NFC", text)


def read_identifier(value: object) -> str:
    """A name for machines: it may stand in a file name."""
    remedy = "Use up to 64 of the letters a to z, digits, - _ and . and begin with a letter or a digit."
    text = _string(value, "an identifier", remedy)
    if not IDENTIFIER.fullmatch(text):
        raise UnfitError("is not an identifier", remedy, _identifier_hint(text))
    return text


def read_reference(value: object) -> str:
    """An identifier that is given elsewhere; how else it might be spelled is no help here."""
    remedy = "Write the id or code of what is meant, exactly as it is listed."
    text = _string(value, "an identifier", remedy)
    if not IDENTIFIER.fullmatch(text):
        raise UnfitError("is not an identifier", remedy)
    return text


def _identifier_hint(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-_.")
    return f"Write it as {plain}." if IDENTIFIER.fullmatch(plain) else ""


def read_yes_no(value: object) -> bool:
    """Yes or no, in a fixed list of words; a word that is neither is never taken for one."""
    if isinstance(value, bool):
        return value
    remedy = "Write yes or no (true and false are understood as well)."
    word = _string(value, "yes or no", remedy).lower()
    if word not in YES | NO:
        raise UnfitError("is neither yes nor no", remedy)
    return word in YES


def read_date(value: object) -> date:
    """A day of the calendar, from 1900 to 2200, written 2026-12-31."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    remedy = "Write year-month-day with four, two and two digits, as in 2026-12-31."
    text = _string(value, "a date", remedy)
    parts = DATE.fullmatch(text)
    if not parts:
        raise UnfitError("is not a date", remedy, _date_hint(text))
    year, month, day = (int(part) for part in parts.groups())
    return _day(year, month, day)


def _date_hint(text: str) -> str:
    if parts := LOOSE_DATE.fullmatch(text):
        return f"Write it as {parts[1]}-{parts[2]:0>2}-{parts[3]:0>2}."
    return ""


def _day(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise UnfitError("is not in a year from 1900 to 2200", "Check the year.")
    if not 1 <= month <= 12:
        raise UnfitError(
            "is not a date: the month is not from 01 to 12",
            "Write the year first, then the month, then the day, as in 2026-12-31.",
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UnfitError("is not a day of the calendar", f"That month has the days 01 to {last}.")
    return date(year, month, day)


def read_moment(value: object) -> datetime:
    """A date and time with its offset from UTC; seconds may be left out."""
    if isinstance(value, datetime) and value.tzinfo:
        return value
    remedy = "Write date, T, time and offset from UTC, as in 2026-10-20T10:15-07:00."
    text = _string(value, "a date and time", remedy)
    parts = MOMENT.fullmatch(text)
    if not parts:
        raise UnfitError("is not a date and time", remedy)
    if parts[3] is None:
        raise UnfitError("does not say its offset from UTC", "Add it at the end, as in -07:00, or Z for UTC.")
    read_date(parts[1])
    return _aware(f"{parts[1]}T{parts[2]}{parts[3].upper()}", remedy)


def _aware(text: str, remedy: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UnfitError("is not a time of the day", "Hours go from 00 to 23, minutes to 59.") from None
    offset = moment.utcoffset()
    if offset is None or abs(offset) > FARTHEST_OFFSET:
        raise UnfitError("has an offset from UTC that no place on earth has", remedy)
    return moment


def read_amount(value: object) -> Decimal:
    """An amount of money in plain digits, with at most two decimals after a point."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    remedy = "Write plain digits, with a point and two decimals if needed, as in 1200.50."
    text = _string(value, "an amount", remedy)
    if AMOUNT.fullmatch(text):
        return Decimal(text)
    if GROUPED.fullmatch(text):
        plain = re.sub(r"[^\d.-]", "", text)
        raise UnfitError("has separators between its thousands", remedy, f"Write {plain}.")
    if re.fullmatch(r"-?\d+,\d{1,2}", text, re.ASCII):
        raise UnfitError("has a comma for its decimals", "Write a point before the decimals, as in 1200.50.")
    if re.fullmatch(r"-?\d{13,}(\.\d*)?", text, re.ASCII):
        raise UnfitError("is too large an amount", "Write at most 12 digits before the point.")
    if re.fullmatch(r"-?\d+\.\d{3,}", text, re.ASCII):
        raise UnfitError("has more than two decimals", "Round it to two decimals.")
    raise UnfitError("is not an amount", f"{remedy} The currency goes into a field of its own.")


def read_count(value: object) -> int:
    """A whole number from 1 to 100,000."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if 0 < value <= LARGEST_COUNT else "0"
    remedy = "Write a whole number from 1 to 100000 in plain digits."
    text = _string(value, "a number", remedy)
    # The length is checked first: Python refuses to convert thousands of digits, at its own limit.
    if not COUNT.fullmatch(text) or not 1 <= int(text) <= LARGEST_COUNT:
        raise UnfitError("is not a whole number from 1 to 100,000", remedy)
    return int(text)


def read_email(value: object) -> str:
    """An email address of the ordinary sort: no quotes, no comments, no bare host."""
    remedy = "Write an address such as name@example.org, without a display name or spaces."
    text = _string(value, "an email address", remedy)
    mailbox, _, domain = text.rpartition("@")
    fits = MAILBOX.fullmatch(mailbox) and DOMAIN.fullmatch(domain)
    if not fits or len(mailbox) > 64 or len(text) > 254:
        raise UnfitError("is not an email address", remedy)
    return text


def read_currency(value: object) -> str:
    """A currency's code, as in ISO 4217."""
    remedy = "Write the three capital letters of the currency, as in USD, EUR or GBP."
    return _code(value, CURRENCY, "a currency code", remedy)


def read_country(value: object) -> str:
    """A country's code, as in ISO 3166."""
    remedy = "Write the two capital letters of the country, as in US, GB or MX."
    return _code(value, COUNTRY, "a country code", remedy)


def read_language(value: object) -> str:
    """A language tag of language, script and region, as in BCP 47."""
    remedy = "Write a language tag such as en, es, pt-BR or zh-Hans."
    return _code(value, LANGUAGE, "a language tag", remedy)


def read_time_zone(value: object) -> str:
    """A time zone by the name in the IANA database."""
    remedy = "Write its name, as in America/Los_Angeles or Europe/London."
    text = _string(value, "a time zone", remedy)
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):
        raise UnfitError("is not a time zone this machine knows", remedy) from None


def _code(value: object, pattern: re.Pattern[str], what: str, remedy: str) -> str:
    text = _string(value, what, remedy)
    if not pattern.fullmatch(text):
        raise UnfitError(f"is not {what}", remedy)
    return text
