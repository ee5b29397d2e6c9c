"""Characters that do harm in a letter, or that are probably a mistake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from letters.findings import Rule, Severity, rule
from letters.sources.text import MOST_FLAWS, Flaw

CONTROL = rule(
    "control-character",
    Severity.ERROR,
    "Control characters have no look and can hide or break text on paper and on screens.",
)
SURROGATE = rule(
    "lone-surrogate",
    Severity.ERROR,
    "Half of a character pair is not a character: no font can show it and no file can store it.",
)
REPLACEMENT = rule(
    "replacement-character",
    Severity.ERROR,
    "This sign stands where another program could not read a character, so a letter of the text is lost.",
)
DIRECTION = rule(
    "direction-override",
    Severity.ERROR,
    "A character that overrides the direction of text can make an address or a name read as another.",
    authority="Unicode Technical Report 36, 3.1",
)
TAG = rule(
    "tag-character",
    Severity.ERROR,
    "Tag characters are invisible and can carry hidden text.",
    authority="Unicode Technical Report 36, 3.1",
)
ZERO_WIDTH = rule(
    "zero-width",
    Severity.WARNING,
    "An invisible character makes two names or addresses that look the same differ.",
)
MIXED_SCRIPT = rule(
    "mixed-script",
    Severity.WARNING,
    "A letter of another alphabet that looks like a Latin one makes a word nobody can find or read aloud.",
    authority="Unicode Technical Standard 39, 5.1",
)
STACKED = rule(
    "stacked-marks",
    Severity.ERROR,
    "Marks piled on one letter cover the lines above and below; no language piles up so many.",
    authority="Unicode Technical Standard 39, 5.4",
)
MOJIBAKE = rule(
    "mojibake",
    Severity.WARNING,
    "Signs such as Ã© appear when text was read in the wrong encoding; the names in a letter would be wrong.",
)

PASTE_AGAIN = "Type the text again here, or remove the character."
# Each kind of character, from the most to the least certain. Isolates (U+2066 to U+2069) and the
# marks U+200E, U+200F and U+061C may be fine: text in Arabic and Hebrew needs them.
HARMFUL = re.compile(
    "(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]+)"
    "|(?P<surrogate>[\ud800-\udfff]+)"
    "|(?P<replacement>\ufffd+)"
    "|(?P<direction>[\u202a-\u202e]+)"
    "|(?P<tag>[\U000e0000-\U000e007f]+)"
)
INVISIBLE = re.compile("[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]+|[\u200c\u200d]+")
DIRECTED = re.compile("[\u061c\u200f\u2066-\u2069]")
OPENING = "\u2066\u2067\u2068"
CLOSING = "\u2069"
RIGHT_TO_LEFT = ("\u2067", "\u200f", "\u061c")
MOST_MARKS = 8
# Every combining mark is such a sign, and few other signs are.
MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS + 1},}}")
JOINERS = "\u200c\u200d"
LATIN = "A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ"
GREEK = "Ͱ-Ͽἀ-῿"
CYRILLIC = "Ѐ-ԯᲀ-\u1c8fⷠ-ⷿꙀ-ꚟ"
MIXED = re.compile(f"[{LATIN}][{GREEK}{CYRILLIC}]|[{GREEK}{CYRILLIC}][{LATIN}]")
FOREIGN = re.compile(f"[{GREEK}{CYRILLIC}]")
WORD = re.compile(r"[^\W\d_]+")
# UTF-8 read as cp1252: a first byte of the common letters and signs, then what follows one.
MISREAD = re.compile("[ÂÃÄÅâð][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")
QUOTES = "«»‹›‘’“”‚„"

NAMED: dict[str, tuple[Rule, str, str]] = {
    "control": (CONTROL, "is a control character", PASTE_AGAIN),
    "surrogate": (SURROGATE, "is half of a character", PASTE_AGAIN),
    "replacement": (
        REPLACEMENT,
        "shows that a character was lost before",
        "Put in the character that belongs here; the original text has it.",
    ),
    "direction": (
        DIRECTION,
        "overrides the direction of the text",
        "Remove it; the letter sets directions itself.",
    ),
    "tag": (TAG, "is an invisible tag character", "Remove it."),
}


def examine(text: str) -> list[Flaw]:
    """Every doubtful character of a text, with its offsets."""
    checks: tuple[Callable[[str], Iterator[Flaw]], ...] = (_harmful,)
    if not text.isascii():
        checks = (_harmful, _stacked, _invisible, _mixed, _misread)
    return [flaw for check in checks for flaw in islice(check(text), MOST_FLAWS)]


def examine_directions(value: str) -> list[Flaw]:
    """Signs in a whole value that turn a text around which is not written that way."""
    if not DIRECTED.search(value):
        return []
    trouble = next(filter(None, map(_turned, value.splitlines())), "")
    remedy = "Remove the sign; the letter sets directions itself."
    return [Flaw(DIRECTION, trouble, remedy, 0, len(value))] if trouble else []


def _turned(line: str) -> str:
    """What is wrong with the directions of a line; an isolate ends with its line at the latest."""
    begun: list[int] = []
    for at, sign in enumerate(line):
        if sign in OPENING:
            begun.append(at)
        elif sign == CLOSING:
            if not begun:
                return f"{_named(sign)} closes nothing here."
            start = begun.pop()
            if line[start] in RIGHT_TO_LEFT and not _is_right_to_left(line[start:at]):
                return f"{_named(line[start])} turns around text that reads from left to right."
    if begun:
        return f"{_named(line[begun[0]])} is not closed in this text."
    mark = next((sign for sign in line if sign in RIGHT_TO_LEFT), "")
    if mark and not _is_right_to_left(line):
        return f"{_named(mark)} turns around text that reads from left to right."
    return ""


def _is_right_to_left(text: str) -> bool:
    """Whether the text has a letter of a script that runs from right to left."""
    return any(sign.isalpha() and unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def without_harm(text: str) -> str:
    """The text with each harmful character replaced by U+FFFD, so that reading can go on."""
    return HARMFUL.sub(lambda found: "\ufffd" * len(found[0]), text)


def _harmful(text: str) -> Iterator[Flaw]:
    for found in HARMFUL.finditer(text):
        declared, trouble, remedy = NAMED[found.lastgroup or ""]
        yield Flaw(declared, f"{_named(found[0][0])} {trouble}.", remedy, found.start(), found.end())


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} ({name.lower()})" if name else f"U+{ord(character):04X}"


def _stacked(text: str) -> Iterator[Flaw]:
    for found in MARKS.finditer(text):
        kinds = "".join("m" if unicodedata.category(sign)[0] == "M" else "-" for sign in found[0])
        for run in re.finditer(f"m{{{MOST_MARKS + 1},}}", kinds):
            start, end = found.start() + run.start(), found.start() + run.end()
            message = f"A letter has {end - start:,} marks on it."
            yield Flaw(STACKED, message, f"Leave at most {MOST_MARKS} marks on a letter.", start, end)


def _invisible(text: str) -> Iterator[Flaw]:
    for found in INVISIBLE.finditer(text):
        if found[0][0] in JOINERS and _joins(text, found.start(), found.end()):
            continue
        message = f"{_named(found[0][0])} cannot be seen."
        yield Flaw(
            ZERO_WIDTH, message, "Remove it, unless the spelling needs it.", found.start(), found.end()
        )


def _joins(text: str, start: int, end: int) -> bool:
    """Whether a joiner has work to do: beside Persian, Indic and other such letters, and emoji."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return any("\u0590" <= sign < "\u2000" or sign > "\u2100" for sign in beside)


def _mixed(text: str) -> Iterator[Flaw]:
    if not MIXED.search(text):
        return
    for word in WORD.finditer(text):
        if MIXED.search(word[0]) and (stranger := FOREIGN.search(word[0])):
            message = f"A word has letters of two alphabets; one is {_named(stranger[0])}."
            yield Flaw(
                MIXED_SCRIPT, message, "Type the word again in one alphabet.", word.start(), word.end()
            )


def _misread(text: str) -> Iterator[Flaw]:
    for found in MISREAD.finditer(text):
        meant = _reread(found[0])
        quoted = found[0][-1] in QUOTES and not text[found.end() : found.end() + 1].isalpha()
        if meant and not quoted:
            message = f"{found[0]} looks like {meant} read in the wrong encoding."
            remedy = "Export the text again as UTF-8, or type the character that belongs here."
            yield Flaw(MOJIBAKE, message, remedy, found.start(), found.end())


def _reread(signs: str) -> str:
    """What the signs are when taken as UTF-8, or an empty text."""
    try:
        content = b"".join(_byte(sign) for sign in signs)
        meant = content.decode()
    except UnicodeError:
        return _reread(signs[:-1]) if len(signs) > 2 else ""
    return meant if meant.isprintable() or meant.isspace() else ""


def _byte(sign: str) -> bytes:
    return sign.encode("latin-1") if sign < "\u0100" else sign.encode("cp1252")
