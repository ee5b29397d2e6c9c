"""Data becomes a model, or every fault is told in plain words."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field, model_validator

from letters.model.strict import Model
from letters.model.types import (
    Amount,
    Count,
    Date,
    Email,
    Identifier,
    LanguageTag,
    Moment,
    Prose,
    Text,
    YesNo,
)
from letters.model.validation import MOST_FAULTS, MOST_GUESSES, Fault, validate


class Secrets(Model):
    danger: YesNo = False
    notes: Prose | None = None
    kind: Literal["dismissed", "resigned"] | None = None

    @model_validator(mode="after")
    def _notes_are_short(self) -> Self:
        if self.notes and len(self.notes) > 50:
            raise ValueError(f"these notes are long: {self.notes}")
        return self


class Person(Model):
    name: Text
    born: Date | None = None
    language: LanguageTag = "en"
    email: Email | None = None


class Plan(Model):
    id: Identifier
    sort: Literal["individual", "couple"] = "individual"
    people: Annotated[list[Person], Field(min_length=1, max_length=3)]
    by_name: dict[Identifier, Person] = Field(default_factory=dict)
    words: dict[Identifier, Prose] = Field(default_factory=dict)
    balance: Amount | None = None
    copies: Count = 1
    seen: Moment | None = None
    partner: Person | None = None
    confidential: Secrets = Secrets()

    @model_validator(mode="after")
    def _couples_are_two(self) -> Self:
        if self.sort == "couple" and len(self.people) != 2:
            raise ValueError("a couple has two people")
        return self


GOOD = {"id": "C-1", "people": [{"name": "Jordan Avery"}]}


def faults(**changes: object) -> list[Fault]:
    value, found = validate(Plan, {**GOOD, **changes})
    assert (value is None) == bool(found)
    return found


def only(**changes: object) -> Fault:
    (fault,) = faults(**changes)
    return fault


def test_good_data_becomes_a_model_that_cannot_change() -> None:
    plan, found = validate(Plan, GOOD)

    assert found == []
    assert plan is not None
    assert plan.people[0].name == "Jordan Avery"
    with pytest.raises(ValueError, match="frozen"):
        plan.id = "other"  # type: ignore[misc]


@pytest.mark.parametrize("empty", ["", "  ", None])
def test_an_empty_value_is_an_absent_one(empty: str | None) -> None:
    plan, found = validate(Plan, {**GOOD, "balance": empty, "copies": empty, "words": {"thanks": empty}})

    assert found == []
    assert plan is not None
    assert (plan.balance, plan.copies, plan.words) == (None, 1, {})


def test_an_empty_required_value_is_missing() -> None:
    fault = only(id="")

    assert (fault.path, fault.code) == (("id",), "missing-field")
    assert fault.message == "The field id is missing."


def test_an_empty_item_keeps_the_numbers_of_the_items_after_it() -> None:
    found = faults(people=["", {"name": "A", "born": "never"}])

    assert [fault.path for fault in found] == [("people", 0), ("people", 1, "born")]


def test_an_unknown_field_names_the_nearest() -> None:
    fault = only(people=[{"name": "A", "Borm": "1991-05-04"}])

    assert (fault.path, fault.code) == (("people", 0, "Borm"), "unknown-field")
    assert fault.remedy == "Did you mean born?"


def test_what_stands_below_a_misspelled_field_is_looked_at_too() -> None:
    found = faults(people=[{"nmae": "A", "Borm": "never", "zzz": "1"}], partnr={"born": "never"})

    assert [(fault.path, fault.code) for fault in found] == [
        (("people", 0, "nmae"), "unknown-field"),
        (("people", 0, "Borm"), "unknown-field"),
        (("partnr",), "unknown-field"),
        (("people", 0, "Borm"), "bad-value"),
        (("people", 0, "zzz"), "unknown-field"),
        (("partnr", "name"), "missing-field"),
        (("partnr", "born"), "bad-value"),
    ]


def test_a_misspelled_field_beside_the_right_one_is_only_unknown() -> None:
    (fault,) = faults(people=[{"name": "A", "nmae": ["B"]}])

    assert (fault.code, fault.remedy, fault.meant) == ("unknown-field", "Did you mean name?", "")


def test_the_name_of_an_entry_is_not_taken_for_a_field() -> None:
    assert faults(by_name={"nam": {"name": "A"}}) == []


def test_text_in_the_place_of_a_confidential_name_is_not_told() -> None:
    assert only(confidential={"he hit him": "x"}).message == "There is no such field here."
    assert only(confidential={"dangr": "yes"}).message == "There is no field dangr here."


def test_an_unknown_field_like_no_other_lists_what_is_allowed() -> None:
    fault = only(by_name={"sam": {"name": "A", "zzz": "1"}})

    assert fault.remedy == "Remove it, or use one of: name, born, language, email."


def test_a_word_outside_the_list_gets_the_list_and_the_nearest() -> None:
    fault = only(sort="Copule")

    assert fault.message == '"Copule" is not one of the words known here.'
    assert fault.remedy == "Did you mean couple? Write individual or couple."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"people": "Jordan"}, "Here belongs a list, not a single value."),
        ({"people": {"name": "Jordan"}}, "Here belongs a list, not a group of fields."),
        ({"people": ["Jordan"]}, "Here belongs a group of fields, not a single value."),
        ({"words": ["thanks"]}, "Here belongs a group of fields, not a list."),
        ({"partner": []}, "Here belongs a group of fields, not a list."),
        ({"sort": ["couple"]}, "Here belongs one word, not a list."),
        ({"copies": {"a": "b"}}, "This value is a group of fields, but a number is expected here."),
        ({"people": []}, "The list people has too few entries."),
        ({"people": [{"name": "A"}] * 4}, "The list people has too many entries."),
    ],
)
def test_a_wrong_shape_is_explained(changes: dict[str, object], message: str) -> None:
    assert only(**changes).message == message


@pytest.mark.parametrize("data", ["text", [], ["a"]])
def test_data_that_is_no_group_at_all_is_explained(data: object) -> None:
    value, (fault,) = validate(Plan, data)

    assert value is None
    assert fault.path == ()
    assert fault.message.startswith("Here belongs a group of fields")


def test_a_bad_name_of_an_entry_is_told_from_a_bad_value() -> None:
    fault = only(words={"two words": "text"})

    assert (fault.path, fault.code) == (("words", "two words"), "bad-name")
    assert fault.remedy == "Write it as two-words."


def test_what_a_model_says_of_itself_is_passed_on() -> None:
    fault = only(sort="couple")

    assert (fault.path, fault.code, fault.message) == ((), "bad-value", "A couple has two people.")


def test_a_long_value_is_quoted_shortened() -> None:
    fault = only(balance="x" * 5000)

    assert fault.message == f'"{"x" * 39}…" is not an amount.'


def test_all_faults_are_told_at_once() -> None:
    found = faults(id="a b", sort="x", copies="9" * 5000, seen="now", people=[{"born": "x"}], other="1")

    assert len(found) == 7
    assert {fault.code for fault in found} == {"bad-value", "missing-field", "unknown-field"}


SECRET = "hit his brother " * 4


@pytest.mark.parametrize(
    "secrets",
    [
        {"danger": SECRET},
        {"danger": "2026/1/5"},
        {"notes": SECRET},
        {"notes": [SECRET]},
        {"kind": "dismised"},
        {"kind": [SECRET]},
        {"surprise": SECRET},
        SECRET,
        [SECRET],
    ],
)
def test_a_confidential_value_is_never_quoted(secrets: object) -> None:
    fault = only(confidential=secrets)

    told = fault.message + fault.remedy
    assert "confidential" in fault.path
    assert "brother" not in told
    assert "dismised" not in told
    assert "2026" not in told


def test_a_confidential_value_is_not_quoted_below_misspelled_names() -> None:
    found = faults(confidentiel={"dangr": SECRET})

    assert [fault.code for fault in found] == ["unknown-field", "unknown-field", "bad-value"]
    assert "brother" not in "".join(fault.message + fault.remedy for fault in found)


JARGON = [
    "input should",
    "value error",
    "valid ",
    "pydantic",
    "dictionary",
    "string",
    "none",
    "instance",
    "extra",
]
LEAVES = st.one_of(
    st.text(max_size=20), st.sampled_from(["yes", "2026-12-31", "C-1", "couple", "", "1"]), st.none()
)
NAMES = st.sampled_from([*Plan.model_fields, *Person.model_fields, "danger", "zzz"])
DATA = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5)
)


@settings(deadline=None, max_examples=100)
@given(data=DATA, changed=NAMES)
def test_whatever_comes_the_answer_is_plain(data: object, changed: str) -> None:
    for given_data in (data, {**GOOD, changed: data}):
        value, found = validate(Plan, given_data)
        assert (value is None) == bool(found)
        for fault in found:
            frame = fault.message.split('"')
            outside_quotes = (frame[0] + frame[-1] if len(frame) > 1 else frame[0]).lower()
            assert fault.message
            assert not [word for word in JARGON if word in outside_quotes]


def test_an_empty_field_nobody_knows_is_a_text_cut_in_two_by_a_comma() -> None:
    class Said(Model):
        says: Text

    value, faults = validate(Said, {"says": "why now", "and how urgent": ""})
    assert value is None
    assert [(fault.path, fault.code) for fault in faults] == [(("and how urgent",), "unknown-field")]


@pytest.mark.parametrize(
    ("data", "path", "remedy"),
    [
        (
            {"evenings": ""},
            "evenings",
            "Remove it, or put the text before it in quotes, or use one of: name,",
        ),
        ({"emails": ""}, "emails", "Did you mean email? If not, put the text before it in quotes."),
        ({"evenings": "x"}, "evenings", "Remove it, or use one of: name, born,"),
        ({"emails": "x"}, "emails", "Did you mean email?"),
    ],
)
def test_a_field_without_a_value_may_be_a_piece_of_the_text_before_it(
    data: dict[str, str], path: str, remedy: str
) -> None:
    fault = next(
        fault for fault in faults(partner={"name": "group", **data}) if fault.path == ("partner", path)
    )

    assert (fault.code, fault.remedy[: len(remedy)]) == ("unknown-field", remedy)
    assert ("in quotes" in fault.remedy) == (data[path] == "")


def test_an_entry_named_with_several_words_and_no_value_is_a_piece_of_text() -> None:
    fault = only(words={"thanks": "You kept coming", "even in the hard weeks": ""})

    assert (fault.path, fault.code) == (("words", "even in the hard weeks"), "bad-name")
    assert fault.message == '"even in the hard weeks" is not an identifier.'
    assert fault.remedy == "Remove it, or put the text before it in quotes."


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"people": ["Jordan"]}, "; the fields are name, born, language, email."),
        ({"partner": []}, "; the fields are name, born, language, email."),
        ({"confidential": "he hit him"}, "; the fields are danger, notes, kind."),
        ({"by_name": {"sam": "Sam"}}, "; the fields are name, born, language, email."),
        ({"by_name": ["Sam"]}, "name: value."),
    ],
)
def test_where_a_group_belongs_its_fields_are_named(changes: dict[str, object], named: str) -> None:
    assert only(**changes).remedy.endswith(named)


def test_of_many_fields_only_some_are_named() -> None:
    _, (fault,) = validate(Plan, "text")

    assert fault.remedy == (
        "Write each field on its own line, as name: value; some of the fields are id, sort, people, by_name."
    )


def test_of_many_unknown_names_only_the_first_are_guessed_at() -> None:
    _, faults = validate(Plan, {"id": "C-1", **{f"opend{number}": "x" for number in range(5000)}})

    assert len(faults) == MOST_FAULTS
    assert sum("Did you mean" in fault.remedy for fault in faults) <= MOST_GUESSES
