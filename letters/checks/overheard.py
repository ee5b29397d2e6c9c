"""Whether what others may hear or see gives away what the practice does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks import likeness
from letters.checks.text import Text
from letters.facts import Facts
from letters.findings import Finding, Severity, rule

OVERHEARD = rule(
    "overheard",
    Severity.ERROR,
    "Where somebody else may listen or read along, nothing tells what the practice does.",
    "HHS, HIPAA FAQ 198; 45 CFR 164.522(b)",
)
# Beginnings of words, in English and Spanish, that tell what a practice does.
_TELLING = (
    *("therap", "counsel", "psych", "psicol", "terap", "clinic", "clínic", "session", "sesion", "sesión"),
    *("treatment", "tratamiento", "patient", "paciente", "diagnos", "mental", "crisis", "medica", "médic"),
    *("suicid", "depress", "depresi", "anxiety", "ansiedad", "trauma", "addict", "adicc", "rehab"),
    *("psiqu", "consejer", "behavioral", "healthcare", "doctor", "social work", "trabajo social"),
    *("appointment", "cita"),
)
_WORD = re.compile("|".join(rf"\b{re.escape(likeness.folded(word))}" for word in _TELLING))
_DOMAIN = re.compile(r"^(.*@|https?://)?(www\.)?")  # what stands before it
# In a letter an appointment may be spoken of; on a machine it may not.
_WRITTEN = re.compile(_WORD.pattern.replace(r"|\bappointment", "").replace(r"|\bcita", ""))


def check(facts: Facts, text: Text) -> Iterator[Finding]:
    """Check the sections that are left on a machine, and letters that must be discreet."""
    overheard = [section.id for section in facts.spec.sections if section.overheard]
    for number, section in enumerate(facts.spec.sections):
        if section.id in overheard:
            yield from _told(
                facts, f"The section {section.id}", text.said(section.id), f"sections[{number}]", _WORD
            )
    if facts.is_discreet:
        yield from _told(facts, "The letter", _seen(text), "discreet", _WRITTEN)


def _seen(text: Text) -> str:
    """Everything but the names of the sections, which come last and reach no page."""
    said = text.everything
    for section in reversed(text.sections):
        before, _, after = said.rpartition(section.says)
        said = before + after
    return said


def _told(facts: Facts, where: str, said: str, path: str, words: re.Pattern[str]) -> Iterator[Finding]:
    folded = likeness.folded(said)
    found = next((name for name in _names(facts) if likeness.folded(name) in folded), None)
    found = found or next((title for title in _titles(facts) if likeness.has_name(said, title)), None)
    hit = words.search(folded)
    if found is None and hit:
        found = folded[hit.start() :].split()[0].strip(".,;:!?)")
    if found:
        yield OVERHEARD.finding(
            f"{where} says {found!r}, which may tell others what the practice does.",
            "Say only a name, a number and a request to call back.",
            facts.kind_file.place(path),
        )


def _names(facts: Facts) -> Iterator[str]:
    """What names the practice, where it has another name to be known by, and what leads to that name."""
    practice = facts.practice
    if practice.name != facts.discreet_name:
        yield practice.name
    online = (address for address in (practice.email, practice.website) if address)
    yield from (_DOMAIN.sub("", address).split("/")[0] for address in online)


def _titles(facts: Facts) -> Iterator[str]:
    """What the clinician is; so short that only whole words count, written just so."""
    if facts.clinician:
        titles = (facts.clinician.credentials, *facts.clinician.role.values())
        yield from (title for title in titles if title and title != facts.discreet_name)
