"""Mistakes in YAML's notation, in plain words, with the mended line where that is clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from letters.findings import Severity, rule
from letters.sources.secrecy import LEADING_KEY
from letters.sources.text import Flaw, SourceText
from letters.sources.yaml_comments import swallowed_bracket

SYNTAX = rule(
    "yaml-syntax",
    Severity.ERROR,
    "Text that is not well-formed YAML cannot be taken apart into fields.",
)

NO_SPACE = re.compile(r"(\s*(?:- +)*)([A-Za-z_][\w-]*):([^\s:/,{}\[\]'\"].*)")
COLON_INSIDE = re.compile(r"(\s*(?:- +)*[\w\"'][\w \"'-]*: +)([^\s'\"\[{|>&*!%@`].*:(?: .*|))")
AFTER_QUOTE = re.compile(r"""[^'"]*[:\[,{-] +("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s,}\]:#]""")
SIGNS = "@`%*&!|>"


@dataclass(frozen=True)
class Spot:
    """Where the parser stopped, what it said, and where what it was reading began."""

    source: SourceText
    at: int
    begun: int | None
    problem: str
    context: str

    @property
    def number(self) -> int:
        return self.source.line_number(self.at)

    @property
    def line(self) -> str:
        return self.source.line(self.number)

    @property
    def column(self) -> int:
        """Counted from 0."""
        return self.at - self.source.offset(self.number)

    def mended(self, number: int, key: str, value: str) -> str:
        """Show how a line is written right: its key, if that may be shown, and never its value."""
        shown = f"{key.strip()} {value}"
        shows_key = LEADING_KEY.match(shown) and not self.source.is_secret(number)
        return f", as in {shown}" if shows_key else ""


def syntax_flaw(text: str, error: yaml.YAMLError) -> Flaw:
    """What a parser's error most likely means."""
    spot = _spot(text, error)
    for explain in EXPLANATIONS:
        if flaw := explain(spot):
            return flaw
    remedy = "Compare the line with the ones above it; text with special signs belongs in quotes."
    return _flaw(spot.at, "This is not well-formed YAML.", remedy)


def doubtful_from(error: yaml.YAMLError) -> int:
    """The offset from which on nothing is certain: where the parser stopped, or an open quote begins."""
    places = [getattr(error, "problem_mark", None)]
    if "quoted scalar" in str(getattr(error, "context", "")):
        places.append(getattr(error, "context_mark", None))
    known = [int(mark.index) for mark in places if mark]
    return min(known, default=int(getattr(error, "position", 0)))


def _spot(text: str, error: yaml.YAMLError) -> Spot:
    mark = getattr(error, "problem_mark", None)
    begun = getattr(error, "context_mark", None)
    at = mark.index if mark else getattr(error, "position", 0)
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    at = min(int(at), len(text))
    return Spot(SourceText("", text), at, begun.index if begun else None, problem, context)


def _flaw(start: int, message: str, remedy: str, length: int = 1) -> Flaw:
    return Flaw(SYNTAX, message, remedy, start, start + length)


def _tab(spot: Spot) -> Flaw | None:
    for number in (spot.number, spot.number - 1):
        if number < 1:
            continue
        line = spot.source.line(number)
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            at = spot.source.offset(number) + indent.index("\t")
            return _flaw(at, "This line is indented with a tab.", "Indent it with spaces.")
    return None


def _runaway_quote(spot: Spot) -> Flaw | None:
    """A quote that was closed by the next one of the file, lines further down."""
    until = spot.number if spot.begun is None else spot.source.line_number(spot.begun)
    for start, end in _quoted_over_lines(spot.source.text, spot.at):
        if spot.source.line_number(end) in (until, spot.number):
            message = f"The quote that begins here is closed only in line {spot.source.line_number(end)}."
            return _flaw(start, message, "Put the same quote at the end of the text.")
    return None


def _quoted_over_lines(text: str, until: int) -> Iterator[tuple[int, int]]:
    """The texts in quotes that have more than one line, as far as the file can be read."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for token in yaml.scan(text, Loader=loader):
            if token.start_mark.index > until:
                return
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                start, end = token.start_mark, token.end_mark
                if start.line < end.line:
                    yield start.index, end.index
    except yaml.YAMLError:
        return


def _unclosed_quote(spot: Spot) -> Flaw | None:
    if spot.begun is None or "quoted scalar" not in spot.context:
        return None
    if "escape" in spot.problem or "hex" in spot.problem:
        remedy = r"Write \\ for a backslash, or put the text in single quotes."
        return _flaw(spot.at, "A backslash in double quotes begins a code that is not known.", remedy)
    remedy = "Put the same quote at the end of the text."
    return _flaw(spot.begun, "The quote that begins here is never closed.", remedy)


def _special_sign(spot: Spot) -> Flaw | None:
    for at in (spot.begun, spot.at):
        if at is not None and spot.source.text[at : at + 1] in tuple(SIGNS):
            sign = spot.source.text[at]
            return _flaw(at, f"A text without quotes cannot begin with {sign}.", "Put the text in quotes.")
    return None


def _text_after_quote(spot: Spot) -> Flaw | None:
    found = AFTER_QUOTE.match(spot.line)
    if not found:
        return None
    remedy = 'Put the whole text in double quotes; a double quote within it is written \\".'
    at = spot.source.offset(spot.number) + found.end() - 1
    return _flaw(at, "There is text after the closing quote.", remedy)


def _no_space_after_colon(spot: Spot) -> Flaw | None:
    begun = spot.number if spot.begun is None else spot.source.line_number(spot.begun)
    for number in dict.fromkeys((begun, spot.number - 1, spot.number)):
        found = NO_SPACE.fullmatch(spot.source.line(number)) if number >= 1 else None
        if found:
            mended = spot.mended(number, f"{found[2]}:", "value")
            at = spot.source.offset(number) + found.end(2)
            return _flaw(
                at,
                "There is no space after the colon.",
                f"Put a space there{mended or ', as in name: value'}.",
            )
    return None


def _colon_in_value(spot: Spot) -> Flaw | None:
    found = COLON_INSIDE.fullmatch(spot.line)
    if not found or "mapping values" not in spot.problem:
        return None
    mended = spot.mended(spot.number, found[1], '"value"')
    return _flaw(spot.at, "A text without quotes has a colon in it.", f"Put the text in quotes{mended}.")


def _comment_in_brackets(spot: Spot) -> Flaw | None:
    if "flow" not in spot.context:
        return None
    first = spot.number if spot.begun is None else spot.source.line_number(spot.begun)
    for number in range(first, spot.number + 1):
        if cut := swallowed_bracket(spot.source.line(number)):
            at = spot.source.offset(number) + cut[0]
            message = "After a space, # begins a comment, so the bracket is not closed."
            return _flaw(at, message, "Put the text with # in quotes.", cut[1] - cut[0])
    return None


def _unclosed_bracket(spot: Spot) -> Flaw | None:
    if spot.begun is None or "flow" not in spot.context:
        return None
    message = "The bracket that begins here is not closed, or a comma is missing in it."
    return _flaw(spot.begun, message, f"Look for it up to line {spot.number}.")


def _indentation(spot: Spot) -> Flaw | None:
    wrong = (
        "mapping values",
        "expected key",
        "block end",
        "expected '-'",
        "block collection",
        "block mapping",
    )
    if not any(words in f"{spot.problem} {spot.context}" for words in wrong):
        return None
    number = spot.number
    while number > 1 and not spot.source.line(number).strip():
        number -= 1
    line = spot.source.line(number)
    at = spot.source.offset(number) + len(line) - len(line.lstrip())
    remedy = "Begin it exactly below the fields of the same group."
    return _flaw(at, "This line does not line up with the ones above it.", remedy)


def _no_colon(spot: Spot) -> Flaw | None:
    if "expected ':'" not in spot.problem:
        return None
    at = spot.at if spot.begun is None else spot.begun
    return _flaw(at, "This line has no colon and is no part of a text above.", "Write it as name: value.")


EXPLANATIONS: tuple[Callable[[Spot], Flaw | None], ...] = (
    _tab,
    _runaway_quote,
    _unclosed_quote,
    _special_sign,
    _comment_in_brackets,
    _colon_in_value,
    _no_space_after_colon,
    _text_after_quote,
    _unclosed_bracket,
    _no_colon,
    _indentation,
)
