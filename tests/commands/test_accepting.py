"""Reasons for which warnings pass: each with its code, and none for what is an error."""

from __future__ import annotations

import pytest

from letters.commands.accepting import expect_reason, read_reasons
from letters.errors import UsageError


def test_each_reason_is_kept_under_its_code() -> None:
    given = ("address-unconfirmed = called on Friday", "entered-twice=a=b, as they say")
    assert read_reasons(given) == {
        "address-unconfirmed": "called on Friday",
        "entered-twice": "a=b, as they say",
    }
    assert read_reasons(()) == {}


def test_the_last_reason_for_a_code_holds() -> None:
    assert read_reasons(("backdated=first", "backdated=second")) == {"backdated": "second"}


@pytest.mark.parametrize("code", ["deceased", "safe-contact", "case-twice", "bad-value", "ended-its-process"])
def test_an_error_cannot_be_accepted(code: str) -> None:
    with pytest.raises(UsageError, match=f"{code} cannot be accepted"):
        read_reasons((f"{code}=he would want it",))


@pytest.mark.parametrize("text", ["address-unconfirmed", "address-unconfirmed=", "address-unconfirmed= ab "])
def test_a_reason_must_say_something(text: str) -> None:
    with pytest.raises(UsageError, match="without a reason"):
        read_reasons((text,))


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError) as told:
        read_reasons(("adress-unconfirmed=called",))
    assert "address-unconfirmed" in told.value.remedy


def test_a_reason_is_short() -> None:
    with pytest.raises(UsageError, match="longer than 400"):
        expect_reason("making it again", "x" * 401, "--again")
    with pytest.raises(UsageError, match="no reason for making it again"):
        expect_reason("making it again", "  ", "--again")
    expect_reason("making it again", "x" * 400, "--again")


@pytest.mark.parametrize("reason", ["called\nthem", "red\x1b[2Jdish", "a\u202eb"])
def test_a_reason_is_one_line_of_text_that_can_be_seen(reason: str) -> None:
    with pytest.raises(UsageError):
        read_reasons((f"address-unconfirmed={reason}",))
