"""Each type takes what a person would write for it, and says plainly why it does not take the rest."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.model import reading
from letters.model.reading import UnfitError

READERS: list[Callable[[object], object]] = [
    reading.read_text,
    reading.read_prose,
    reading.read_identifier,
    reading.read_yes_no,
    reading.read_date,
    reading.read_moment,
    reading.read_amount,
    reading.read_count,
    reading.read_email,
    reading.read_currency,
    reading.read_time_zone,
    reading.read_country,
    reading.read_language,
]
ANYTHING = st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (reading.read_text, "  O'Brien & Söhne <Ltd> ", "O'Brien & Söhne <Ltd>"),
        (reading.read_text, "Jose\u0301", "José"),
        (reading.read_prose, "one\n\ntwo\n", "one\n\ntwo"),
        (reading.read_identifier, "C-1001", "C-1001"),
        (reading.read_identifier, "01234", "01234"),
        (reading.read_yes_no, "Yes", True),
        (reading.read_yes_no, "FALSE", False),
        (reading.read_date, "2028-02-29", date(2028, 2, 29)),
        (reading.read_moment, "2026-10-20T10:15:30Z", datetime(2026, 10, 20, 10, 15, 30, tzinfo=UTC)),
        (reading.read_amount, "-120.50", Decimal("-120.50")),
        (reading.read_amount, "999999999999.99", Decimal("999999999999.99")),
        (reading.read_count, "180", 180),
        (reading.read_email, "jordan.avery+office@mail.example.org", "jordan.avery+office@mail.example.org"),
        (reading.read_currency, "USD", "USD"),
        (reading.read_time_zone, "Europe/London", "Europe/London"),
        (reading.read_country, "GB", "GB"),
        (reading.read_language, "zh-Hans", "zh-Hans"),
        (reading.read_language, "pt-BR", "pt-BR"),
        (reading.read_language, "no", "no"),
    ],
)
def test_ordinary_text_becomes_a_value(read: Callable[[object], object], text: str, value: object) -> None:
    assert read(text) == value


def test_a_moment_keeps_the_offset_it_was_written_with() -> None:
    moment = reading.read_moment("2026-10-20T10:15-07:00")

    assert moment.utcoffset() == timedelta(hours=-7)
    assert (moment.hour, moment.minute) == (10, 15)


@pytest.mark.parametrize(
    ("read", "text", "trouble"),
    [
        (reading.read_text, "   ", "is empty"),
        (reading.read_text, "one\ntwo", "more than one line"),
        (reading.read_text, "x" * 501, "501 characters long"),
        (reading.read_prose, "x" * 10_001, "10,001 characters long"),
        (reading.read_identifier, "../secret", "is not an identifier"),
        (reading.read_identifier, "x" * 65, "is not an identifier"),
        (reading.read_yes_no, "on", "is neither yes nor no"),
        (reading.read_yes_no, "1", "is neither yes nor no"),
        (reading.read_date, "2026-02-30", "is not a day of the calendar"),
        (reading.read_date, "2026-31-12", "the month is not from 01 to 12"),
        (reading.read_date, "1767225600", "is not a date"),
        (reading.read_date, "2026-1-5", "is not a date"),
        (reading.read_date, "2026-12-31T00:00:00", "is not a date"),
        (reading.read_date, "0001-01-01", "is not in a year from 1900 to 2200"),
        (reading.read_date, "٢٠٢٦-٠١-٠١", "is not a date"),
        (reading.read_moment, "2026-10-20T10:15", "does not say its offset"),
        (reading.read_moment, "2026-10-20T25:15Z", "is not a time of the day"),
        (reading.read_moment, "2026-10-20T10:15+23:00", "no place on earth"),
        (reading.read_moment, "2026-02-30T10:15Z", "is not a day of the calendar"),
        (reading.read_moment, "1767225600", "is not a date and time"),
        (reading.read_amount, "1,200.00", "separators between its thousands"),
        (reading.read_amount, "120,5", "a comma for its decimals"),
        (reading.read_amount, "1e5", "is not an amount"),
        (reading.read_amount, "$120", "is not an amount"),
        (reading.read_amount, "NaN", "is not an amount"),
        (reading.read_amount, "1.234", "more than two decimals"),
        (reading.read_amount, "1234567890123", "is too large an amount"),
        (reading.read_amount, "9" * 5000, "is too large an amount"),
        (reading.read_count, "0", "is not a whole number"),
        (reading.read_count, "100001", "is not a whole number"),
        (reading.read_count, "1.0", "is not a whole number"),
        (reading.read_count, "9" * 5000, "is not a whole number"),
        (reading.read_email, "jordan", "is not an email address"),
        (reading.read_email, "Jordan <jordan@example.org>", "is not an email address"),
        (reading.read_email, "a..b@example.org", "is not an email address"),
        (reading.read_email, "a@-example.org", "is not an email address"),
        (reading.read_email, "a@localhost", "is not an email address"),
        (reading.read_currency, "usd", "is not a currency code"),
        (reading.read_time_zone, "Pacific time", "is not a time zone this machine knows"),
        (reading.read_time_zone, "../../etc/passwd", "is not a time zone this machine knows"),
        (reading.read_country, "USA", "is not a country code"),
        (reading.read_language, "English", "is not a language tag"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    read: Callable[[object], object], text: str, trouble: str
) -> None:
    with pytest.raises(UnfitError) as refused:
        read(text)

    assert trouble in refused.value.trouble
    assert refused.value.remedy.endswith(".")


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        (reading.read_date, "2026/1/5", "Write it as 2026-01-05."),
        (reading.read_identifier, "sam rivéra", "Write it as sam-rivera."),
        (reading.read_amount, "1,200.50", "Write 1200.50."),
    ],
)
def test_where_the_meaning_is_clear_the_mended_value_is_shown(
    read: Callable[[object], object], text: str, hint: str
) -> None:
    with pytest.raises(UnfitError) as refused:
        read(text)

    assert refused.value.hint == hint


@pytest.mark.parametrize("read", READERS)
@settings(deadline=None, max_examples=40)
@given(value=ANYTHING)
def test_nothing_but_a_refusal_is_ever_raised(read: Callable[[object], object], value: object) -> None:
    result: object = "refused"
    with suppress(UnfitError):
        result = read(value)
    assert result is not None


@settings(deadline=None)
@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    assert reading.read_date(day.isoformat()) == day
    assert reading.read_date(day) == day


@settings(deadline=None)
@given(amount=st.decimals(Decimal("-999999999999.99"), Decimal("999999999999.99"), places=2))
def test_every_amount_reads_back(amount: Decimal) -> None:
    assert reading.read_amount(str(amount)) == amount


@pytest.mark.parametrize("read", [reading.read_text, reading.read_yes_no, reading.read_identifier])
@pytest.mark.parametrize("text", ["“Mary O’Neil”", "„yes“", "«x»", "‘08610’", " “x” "])
def test_typographic_quotes_around_a_value_are_told(read: Callable[[object], object], text: str) -> None:
    with pytest.raises(UnfitError, match="typographic quotes") as caught:
        read(text)

    assert "Remove" in caught.value.remedy


@pytest.mark.parametrize("text", ["the “Tuesday” group", "“Talk” and “Walk”", "O’Neil", "“Mary", "’t Hooft"])
def test_typographic_quotes_within_a_text_are_left_alone(text: str) -> None:
    assert reading.read_text(text) == text


def test_prose_may_be_a_quotation_from_end_to_end() -> None:
    assert reading.read_prose(" “You came.” ") == "“You came.”"


def test_where_an_id_is_referred_to_no_other_spelling_is_offered() -> None:
    assert reading.read_reference("Ben-Hall") == "Ben-Hall"
    with pytest.raises(UnfitError) as caught:
        reading.read_reference("Ben Hall")

    assert caught.value.hint == ""


@pytest.mark.parametrize("unseen", ["\u200e", "\u3164", "\u2800", "\u200b \u034f", "\u0301"])
def test_a_text_of_which_nothing_can_be_seen_is_empty(unseen: str) -> None:
    for read in (reading.read_text, reading.read_prose):
        with pytest.raises(reading.UnfitError, match="is empty"):
            read(unseen)
