"""Whole numbers as the format of their cell shows them: 01201 for 1201, 97201-0123 for 972010123."""

from __future__ import annotations

import re

_CONDITION = re.compile(r"\[<=?(\d{1,15})\]")
_TOLD = re.compile(r"\[[^\]<>=]*\]|_.|\*.")  # colors and locales, and space beside the number
_LITERAL = re.compile(r'\\(.)|"([^"]*)"')
_DIGITS = re.compile(r"[0# ()\-/]*0[0# ()\-/]*", re.ASCII)


def changes_look(code: str) -> bool:
    """Whether a format adds zeros or signs to whole numbers, as those of postcodes and phones do."""
    return any(_is_digits(part) for _, part in _parts(code))


def shown(number: float, code: str) -> str:
    """A whole number as its format shows it; empty where the format does something else to it."""
    if number % 1 or not 0 <= number < 10**15:
        return ""
    part = next((part for most, part in _parts(code) if most is None or number <= most), "")
    return _set(f"{number:.0f}", part) if _is_digits(part) else ""


def _parts(code: str) -> list[tuple[int | None, str]]:
    """The format's parts for numbers of nought and more, each with the largest number it is for."""
    parts = []
    for part in code.split(";")[:2]:
        condition = _CONDITION.search(part)
        bare = _LITERAL.sub(_literal, _TOLD.sub("", _CONDITION.sub("", part)))
        parts.append((int(condition[1]) if condition else None, bare.strip()))
        if not condition:
            break
    return parts


def _literal(found: re.Match[str]) -> str:
    """Signs that are shown as they are; a digit among them is not a place for one."""
    return re.sub("[0#]", "?", found[1] or found[2] or "")


def _is_digits(part: str) -> bool:
    """Whether a part is nothing but places for digits with signs between, and more than a plain 0."""
    return bool(_DIGITS.fullmatch(part)) and len(part) > 1


def _set(digits: str, part: str) -> str:
    """Put the digits into their places, from the last one on."""
    left, places = list(digits), len(re.findall("[0#]", part))
    text = ""
    for sign in reversed(part):
        if sign not in "0#":
            text = sign + text if left or "0" in part else text
            continue
        places -= 1
        take = left if not places else left[-1:]
        text = "".join(take) + text if take else ("0" if sign == "0" else "") + text
        del left[len(left) - len(take) :]
    return text.strip(" -")
