"""Whether the text is finished: nothing left to fill in, and no name where it would be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.text import Text
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
    r"|\{[A-Za-z_ .]+\}|<<|>>|«[^»]*»|_{4,}"  # other programs' marks
    r"|\[(?!sic\b)[^\]\d][^\]]*\]"  # [name]
    r"|\b(?:TODO|TBD|FIXME|XXX+|LOREM IPSUM|INSERT \w+ HERE)\b"
)


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Look for blanks, and for the client's name in the subject."""
    for section in text.sections:
        said = section.text
        for gap in text.gaps:
            said = said.replace(gap.text, "")  # these have a finding of their own
        if found := _PLACEHOLDERS.search(said):
            yield PLACEHOLDER.finding(
                f"The section {section.says} still has a blank to fill in: {found.group()[:30]}.",
                "Write what belongs there, or remove it.",
                facts.in_case(f"words.{section.says}"),
            )
    subject = text.subject.casefold()
    for _, person in facts.case.everyone():
        if any(name.casefold() in subject for name in (person.name, person.preferred_name) if name):
            yield NAME_IN_SUBJECT.finding(
                f"The subject names {person.id}.",
                "Leave the name out of the subject.",
                facts.kind_file.place("title"),
            )
            return
