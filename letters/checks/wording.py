"""Whether the text is finished: nothing left to fill in, and no name where it would be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.likeness import has_name
from letters.checks.text import Text
from letters.checks.written import place_of
from letters.facts import Facts
from letters.findings import Finding, Severity, rule

PLACEHOLDER = rule(
    "placeholder",
    Severity.ERROR,
    "A blank somebody forgot to fill in tells the reader that nobody read their letter.",
)
NAME_IN_SUBJECT = rule(
    "name-in-subject",
    Severity.ERROR,
    "The subject becomes the title of the file, which shows in windows, lists and search results.",
)

_PLACEHOLDERS = re.compile(
    r"\{\{|\}\}|\{%|%\}"  # a template that was not rendered
    r"|\{[A-Za-z_ .]+\}|<<|>>|«\w*(?:_|[a-z][A-Z])\w*»|_{4,}"  # other programs' marks
    r"|\[(?!(?:sic|…|\.{3})\])[^\]\d][^\]]*\]"  # [name], but not a quotation's [sic] or […]
    r"|\b(?:DD|MM)([/.-])(?:DD|MM)\1YY(?:YY)?\b|\bYYYY-MM-DD\b"
    r"|\b(?:TODO|TBD|FIXME|XXX+|LOREM IPSUM|INSERT \w+ HERE)\b"
)
DOUBLE_STOP = rule(
    "double-stop",
    Severity.WARNING,
    "Two full stops in a row show where a text was put into a sentence.",
)
_STOPS = re.compile(r"(?<![.…])\.\.(?![.…])")
_GUILLEMETS = re.compile("«[^»]*»")  # quotation marks in most languages, but not in English


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Look for blanks, and for the client's name in the subject."""
    yield from _blanks(facts, "The subject", text.subject, "title")
    numbers = {spec.id: number for number, spec in enumerate(facts.spec.sections)}
    for section in text.sections:
        said = section.text
        for gap in text.gaps:
            said = said.replace(gap.text, "")  # these have a finding of their own
        path = f"sections[{numbers[section.says]}]" if section.says in numbers else "sections"
        yield from _blanks(facts, f"The section {section.says}", said, path)
        yield from _stops(facts, section.says, said, path)
    for _, person in facts.case.everyone():
        names = (person.name, person.preferred_name, person.attention)
        if any(has_name(text.subject, name) for name in names if name):
            yield NAME_IN_SUBJECT.finding(
                f"The subject names {person.id}.",
                "Leave the name out of the subject.",
                facts.kind_file.place("title"),
            )
            return


def _blanks(facts: Facts, where: str, said: str, path: str) -> Iterator[Finding]:
    """Find the first blank; in the case where somebody wrote it there, else in the kind at `path`."""
    found = _blank(facts, said)
    if found is not None:
        yield PLACEHOLDER.finding(
            f"{where} still has a blank to fill in: {found[:30]}.",
            "Write what belongs there, or remove it.",
            place_of(facts, lambda text: found in " ".join(text.split())) or facts.kind_file.place(path),
        )


def _stops(facts: Facts, section: str, said: str, path: str) -> Iterator[Finding]:
    found = _STOPS.search(said) if ".." in said else None
    if found is not None:
        before = said[: found.start() + 1].split()[-1]
        yield DOUBLE_STOP.finding(
            f"The section {section} has two full stops after {before.rstrip('.')}.",
            "Write that text without its full stop: the letter puts one.",
            place_of(facts, lambda text: text.endswith(before)) or facts.kind_file.place(path),
        )


def _blank(facts: Facts, said: str) -> str | None:
    found = _PLACEHOLDERS.search(said)
    if found is None and facts.language.split("-")[0] == "en":
        found = _GUILLEMETS.search(said)
    return found.group() if found else None
