"""What somebody says in their own words: it is kept as it is, or refused with the reason."""

from __future__ import annotations

import pytest

from letters.commands.told import kept, said
from letters.errors import UsageError


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" ", "What stands after --because is empty."),
        ("ab", "says nothing."),
        ("one\ntwo", "has more than one line."),
        ("x" * 401, "is longer than 400 characters."),
        *((f"red{sign}dish", "holds signs that cannot be seen.") for sign in "\x1b\x07\u202e\u200b\ue000"),
    ],
)
def test_a_reason_that_cannot_be_kept_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        said("--because", text)
    assert message in refused.value.message


@pytest.mark.parametrize(
    "text", ["Moved away.", "می\u200cخواهد بازگردد", "اتصل بي", "林美玲 called", "x" * 400]
)
def test_a_reason_may_be_in_any_script(text: str) -> None:
    assert said("--because", f" {text} ") == text


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\u202eb", "a\ud800b", "", " \n ", "x" * 10_001])
def test_a_text_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="What stands after --said"):
        kept("What stands after --said", text)


def test_a_text_may_have_lines_and_any_script() -> None:
    assert kept("It", " Hola,\nllámeme. اتصل بي ") == "Hola,\nllámeme. اتصل بي"
    with pytest.raises(UsageError, match="It has more than one line"):
        kept("It", "one\ntwo", is_line=True)
