"""No error of the library underneath reaches a person in its own words."""

from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from letters.model.explanation import SENTENCES, explain, listed, nearest

TYPES = get_args(ErrorType)


def test_there_are_error_types_to_look_at() -> None:
    assert len(TYPES) > 80
    assert set(SENTENCES) <= set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("value", ["text", ["a"], {"a": "b"}])
def test_every_error_type_has_a_plain_sentence(kind: str, value: object) -> None:
    error = {
        "type": kind,
        "loc": ("people", 0, "born"),
        "input": value,
        "msg": "Input should be a valid thing",
    }

    message, _ = explain(error, ["born"], secret=False)

    assert message.endswith(".")
    assert "Input" not in message


@pytest.mark.parametrize("kind", TYPES)
def test_no_error_type_quotes_a_secret(kind: str) -> None:
    error = {"type": kind, "loc": ("confidential", "notes"), "input": "Rosebud", "msg": "Rosebud"}

    assert "Rosebud" not in "".join(explain(error, [], secret=True))


def test_names_are_compared_without_regard_to_case_spaces_and_hyphens() -> None:
    assert nearest("Last Sesion", ["opened", "last_session"]) == "last_session"
    assert nearest("zebra", ["opened", "last_session"]) == ""


def test_a_list_of_words_reads_as_a_sentence() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b or c"
