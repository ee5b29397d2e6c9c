"""What pydantic says about a value, in plain words with a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from letters.model.reading import TYPOGRAPHIC, UnfitError
from letters.model.secrecy import is_nameable

LONGEST_QUOTE = 40
MOST_NAMES = 4  # of the fields a group is said to have
ALIKE = 0.75  # of 1; a word is asked about from 0.6 on


class Explanation(NamedTuple):
    """What is wrong, and what to do about it."""

    message: str
    remedy: str


class Detail(NamedTuple):
    """What a sentence is made of: the field, its value as quoted, and what pydantic adds."""

    field: str
    quoted: str
    value: object
    context: dict[str, Any]
    names: Sequence[str]
    secret: bool


def explain(error: dict[str, Any], names: Sequence[str], *, secret: bool) -> Explanation:
    """Say one of pydantic's errors plainly; a `secret` value is not quoted.

    `names` are the fields that are known where the error is.
    """
    location = [str(step) for step in error["loc"] if step != "[key]"]
    detail = Detail(
        field=location[-1] if location else "",
        quoted="This value" if secret else _quoted(error["input"]),
        value=error["input"],
        context=error.get("ctx", {}),
        names=names,
        secret=secret,
    )
    say = SENTENCES.get(error["type"], _some_other)
    return say(detail)


def _quoted(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        return "This value"
    text = shortened(" ".join(value.split()))
    return text if TYPOGRAPHIC.fullmatch(text) else f'"{text}"'


def shortened(text: str) -> str:
    """At most 40 characters of `text`, with a sign where it was cut."""
    shown = "".join(sign if sign.isprintable() else "�" for sign in text[: LONGEST_QUOTE + 1])
    return shown if len(shown) <= LONGEST_QUOTE else shown[: LONGEST_QUOTE - 1] + "…"


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word that `word` was probably meant to be, or an empty text."""
    return _nearest(word[:100], tuple(known))


@lru_cache(maxsize=64)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    plain = {_comparable(name): name for name in known}
    matches = get_close_matches(_comparable(word), plain, n=1)
    return plain[matches[0]] if matches else ""


def is_slip(word: str, meant: str) -> bool:
    """Whether two words are so alike that one may be taken for the other without asking."""
    return SequenceMatcher(None, _comparable(word[:100]), _comparable(meant)).ratio() >= ALIKE


def _comparable(word: str) -> str:
    return re.sub(r"[\s_-]+", "_", word).casefold()


def listed(words: Sequence[str]) -> str:
    """The words as a list in a sentence: a, b or c."""
    return " or ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _missing(detail: Detail) -> Explanation:
    return Explanation(f"The field {detail.field} is missing.", f"Add {detail.field} here.")


def misplaced(name: str, group: str) -> Explanation:
    """Say that a field is known, but within a group."""
    return Explanation(f"There is no field {name} here.", f"{name} belongs under {group}.")


def _unknown(detail: Detail) -> Explanation:
    named = not detail.secret or is_nameable(detail.field)
    message = (
        f"There is no field {shortened(detail.field)} here." if named else "There is no such field here."
    )
    is_cut = detail.value in (None, "")  # mostly what follows a comma between { }
    if meant := nearest(detail.field, detail.names):
        return Explanation(message, f"Did you mean {meant}?{' If not, put' + IN_QUOTES if is_cut else ''}")
    ways = "Remove it" + (f", or put{IN_QUOTES}" if is_cut else ".")
    if not detail.names:
        return Explanation(message, ways)
    return Explanation(message, f"{ways[:-1]}, or use one of: {', '.join(detail.names)}.")


def cut_off(explanation: Explanation) -> Explanation:
    """What to do about a name that is none and has no value: mostly the end of a text with a comma."""
    return explanation._replace(remedy=f"Remove it, or put{IN_QUOTES}")


def _refused(detail: Detail) -> Explanation:
    """A validator of ours raised ValueError: its own words count."""
    error = detail.context.get("error")
    if isinstance(error, UnfitError):
        remedy = error.remedy if detail.secret or not error.hint else error.hint
        return Explanation(f"{detail.quoted} {error.trouble}.", remedy)
    text = str(error or "").strip()
    if not text:
        return _some_other(detail)
    return Explanation(text[:1].upper() + text[1:] + ("" if text.endswith(".") else "."), "")


def _no_such_word(detail: Detail) -> Explanation:
    words = re.findall(r"'((?:[^'\\]|\\.)*)'", str(detail.context.get("expected", "")))
    if not isinstance(detail.value, str):
        return Explanation(f"Here belongs one word, not {_shape(detail.value)}.", f"Write {listed(words)}.")
    meant = "" if detail.secret else nearest(detail.value, words)
    guess = f"Did you mean {meant}? " if meant else ""
    message = f"{detail.quoted} is not one of the words known here."
    return Explanation(message, f"{guess}Write {listed(words)}.")


def _wrong_shape(wanted: str, remedy: str) -> Callable[[Detail], Explanation]:
    def say(detail: Detail) -> Explanation:
        return Explanation(f"Here belongs {wanted}, not {_shape(detail.value)}.", remedy)

    return say


def _no_group(detail: Detail) -> Explanation:
    message = f"Here belongs a group of fields, not {_shape(detail.value)}."
    how, shown = "Write each field on its own line, as name: value", detail.names[:MOST_NAMES]
    if not shown:
        return Explanation(message, f"{how}.")
    some = "the fields are" if len(shown) == len(detail.names) else "some of the fields are"
    return Explanation(message, f"{how}; {some} {', '.join(shown)}.")


def _shape(value: object) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    return "a list" if isinstance(value, list | tuple) else "a single value"


def _too_short(detail: Detail) -> Explanation:
    least = detail.context.get("min_length", 1)
    return Explanation(f"{_subject(detail)} has too few {_parts(detail)}.", f"Give at least {least}.")


def _too_long(detail: Detail) -> Explanation:
    most = detail.context.get("max_length", "")
    return Explanation(f"{_subject(detail)} has too many {_parts(detail)}.", f"Give at most {most}.")


def _parts(detail: Detail) -> str:
    return "characters" if isinstance(detail.value, str) else "entries"


def _subject(detail: Detail) -> str:
    if isinstance(detail.value, str) or not detail.field:
        return detail.quoted
    return f"The list {detail.field}" if isinstance(detail.value, list) else f"The group {detail.field}"


def _out_of_range(relation: str, bound: str) -> Callable[[Detail], Explanation]:
    def say(detail: Detail) -> Explanation:
        limit = detail.context.get(bound, "its limit")
        message = f"{detail.quoted} is not {relation} {limit}."
        return Explanation(message, f"Write a value {relation} {limit}.")

    return say


def _misspelled(detail: Detail) -> Explanation:
    message = f"{detail.quoted} is not written the way this field needs."
    return Explanation(message, "Compare it with an example.")


def _some_other(detail: Detail) -> Explanation:
    return Explanation(f"{detail.quoted} cannot be used here.", "Compare it with what the field is for.")


def _wrong_variant(detail: Detail) -> Explanation:
    words = re.findall(r"'([^']*)'", str(detail.context.get("expected_tags", "")))
    field = str(detail.context.get("discriminator", "")).strip("'")
    remedy = f"Write {listed(words)}." if words else f"Add {field} here."
    return Explanation(f"The field {field} does not say which sort this is.", remedy)


IN_QUOTES = " the text before it in quotes."
A_LIST = _wrong_shape("a list", "Begin each entry with a dash, or put the entries in [ ].")
ONE_VALUE = _wrong_shape("a single value", "Write one value after the colon.")

SENTENCES: dict[str, Callable[[Detail], Explanation]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "value_error": _refused,
    "assertion_error": _refused,
    "literal_error": _no_such_word,
    "enum": _no_such_word,
    "union_tag_invalid": _wrong_variant,
    "union_tag_not_found": _wrong_variant,
    "model_type": _no_group,
    "model_attributes_type": _no_group,
    "dataclass_type": _no_group,
    "dict_type": _no_group,
    "mapping_type": _no_group,
    "list_type": A_LIST,
    "tuple_type": A_LIST,
    "set_type": A_LIST,
    "frozen_set_type": A_LIST,
    "iterable_type": A_LIST,
    "string_type": ONE_VALUE,
    "too_short": _too_short,
    "string_too_short": _too_short,
    "too_long": _too_long,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _misspelled,
    "greater_than": _out_of_range("greater than", "gt"),
    "greater_than_equal": _out_of_range("at least", "ge"),
    "less_than": _out_of_range("less than", "lt"),
    "less_than_equal": _out_of_range("at most", "le"),
}
